// What waits is kept on this device as soon as it is made, and waits again on the next visit (F8).

import { Tabs } from "./tabs.js";

/**
 * @typedef {import("../../core/document.js").Document} Document
 * @typedef {import("../../core/document.js").Transaction} Transaction
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("./database.js").WaitingRow} WaitingRow
 * @typedef {import("./database.js").RefusedRow} RefusedRow
 * @typedef {import("./store.js").WorkStore} WorkStore
 */

/** Receipts of these pass by a page that is about to take them over from another. */
const REMEMBERED = 5000;

export class Waiting {
  /** @type {Set<string>} */
  #known = new Set();
  /** Made without a connection. @type {Set<string>} */
  #away = new Set();
  /** What was confirmed on this page, the newest last. @type {Set<string>} */
  #confirmed = new Set();
  /** Taken back just now; why follows. @type {Map<string, Transaction>} */
  #takenBack = new Map();
  #order = 0;
  /** What else is left by pages. @type {Set<(tab: string) => void>} */
  #heirs = new Set();
  #tabs;
  #parts;

  /**
   * @param {object} parts
   * @param {Document} parts.document
   * @param {Session} parts.session
   * @param {WorkStore} parts.store
   * @param {Omit<ConstructorParameters<typeof Tabs>[0], "gone">} parts.tabs
   * @param {() => string} parts.title of the board
   * @param {() => number} parts.now
   */
  constructor(parts) {
    this.#parts = parts;
    this.#tabs = new Tabs({ ...parts.tabs, gone: (tab) => this.#inherit(tab) });
  }

  /** @param {(tab: string) => void} heir told of pages of this board that are gone */
  inheritedBy(heir) {
    this.#heirs.add(heir);
  }

  /** A page that has left something. @param {string} tab */
  watch(tab) {
    this.#tabs.watch(tab);
  }

  /** @param {string} tab that is gone */
  #inherit(tab) {
    void this.#adopt(tab);
    for (const heir of this.#heirs) heir(tab);
  }

  /** How much of what waits is on this page alone. */
  get onlyHere() {
    const { document, store } = this.#parts;
    return document.pending.filter(({ id }) => !store.keeps(id)).length;
  }

  /** Comes back once what earlier pages have left is pending again. */
  async start() {
    const { document, session, store } = this.#parts;
    document.watch({
      receipt: ({ id }) => this.#answered(id),
      refusal: (transaction) => void this.#takenBack.set(transaction.id, transaction),
      applied: ({ id }) => this.#remember(id),
    });
    document.subscribe(({ source }) => source === "local" && this.#keepNew());
    session.subscribe((event) => event.type === "refused" && this.refused(event));
    this.#keepNew();
    await this.#tabs.start();
    await this.#tabs.watchThoseOf(store);
  }

  stop() {
    this.#tabs.stop();
  }

  /** @param {string} tab */
  async #adopt(tab) {
    const { store, document } = this.#parts;
    try {
      const rows = await store.adopt(tab);
      const gone = rows.filter(({ id }) => this.#confirmed.has(id));
      for (const { id } of gone) store.drop(id);
      const left = rows.filter(({ id }) => !this.#confirmed.has(id));
      for (const { id, order } of left) {
        this.#known.add(id);
        this.#away.add(id);
        this.#order = Math.max(this.#order, order);
      }
      document.restore(left.map(asTransaction));
    } catch {
      // It stays where it is, for the next page.
    }
  }

  #keepNew() {
    const { document, session, store, title, now } = this.#parts;
    const made = document.pending.filter(({ id }) => !this.#known.has(id));
    if (made.length === 0) return;
    const at = now();
    for (const { id } of made) {
      this.#known.add(id);
      if (session.state !== "live") this.#away.add(id);
    }
    store.keep(
      made.map(({ id, changes }) => ({ id, changes, at, order: this.#next(at), title: title() })),
    );
  }

  /** Later than all before, also where the machine's clock went back. @param {number} at */
  #next(at) {
    this.#order = Math.max(this.#order + 1, at);
    return this.#order;
  }

  /** @param {string} id */
  #answered(id) {
    this.#parts.store.drop(id);
    this.#known.delete(id);
    this.#away.delete(id);
  }

  /** @param {{id: string, code: string, why: string}} refusal */
  refused({ id, code, why }) {
    const transaction = this.#takenBack.get(id);
    this.#takenBack.delete(id);
    if (!transaction) return;
    const { store, title, now, session } = this.#parts;
    const away = this.#away.has(id);
    this.#answered(id);
    if (session.device.elsewhere(id)) return;
    const at = now();
    const { changes } = transaction;
    store.refuse({ id, changes, at, order: this.#next(at), title: title(), code, why, away });
  }

  /** @param {string} id */
  #remember(id) {
    this.#confirmed.add(id);
    if (this.#confirmed.size <= REMEMBERED) return;
    for (const oldest of this.#confirmed) {
      this.#confirmed.delete(oldest);
      return;
    }
  }
}

/** @param {WaitingRow} row @returns {Transaction} */
function asTransaction({ id, changes }) {
  return Object.freeze({ id, changes: Object.freeze(changes) });
}
