// Undo and redo of one's own changes: each is a new transaction, the inverse of the other (R11).

import { effective, inverseOf, netOf } from "./inverse.js";
import { transactionsOf } from "./limits.js";

/**
 * @typedef {import("./document.js").Document} Document
 * @typedef {import("./document.js").Transaction} Transaction
 * @typedef {import("./fold.js").Change} Change
 */

/** A transaction of an entry, and what undoes it. @typedef {{id: string, inverse: readonly Change[]}} Part */
/**
 * One action of the person, however many transactions it took; with `join` it may take more.
 * @typedef {{label: string, parts: readonly Part[], join?: string | null}} Entry
 */

/** Nobody goes back further by hand, and removed elements are kept alive by it. */
const ENTRIES = 1000;

export class History {
  /** @type {Entry[]} */
  #done = [];
  /** @type {Entry[]} */
  #undone = [];
  /** Parts without receipt: their inverses are provisional. @type {Map<string, Part>} */
  #open = new Map();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  #document;

  /** @param {Document} document */
  constructor(document) {
    this.#document = document;
    document.watch({
      receipt: ({ id, changes }, before) => {
        const part = this.#open.get(id);
        this.#open.delete(id);
        // Others' changes may have come in between: what was really there before is known only now.
        if (part && before) part.inverse = inverseOf(changes, before);
      },
      refusal: ({ id }) => this.#forget(id),
    });
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** What undo would take back. */
  get undoLabel() {
    return this.#done.at(-1)?.label ?? null;
  }

  get redoLabel() {
    return this.#undone.at(-1)?.label ?? null;
  }

  /** The changes that undo, or redo, is about. @param {"undo" | "redo"} way @returns {Change[]} */
  changesOf(way) {
    const parts = (way === "undo" ? this.#done : this.#undone).at(-1)?.parts ?? [];
    return parts.flatMap(({ inverse }) => inverse);
  }

  /** @param {() => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Does changes as one entry, or as more of the last one if that has the same name to join by; the transactions are
   * for the session.
   * @param {readonly Change[]} changes @param {{label?: string, join?: string | null}} options
   */
  commit(changes, { label = "", join = null } = {}) {
    if (changes.length === 0) return [];
    this.#close(this.#undone.splice(0));
    const last = this.#done.at(-1);
    const before = join !== null && last?.join === join ? this.#done.pop() : null;
    return this.#perform(changes, { label, join, parts: before?.parts ?? [] }, this.#done);
  }

  undo() {
    return this.#reverse(this.#done, this.#undone);
  }

  redo() {
    return this.#reverse(this.#undone, this.#done);
  }

  /** @param {Entry[]} from @param {Entry[]} to */
  #reverse(from, to) {
    for (let entry = from.pop(); entry; entry = from.pop()) {
      this.#close([entry]);
      const inverse = entry.parts.toReversed().flatMap((part) => part.inverse);
      const effect = effective(inverse, this.#document);
      // What took many steps, as writing does, is taken back in one.
      const changes = entry.join ? netOf(effect, this.#document) : effect;
      const { label, join = null } = entry;
      if (changes.length > 0) return this.#perform(changes, { label, join, parts: [] }, to);
      // Others have changed all of it since: nothing to take back, so the one before it is meant.
    }
    this.#tell();
    return [];
  }

  /** @param {readonly Change[]} changes @param {Entry} entry with the parts that it has already @param {Entry[]} stack @returns {Transaction[]} */
  #perform(changes, entry, stack) {
    const parts = [...entry.parts];
    const transactions = transactionsOf(changes).map((some) => {
      const inverse = inverseOf(some, this.#document);
      const transaction = this.#document.propose(some);
      const part = { id: transaction.id, inverse };
      parts.push(part);
      this.#open.set(part.id, part);
      return transaction;
    });
    stack.push({ ...entry, parts });
    this.#close(stack.splice(0, stack.length - ENTRIES));
    this.#tell();
    return transactions;
  }

  /** What happens to them from now on is of no interest. @param {readonly Entry[]} entries */
  #close(entries) {
    for (const { parts } of entries) for (const { id } of parts) this.#open.delete(id);
  }

  /** @param {string} id of a refused transaction: it has never been, so there is nothing to undo */
  #forget(id) {
    if (!this.#open.delete(id)) return;
    const without = (/** @type {Entry[]} */ entries) =>
      entries
        .map((entry) => ({ ...entry, parts: entry.parts.filter((part) => part.id !== id) }))
        .filter(({ parts }) => parts.length > 0);
    this.#done = without(this.#done);
    this.#undone = without(this.#undone);
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}
