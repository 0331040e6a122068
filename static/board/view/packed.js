// Elements as bytes: so they go to the worker without a copy of every property. Points are as they are before they
// become text. Pure.

import { fromBase64, readBase64 } from "../core/bytes.js";
import { headSize, isPlainStroke, writeHead } from "./packed-stroke.js";

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
