// Lines along a few points: straight from corner to corner or a curve, with something at their ends, perhaps closed
// and filled, perhaps with a label. Lines and arrows are this alike.

import { isWithin } from "../core/curve.js";
import { cutLine } from "../core/cutting.js";
import {
  boundsOfPoints,
  distanceToPolyline,
  expand,
  intersects,
  polylineCrosses,
  union,
} from "../core/geometry.js";
import { frameAround, transformPoints } from "./along-points.js";
import { piecesOf } from "./cut-pieces.js";
import { detailLevel } from "./detail.js";
import { fontGeneration, fontOf } from "./fonts.js";
import { numberOf, originAt } from "./kind.js";
import {
  fillContour,
  inheritLook,
  isDrawn,
  isFilled,
  lineWidth,
  lookMargin,
  strokeContours,
} from "./look.js";
import {
  aroundLabel,
  drawLabel,
  isOnLabel,
  labelBounds,
  labelCrosses,
  labelFrame,
} from "./path-label.js";
import {
  isClosedPath,
  pointsOfPath,
  withPointAdded,
  withPointRemoved,
  withPoints,
} from "./path-points.js";
import { fineShape, freshShape, inheritShape, originOf, shapeAt } from "./path-shape.js";
import { inheritLayout } from "./writing.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Kind} Kind
 * @typedef {import("./kind.js").PaintView} PaintView
 * @typedef {import("./path-shape.js").Polyline} Polyline
 * @typedef {import("./path-shape.js").Shape} Shape
 */

/** A line of more points has come from elsewhere, and is moved as a whole. */
const HANDLES_MAX = 100;
const NOWHERE = { minX: 0, minY: 0, maxX: 0, maxY: 0 };

/** With the state of the font that its label is as wide by. @type {WeakMap<Element, {box: Bounds, generation: number}>} */
const allBounds = new WeakMap();

/** @param {Element} element @returns {Bounds} */
function boundsOf(element) {
  const generation = element.text === undefined ? 0 : fontGeneration(fontOf(element));
  const known = allBounds.get(element);
  if (known?.generation === generation) return known.box;
  const line = lineBounds(element);
  const label = labelBounds(element);
  const box = label ? union(line, label) : line;
  allBounds.set(element, { box, generation });
  return box;
}

/** @param {Element} element @returns {Bounds} */
function lineBounds(element) {
  const { line, heads } = freshShape(element);
  const { x, y } = originOf(element);
  const xs = [line, ...heads].flatMap((each) => Array.from(each.xs));
  const ys = [line, ...heads].flatMap((each) => Array.from(each.ys));
  const { minX, minY, maxX, maxY } = boundsOfPoints(xs, ys) ?? NOWHERE;
  return expand(
    { minX: minX + x, minY: minY + y, maxX: maxX + x, maxY: maxY + y },
    lookMargin(element),
  );
}

/** @param {Element} element @param {Shape} shape */
function hasInside(element, shape) {
  return shape.closed && isFilled(element);
}

/** @param {Element} element @param {number} x @param {number} y @param {number} tolerance */
function hit(element, x, y, tolerance) {
  if (!intersects(expand(boundsOf(element), tolerance), { minX: x, minY: y, maxX: x, maxY: y }))
    return false;
  const origin = originOf(element);
  const shape = fineShape(element);
  const reach = lineWidth(element) / 2 + tolerance;
  const [px, py] = [x - origin.x, y - origin.y];
  return (
    distanceToPolyline(px, py, shape.line.xs, shape.line.ys) <= reach ||
    shape.heads.some(({ xs, ys }) => distanceToPolyline(px, py, xs, ys) <= reach) ||
    (hasInside(element, shape) && isWithin(px, py, shape.line.xs, shape.line.ys)) ||
    isOnLabel(element, { x, y }, tolerance)
  );
}

/** @param {Element} element @param {Bounds} box */
function crosses(element, box) {
  if (!intersects(boundsOf(element), box)) return false;
  const { x, y } = originOf(element);
  const shape = fineShape(element);
  const half = lineWidth(element) / 2;
  const near = {
    minX: box.minX - x - half,
    minY: box.minY - y - half,
    maxX: box.maxX - x + half,
    maxY: box.maxY - y + half,
  };
  return (
    polylineCrosses(shape.line.xs, shape.line.ys, near) ||
    shape.heads.some(({ xs, ys }) => polylineCrosses(xs, ys, near)) ||
    (hasInside(element, shape) &&
      isWithin(box.minX - x, box.minY - y, shape.line.xs, shape.line.ys)) ||
    labelCrosses(element, box)
  );
}

/** @param {Context} ctx @param {Element} element @param {PaintView} view */
function draw(ctx, element, view) {
  const shape = shapeAt(element, detailLevel(view.scale));
  if (shape.line.xs.length === 0) return;
  const { x, y } = originOf(element);
  const alpha = ctx.globalAlpha;
  ctx.globalAlpha = alpha * numberOf(element, "opacity", 1);
  originAt(ctx, view, x, y);
  if (shape.closed) fillContour(ctx, element, shape.shaft, view);
  aroundLabel(ctx, element, boundsOf(element), () => strokeShape(ctx, element, shape, view));
  drawLabel(ctx, element, view);
  ctx.globalAlpha = alpha;
}

/** In one go where that can be, so that what is see-through isn't darker where head and line meet. @param {Context} ctx @param {Element} element @param {Shape} shape @param {PaintView} view */
function strokeShape(ctx, element, { shaft, tips }, view) {
  if (tips.length === 0 || !(isDrawn(element) || Object.hasOwn(element, "dash"))) {
    strokeContours(ctx, element, [shaft, ...tips], view);
    return;
  }
  strokeContours(ctx, element, [shaft], view);
  strokeContours(ctx, element, tips, view, { part: "heads", whole: true });
}

/** @param {Element} element @param {import("./kind.js").Sweep} sweep */
function cut(element, sweep) {
  const { line, closed } = fineShape(element);
  const { x, y } = originOf(element);
  const runs = cutLine(
    { ...line, pressures: null },
    {
      xs: Array.from(sweep.xs, (each) => each - x),
      ys: Array.from(sweep.ys, (each) => each - y),
      // Round ends then lie at the eraser's edge.
      radius: sweep.radius + lineWidth(element) / 2,
    },
  );
  return runs && piecesOf(element, runs, closed);
}

/** @type {Kind} */
export const path = {
  bounds: boundsOf,
  hit,
  crosses,
  draw,
  // The label is no part of what is resized.
  frame: (element) =>
    frameAround(element.text === undefined ? boundsOf(element) : lineBounds(element)),
  transform: transformPoints,
  textFrame: (element) => (isClosedPath(element) ? null : labelFrame(element)),

  inside(element, x, y) {
    const { line, closed } = fineShape(element);
    const origin = originOf(element);
    return closed && isWithin(x - origin.x, y - origin.y, line.xs, line.ys);
  },

  handles(element) {
    const places = pointsOfPath(element);
    return places.length <= HANDLES_MAX ? places : [];
  },

  withHandles: withPoints,
  withPointAdded,
  withPointRemoved,
  cut,

  inherit(from, to) {
    inheritShape(from, to);
    inheritLook(from, to);
    inheritLayout(from, to);
  },

  styles: [
    "color",
    "width",
    "fill",
    "pattern",
    "dash",
    "opacity",
    "look",
    "round",
    "curve",
    "route",
    "head",
    "tail",
    "font",
    "size",
    "bold",
    "italic",
    "code",
  ],
  style: "shape",
};
