// The stroke: ink along points. Large enough it is an outline that shows the pressure, small a thin line.

import {
  boundsOfPoints,
  containsPoint,
  distanceToPolyline,
  expand,
  intersects,
  polylineCrosses,
} from "../core/geometry.js";
import { decodePoints } from "../core/points.js";
import { decimated, detailLevel, toleranceOf } from "./detail.js";
import { inkColor } from "./ink.js";
import { numberOf, originAt } from "./kind.js";
import { isThin, meanWidth, paintThin, traceInk } from "./trace.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Kind} Kind
 * @typedef {import("./kind.js").PaintView} PaintView
 * @typedef {import("./outline.js").Line} Line
 */

/**
 * What has been worked out for a stroke, by level of detail where it depends on that.
 * @typedef {object} Worked
 * @property {Line} line relative to the origin
 * @property {Bounds} bounds relative to the origin, without the width
 * @property {number} mean width as a part of the full one
 * @property {Map<number, Line>} lines
 * @property {Map<number, Float32Array>} outlines
 */

/** A person looks at a stroke at one scale and at its neighbours; older levels are worked out again. */
const LEVELS_KEPT = 3;
/** Half the width at full pressure, and the little by which the curve leaves its points. */
const MARGIN = 1 / 2 + 1 / 8;

/** @type {WeakMap<Element, Worked>} */
const known = new WeakMap();

/** @param {Element} element @returns {Worked} */
function work(element) {
  let worked = known.get(element);
  if (!worked) {
    const points = Object.hasOwn(element, "points") ? String(element.points) : "";
    const { xs, ys, pressures } = decodePoints(points);
    const bounds = boundsOfPoints(xs, ys) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 };
    worked = {
      line: { xs, ys, pressures },
      bounds,
      mean: meanWidth(pressures),
      lines: new Map(),
      outlines: new Map(),
    };
    known.set(element, worked);
  }
  return worked;
}

/** @param {Element} element */
function placeOf(element) {
  return {
    x: numberOf(element, "x", 0),
    y: numberOf(element, "y", 0),
    width: Math.max(0.01, numberOf(element, "width", 1)),
  };
}

/** @param {Element} element @returns {Bounds} */
function boundsOf(element) {
  const { x, y, width } = placeOf(element);
  const { bounds } = work(element);
  const margin = width * MARGIN;
  return {
    minX: bounds.minX + x - margin,
    minY: bounds.minY + y - margin,
    maxX: bounds.maxX + x + margin,
    maxY: bounds.maxY + y + margin,
  };
}

/** @param {Worked} worked @param {number} level */
function lineAt(worked, level) {
  return remembered(worked.lines, level, () => decimated(worked.line, toleranceOf(level)));
}

/** @template T @param {Map<number, T>} levels @param {number} level @param {() => T} make @returns {T} */
function remembered(levels, level, make) {
  let value = levels.get(level);
  if (value === undefined) {
    value = make();
    if (levels.size >= LEVELS_KEPT)
      levels.delete(/** @type {number} */ (levels.keys().next().value));
    levels.set(level, value);
  }
  return value;
}

/** @param {Context} ctx @param {Element} element @param {PaintView} view */
function draw(ctx, element, view) {
  const { x, y, width } = placeOf(element);
  const worked = work(element);
  if (worked.line.xs.length === 0) return;
  const level = detailLevel(view.scale);
  const line = lineAt(worked, level);
  originAt(ctx, view, x, y);
  const color = view.ink ?? inkColor(element.color, view.theme);
  if (isThin(width, view.scale)) {
    paintThin(ctx, line, color, width * worked.mean, view.scale);
  } else {
    ctx.fillStyle = color;
    ctx.beginPath();
    traceInk(ctx, line, width, (make) => remembered(worked.outlines, level, make));
    ctx.fill();
  }
}

/** @type {Kind} */
export const stroke = {
  bounds: boundsOf,

  hit(element, x, y, tolerance) {
    const { width, ...origin } = placeOf(element);
    if (!containsPoint(expand(boundsOf(element), tolerance), { x, y })) return false;
    const { line, mean } = work(element);
    return (
      distanceToPolyline(x - origin.x, y - origin.y, line.xs, line.ys) <=
      (width * mean) / 2 + tolerance
    );
  },

  crosses(element, bounds) {
    if (!intersects(boundsOf(element), bounds)) return false;
    const { x, y, width } = placeOf(element);
    const { line, mean } = work(element);
    const ink = expand(bounds, (width * mean) / 2);
    return polylineCrosses(line.xs, line.ys, {
      minX: ink.minX - x,
      minY: ink.minY - y,
      maxX: ink.maxX - x,
      maxY: ink.maxY - y,
    });
  },

  draw,

  inherit(from, to) {
    const worked = known.get(from);
    if (!worked || from.points !== to.points || from.kind !== to.kind) return;
    // Outlines are worked out for one width.
    known.set(to, from.width === to.width ? worked : { ...worked, outlines: new Map() });
  },
};
