// Points, angles and sizes of other programs as elements have them. Pure.

import { encodePoints } from "../core/points.js";
import { hundredths } from "../elements/kind.js";

/**
 * @typedef {import("../core/points.js").InkPoint} InkPoint
 * @typedef {import("../core/geometry.js").Place} Place
 */

/** A sixteenth of a board unit: nobody sees less. */
const STEP = 4;
const POINTS_MAX = 10_000;
/** A change has to fit into a message with what stands around it. */
const CHARACTERS_MAX = 48_000;
const FARTHEST = 1_000_000;
const FULL_TURN = 2 * Math.PI;

/**
 * Origin and points of an element through these; null where there is nothing to draw, or it leads out of the world.
 * @param {readonly InkPoint[]} points on the board @param {boolean} [withPressure]
 */
export function through(points, withPressure = false) {
  const [first] = points;
  if (!first || !points.every(isInWorld)) return null;
  const x = hundredths(first.x);
  const y = hundredths(first.y);
  const relative = points.map((p) => ({ x: p.x - x, y: p.y - y, pressure: p.pressure }));
  let few = thinned(relative, Math.ceil(relative.length / POINTS_MAX));
  let encoded = encodePoints(few, STEP, withPressure);
  while (encoded.length > CHARACTERS_MAX) {
    few = thinned(few, 2);
    encoded = encodePoints(few, STEP, withPressure);
  }
  return { x, y, points: encoded };
}

/** Every so-manieth point and the last: plain, for whoever writes the file decides how long better ways would take. @template T @param {readonly T[]} points @param {number} each */
function thinned(points, each) {
  return each === 1 ? points : points.filter((_, i) => i % each === 0 || i === points.length - 1);
}

/** @param {InkPoint} point */
function isInWorld({ x, y }) {
  return Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST;
}

/** @param {Place} place @returns {InkPoint} */
export function inked({ x, y }) {
  return { x, y, pressure: 1 };
}

/** Absent where it isn't turned. @param {number} radians */
export function turnOf(radians) {
  const turn = Math.round((radians % FULL_TURN) * 1e5) / 1e5;
  return turn === 0 ? undefined : turn;
}

/** @param {Place} place @param {Place} middle @param {number} angle @returns {Place} */
export function turnedAbout({ x, y }, middle, angle) {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const [dx, dy] = [x - middle.x, y - middle.y];
  return { x: middle.x + dx * cos - dy * sin, y: middle.y + dx * sin + dy * cos };
}

/** Absent where it can't be told from 1. @param {number} opacity */
export function opacityOf(opacity) {
  const seen = Math.min(1, Math.max(0.05, hundredths(opacity)));
  return seen === 1 ? undefined : seen;
}

/** A part of a side, as in `crop` and `from`. @param {number} value */
export function part(value) {
  return String(Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4);
}
