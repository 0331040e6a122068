// Whom one follows, and when that ends: by choice, because they present, until one goes one's own way. Pure.

/**
 * People are named by their numbers: another connection of the same person goes on where the one before has ended.
 * @typedef {{type: "alone"}
 *   | {type: "following", person: number, because: "choice" | "presenting"}
 *   | {type: "apart", person: number}} Following apart: they present, and one looks elsewhere
 */

/**
 * @typedef {{type: "follow", person: number}
 *   | {type: "stop"}
 *   | {type: "presenting", people: readonly number[]}
 *   | {type: "gone", person: number}
 *   | {type: "leading"}} FollowingEvent
 *   stop: by the button, by Escape, or by moving the view; presenting: who does now, all of them; leading: one presents
 */

/** @type {Following} */
export const ALONE = { type: "alone" };

/**
 * @param {Following} state @param {FollowingEvent} event @param {readonly number[]} presenting who does at this moment
 * @returns {Following} the same object where nothing changes
 */
export function nextFollowing(state, event, presenting) {
  switch (event.type) {
    case "follow": {
      const because = presenting.includes(event.person) ? "presenting" : "choice";
      const same =
        state.type === "following" && state.person === event.person && state.because === because;
      return same ? state : { type: "following", person: event.person, because };
    }
    case "stop":
      return state.type === "following" ? leave(state, presenting) : state;
    case "presenting":
      return byPresenters(state, event.people);
    case "gone":
      return state.type !== "alone" && state.person === event.person ? ALONE : state;
    case "leading":
      return ALONE;
  }
}

/** From a presenter there is a way back. @param {Extract<Following, {type: "following"}>} state @param {readonly number[]} presenting @returns {Following} */
function leave(state, presenting) {
  return presenting.includes(state.person) ? { type: "apart", person: state.person } : ALONE;
}

/** @param {Following} state @param {readonly number[]} people @returns {Following} */
function byPresenters(state, people) {
  const [first] = people;
  switch (state.type) {
    case "alone":
      return first === undefined
        ? state
        : { type: "following", person: first, because: "presenting" };
    case "apart":
      if (people.includes(state.person)) return state;
      return first === undefined
        ? ALONE
        : { type: "following", person: first, because: "presenting" };
    case "following":
      // Whoever was followed by choice is followed on.
      if (state.because === "choice" || people.includes(state.person)) return state;
      return first === undefined ? ALONE : { ...state, person: first };
  }
}
