// Which pages there are, and on which of them an element is. What names a page that isn't there, as it was deleted
// while somebody drew on it offline, is on the first page that is listed: nothing drawn is ever lost.

import { compareElements } from "../core/order.js";

/**
 * @typedef {import("../core/document.js").Document} Document
 * @typedef {import("../core/fold.js").Element} Element
 */

/** The page of elements that name none; it is there without a `put`. */
export const FIRST_PAGE = "first-page";

const UNWRITTEN = /** @type {Element} */ (Object.freeze({ kind: "page", z: "Zz" }));

/** The page that an element names, whether it is there or not. @param {Element} element */
export function pageOf(element) {
  const { page } = element;
  return typeof page === "string" ? page : FIRST_PAGE;
}

export class PageList {
  /** @type {Map<string, Element>} */
  #pages = new Map();
  #firstListed = FIRST_PAGE;

  /** @param {Document} document */
  learnAll(document) {
    this.#pages.clear();
    this.#pages.set(FIRST_PAGE, UNWRITTEN);
    for (const [key, element] of document.entries())
      if (element.kind === "page") this.#pages.set(key, element);
    this.#find();
  }

  /** @param {ReadonlySet<string>} keys of what has changed @param {Document} document @returns {boolean} whether elements may be on another page than before */
  learn(keys, document) {
    const [size, first] = [this.#pages.size, this.#firstListed];
    let changed = false;
    for (const key of keys) {
      const element = document.get(key);
      if (element?.kind === "page") this.#pages.set(key, element);
      else if (!this.#pages.delete(key)) continue;
      if (key === FIRST_PAGE && !this.#pages.has(key)) this.#pages.set(key, UNWRITTEN);
      changed = true;
    }
    if (changed) this.#find();
    // One may have gone while another came.
    return changed && (keys.size > 1 || size !== this.#pages.size || first !== this.#firstListed);
  }

  #find() {
    const all = this.inOrder();
    const listed = all.find(([, element]) => element.hidden !== true) ?? all[0];
    this.#firstListed = listed?.[0] ?? FIRST_PAGE;
  }

  /** The first one also where nothing is written of it. @returns {[string, Element][]} */
  inOrder() {
    return [...this.#pages].sort(compareElements);
  }

  /** The page that an element is seen on. @param {Element} element */
  pageOf(element) {
    const page = pageOf(element);
    return this.#pages.has(page) ? page : this.#firstListed;
  }
}
