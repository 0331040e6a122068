// Who is here: overlapping initials in the colours of their cursors, raised hands first, and a list of all of them.

import { Hand } from "../../npm/lucide.js";
import { tn } from "../core/translate.js";
import { icon, make } from "./dom.js";
import { inkAsCss } from "./inks.js";
import { PeopleList } from "./people-list.js";

/** @typedef {import("../protocol").Someone} Someone */
/** @typedef {import("../sync/live-more.js").State} State */
/** @typedef {{someone: Someone, isMe: boolean, state: State | undefined, hand: number | undefined, place: string | null}} Person `hand`: since when it is raised, `place`: the page, if it is another one */

/**
 * @typedef {object} PersonAction
 * @property {string} id
 * @property {string} label
 * @property {import("./dom.js").IconNode} [icon]
 * @property {() => void} run
 * @property {boolean} [danger]
 */
/** @typedef {(someone: Someone, isMe: boolean) => readonly PersonAction[]} PersonActions */

const SHOWN = 4;
const SHOWN_ON_A_PHONE = 2;

/** @type {PersonActions[]} */
const providers = [];

/** What can be done with somebody, for the menu of each person in the list. @param {PersonActions} provider asked anew each time the list is shown */
export function addPersonActions(provider) {
  providers.push(provider);
}

/** @param {Someone} someone @param {boolean} isMe */
export function actionsOf(someone, isMe) {
  return providers.flatMap((provider) => provider(someone, isMe));
}

/**
 * @param {{button: HTMLButtonElement, list: HTMLElement, session: import("../sync/session.js").Session,
 *   company: import("../sync/company.js").Company, commands: import("./commands.js").Commands}} parts
 */
export function buildPeopleBar({ button, list, session, company, commands }) {
  const people = () => peopleOf(session, company);
  const shownList = new PeopleList({ list, people, commands });
  let shown = "";
  const refresh = () => {
    const all = people();
    const signature = JSON.stringify(all);
    if (signature === shown) return;
    shown = signature;
    button.hidden = all.length === 0;
    button.setAttribute("aria-label", wordsFor(all));
    button.replaceChildren(
      ...all.slice(0, SHOWN).map((person) => avatar(person.someone, person)),
      rest(all.length - SHOWN_ON_A_PHONE, "rest rest-phone"),
      rest(all.length - SHOWN, "rest rest-wide"),
    );
    shownList.refresh();
  };
  session.subscribe(({ type }) => {
    if (type === "people" || type === "state" || type === "board") refresh();
    if (type === "board") shownList.refresh();
  });
  company.subscribe(({ type }) => type === "change" && refresh());
  refresh();
}

/** @param {readonly Person[]} people */
function wordsFor(people) {
  const here = tn("{count} person here", "{count} people here", people.length);
  const hands = people.filter(({ hand }) => hand !== undefined).length;
  return hands > 0 ? `${here}, ${tn("{count} hand raised", "{count} hands raised", hands)}` : here;
}

/**
 * Raised hands in their order, then oneself, then the others.
 * @param {{people: ReadonlyMap<number, Someone>, you: Someone | null}} session
 * @param {Pick<import("../sync/company.js").Company, "states" | "pages" | "whereabouts">} company @returns {Person[]}
 */
export function peopleOf({ people, you }, { states, pages, whereabouts }) {
  const me = you?.person ?? null;
  return oncePerPerson(people.values(), me)
    .map((someone) => {
      const slots = [...people.values()].filter(({ person }) => person === someone.person);
      const hands = slots.flatMap(({ hand }) => hand ?? []);
      return {
        someone,
        isMe: someone.person === me,
        state: mostAwake(slots.map(({ slot }) => states.get(slot))),
        place: someone.person === me ? null : whereabouts(pages.get(slots.at(-1)?.slot ?? -1)),
        hand: hands.length > 0 ? Math.min(...hands) : undefined,
      };
    })
    .sort((a, b) => (a.hand ?? Infinity) - (b.hand ?? Infinity) || 0);
}

/** Of several tabs that counts in which somebody does something. @param {(State | undefined)[]} states */
function mostAwake(states) {
  const drowsy = (/** @type {State | undefined} */ state) =>
    (state?.away ? 2 : 0) + (state?.idle ? 1 : 0);
  return states.filter((state) => state !== undefined).sort((a, b) => drowsy(a) - drowsy(b))[0];
}

/** Somebody with two tabs is one person; oneself comes first. @template {{person: number}} T @param {Iterable<T>} people @param {number | null} me @returns {T[]} */
export function oncePerPerson(people, me) {
  /** @type {Map<number, T>} */
  const found = new Map();
  for (const someone of people) if (!found.has(someone.person)) found.set(someone.person, someone);
  return [...found.values()].sort((a, b) => Number(b.person === me) - Number(a.person === me));
}

/** One letter of one word, two of two; what is written without spaces gives its first sign. @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.slice(0, 2).map((word) => Array.from(word)[0] ?? "");
  const wide = !/^[\p{Script=Latin}\p{N}]/u.test(letters[0] ?? "");
  return (wide ? letters.slice(0, 1) : letters).join("").toUpperCase() || "?";
}

/** A picture: its letters are the styles', so that they aren't read out. @param {{name: string, color: string}} someone @param {{state?: State | undefined, hand?: number | undefined}} [how] */
export function avatar({ name, color }, { state, hand } = {}) {
  const circle = disc("avatar", initials(name), { "data-presence": presenceOf(state) });
  if (hand !== undefined) circle.append(make("span", { class: "hand" }, icon(Hand)));
  circle.style.setProperty("--ink", inkAsCss(color));
  return circle;
}

/** @param {string} className @param {string} letters @param {Record<string, string | null>} [more] */
function disc(className, letters, more = {}) {
  const hidden = { "aria-hidden": "true" };
  return make("span", { class: className, "data-letters": letters, ...hidden, ...more });
}

/** @param {State | undefined} state */
export function presenceOf(state) {
  if (state?.away) return "away";
  return state?.idle ? "idle" : null;
}

/** @param {number} count @param {string} className */
function rest(count, className) {
  return count > 0 ? disc(`avatar ${className}`, `+${count}`) : "";
}
