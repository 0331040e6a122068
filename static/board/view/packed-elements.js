// Elements as the worker keeps them: in the bytes that they came in, two thirds of the room that objects take. Pure.

import { toBase64 } from "../core/bytes.js";
import { carryPoints } from "../core/quick-points.js";
import { readHead } from "./packed-stroke.js";

/** @typedef {import("../core/fold.js").Element} Element */

const decoder = new TextDecoder();

/** @param {Uint8Array} text @param {Uint8Array} points @param {readonly string[][]} shapes @returns {Element} */
export function unpacked(text, points, shapes) {
  if (text.length === 0) {
    const stroke = readHead(points, (color) => String(shapes[color]?.[0]));
    stroke.element.points = toBase64(stroke.points);
    return Object.freeze(stroke.element);
  }
  const [shape, ...values] = JSON.parse(decoder.decode(text));
  /** @type {Record<string, import("../protocol").Scalar>} */
  const element = {};
  (shapes[shape] ?? []).forEach((name, i) => {
    // A property of this name is one like the others (S19).
    if (name === "__proto__") Object.defineProperty(element, name, { value: values[i], ...OWN });
    else element[name] = values[i];
  });
  if (points.length > 0) element.points = toBase64(points);
  return Object.freeze(element);
}

/** For one painting, as long as the bytes stay: a stroke's points needn't become text. @param {Uint8Array} text @param {Uint8Array} points @param {readonly string[][]} shapes @returns {Element} */
function unpackedForOnce(text, points, shapes) {
  if (text.length > 0) return unpacked(text, points, shapes);
  const stroke = readHead(points, (color) => String(shapes[color]?.[0]));
  carryPoints(stroke.element, stroke.points);
  return stroke.element;
}

const OWN = { enumerable: true, configurable: true, writable: true };
const CHUNK = 2 ** 20;
const HEADER = 8;

/** Elements by key, as bytes in a few large pieces. */
export class PackedElements {
  /** By number. @type {string[][]} */
  shapes = [];
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
    const { text, points } = this.#at(place);
    return unpacked(text, points, this.shapes);
  }

  /** Good for painting until the next change. @param {string} key @returns {Element | undefined} */
  once(key) {
    const place = this.#places.get(key);
    if (place === undefined) return undefined;
    const { text, points } = this.#at(place);
    return unpackedForOnce(text, points, this.shapes);
  }

  /** @param {string} key @param {Uint8Array} text @param {Uint8Array} points */
  set(key, text, points) {
    this.delete(key);
    const size = HEADER + text.length + points.length;
    if (this.#length + size > CHUNK) this.#addChunk(size);
    const chunk = this.#chunks.length - 1;
    const { bytes: room, view } = /** @type {{bytes: Uint8Array, view: DataView}} */ (
      this.#chunks[chunk]
    );
    view.setUint32(this.#length, text.length);
    view.setUint32(this.#length + 4, points.length);
    room.set(text, this.#length + HEADER);
    room.set(points, this.#length + HEADER + text.length);
    this.#places.set(key, chunk * CHUNK + this.#length);
    this.#length += size;
    this.#live += size;
  }

  /** @param {string} key */
  delete(key) {
    const place = this.#places.get(key);
    if (place === undefined) return;
    const { text, points } = this.#at(place);
    const size = HEADER + text.length + points.length;
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
    const middle = from + view.getUint32(at);
    return {
      text: bytes.subarray(from, middle),
      points: bytes.subarray(middle, middle + view.getUint32(at + 4)),
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
    for (const { key, text, points } of kept) this.set(key, text, points);
  }
}
