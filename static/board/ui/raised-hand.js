// One's own hand: raised until it is lowered, by oneself or by who keeps order, also over a lost connection. Pure.

/** @typedef {import("../sync/session.js").Session} Session */

export class RaisedHand {
  /** Whether it is to be up. */
  up = false;
  /** The connection that was asked to raise it, and the one on which it has been up. @type {number | null} */
  #askedOn = null;
  /** @type {number | null} */
  #seenOn = null;
  #session;

  /** @param {Pick<Session, "subscribe" | "people" | "you" | "state" | "raiseHand">} session */
  constructor(session) {
    this.#session = session;
    session.subscribe(({ type }) => {
      if (type === "people" || type === "state") this.#look();
    });
  }

  toggle() {
    this.up = !this.up;
    this.#seenOn = null;
    this.#ask();
  }

  #ask() {
    const { you, state } = this.#session;
    this.#askedOn = state === "live" ? (you?.slot ?? null) : null;
    this.#session.raiseHand(this.up);
  }

  #look() {
    const { you, people, state } = this.#session;
    if (!you || state !== "live") {
      // The next connection knows nothing of it.
      this.#askedOn = this.#seenOn = null;
      return;
    }
    if (people.get(you.slot)?.hand !== undefined) this.#seenOn = you.slot;
    else if (this.up && this.#seenOn === you.slot) this.up = false;
    else if (this.up && this.#askedOn !== you.slot) this.#ask();
  }
}
