// The document of one board in this browser: what is confirmed, what is pending, and the view of both (R4, R5).

import { applyChange, keysOf, sameElement } from "./fold.js";
import { transactionId } from "./ids.js";
import { Layer } from "./layer.js";

/**
 * @typedef {import("./fold.js").Change} Change
 * @typedef {import("./fold.js").Element} Element
 * @typedef {import("./fold.js").ReadonlyElements} ReadonlyElements
 * @typedef {import("../protocol").Proposal} Transaction
 * @typedef {import("../protocol").Transaction} CommittedTransaction
 */

/** `keys` are the elements that look different now; null: any. @typedef {{keys: Set<string> | null, source: "local" | "remote" | "load" | "refused" | "page"}} DocumentEvent */

/**
 * What can be looked at: a document, or the page of it that is in sight (elements/sheet.js), which knows its key.
 * @typedef {Pick<Document, "get" | "has" | "keys" | "entries" | "size" | "author" | "pending" | "subscribe" | "watch"> & {readonly page?: string, written?: (key: string) => Element | undefined, hangingOn?: (key: string) => ReadonlySet<string>}} DocumentView
 */

/**
 * Hears what becomes of one's own transactions.
 * @typedef {object} Watcher
 * @property {(transaction: Transaction, before: ReadonlyElements | null) => void} receipt just before it is applied to
 *   what is confirmed (`before`); null where it had been applied earlier
 * @property {(transaction: Transaction) => void} refusal
 * @property {(transaction: CommittedTransaction) => void} [applied] hears of everybody's, in order, once each
 */

export class Document {
  /** @type {string | null} */
  epoch = null;
  clock = 0;
  /** @type {number | null} */
  #author = null;

  /** @type {Map<string, Element>} */
  #confirmed = new Map();
  #view = new Layer(this.#confirmed);
  #size = 0;
  /** @type {Transaction[]} */
  #pending = [];
  /** Early transactions by clock. @type {Map<number, CommittedTransaction>} */
  #held = new Map();
  /** @type {Set<(event: DocumentEvent) => void>} */
  #listeners = new Set();
  /** @type {Set<Watcher>} */
  #watchers = new Set();

  // -- reading: confirmed and pending together -------------------------------------------------------

  /** @param {string} key */
  get(key) {
    return this.#view.get(key);
  }

  /** @param {string} key */
  has(key) {
    return this.#view.has(key);
  }

  keys() {
    return this.#view.keys();
  }

  /** @returns {IterableIterator<[string, Element]>} */
  entries() {
    // A board that has just been opened is gone through as a whole, before anything is seen.
    return this.#view.changed.size === 0 ? this.#confirmed.entries() : this.#viewed();
  }

  /** @returns {Generator<[string, Element]>} */
  *#viewed() {
    for (const key of this.#view.keys()) yield [key, /** @type {Element} */ (this.#view.get(key))];
  }

  get size() {
    return this.#size;
  }

  /** Own transactions without receipt, in order. @returns {readonly Transaction[]} */
  get pending() {
    return this.#pending;
  }

  /** Whether a transaction is missing before one that has come. */
  get gap() {
    return this.#held.size > 0;
  }

