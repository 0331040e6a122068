// The page in sight: what of the document is on it, each element as it is shown. Whoever draws, selects or measures
// looks here; the document behind it knows of all pages, and of elements only what is written in them.

import { sameElement } from "../core/fold.js";
import { derivedFrom, hangsOnOthers, targetsOf } from "./derived.js";
import { onArrival } from "./later.js";
import { FIRST_PAGE, PageList } from "./page-list.js";

export { FIRST_PAGE, pageOf } from "./page-list.js";

/**
 * @typedef {import("../core/document.js").Document} Document
 * @typedef {import("../core/document.js").DocumentEvent} DocumentEvent
 * @typedef {import("../core/fold.js").Element} Element
 */

const NOTHING = /** @type {ReadonlySet<string>} */ (new Set());

/** As nearly all are: on the first page, and shown as it is written. @param {Element} element */
function isPlain(element) {
  return element.page === undefined && element.kind !== "page" && !hangsOnOthers(element);
}

export class Sheet {
  #page;
  #pages = new PageList();
  /** Those that are shown other than they are written. @type {Map<string, Element>} */
  #derived = new Map();
  /** Keys of what hangs on an element. @type {Map<string, Set<string>>} */
  #dependants = new Map();
  /** What each of them hangs on. @type {Map<string, string[]>} */
  #targets = new Map();
  /** Keys of pages, and of elements of other pages. */
  #elsewhere = new Set();
  /** @type {Set<(event: DocumentEvent) => void>} */
  #listeners = new Set();
  #stops;

