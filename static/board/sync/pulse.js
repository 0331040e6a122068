// When to ask a silent connection for a sign of life, and when to hold it for dead. Pure.

/** While somebody edits, a dead link is noticed within 6 s: silence, then patience, and time for a late timer. */
const QUIET_WHILE_EDITING_MS = 1500;
const QUIET_MS = 20_000;
const PATIENCE_MS = 3000;
const EDITING_MS = 6000;

export class Pulse {
  #received;
  #active = -Infinity;
  /** When the unanswered question was asked. @type {number | null} */
  #asked = null;

  /** @param {number} now */
  constructor(now) {
    this.#received = now;
  }

  /** Anything at all has come. @param {number} now */
  received(now) {
    this.#received = now;
    this.#asked = null;
  }

  /** The person edits. Returns whether that is news. @param {number} now */
  active(now) {
    const news = now - this.#active >= EDITING_MS;
    this.#active = now;
    return news;
  }

  /**
   * What to do now, and after how many ms to ask again.
   * @param {number} now
   * @param {boolean} owed whether the server owes an answer
   * @param {boolean} doubt whether to ask however lately something has come
   * @returns {{act: "wait" | "ping" | "dead", again: number}}
   */
  check(now, owed, doubt = false) {
    if (this.#asked !== null) {
      const left = this.#asked + PATIENCE_MS - now;
      return left > 0 ? { act: "wait", again: left } : { act: "dead", again: 0 };
    }
    const editing = owed || now - this.#active < EDITING_MS;
    const left = this.#received + (editing ? QUIET_WHILE_EDITING_MS : QUIET_MS) - now;
    if (left > 0 && !doubt) return { act: "wait", again: left };
    this.#asked = now;
    return { act: "ping", again: PATIENCE_MS };
  }
}
