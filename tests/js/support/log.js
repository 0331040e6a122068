// The log of one board, as the server keeps it: gives clocks, knows ids, folds, remembers what was removed.

import { applyChange, sameElement } from "../../../static/board/core/fold.js";

/**
 * @typedef {import("../../../static/board/core/fold.js").Change} Change
 * @typedef {import("../../../static/board/core/fold.js").Element} Element
 * @typedef {import("../../../static/board/core/document.js").Transaction} Transaction
 * @typedef {import("../../../static/board/core/document.js").CommittedTransaction} CommittedTransaction
 */

export class Log {
  /** @type {CommittedTransaction[]} */
  transactions = [];
  /** @type {Map<string, Element>} */
  elements = new Map();
  /** @type {Map<string, Element>} */
  #removed = new Map();

  get clock() {
    return this.transactions.length;
  }

  /** R2: an id that is known is answered with its first receipt. @param {Transaction} transaction @param {number} author */
  commit({ id, changes }, author) {
    const known = this.transactions.find((one) => one.id === id);
    if (known) return known;
    const stamped = changes.map((change) => this.#apply(change, author));
    const committed = { clock: this.clock + 1, id, author, at: 0, changes: stamped };
    this.transactions.push(committed);
    return committed;
  }

  /** A put that revives an element as it was gives it back to its author. @param {Change} change @param {number} author @returns {Change} */
  #apply(change, author) {
    const before = new Map(this.elements);
    const stamped =
      change.op === "put" ? { ...change, author: this.#authorOf(change, author) } : change;
    for (const key of applyChange(this.elements, stamped, author)) {
      const old = before.get(key);
      if (old && !this.elements.has(key)) this.#removed.set(key, old);
    }
    return stamped;
  }

  /** @param {import("../../../static/board/protocol").Put} put @param {number} author */
  #authorOf({ key, element }, author) {
    const removed = this.#removed.get(key);
    if (!removed) return author;
    return sameElement(removed, { ...element, author: removed.author ?? author })
      ? Number(removed.author)
      : author;
  }

  document(epoch = "epoch") {
    return { epoch, clock: this.clock, elements: Object.fromEntries(this.elements) };
  }
}
