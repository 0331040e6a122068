// Elements as bytes: so they go to the worker without a copy of every property, and so it keeps them, in two thirds
// of the room that objects take. Points are kept as they are before they become text. Pure.

import { fromBase64, readBase64, toBase64 } from "../core/bytes.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 */

/**
 * Changed elements, one after the other.
 * @typedef {object} Parcel
 * @property {string[]} keys
 * @property {Float64Array} boxes four for each: where it lies
 * @property {Int32Array} sizes two for each: bytes of its text, and of its points; -1: it is gone
 * @property {Uint8Array} bytes
 */

/** Room for about a hundred strokes; it grows. */
const FIRST_SIZE = 32 * 1024;
/** A character takes at most so many bytes. */
const UTF8_MAX = 3;
const NOWHERE = { minX: 0, minY: 0, maxX: 0, maxY: 0 };

/** Puts elements one after the other into bytes. */
export class Packer {
  #bytes = new Uint8Array(FIRST_SIZE);
  #length = 0;
  /** @type {string[]} */
  #keys = [];
  /** @type {number[]} */
  #sizes = [];
  /** @type {number[]} */
  #boxes = [];
  #encoder = new TextEncoder();

  get count() {
    return this.#keys.length;
  }

  /** @param {string} key @param {Element | undefined} element undefined: it is gone @param {Bounds | null} box */
  add(key, element, box) {
    this.#keys.push(key);
    const { minX, minY, maxX, maxY } = box ?? NOWHERE;
    this.#boxes.push(minX, minY, maxX, maxY);
    if (!element) this.#sizes.push(-1, 0);
    else if (!this.#addPoints(element)) this.#sizes.push(this.#addText(element), 0);
  }

  /** What has been added since the last time. @returns {Parcel} */
  take() {
    const parcel = {
      keys: this.#keys,
      boxes: Float64Array.from(this.#boxes),
      sizes: Int32Array.from(this.#sizes),
      bytes: this.#bytes.slice(0, this.#length),
    };
    this.#keys = [];
    this.#boxes = [];
    this.#sizes = [];
    this.#length = 0;
    return parcel;
  }

  /** @param {Element} element @returns {boolean} false where there are none as we write them */
  #addPoints(element) {
    const { points, ...rest } = element;
    if (typeof points !== "string" || points.length % 4 === 1 || points === "") return false;
    const size = (points.length * 6) >> 3;
    this.#makeRoom(size);
    const bytes = this.#bytes.subarray(this.#length, this.#length + size);
    if (!readBase64(points, bytes)) {
      const read = fromBase64(points);
      if (read.length !== size) return false;
      bytes.set(read);
    }
    // Bits that stand for nothing would be lost.
    if (!points.endsWith(toBase64(bytes.subarray(size - (size % 3))))) return false;
    this.#length += size;
    this.#sizes.push(this.#addText(rest), size);
    return true;
  }

  /** @param {Element} element */
  #addText(element) {
    const text = JSON.stringify(element);
    this.#makeRoom(text.length * UTF8_MAX);
    const { written } = this.#encoder.encodeInto(text, this.#bytes.subarray(this.#length));
    this.#length += written;
    return written;
  }

  /** @param {number} size */
  #makeRoom(size) {
    const needed = this.#length + size;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

const decoder = new TextDecoder();

/** @param {Uint8Array} bytes points and text @param {number} pointBytes @returns {Element} */
export function unpacked(bytes, pointBytes) {
  const element = JSON.parse(decoder.decode(bytes.subarray(pointBytes)));
  if (pointBytes > 0) element.points = toBase64(bytes.subarray(0, pointBytes));
  return Object.freeze(element);
}

const CHUNK = 2 ** 20;
const HEADER = 8;

/** Elements by key, as bytes in a few large pieces. */
export class PackedElements {
  /** Where each begins. @type {Map<string, number>} */
  #places = new Map();
  /** @type {{bytes: Uint8Array, view: DataView}[]} */
  #chunks = [];
  /** Of the last chunk. */
  #length = CHUNK;
  #live = 0;
  #dead = 0;

  /** What they take, and what is kept free for more. */
  get bytes() {
    return this.#chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** @returns {Generator<[string, Element]>} */
  *entries() {
    for (const key of this.#places.keys()) yield [key, /** @type {Element} */ (this.get(key))];
  }

  /** @param {string} key @returns {Element | undefined} made anew each time */
  get(key) {
    const place = this.#places.get(key);
    if (place === undefined) return undefined;
    const { bytes, points } = this.#at(place);
    return unpacked(bytes, points);
  }

  /** @param {string} key @param {Uint8Array} bytes its points and its text @param {number} points bytes of them */
  set(key, bytes, points) {
    this.delete(key);
    const size = HEADER + bytes.length;
    if (this.#length + size > CHUNK) this.#addChunk(size);
    const chunk = this.#chunks.length - 1;
    const { bytes: room, view } = /** @type {{bytes: Uint8Array, view: DataView}} */ (
      this.#chunks[chunk]
    );
    view.setUint32(this.#length, bytes.length);
    view.setUint32(this.#length + 4, points);
    room.set(bytes, this.#length + HEADER);
    this.#places.set(key, chunk * CHUNK + this.#length);
    this.#length += size;
    this.#live += size;
  }

  /** @param {string} key */
  delete(key) {
    const place = this.#places.get(key);
    if (place === undefined) return;
    const size = HEADER + this.#at(place).bytes.length;
    this.#places.delete(key);
    this.#live -= size;
    this.#dead += size;
    if (this.#dead > this.#live + CHUNK) this.#closeUp();
  }

  /** @param {number} place */
  #at(place) {
    const { bytes, view } = /** @type {{bytes: Uint8Array, view: DataView}} */ (
      this.#chunks[Math.floor(place / CHUNK)]
    );
    const at = place % CHUNK;
    const from = at + HEADER;
    return {
      bytes: bytes.subarray(from, from + view.getUint32(at)),
      points: view.getUint32(at + 4),
    };
  }

  /** @param {number} size */
  #addChunk(size) {
    const bytes = new Uint8Array(Math.max(CHUNK, size));
    this.#chunks.push({ bytes, view: new DataView(bytes.buffer) });
    this.#length = 0;
  }

  /** What is left of elements that are gone or different now takes more room than the rest. */
  #closeUp() {
    const kept = [...this.#places].map(([key, place]) => ({ key, ...this.#at(place) }));
    this.#places = new Map();
    this.#chunks = [];
    this.#length = CHUNK;
    this.#live = this.#dead = 0;
    for (const { key, bytes, points } of kept) this.set(key, bytes, points);
  }
}
