// How a line along points goes: its curve, the heads at its ends, and what of it is left between them. Pure.

import { curvesThrough, flattened, isClosed, withRoundCorners } from "../core/curve.js";
import { decodePoints } from "../core/points.js";
import { detailLevel, toleranceOf } from "./detail.js";
import { headAt } from "./heads.js";
import { isSet, numberOf, textOf } from "./kind.js";
import { isDrawn, lineWidth } from "./look.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("./contour.js").Contour} Contour
 * @typedef {import("./kind.js").Element} Element
 * @typedef {{xs: ArrayLike<number>, ys: ArrayLike<number>}} Polyline
 */

/**
 * Relative to the origin.
 * @typedef {object} Shape
 * @property {Polyline} line all of it, in straight pieces
 * @property {Polyline[]} heads
 * @property {Contour} shaft what of the line doesn't lie under a head
 * @property {Contour[]} tips the heads once more
 * @property {boolean} closed
 */

/** A curve is hit, measured and cut as if it were so finely made of straight pieces, in widths of its line. */
const FINE = 1 / 16;
const LEVELS_KEPT = 2;
/** A round corner begins so many widths before it. */
const CORNER = 5;

/** @type {WeakMap<Element, Map<number, Shape>>} */
const shapes = new WeakMap();
/** @param {Element} element */
export function originOf(element) {
  return { x: numberOf(element, "x", 0), y: numberOf(element, "y", 0) };
}

/** @param {Element} element @param {number} level of detail */
export function shapeAt(element, level) {
  // Straight lines are the same at any scale.
  const key = isSet(element, "curve") ? level : 0;
  let levels = shapes.get(element);
  if (!levels) {
    levels = new Map();
    shapes.set(element, levels);
  }
  let shape = levels.get(key);
  if (!shape) {
    shape = shapeOf(element, toleranceOf(level));
    if (levels.size >= LEVELS_KEPT) levels.clear();
    levels.set(key, shape);
  }
  return shape;
}

/** For whoever doesn't paint. @param {Element} element */
export function fineShape(element) {
  return shapeAt(element, detailLevel(1 / (lineWidth(element) * FINE)));
}

/** Of every line on the board, though few are ever in view: nothing is kept. @param {Element} element */
export function freshShape(element) {
  return shapeOf(element, lineWidth(element) * FINE);
}

/** @param {Element} element @param {number} tolerance @returns {Shape} */
function shapeOf(element, tolerance) {
  const { xs, ys } = decodePoints(textOf(element, "points"));
  const line = lineThrough(element, xs, ys, tolerance);
  const closed = isClosed(xs, ys);
  const { tail, head } = closed ? { tail: null, head: null } : endsOf(element, line);
  const heads = [...(tail?.lines ?? []), ...(head?.lines ?? [])].map(polylineOf);
  const covered = { atStart: tail?.covers ?? 0, atEnd: head?.covers ?? 0 };
  const shaft = isSmooth(element, covered)
    ? { start: startOf(xs, ys), pieces: curvesThrough(xs, ys), closed }
    : contourOf(isDrawn(element) ? line : shortened(line, covered), closed);
  return { line, heads, shaft, tips: heads.map((each) => contourOf(each, false)), closed };
}

/** A hand draws a curve in one go, and over its head; a clean one ends there. @param {Element} element @param {{atStart: number, atEnd: number}} covered */
function isSmooth(element, { atStart, atEnd }) {
  return isSet(element, "curve") && (isDrawn(element) || (atStart === 0 && atEnd === 0));
}

/** @param {Polyline} line @param {boolean} closed @returns {Contour} */
function contourOf({ xs, ys }, closed) {
  // A line to where it is already makes a dot of its round ends.
  const pieces = Array.from(xs, (x, i) => [x, Number(ys[i])]).slice(xs.length > 1 ? 1 : 0);
  return { start: startOf(xs, ys), pieces, closed };
}

/** @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys */
function startOf(xs, ys) {
  return { x: xs[0] ?? 0, y: ys[0] ?? 0 };
}

/** @param {Element} element @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys @param {number} tolerance @returns {Polyline} */
function lineThrough(element, xs, ys, tolerance) {
  if (isSet(element, "curve")) return flattened(xs, ys, tolerance);
  if (isSet(element, "round")) return withRoundCorners(xs, ys, lineWidth(element) * CORNER);
  return { xs, ys };
}

/** @param {Place[]} places @returns {Polyline} */
function polylineOf(places) {
  return { xs: places.map(({ x }) => x), ys: places.map(({ y }) => y) };
}

/** @param {Element} element @param {Polyline} line */
function endsOf(element, line) {
  const names = { tail: textOf(element, "tail", "none"), head: textOf(element, "head", "none") };
  const width = lineWidth(element);
  const shared = names.tail !== "none" && names.head !== "none";
  const backwards = { xs: Array.from(line.xs).reverse(), ys: Array.from(line.ys).reverse() };
  return {
    tail: headAt(names.tail, backwards, { width, shared }),
    head: headAt(names.head, line, { width, shared }),
  };
}

/** @param {Polyline} line @param {{atStart: number, atEnd: number}} by @returns {Polyline} */
function shortened(line, { atStart, atEnd }) {
  if (atStart === 0 && atEnd === 0) return line;
  const start = withoutStart(line, atStart);
  const end = withoutStart({ xs: start.xs.reverse(), ys: start.ys.reverse() }, atEnd);
  return { xs: end.xs.reverse(), ys: end.ys.reverse() };
}

/** What is farther along than a length; nothing of a shorter line. @param {Polyline} line @param {number} length */
function withoutStart(line, length) {
  const xs = Array.from(line.xs);
  const ys = Array.from(line.ys);
  let left = length;
  for (let i = 1; i < xs.length; i++) {
    const dx = Number(xs[i]) - Number(xs[i - 1]);
    const dy = Number(ys[i]) - Number(ys[i - 1]);
    const step = Math.hypot(dx, dy);
    if (step > left) {
      const x = Number(xs[i - 1]) + (dx * left) / step;
      const y = Number(ys[i - 1]) + (dy * left) / step;
      return { xs: [x, ...xs.slice(i)], ys: [y, ...ys.slice(i)] };
    }
    left -= step;
  }
  return { xs: [], ys: [] };
}

/** What was worked out for an earlier state holds as long as these are the same. @param {Element} from @param {Element} to */
export function inheritShape(from, to) {
  const levels = shapes.get(from);
  const same = ["kind", "points", "width", "round", "curve", "look", "head", "tail"].every(
    (name) => from[name] === to[name],
  );
  if (levels && same) shapes.set(to, levels);
}
