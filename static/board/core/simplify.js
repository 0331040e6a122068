// Fewer points for the same line: drops those that lie within a tolerance of it, pressure included. Pure.

import { alongSegment } from "./geometry.js";

/** @typedef {import("./points.js").InkPoint} InkPoint */

/** A tenth of the width at full pressure can't be told from the pen's own trembling. */
const PRESSURE_TOLERANCE = 0.1;
/** Quantised points lie off by up to half a step each way. */
const HALF_STEP_DIAGONAL = Math.SQRT1_2;

/**
 * Keeps first and last point and, of the others, what no straight line between kept ones comes near enough to
 * (Ramer, Douglas, Peucker; with a stack, as a stroke may have 10,000 points).
 * @param {readonly InkPoint[]} points
 * @param {number} tolerance in the points' units
 * @param {number} pressureTolerance
 * @returns {InkPoint[]}
 */
export function simplify(points, tolerance, pressureTolerance = PRESSURE_TOLERANCE) {
  if (points.length <= 2) return [...points];
  const kept = new Uint8Array(points.length);
  kept[0] = kept[points.length - 1] = 1;
  const spans = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = /** @type {[number, number]} */ (span);
    const worst = worstBetween(points, from, to, tolerance, pressureTolerance);
    if (worst === -1) continue;
    kept[worst] = 1;
    spans.push([from, worst], [worst, to]);
  }
  return points.filter((_, i) => kept[i] === 1);
}

/**
 * The point farthest from the line between two others, -1 where all are near enough.
 * @param {readonly InkPoint[]} points @param {number} from @param {number} to
 * @param {number} tolerance @param {number} pressureTolerance
 */
function worstBetween(points, from, to, tolerance, pressureTolerance) {
  const a = /** @type {InkPoint} */ (points[from]);
  const b = /** @type {InkPoint} */ (points[to]);
  let worst = -1;
  let farthest = 1;
  for (let i = from + 1; i < to; i++) {
    const point = /** @type {InkPoint} */ (points[i]);
    const t = alongSegment(point.x, point.y, a.x, a.y, b.x, b.y);
    const away =
      Math.hypot(point.x - (a.x + (b.x - a.x) * t), point.y - (a.y + (b.y - a.y) * t)) / tolerance;
    const otherwise =
      Math.abs(point.pressure - (a.pressure + (b.pressure - a.pressure) * t)) / pressureTolerance;
    const error = Math.max(away, otherwise);
    if (error > farthest) {
      farthest = error;
      worst = i;
    }
  }
  return worst;
}

/**
 * What is left for simplifying of an allowed error, when the points are then rounded to steps of 2^-step.
 * @param {number} error @param {number} step
 */
export function toleranceWithin(error, step) {
  return Math.max(0, error - 2 ** -step * HALF_STEP_DIAGONAL);
}
