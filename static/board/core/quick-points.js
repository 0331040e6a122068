// Points read into the same few arrays again and again: of the ten thousand lines of an overview each is looked at once.
// Five times as fast as decodePoints, and nothing for the garbage collector. Pure.

import { readBase64, toBase64 } from "./bytes.js";
import { decodePoints, STEP_MAX, STEP_MIN } from "./points.js";

/** @typedef {import("./fold.js").Element} Element */

/**
 * Good until the next reading.
 * @typedef {object} QuickPoints
 * @property {Float32Array} xs relative to the origin; only the first so many are theirs
 * @property {Float32Array} ys
 * @property {number} count
 * @property {number} pressure the middle one, 0 to 1; of points without it 1
 */

const FULL_PRESSURE = 255;
/** The longest points of a transaction, 64 KiB of text, fit in; what lies behind the last is read as an end. */
const scratch = new Uint8Array(48 * 1024);
const SMALLEST_POINT = 2;
const FIRST_POINTS = 1024;

/** @type {QuickPoints} */
const read = {
  xs: new Float32Array(FIRST_POINTS),
  ys: new Float32Array(FIRST_POINTS),
  count: 0,
  pressure: 1,
};

/** For one painting an element may carry its points as they are before they become text. */
const BYTES = Symbol("points as bytes");

/** @param {Element} element without points, not frozen yet @param {Uint8Array} bytes */
export function carryPoints(element, bytes) {
  /** @type {{[BYTES]?: Uint8Array}} */ (element)[BYTES] = bytes;
}

/** @param {Element} element @returns {string} as in `points` */
export function pointsOf(element) {
  const bytes = /** @type {{[BYTES]?: Uint8Array}} */ (element)[BYTES];
  if (bytes) return toBase64(bytes);
  return Object.hasOwn(element, "points") ? String(element.points) : "";
}

/** @param {Element} element @returns {QuickPoints} */
export function quickPointsIn(element) {
  const bytes = /** @type {{[BYTES]?: Uint8Array}} */ (element)[BYTES];
  return (bytes && quickPointsOf(bytes)) || quickPoints(pointsOf(element));
}

/** @param {string} text as in `points` @returns {QuickPoints} */
export function quickPoints(text) {
  const length = (text.length * 6) >> 3;
  const fits = length <= scratch.length && readBase64(text, scratch);
  return (fits && scan(scratch, length)) || carefully(text);
}

/** @param {Uint8Array} bytes what such a text stands for @returns {QuickPoints | null} null for anything unusual */
export function quickPointsOf(bytes) {
  return bytes.length <= scratch.length ? scan(bytes, bytes.length) : null;
}

/** @param {string} text @returns {QuickPoints} */
function carefully(text) {
  const { xs, ys, pressures, count } = decodePoints(text);
  let sum = 0;
  for (let i = 0; pressures && i < count; i++) sum += Number(pressures[i]);
  return { xs, ys, count, pressure: pressures && count > 0 ? sum / count : 1 };
}

/** @param {number} points */
function roomFor(points) {
  if (points > read.xs.length) {
    read.xs = new Float32Array(points);
    read.ys = new Float32Array(points);
  }
  return read;
}

/** Differences of one or two bytes, which are all but those of the fastest of hands. @param {Uint8Array} bytes @param {number} end @returns {QuickPoints | null} */
function scan(bytes, end) {
  const first = Number(bytes[0]);
  const step = (first >>> 1) ^ -(first & 1);
  const withPressure = (Number(bytes[1]) & 1) === 1;
  if (end < 2 || first > 127 || step < STEP_MIN || step > STEP_MAX) return null;
  const unit = 2 ** -step;
  const { xs, ys } = roomFor(Math.ceil(end / SMALLEST_POINT));
  let at = 2;
  let count = 0;
  let x = 0;
  let y = 0;
  let pressures = 0;
  while (at < end) {
    let value = /** @type {number} */ (bytes[at++]);
    if (value > 127) value = (value & 127) | (Number(bytes[at++]) << 7);
    if (value > 0x3fff) return null;
    x += (value >>> 1) ^ -(value & 1);
    value = /** @type {number} */ (bytes[at++]);
    if (value > 127) value = (value & 127) | (Number(bytes[at++]) << 7);
    if (value > 0x3fff) return null;
    y += (value >>> 1) ^ -(value & 1);
    if (withPressure) pressures += /** @type {number} */ (bytes[at++]);
    xs[count] = x * unit;
    ys[count++] = y * unit;
  }
  if (at !== end) return null;
  read.count = count;
  read.pressure = withPressure && count > 0 ? pressures / (count * FULL_PRESSURE) : 1;
  return read;
}
