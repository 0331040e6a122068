// What there is to paint, in the order of painting: on the page the document without what is hidden, in
// the worker what has been posted to it.

import { compareElements } from "../core/order.js";
import { SpatialIndex } from "../core/spatial.js";
import { kindOf } from "../elements/index.js";
import { onArrival } from "../elements/later.js";
import { place, placeWriting } from "../elements/placing.js";

/**
 * @typedef {import("../core/document.js").Document} Document
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {readonly [key: string, element: Element]} Entry
 */

/**
 * @typedef {object} Scene
 * @property {(key: string) => Element | undefined} get
 * @property {(bounds: Bounds) => Entry[]} inside what may have ink in the bounds, lowest first
 */

/** @implements {Scene} */
export class DocumentScene {
  /** @type {ReadonlySet<string>} */
  hidden = new Set();

  /** @param {Document} document @param {SpatialIndex} spatial */
  constructor(document, spatial) {
    this.document = document;
    this.spatial = spatial;
  }

  /** @param {string} key */
  get(key) {
    return this.hidden.has(key) ? undefined : this.document.get(key);
  }

  *keys() {
    for (const key of this.document.keys()) if (!this.hidden.has(key)) yield key;
  }

  /** @param {Bounds} bounds */
  inside(bounds) {
    return inOrder(this.spatial.search(bounds), (key) => this.get(key));
  }

  /** @param {Bounds} bounds */
  isEmpty(bounds) {
    return !this.spatial.search(bounds).some((key) => this.get(key));
  }

  /** Whether something that is not in the set lies over the element. @param {Entry} entry @param {ReadonlySet<string>} besides */
  isCovered(entry, besides) {
    const bounds = kindOf(entry[1]).bounds(entry[1]);
    return this.spatial.search(bounds).some((key) => {
      const other = besides.has(key) ? undefined : this.get(key);
      return other !== undefined && compareElements(entry, [key, other]) < 0;
    });
  }
}

/** @implements {Scene} */
export class PostedScene {
  /** @type {Map<string, Element>} */
  #elements = new Map();
  #spatial = new SpatialIndex();

  constructor() {
    onArrival(() => placeWriting(this.#spatial, this.#elements));
  }

  /** @param {readonly (readonly [string, Element | null])[]} changes */
  apply(changes) {
    for (const [key, element] of changes) {
      const before = this.#elements.get(key);
      if (element) this.#elements.set(key, element);
      else this.#elements.delete(key);
      if (element && before) kindOf(element).inherit?.(before, element);
      place(this.#spatial, key, element ?? undefined);
    }
  }

  /** @param {string} key */
  get(key) {
    return this.#elements.get(key);
  }

  /** @param {Bounds} bounds */
  inside(bounds) {
    return inOrder(this.#spatial.search(bounds), (key) => this.#elements.get(key));
  }
}

/** @param {Iterable<string>} keys @param {(key: string) => Element | undefined} get @returns {Entry[]} */
export function inOrder(keys, get) {
  /** @type {Entry[]} */
  const entries = [];
  for (const key of keys) {
    const element = get(key);
    if (element) entries.push([key, element]);
  }
  return entries.sort(compareElements);
}