  /** @param {Document} document @param {string} [page] the one in sight */
  constructor(document, page = FIRST_PAGE) {
    this.document = document;
    this.#page = page;
    this.#pages.learnAll(document);
    this.#learnAll();
    this.#stops = [
      document.subscribe((event) => this.#changed(event)),
      onArrival(() => this.#deriveAgain()),
    ];
  }

  /** It is told nothing more. */
  close() {
    for (const stop of this.#stops) stop();
  }

  // -- reading, as a document is read --------------------------------------------------------------

  /** @param {string} key */
  get(key) {
    if (this.#elsewhere.size > 0 && this.#elsewhere.has(key)) return undefined;
    return this.#derived.get(key) ?? this.document.get(key);
  }

  /** As it is written, on whatever page. @param {string} key */
  written(key) {
    return this.document.get(key);
  }

  /** What of this page hangs on an element, as a connector does. @param {string} key @returns {ReadonlySet<string>} */
  hangingOn(key) {
    return this.#dependants.get(key) ?? NOTHING;
  }

  /** @param {string} key */
  has(key) {
    return !this.#elsewhere.has(key) && this.document.has(key);
  }

  keys() {
    return this.#elsewhere.size === 0 ? this.document.keys() : this.#keysHere();
  }

  *#keysHere() {
    for (const key of this.document.keys()) if (!this.#elsewhere.has(key)) yield key;
  }

  /** @returns {IterableIterator<[string, Element]>} */
  entries() {
    const asWritten = this.#elsewhere.size === 0 && this.#derived.size === 0;
    return asWritten ? this.document.entries() : this.#entriesHere();
  }

  /** @returns {Generator<[string, Element]>} */
  *#entriesHere() {
    for (const [key, element] of this.document.entries())
      if (!this.#elsewhere.has(key)) yield [key, this.#derived.get(key) ?? element];
  }

  get size() {
    return this.document.size - this.#elsewhere.size;
  }

  get author() {
    return this.document.author;
  }

  get clock() {
    return this.document.clock;
  }

  get pending() {
    return this.document.pending;
  }

  /** @param {import("../core/document.js").Watcher} watcher */
  watch(watcher) {
    return this.document.watch(watcher);
  }

  /** Hears of what is on this page, and of turning pages (`keys` null, `source` "page"). @param {(event: DocumentEvent) => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  // -- pages -----------------------------------------------------------------------------------------

  /** The key of the page in sight. */
  get page() {
    return this.#page;
  }

  /** @param {string} page */
  turnTo(page) {
    if (page === this.#page) return;
    this.#page = page;
    this.#learnAll();
    this.#tell({ keys: null, source: "page" });
  }

  /** The pages in order, the first one also where nothing is written of it. @returns {[string, Element][]} */
  pages() {
    return this.#pages.inOrder();
  }

  /** The page that an element is seen on, also where its own isn't there. @param {Element} element */
  pageOf(element) {
    return this.#pages.pageOf(element);
  }

  // -- keeping in step with the document -----------------------------------------------------------

  #learnAll() {
    this.#derived.clear();
    this.#dependants.clear();
    this.#targets.clear();
    this.#elsewhere.clear();
    const onFirst = this.#page === FIRST_PAGE;
    for (const [key, element] of this.document.entries())
      if (!onFirst || !isPlain(element)) this.#place(key, element);
    for (const key of this.#targets.keys()) this.#derive(key);
  }

  /** @param {DocumentEvent} event */
  #changed({ keys, source }) {
    if (keys === null) {
      this.#pages.learnAll(this.document);
      this.#learnAll();
      this.#tell({ keys, source });
      return;
    }
    const touched = this.#touchedBy(keys);
    if (touched.size > 0) this.#tell({ keys: touched, source });
  }

  /** Keys of what looks different here. @param {ReadonlySet<string>} changed */
  #touchedBy(changed) {
    const keys = this.#pages.learn(changed, this.document)
      ? new Set([...changed, ...this.#movedByPages()])
      : changed;
    /** @type {Set<string>} */
    const touched = new Set();
    for (const key of keys) {
      const wasElsewhere = this.#elsewhere.has(key);
      this.#forget(key);
      this.#place(key, this.document.get(key));
      if (!wasElsewhere || !this.#elsewhere.has(key)) touched.add(key);
    }
    for (const key of keys) if (this.#targets.has(key)) this.#derive(key);
    for (const one of this.#hangingOnAny(keys)) if (this.#derive(one)) touched.add(one);
    return touched;
  }

  /** Also what is in the frames that are in a frame. @param {Iterable<string>} keys */
  #hangingOnAny(keys) {
    /** @type {Set<string>} */
    const found = new Set();
    const open = [...keys];
    for (let key = open.pop(); key !== undefined; key = open.pop())
      for (const one of this.#dependants.get(key) ?? []) {
        if (found.has(one)) continue;
        found.add(one);
        if (this.document.get(one)?.kind === "frame") open.push(one);
      }
    return found;
  }

  /** What another page has come or gone for. */
  *#movedByPages() {
    for (const [key, element] of this.document.entries())
      if (this.#elsewhere.has(key) !== this.#isElsewhere(element)) yield key;
  }

  /** @param {Element} element */
  #isElsewhere(element) {
    return element.kind === "page" || this.#pages.pageOf(element) !== this.#page;
  }

  /** @param {string} key */
  #forget(key) {
    this.#elsewhere.delete(key);
    for (const target of this.#targets.get(key) ?? []) this.#dependants.get(target)?.delete(key);
    this.#targets.delete(key);
    this.#derived.delete(key);
  }

  /** @param {string} key @param {Element | undefined} element */
  #place(key, element) {
    if (!element) return;
    if (this.#isElsewhere(element)) {
      this.#elsewhere.add(key);
      return;
    }
    if (!hangsOnOthers(element)) return;
    const targets = targetsOf(element);
    this.#targets.set(key, targets);
    for (const target of targets) {
      const all = this.#dependants.get(target) ?? new Set();
      this.#dependants.set(target, all.add(key));
    }
  }

  /** @param {string} key of one that hangs on others @returns {boolean} whether it looks different now */
  #derive(key) {
    const element = this.document.get(key);
    if (!element) return false;
    const before = this.#derived.get(key) ?? element;
    const after = derivedFrom(element, (one) => this.document.get(one));
    // The same object stays, with all that is kept by it.
    if (this.#derived.has(key) && sameElement(before, after)) return false;
    if (after === element) this.#derived.delete(key);
    else this.#derived.set(key, after);
    return !sameElement(before, after);
  }

  /** What derives them has come. */
  #deriveAgain() {
    const waiting = [...this.#targets.keys()];
    if (waiting.length === 0) return;
    const before = new Map(waiting.map((key) => [key, this.get(key)]));
    this.#learnAll();
    const keys = new Set(waiting.filter((key) => !sameElement(before.get(key), this.get(key))));
    if (keys.size > 0) this.#tell({ keys, source: "load" });
  }

  /** @param {DocumentEvent} event */
  #tell(event) {
    for (const listener of this.#listeners) listener(event);
  }
}
