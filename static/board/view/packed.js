// Elements as bytes: so they go to the worker without a copy of every property, and so it keeps them, in two thirds
// of the room that objects take. Points are kept as they are before they become text. Pure.

import { fromBase64, readBase64, toBase64 } from "../core/bytes.js";
import { carryPoints } from "../core/quick-points.js";
import { headSize, isPlainStroke, readHead, writeHead } from "./packed-stroke.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 */

/**
 * Changed elements, one after the other.
 * @typedef {object} Parcel
 * @property {string[]} keys
 * @property {Float64Array} boxes four for each: where it lies
 * @property {Int32Array} sizes two for each: bytes of its text, and of its points; -1: it is gone; 0: a stroke, all of
 *   which is with its points
 * @property {Uint8Array} texts
 * @property {string[][]} shapes those that are new: names of properties, which most elements share, or a colour
 * @property {Uint8Array} points
 */

/** Room for about a hundred strokes; it grows. */
const FIRST_SIZE = 32 * 1024;
const NOWHERE = { minX: 0, minY: 0, maxX: 0, maxY: 0 };
/** The last letters of a text of two, or three, more than a multiple of four: their other bits stand for nothing. */
const LAST = ["", "", "AQgw", "AEIMQUYcgkosw048"];

/** Puts elements one after the other into bytes. */
export class Packer {
  #points = new Uint8Array(FIRST_SIZE);
  #length = 0;
  /** @type {string[]} */
  #keys = [];
  /** @type {number[]} */
  #boxes = [];
  /** Numbers of the shapes that have been sent, or will be next. @type {Map<string, number>} */
  #shapes = new Map();
  /** @type {string[][]} */
  #newShapes = [];
  /** Null: it is gone. @type {(string | null)[]} */
  #texts = [];
  /** @type {number[]} */
  #sizes = [];

  /** @param {string} key @param {Element | undefined} element undefined: it is gone @param {Bounds | null} box */
  add(key, element, box) {
    const { minX, minY, maxX, maxY } = box ?? NOWHERE;
    this.#keys.push(key);
    this.#boxes.push(minX, minY, maxX, maxY);
    const stroke = element ? this.#addStroke(element) : 0;
    const size = element && stroke === 0 ? this.#addPoints(element.points) : stroke;
    this.#sizes.push(size);
    if (stroke > 0) this.#texts.push("");
    else this.#texts.push(element ? this.#textOf(element, size > 0) : null);
  }

  /** What has been added since the last time. @returns {Parcel} */
  take() {
    const { texts, lengths } = encoded(this.#texts);
    const parcel = {
      keys: this.#keys,
      boxes: Float64Array.from(this.#boxes),
      sizes: Int32Array.from(this.#sizes.flatMap((size, i) => [Number(lengths[i]), size])),
      texts,
      shapes: this.#newShapes,
      points: this.#points.slice(0, this.#length),
    };
    this.#keys = [];
    this.#boxes = [];
    this.#texts = [];
    this.#newShapes = [];
    this.#sizes = [];
    this.#length = 0;
    return parcel;
  }

  /** The number of its shape and its values. @param {Element} element @param {boolean} withoutPoints */
  #textOf(element, withoutPoints) {
    const names = Object.keys(element);
    const values = Object.values(element);
    if (withoutPoints) {
      const at = names.indexOf("points");
      names.splice(at, 1);
      values.splice(at, 1);
    }
    return JSON.stringify([this.#shapeOf(names), ...values]);
  }

  /** @param {string[]} names */
  #shapeOf(names) {
    const name = JSON.stringify(names);
    const known = this.#shapes.get(name);
    if (known !== undefined) return known;
    this.#newShapes.push(names);
    this.#shapes.set(name, this.#shapes.size);
    return this.#shapes.size - 1;
  }

  /** @param {Element} element @returns {number} how many bytes; 0: it is none, or one of its own sort */
  #addStroke(element) {
    if (!isPlainStroke(element)) return 0;
    const from = this.#length;
    const head = headSize(element);
    this.#makeRoom(head);
    this.#length += head;
    const size = this.#addPoints(element.points);
    if (size === 0) {
      this.#length = from;
      return 0;
    }
    const color = this.#shapeOf([String(element.color)]);
    writeHead(this.#points.subarray(from, from + head), element, color);
    return head + size;
  }

  /** @param {unknown} points @returns {number} how many bytes; 0 where they aren't as we write them */
  #addPoints(points) {
    if (typeof points !== "string" || points.length % 4 === 1) return 0;
    const size = (points.length * 6) >> 3;
    const last = LAST[points.length % 4];
    if (last && !last.includes(points.charAt(points.length - 1))) return 0;
    this.#makeRoom(size);
    const bytes = this.#points.subarray(this.#length, this.#length + size);
    if (!readBase64(points, bytes)) {
      const read = fromBase64(points);
      if (read.length !== size) return 0;
      bytes.set(read);
    }
    this.#length += size;
    return size;
  }

  /** @param {number} size */
  #makeRoom(size) {
    const needed = this.#length + size;
    if (needed <= this.#points.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#points.length));
    larger.set(this.#points.subarray(0, this.#length));
    this.#points = larger;
  }
}

const encoder = new TextEncoder();

/** All at once, which is ten times as fast where they are plain. @param {readonly (string | null)[]} texts */
function encoded(texts) {
  const bytes = encoder.encode(texts.join(""));
  const characters = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  const lengthOf = (/** @type {string} */ text) =>
    bytes.length === characters ? text.length : encoder.encode(text).length;
  return { texts: bytes, lengths: texts.map((text) => (text === null ? -1 : lengthOf(text))) };
}

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
