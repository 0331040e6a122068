// The box of encoded points without decoding them: a board of 10,000 strokes needs every box at once, but only
// the points in view. Ten times faster than decodePoints, and nothing for the garbage collector. Pure.

import { readBase64 } from "./bytes.js";
import { boundsOfPoints } from "./geometry.js";
import { decodePoints } from "./points.js";

/** @typedef {import("./geometry.js").Bounds} Bounds */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const UNREADABLE = 64;
const SIX_BITS = new Uint8Array(128).fill(UNREADABLE);
for (let i = 0; i < ALPHABET.length; i++) SIX_BITS[ALPHABET.charCodeAt(i)] = i;

/** The longest points of a transaction, 64 KiB of text, fit in. */
const bytes = new Uint8Array(48 * 1024);
/** Of two bytes. */
const LARGEST = 0x3fff;
let at = 0;
let end = 0;

/** Relative to the origin; null where there is no point. @param {string} text as in `points` @returns {Bounds | null} */
export function extentOf(text) {
  return scan(text) ?? carefully(text);
}

/** @param {string} text */
function carefully(text) {
  const { xs, ys } = decodePoints(text);
  return boundsOfPoints(xs, ys);
}

/** Null for anything unusual. @param {string} text @returns {Bounds | null} */
function scan(text) {
  if (!unpack(text)) return null;
  const step = zigzag();
  const pressureBytes = Number(bytes[at++]) & 1;
  if (at >= end || step < -8 || step > 10) return null;
  let x = 0;
  let y = 0;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  // Differences of one or two bytes, here rather than by `zigzag`, and in variables of this function: half the time.
  let next = at;
  while (next < end) {
    let value = Number(bytes[next++]);
    if (value > 127) value = (value & 127) | (Number(bytes[next++]) << 7);
    if (value > LARGEST) return null;
    x += (value >>> 1) ^ -(value & 1);
    value = Number(bytes[next++]);
    if (value > 127) value = (value & 127) | (Number(bytes[next++]) << 7);
    if (value > LARGEST) return null;
    y += (value >>> 1) ^ -(value & 1);
    next += pressureBytes;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  if (next !== end) return null;
  const unit = 2 ** -step;
  return { minX: minX * unit, minY: minY * unit, maxX: maxX * unit, maxY: maxY * unit };
}

/** Three bytes from four letters at a time. @param {string} text */
function unpack(text) {
  const { length } = text;
  at = 0;
  end = (length * 6) >> 3;
  if (end > bytes.length - 3) return false;
  if (readBase64(text, bytes)) return true;
  let to = 0;
  for (let i = 0; i < length; i += 4) {
    const a = six(text, i);
    const b = six(text, i + 1);
    const c = i + 2 < length ? six(text, i + 2) : 0;
    const d = i + 3 < length ? six(text, i + 3) : 0;
    if ((a | b | c | d) >= UNREADABLE) return false;
    bytes[to++] = (a << 2) | (b >> 4);
    bytes[to++] = (b << 4) | (c >> 2);
    bytes[to++] = (c << 6) | d;
  }
  return length > 0;
}

/** @param {string} text @param {number} i */
function six(text, i) {
  return SIX_BITS[text.charCodeAt(i)] ?? UNREADABLE;
}

/** A number of more than 28 bits reads on beyond the end, which is unusual. */
function zigzag() {
  let value = 0;
  let shift = 0;
  for (;;) {
    const byte = /** @type {number} */ (bytes[at++]);
    value |= (byte & 127) << shift;
    if (byte < 128) break;
    shift += 7;
    if (shift > 21 || at >= end) {
      at = end + 1;
      break;
    }
  }
  return (value >>> 1) ^ -(value & 1);
}
