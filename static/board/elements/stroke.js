// The stroke: ink along points. Large enough it is an outline that shows the pressure, small a thin line.

import { extentOf } from "../core/extent.js";
import {
  containsPoint,
  distanceToPolyline,
  expand,
  intersects,
  polylineCrosses,
} from "../core/geometry.js";
import { isTranslation } from "../core/matrix.js";
import { decodePoints } from "../core/points.js";
import { pointsOf, quickPointsIn } from "../core/quick-points.js";
import { frameAround, transformPoints, widthMoved } from "./along-points.js";
import { decimated, detailLevel, thinOut, toleranceOf } from "./detail.js";
import { inkColor } from "./ink.js";
import { numberOf, originAt } from "./kind.js";
import { widthAt } from "./outline.js";
import { Recent } from "./recent.js";
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
 * What has been worked out for a stroke's points, by level of detail where it depends on that.
 * @typedef {object} Ink
 * @property {Line} line relative to the origin
 * @property {number} mean width as a part of the full one
 * @property {Map<number, Line>} lines
 * @property {Map<number, Float32Array>} outlines
 */

/** A person looks at a stroke at one scale and at its neighbours; older levels are worked out again. */
const LEVELS_KEPT = 3;
/** Half the width at full pressure, and the little by which the curve leaves its points. */
const MARGIN = 1 / 2 + 1 / 8;
/** More strokes than a view has at a size at which their outlines are drawn. */
const INKS_KEPT = 800;
const NOWHERE = { minX: 0, minY: 0, maxX: 0, maxY: 0 };

/** @type {Recent<Element, Ink>} */
const inks = new Recent(INKS_KEPT);
/** @type {Recent<Element, Bounds>} */
const bounds = new Recent(INKS_KEPT);

/** @param {Element} element @returns {Ink} */
export function inkOf(element) {
  let ink = inks.get(element);
  if (!ink) {
    const { xs, ys, pressures } = decodePoints(pointsOf(element));
    ink = {
      line: { xs, ys, pressures },
      mean: meanWidth(pressures),
      lines: new Map(),
      outlines: new Map(),
    };
    inks.set(element, ink);
  }
  return ink;
}

/** @param {Element} element */
export function placeOf(element) {
  return {
    x: numberOf(element, "x", 0),
    y: numberOf(element, "y", 0),
    width: Math.max(0.01, numberOf(element, "width", 1)),
  };
}

/** @param {Element} element @returns {Bounds} */
function boundsOf(element) {
  let box = bounds.get(element);
  if (!box) {
    const { x, y, width } = placeOf(element);
    const { minX, minY, maxX, maxY } = extentOf(pointsOf(element)) ?? NOWHERE;
    box = expand(
      { minX: minX + x, minY: minY + y, maxX: maxX + x, maxY: maxY + y },
      width * MARGIN,
    );
    bounds.set(element, box);
  }
  return box;
}

/** @param {Ink} ink @param {number} level */
function lineAt(ink, level) {
  return remembered(ink.lines, level, () => decimated(ink.line, toleranceOf(level)));
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
  originAt(ctx, view, x, y);
  const alpha = ctx.globalAlpha;
  ctx.globalAlpha = alpha * numberOf(element, "opacity", 1);
  const color = view.ink ?? inkColor(element.color, view.theme);
  if (isThin(width, view.scale)) drawThin(ctx, element, width, color, view.scale);
  else drawOutline(ctx, element, width, color, view.scale);
  ctx.globalAlpha = alpha;
}

/** Nothing is kept: a view has thousands so small, and most for one painting. @param {Context} ctx @param {Element} element @param {number} width @param {string} color @param {number} scale */
function drawThin(ctx, element, width, color, scale) {
  const { xs, ys, count, pressure } = quickPointsIn(element);
  if (count === 0) return;
  const left = thinOut(xs, ys, count, toleranceOf(detailLevel(scale)));
  paintThin(ctx, { xs, ys }, color, width * widthAt(pressure), scale, left);
}

/** @param {Context} ctx @param {Element} element @param {number} width @param {string} color @param {number} scale */
function drawOutline(ctx, element, width, color, scale) {
  const ink = inkOf(element);
  if (ink.line.xs.length === 0) return;
  const level = detailLevel(scale);
  ctx.fillStyle = color;
  ctx.beginPath();
  traceInk(ctx, lineAt(ink, level), width, (make) => remembered(ink.outlines, level, make));
  ctx.fill();
}

/** @type {Kind} */
export const stroke = {
  bounds: boundsOf,

  hit(element, x, y, tolerance) {
    const { width, ...origin } = placeOf(element);
    if (!containsPoint(expand(boundsOf(element), tolerance), { x, y })) return false;
    const { line, mean } = inkOf(element);
    return (
      distanceToPolyline(x - origin.x, y - origin.y, line.xs, line.ys) <=
      (width * mean) / 2 + tolerance
    );
  },

  crosses(element, box) {
    if (!intersects(boundsOf(element), box)) return false;
    const { x, y, width } = placeOf(element);
    const { line, mean } = inkOf(element);
    const reach = expand(box, (width * mean) / 2);
    return polylineCrosses(line.xs, line.ys, {
      minX: reach.minX - x,
      minY: reach.minY - y,
      maxX: reach.maxX - x,
      maxY: reach.maxY - y,
    });
  },

  draw,

  frame: (element) => frameAround(boundsOf(element)),

  transform(element, matrix) {
    const patch = transformPoints(element, matrix);
    // Handwriting made smaller stays legible only with a finer pen.
    return isTranslation(matrix) ? patch : { ...patch, ...widthMoved(element, matrix) };
  },

  styles: ["color", "width", "opacity"],
  style: "pen",

  inherit(from, to) {
    const ink = inks.get(from);
    if (!ink || from.points !== to.points || from.kind !== to.kind) return;
    // Outlines are worked out for one width.
    inks.set(to, from.width === to.width ? ink : { ...ink, outlines: new Map() });
  },
};
