// Ink that is still growing: the same outlines as a finished stroke's, of which only the last part is worked
// out again with every point.

import { inkColor } from "../elements/ink.js";
import { originAt } from "../elements/kind.js";
import { outlineOf } from "../elements/outline.js";
import { isThin, meanWidth, paintThin, traceInk, traceOutline } from "../elements/trace.js";

/**
 * @typedef {import("../elements/kind.js").Context} Context
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 * @typedef {{x: number, y: number, pressure: number}} Point
 */

/**
 * @typedef {object} Growing
 * @property {number} x
 * @property {number} y
 * @property {string} color
 * @property {number} width
 * @property {number} [opacity]
 * @property {readonly Point[]} points from the origin; more are added at its end, none are changed
 */

/** An outline of so many points takes a fraction of a millisecond. */
const PART = 96;
/** Parts reach into each other, so that no cap of one shows beside the other. */
const SHARED = 4;

/** @typedef {{width: number, outlines: Float32Array[]}} Done */

/** The parts that don't change any more. @type {WeakMap<readonly Point[], Done>} */
const done = new WeakMap();

/** @param {Context} ctx @param {Growing} ink @param {PaintView} view */
export function paintGrowing(ctx, ink, view) {
  const alpha = ctx.globalAlpha;
  ctx.globalAlpha = alpha * (ink.opacity ?? 1);
  paintInk(ctx, ink, view);
  ctx.globalAlpha = alpha;
}

/** @param {Context} ctx @param {Growing} ink @param {PaintView} view */
function paintInk(ctx, { x, y, color, width, points }, view) {
  const [first] = points;
  if (!first) return;
  originAt(ctx, view, x + first.x, y + first.y);
  const css = view.ink ?? inkColor(color, view.theme);
  if (isThin(width, view.scale)) {
    const line = lineOf(points, 0, points.length);
    paintThin(ctx, line, css, width * meanWidth(line.pressures), view.scale);
    return;
  }
  ctx.fillStyle = css;
  ctx.beginPath();
  const { outlines } = partsDone(points, width);
  for (const outline of outlines) traceOutline(ctx, outline);
  traceInk(ctx, lineOf(points, startOf(outlines.length), points.length), width);
  ctx.fill();
}

/** @param {readonly Point[]} points @param {number} width */
function partsDone(points, width) {
  let parts = done.get(points);
  if (parts?.width !== width) {
    parts = { width, outlines: [] };
    done.set(points, parts);
  }
  for (let end = endOf(parts.outlines.length); end < points.length; end += PART) {
    parts.outlines.push(outlineOf(lineOf(points, startOf(parts.outlines.length), end), width));
  }
  return parts;
}

/** @param {number} part */
function startOf(part) {
  return Math.max(0, part * PART - SHARED);
}

/** @param {number} part */
function endOf(part) {
  return (part + 1) * PART + SHARED;
}

/** From the first point, as small numbers keep their digits. @param {readonly Point[]} points @param {number} from @param {number} to */
function lineOf(points, from, to) {
  const origin = /** @type {Point} */ (points[0]);
  const xs = new Float32Array(to - from);
  const ys = new Float32Array(to - from);
  const pressures = new Float32Array(to - from);
  for (let i = from; i < to; i++) {
    const point = /** @type {Point} */ (points[i]);
    xs[i - from] = point.x - origin.x;
    ys[i - from] = point.y - origin.y;
    pressures[i - from] = point.pressure;
  }
  return { xs, ys, pressures };
}
