// The names of all who have drawn what is on the board: of those who are here as the session says, of the others as
// the server does.

import { t } from "../core/translate.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../sync/session.js").Session} Session
 */

export class OutlineNames {
  /** @type {Map<number, string>} */
  #names = new Map();
  /** Whose names have been asked for: those who have none are no reason to ask again. @type {Set<number>} */
  #asked = new Set();
  #asking = false;
  /** @type {() => void} */
  #came = () => {};

  /** @param {Pick<Session, "people" | "you" | "subscribe">} session @param {string} url */
  constructor(session, url) {
    this.session = session;
    this.url = url;
    session.subscribe(({ type }) => (type === "people" || type === "state") && this.#meet());
    this.#meet();
  }

  /** Told when names have come that weren't known. @param {() => void} came */
  onArrival(came) {
    this.#came = came;
  }

  /** Empty: nobody known. @param {Element} element */
  of({ author }) {
    const person = Number(author);
    const name = this.#names.get(person);
    if (name !== undefined || !Number.isInteger(person)) return name ?? "";
    if (!this.#asked.has(person)) {
      this.#asked.add(person);
      void this.#ask();
    }
    return "";
  }

  #meet() {
    const { people, you } = this.session;
    for (const { person, name } of people.values()) this.#names.set(person, name);
    if (you) this.#names.set(you.person, t("you"));
  }

  /** Once for all that are looked for in the same moment. */
  async #ask() {
    if (this.#asking) return;
    this.#asking = true;
    await Promise.resolve();
    try {
      const answer = await fetch(this.url, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      /** @type {{authors: {id: number, name: string}[]}} */
      const { authors } = await answer.json();
      for (const { id, name } of authors) if (!this.#names.has(id)) this.#names.set(id, name);
      this.#came();
    } catch {
      // Without a connection; whoever is here is named all the same.
    } finally {
      this.#asking = false;
    }
  }
}
