// Lines along a few points: straight from corner to corner or a curve, with something at their ends, perhaps closed
// and filled. Lines and arrows are this alike.

import { isWithin } from "../core/curve.js";
import { cutLine } from "../core/cutting.js";
import {
  boundsOfPoints,
  distanceToPolyline,
  expand,
  intersects,
  polylineCrosses,
} from "../core/geometry.js";
import { frameAround, transformPoints } from "./along-points.js";
import { piecesOf } from "./cut-pieces.js";
import { detailLevel } from "./detail.js";
import { inkColor } from "./ink.js";
import { numberOf, originAt, textOf } from "./kind.js";
import { pointsOfPath, withPoints } from "./path-points.js";
import { fineShape, freshShape, inheritShape, lineWidth, originOf, shapeAt } from "./path-shape.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Kind} Kind
 * @typedef {import("./kind.js").PaintView} PaintView
 * @typedef {import("./path-shape.js").Polyline} Polyline
 * @typedef {import("./path-shape.js").Shape} Shape
 */

/** Thinner than this would fade away in the overview, in pixels. */
const HAIRLINE_PIXELS = 0.6;
/** A line of more points has come from elsewhere, and is moved as a whole. */
const HANDLES_MAX = 100;
const NOWHERE = { minX: 0, minY: 0, maxX: 0, maxY: 0 };

/** @type {WeakMap<Element, Bounds>} */
const allBounds = new WeakMap();

/** @param {Element} element @returns {Bounds} */
function boundsOf(element) {
  let box = allBounds.get(element);
  if (box) return box;
  const { line, heads } = freshShape(element);
  const { x, y } = originOf(element);
  const xs = [line, ...heads].flatMap((each) => Array.from(each.xs));
  const ys = [line, ...heads].flatMap((each) => Array.from(each.ys));
  const { minX, minY, maxX, maxY } = boundsOfPoints(xs, ys) ?? NOWHERE;
  box = expand(
    { minX: minX + x, minY: minY + y, maxX: maxX + x, maxY: maxY + y },
    lineWidth(element) / 2,
  );
  allBounds.set(element, box);
  return box;
}

/** @param {Element} element @param {Shape} shape */
function isFilled(element, shape) {
  return shape.closed && Object.hasOwn(element, "fill");
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
    (isFilled(element, shape) && isWithin(px, py, shape.line.xs, shape.line.ys))
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
    (isFilled(element, shape) && isWithin(box.minX - x, box.minY - y, shape.line.xs, shape.line.ys))
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
  if (isFilled(element, shape)) {
    ctx.beginPath();
    trace(ctx, shape.line, true);
    ctx.fillStyle = view.ink ?? inkColor(element.fill, view.theme);
    ctx.fill();
  }
  ctx.strokeStyle = view.ink ?? inkColor(element.color, view.theme);
  ctx.lineWidth = Math.max(lineWidth(element), HAIRLINE_PIXELS / view.scale);
  ctx.lineCap = ctx.lineJoin = "round";
  strokeShape(ctx, element, shape);
  ctx.globalAlpha = alpha;
}

/** @param {Context} ctx @param {Element} element @param {Shape} shape */
function strokeShape(ctx, element, { shaft, heads, closed }) {
  const dash = dashOf(element);
  ctx.beginPath();
  trace(ctx, shaft, closed);
  if (dash.length > 0) {
    ctx.setLineDash(dash);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.beginPath();
  }
  for (const head of heads) trace(ctx, head, false);
  ctx.stroke();
}

/** A dash has round ends, which take a width of the gap. @param {Element} element */
function dashOf(element) {
  const width = lineWidth(element);
  const dash = textOf(element, "dash");
  if (dash === "dashed") return [2.5 * width, 2.75 * width];
  return dash === "dotted" ? [0, 2 * width] : [];
}

/** @param {Context} ctx @param {Polyline} line @param {boolean} closed */
function trace(ctx, { xs, ys }, closed) {
  const count = closed ? xs.length - 1 : xs.length;
  for (let i = 0; i < count; i++) {
    if (i === 0) ctx.moveTo(Number(xs[0]), Number(ys[0]));
    else ctx.lineTo(Number(xs[i]), Number(ys[i]));
  }
  if (closed) ctx.closePath();
  // A line to where it is already makes a dot of its round ends.
  else if (count === 1) ctx.lineTo(Number(xs[0]), Number(ys[0]));
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
  frame: (element) => frameAround(boundsOf(element)),
  transform: transformPoints,

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
  cut,

  inherit: inheritShape,

  styles: ["color", "width", "fill", "dash", "opacity", "look", "round", "curve", "head", "tail"],
  style: "shape",
};
