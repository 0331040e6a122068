// What there is to paint, in the order of painting: on the page the document without what is hidden, in
// the worker what has been posted to it.

import { compareElements } from "../core/order.js";
import { SpatialIndex } from "../core/spatial.js";
import { kindOf } from "../elements/index.js";
import { PackedElements, unpacked } from "./packed-elements.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./packed.js").Parcel} Parcel
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

  /** @param {string} key */
  boundsOf(key) {
    return this.spatial.boundsOf(key);
  }

  *keys() {
    for (const key of this.document.keys()) if (!this.hidden.has(key)) yield key;
  }

  /** @returns {IterableIterator<Entry>} */
  entries() {
    return this.hidden.size === 0 ? this.document.entries() : this.#notHidden();
  }

  *#notHidden() {
    for (const entry of this.document.entries()) if (!this.hidden.has(entry[0])) yield entry;
  }

  /** @param {Bounds} bounds */
  inside(bounds) {
    return inOrder(this.spatial.search(bounds), (key) => this.get(key));
  }

  /** @param {Bounds} bounds */
  isEmpty(bounds) {
    return !this.spatial.some(bounds, (key) => this.get(key) !== undefined);
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

/** Elements of a tile with more than this are small: to make them again costs little, to keep them a lot of memory. */
const KEPT_OF_A_TILE = 400;
/** Those made last stay, with all that has been worked out for them. */
const KEPT = 800;

/** @implements {Scene} */
export class PostedScene {
  #elements = new PackedElements();
  #spatial = new SpatialIndex();
  /** Made lately, and before. @type {Map<string, Element>} */
  #young = new Map();
  /** @type {Map<string, Element>} */
  #old = new Map();

  /** @param {Parcel} parcel */
  apply({ keys, boxes, sizes, shapes, texts, points }) {
    this.#elements.shapes.push(...shapes);
    let textAt = 0;
    let pointsAt = 0;
    keys.forEach((key, i) => {
      const size = Number(sizes[2 * i]);
      if (size < 0) {
        this.#remove(key);
        return;
      }
      const textEnd = textAt + size;
      const pointsEnd = pointsAt + Number(sizes[2 * i + 1]);
      this.#put(key, texts.subarray(textAt, textEnd), points.subarray(pointsAt, pointsEnd));
      this.#spatial.insert(key, boxAt(boxes, i));
      textAt = textEnd;
      pointsAt = pointsEnd;
    });
  }

  /** @param {string} key */
  get(key) {
    return this.#recent(key) ?? this.#elements.get(key);
  }

  /** @param {Bounds} bounds */
  inside(bounds) {
    const keys = this.#spatial.search(bounds);
    if (keys.length > KEPT_OF_A_TILE)
      return inOrder(keys, (key) => this.#recent(key) ?? this.#elements.once(key));
    return inOrder(keys, (key) => this.#kept(key));
  }

  /** @param {string} key */
  #remove(key) {
    this.#forget(key);
    this.#elements.delete(key);
    this.#spatial.remove(key);
  }

  /** @param {string} key @param {Uint8Array} text @param {Uint8Array} points */
  #put(key, text, points) {
    const before = this.#recent(key);
    this.#forget(key);
    this.#elements.set(key, text, points);
    if (!before) return;
    const element = unpacked(text, points, this.#elements.shapes);
    kindOf(element).inherit?.(before, element);
    this.#keep(key, element);
  }

  /** @param {string} key */
  #recent(key) {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  /** @param {string} key */
  #kept(key) {
    const element = this.get(key);
    if (element && !this.#young.has(key)) this.#keep(key, element);
    return element;
  }

  /** @param {string} key @param {Element} element */
  #keep(key, element) {
    if (this.#young.size >= KEPT) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, element);
  }

  /** @param {string} key */
  #forget(key) {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}

/** @param {Float64Array} boxes @param {number} i @returns {Bounds} */
function boxAt(boxes, i) {
  const [minX, minY, maxX, maxY] = boxes.subarray(4 * i, 4 * i + 4);
  return /** @type {Bounds} */ ({ minX, minY, maxX, maxY });
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
