// Points of a stroke as text: quantised differences, see "Points" in docs/protocol.md. Pure.

import { ByteReader, ByteWriter, fromBase64, readBase64, toBase64 } from "./bytes.js";

/** @typedef {{x: number, y: number, pressure: number}} InkPoint */
/** @typedef {{xs: Float32Array, ys: Float32Array, pressures: Float32Array | null, count: number}} DecodedPoints */

export const STEP_MIN = -8;
export const STEP_MAX = 10;
const HAS_PRESSURE = 1;
const FULL_PRESSURE = 255;

/**
 * @param {readonly InkPoint[]} points relative to the origin
 * @param {number} step the protocol's `s`: one step is 2^-s board units
 * @param {boolean} withPressure
 */
export function encodePoints(points, step, withPressure) {
  const writer = new ByteWriter();
  writer.zigzag(step);
  writer.byte(withPressure ? HAS_PRESSURE : 0);
  writePoints(writer, points, step, withPressure);
  return toBase64(writer.take());
}

/** @param {ByteWriter} writer @param {readonly InkPoint[]} points @param {number} step @param {boolean} withPressure */
export function writePoints(writer, points, step, withPressure) {
  const scale = 2 ** step;
  let lastX = 0;
  let lastY = 0;
  for (const point of points) {
    // Differences of whole steps: rounding errors don't add up.
    const x = Math.round(point.x * scale);
    const y = Math.round(point.y * scale);
    writer.zigzag(x - lastX);
    writer.zigzag(y - lastY);
    if (withPressure)
      writer.byte(Math.round(Math.min(1, Math.max(0, point.pressure)) * FULL_PRESSURE));
    lastX = x;
    lastY = y;
  }
}

/** What can be read of it; never throws. @param {string} text @returns {DecodedPoints} */
export function decodePoints(text) {
  const reader = new ByteReader(bytesOf(text));
  const step = reader.zigzag();
  const withPressure = (reader.byte() & HAS_PRESSURE) !== 0;
  return readPoints(reader, step, withPressure);
}

/** A new array for each of ten thousand texts would take longer than all the rest. */
const scratch = new Uint8Array(48 * 1024);

/** Good until the next call. @param {string} text */
function bytesOf(text) {
  const length = (text.length * 6) >> 3;
  const fits = length <= scratch.length && readBase64(text, scratch);
  return fits ? scratch.subarray(0, length) : fromBase64(text);
}

/** Until the reader's end or the first broken point. @param {ByteReader} reader @param {number} step @param {boolean} withPressure @returns {DecodedPoints} */
export function readPoints(reader, step, withPressure) {
  // A point takes at least two bytes, or three with its pressure.
  const most = Math.floor(reader.left / (withPressure ? 3 : 2));
  const { xs, ys, pressures } = roomFor(most);
  const unit = 2 ** -step;
  let x = 0;
  let y = 0;
  let count = 0;
  while (reader.left > 0 && count < most) {
    x += reader.zigzag();
    y += reader.zigzag();
    const pressure = withPressure ? reader.byte() : 0;
    if (!reader.ok) break;
    xs[count] = x * unit;
    ys[count] = y * unit;
    pressures[count] = pressure / FULL_PRESSURE;
    count++;
  }
  return { ...columns(xs, ys, withPressure ? pressures : null, count), count };
}

/** Points are read into these, and copied once it is known how many there are. */
let room = { xs: new Float32Array(0), ys: new Float32Array(0), pressures: new Float32Array(0) };

/** @param {number} count */
function roomFor(count) {
  if (count > room.xs.length) {
    const size = Math.max(1024, count);
    room = {
      xs: new Float32Array(size),
      ys: new Float32Array(size),
      pressures: new Float32Array(size),
    };
  }
  return room;
}

/** The first so many of each, in one buffer: three would cost more than what is in them. @param {Float32Array} xs @param {Float32Array} ys @param {Float32Array | null} pressures @param {number} count */
function columns(xs, ys, pressures, count) {
  const all = new Float32Array(count * (pressures ? 3 : 2));
  all.set(xs.subarray(0, count));
  all.set(ys.subarray(0, count), count);
  if (pressures) all.set(pressures.subarray(0, count), 2 * count);
  return {
    xs: all.subarray(0, count),
    ys: all.subarray(count, 2 * count),
    pressures: pressures ? all.subarray(2 * count) : null,
  };
}

/**
 * The points where a matrix puts them, still relative to their origin, which it moves as well. The steps get finer or
 * coarser with the size, so that it loses no more than it did at first.
 * @param {string} text @param {import("./matrix.js").Matrix} matrix
 */
export function pointsMoved(text, [a, b, c, d]) {
  const { xs, ys, pressures, count } = decodePoints(text);
  /** @type {InkPoint[]} */
  const points = [];
  for (let i = 0; i < count; i++) {
    const x = Number(xs[i]);
    const y = Number(ys[i]);
    const pressure = pressures ? Number(pressures[i]) : 1;
    points.push({ x: a * x + c * y, y: b * x + d * y, pressure });
  }
  const finer = Math.ceil(-Math.log2(Math.max(1e-6, Math.sqrt(Math.abs(a * d - b * c)))));
  return encodePoints(points, stepWithin(stepOf(text) + finer), pressures !== null);
}

/** @param {string} text */
export function stepOf(text) {
  return stepWithin(new ByteReader(fromBase64(text.slice(0, 4))).zigzag());
}

/** @param {number} step */
export function stepWithin(step) {
  return Math.min(STEP_MAX, Math.max(STEP_MIN, step));
}