  /** @param {(event: DocumentEvent) => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {Watcher} watcher @returns {() => void} stops it */
  watch(watcher) {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** The person at this page, once known: pending elements carry it as confirmed ones will. */
  get author() {
    return this.#author;
  }

  set author(author) {
    if (author === this.#author) return;
    this.#author = author;
    const keys = this.#difference(new Set(this.#view.changed.keys()), (pending) =>
      this.#rebase(pending),
    );
    if (keys.size > 0) this.#tell({ keys, source: "local" });
  }

  // -- changing ----------------------------------------------------------------------------------------

  /** The board as read from the server; pending work lies over it again. @param {{epoch: string, clock: number, elements: Record<string, Element>}} board */
  load({ epoch, clock, elements }) {
    if (epoch !== this.epoch) this.#held.clear();
    const before = this.#confirmed;
    this.#confirmed = new Map();
    for (const key of Object.keys(elements)) {
      const element = /** @type {Element} */ (elements[key]);
      const known = before.get(key);
      // What hasn't changed stays the same object, for the sake of all that is kept by it (outlines, bounds).
      this.#confirmed.set(
        key,
        known && sameElement(known, element) ? known : Object.freeze(element),
      );
    }
    this.epoch = epoch;
    this.clock = clock;
    for (const transaction of this.#due()) this.#apply(transaction);
    this.#view = new Layer(this.#confirmed);
    for (const { changes } of this.#pending)
      for (const change of changes) applyChange(this.#view, change, this.#author);
    this.#size = this.#pending.length > 0 ? countOf(this.#view.keys()) : this.#confirmed.size;
    this.#tell({ keys: null, source: "load" });
  }

  /** Shows changes at once and keeps them pending; the result is for the server. @param {readonly Change[]} changes @returns {Transaction} */
  propose(changes) {
    const transaction = Object.freeze({
      id: transactionId(),
      changes: Object.freeze([...changes]),
    });
    const keys = this.#difference(this.#touched([transaction], this.#view), () => {
      for (const change of changes) applyChange(this.#view, change, this.#author);
      this.#pending.push(transaction);
    });
    this.#tell({ keys, source: "local" });
    return transaction;
  }

  /** Own work of an earlier visit: older than what is pending, and pending again. @param {readonly Transaction[]} transactions */
  restore(transactions) {
    const known = new Set(this.#pending.map(({ id }) => id));
    const older = transactions.filter(({ id }) => !known.has(id));
    if (older.length === 0) return;
    const keys = this.#difference(this.#affected(this.#touched(older, this.#view)), (affected) => {
      this.#pending.unshift(...older);
      this.#rebase(affected);
    });
    this.#tell({ keys, source: "local" });
  }

  /** What is confirmed as of now, without what is pending. The elements never change, so it can be read at leisure. */
  confirmed() {
    return { epoch: this.epoch, clock: this.clock, elements: [...this.#confirmed] };
  }

  /** A committed transaction, own or another's, in whatever order and however often they come (R1, R3). @param {CommittedTransaction} transaction */
  confirm(transaction) {
    if (transaction.clock <= this.clock) {
      this.#dropKnown(transaction.id);
      return;
    }
    this.#held.set(transaction.clock, transaction);
    const due = this.#due();
    if (due.length === 0) return;
    const keys = this.#difference(
      this.#affected(this.#touched(due, this.#confirmed), due),
      (affected) => {
        for (const one of due) this.#apply(one);
        this.#rebase(affected);
      },
    );
    if (keys.size > 0) this.#tell({ keys, source: "remote" });
  }

  /** The server's final no: the change is taken back. @param {string} id */
  refuse(id) {
    const refused = this.#pending.find((transaction) => transaction.id === id);
    if (!refused) return;
    const keys = this.#withdraw(refused);
    for (const watcher of this.#watchers) watcher.refusal(refused);
    this.#tell({ keys, source: "refused" });
  }

  // -- how ---------------------------------------------------------------------------------------------

  /** Its effect is in the elements already; only the pending one goes. @param {string} id */
  #dropKnown(id) {
    const known = this.#pending.find((transaction) => transaction.id === id);
    if (!known) return;
    const keys = this.#withdraw(known);
    for (const watcher of this.#watchers) watcher.receipt(known, null);
    if (keys.size > 0) this.#tell({ keys, source: "remote" });
  }

  /** @param {Transaction} transaction a pending one */
  #withdraw(transaction) {
    return this.#difference(
      this.#affected(this.#touched([transaction], this.#view.changed)),
      (affected) => {
        this.#pending.splice(this.#pending.indexOf(transaction), 1);
        this.#rebase(affected);
      },
    );
  }

  /** Takes out of the held ones those whose turn it is, in order. */
  #due() {
    /** @type {CommittedTransaction[]} */
    const due = [];
    for (const clock of this.#held.keys()) if (clock <= this.clock) this.#held.delete(clock);
    for (let clock = this.clock + 1; ; clock++) {
      const next = this.#held.get(clock);
      if (!next) return due;
      this.#held.delete(clock);
      due.push(next);
    }
  }

  /** @param {CommittedTransaction} transaction */
  #apply(transaction) {
    const { id, clock, author, changes } = transaction;
    const own = this.#pending.findIndex((pending) => pending.id === id);
    const [receipt] = own === -1 ? [] : this.#pending.splice(own, 1);
    if (receipt) for (const watcher of this.#watchers) watcher.receipt(receipt, this.#confirmed);
    for (const change of changes) applyChange(this.#confirmed, change, author);
    this.clock = clock;
    for (const watcher of this.#watchers) watcher.applied?.(transaction);
  }

  /** The keys that transactions may change. @param {readonly Transaction[]} transactions @param {{keys(): Iterable<string>}} cleared what a `clear` meets */
  #touched(transactions, cleared) {
    /** @type {Set<string>} */
    const keys = new Set();
    for (const { changes } of transactions) {
      for (const change of changes)
        for (const key of keysOf(change) ?? cleared.keys()) keys.add(key);
    }
    return keys;
  }

  /**
   * Adds the keys whose view hangs on these: those of one's own receipts among the due, and sources and pieces of
   * pending splits, from one to the next.
   * @param {Set<string>} keys
   * @param {readonly CommittedTransaction[]} due
   */
  #affected(keys, due = []) {
    if (this.#pending.length === 0) return keys;
    const ids = new Set(due.map((transaction) => transaction.id));
    const receipts = this.#pending.filter((transaction) => ids.has(transaction.id));
    for (const key of this.#touched(receipts, this.#view.changed)) keys.add(key);
    const couplings = this.#pending.flatMap(({ changes }) =>
      changes.flatMap((change) => (change.op === "split" ? [keysOf(change) ?? []] : [])),
    );
    for (let size = -1; size !== keys.size; ) {
      size = keys.size;
      for (const coupled of couplings)
        if (coupled.some((key) => keys.has(key))) for (const key of coupled) keys.add(key);
    }
    return keys;
  }

  /** Lays pending work over what is confirmed again, for these keys only. @param {Set<string>} keys */
  #rebase(keys) {
    for (const key of keys) this.#view.lift(key);
    for (const { changes } of this.#pending) {
      for (const change of changes) {
        const own = keysOf(change);
        if (own === null)
          for (const key of keys) applyChange(this.#view, { op: "remove", key }, null);
        else if (own.some((key) => keys.has(key))) applyChange(this.#view, change, this.#author);
      }
    }
  }

  /** Does the work; returns the keys that look different after it. @param {Set<string>} keys @param {(keys: Set<string>) => void} work */
  #difference(keys, work) {
    const before = new Map();
    for (const key of keys) before.set(key, this.#view.get(key));
    work(keys);
    /** @type {Set<string>} */
    const changed = new Set();
    for (const [key, was] of before) {
      const is = this.#view.get(key);
      if (is === was) continue;
      this.#size += Number(is !== undefined) - Number(was !== undefined);
      // A receipt makes no difference to see: the object stays, with all that is kept by it.
      if (was && sameElement(was, is)) this.#replace(key, was);
      else changed.add(key);
    }
    return changed;
  }

  /** @param {string} key @param {Element} element equal to the one there */
  #replace(key, element) {
    if (this.#view.changed.has(key)) this.#view.set(key, element);
    else this.#confirmed.set(key, element);
  }

  /** @param {DocumentEvent} event */
  #tell(event) {
    for (const listener of this.#listeners) listener(event);
  }
}

/** @param {Iterable<string>} keys */
function countOf(keys) {
  let count = 0;
  for (const _ of keys) count++;
  return count;
}
