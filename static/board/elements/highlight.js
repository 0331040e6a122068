// The highlighter: a broad see-through line of one width. What is below it stays as readable as it was, and where it
// crosses itself it is no darker.

import { flattened } from "../core/curve.js";
import { cutLine } from "../core/cutting.js";
import { extentOf } from "../core/extent.js";
import { distanceToPolyline, expand, intersects, polylineCrosses } from "../core/geometry.js";
import { isTranslation } from "../core/matrix.js";
import { decodePoints } from "../core/points.js";
import { frameAround, transformPoints, widthMoved } from "./along-points.js";
import { piecesOf } from "./cut-pieces.js";
import { detailLevel, toleranceOf } from "./detail.js";
import { inkColor } from "./ink.js";
import { numberOf, originAt, textOf } from "./kind.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Kind} Kind
 * @typedef {import("./kind.js").PaintView} PaintView
 * @typedef {{xs: ArrayLike<number>, ys: ArrayLike<number>}} Polyline
 */

const ALPHA = { light: 0.55, dark: 0.42 };
/** As light through coloured film: dark ink stays dark on paper, light ink light on a dark board. */
const BLEND = /** @type {const} */ ({ light: "multiply", dark: "screen" });
/** Turns beyond this are corners, smaller ones are a curve's (cosine of 55°). */
const CORNER_COSINE = 0.57;
const LEVELS_KEPT = 2;
const NOWHERE = { minX: 0, minY: 0, maxX: 0, maxY: 0 };

/** @type {WeakMap<Element, Map<number, Polyline>>} */
const lines = new WeakMap();
/** @type {WeakMap<Element, Polyline>} */
const growingPoints = new WeakMap();
/** @type {WeakMap<Element, Bounds>} */
const allBounds = new WeakMap();

/** @param {Element} element */
function placeOf(element) {
  return {
    x: numberOf(element, "x", 0),
    y: numberOf(element, "y", 0),
    width: Math.max(0.01, numberOf(element, "width", 1)),
  };
}

/** One that is being drawn: its points needn't be encoded to be seen. @param {Element} element @param {Polyline} points relative to its origin @returns {Element} */
export function growingHighlight(element, points) {
  const growing = { ...element };
  growingPoints.set(growing, points);
  return growing;
}

/** Relative to the origin. @param {Element} element @param {number} level of detail */
function lineAt(element, level) {
  let levels = lines.get(element);
  if (!levels) {
    levels = new Map();
    lines.set(element, levels);
  }
  let line = levels.get(level);
  if (!line) {
    const { xs, ys } = growingPoints.get(element) ?? decodePoints(textOf(element, "points"));
    line = flattened(xs, ys, toleranceOf(level), CORNER_COSINE);
    if (levels.size >= LEVELS_KEPT) levels.clear();
    levels.set(level, line);
  }
  return line;
}

/** @param {Element} element */
function lineOf(element) {
  return lineAt(element, 0);
}

/** @param {Element} element @returns {Bounds} */
function boundsOf(element) {
  let box = allBounds.get(element);
  if (!box) {
    const { x, y, width } = placeOf(element);
    const { minX, minY, maxX, maxY } = extentOf(textOf(element, "points")) ?? NOWHERE;
    // The curve leaves the box of its points a little, where they are far apart.
    const bulge = width / 8 + Math.max(maxX - minX, maxY - minY) / 64;
    box = expand(
      { minX: minX + x, minY: minY + y, maxX: maxX + x, maxY: maxY + y },
      width / 2 + bulge,
    );
    allBounds.set(element, box);
  }
  return box;
}

/** @param {Context} ctx @param {Element} element @param {PaintView} view */
function draw(ctx, element, view) {
  const { x, y, width } = placeOf(element);
  const { xs, ys } = lineAt(element, detailLevel(view.scale));
  if (xs.length === 0) return;
  originAt(ctx, view, x, y);
  ctx.beginPath();
  ctx.moveTo(Number(xs[0]), Number(ys[0]));
  for (let i = Math.min(1, xs.length - 1); i < xs.length; i++)
    ctx.lineTo(Number(xs[i]), Number(ys[i]));
  ctx.lineCap = ctx.lineJoin = "round";
  ctx.lineWidth = width;
  if (view.ink) strokeIn(ctx, view.ink);
  else strokeAsFilm(ctx, element, view);
}

/** @param {Context} ctx @param {Element} element @param {PaintView} view */
function strokeAsFilm(ctx, element, view) {
  const { globalAlpha, globalCompositeOperation } = ctx;
  if (view.below) strokeBelow(ctx, view.below, view.scale);
  ctx.globalCompositeOperation = BLEND[view.theme];
  ctx.globalAlpha = globalAlpha * ALPHA[view.theme] * numberOf(element, "opacity", 1);
  strokeIn(ctx, filmColor(element.color, view.theme));
  ctx.globalAlpha = globalAlpha;
  ctx.globalCompositeOperation = globalCompositeOperation;
}

/** On paper the colours that shine on a dark board: the others, mixed with white, are dull. @param {unknown} color @param {PaintView["theme"]} theme */
function filmColor(color, theme) {
  return inkColor(color, color === "black" || color === "white" ? theme : "dark");
}

/** Over the picture there is nothing to blend with: what lies there in the picture is brought up first. @param {Context} ctx @param {CanvasImageSource} picture pixel for pixel below the canvas @param {number} scale */
function strokeBelow(ctx, picture, scale) {
  const pattern = ctx.createPattern(picture, "no-repeat");
  if (!pattern) return;
  const before = ctx.getTransform();
  const { lineWidth } = ctx;
  // The path stays where it was laid; pattern and width are in pixels now.
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.lineWidth = lineWidth * scale;
  ctx.globalCompositeOperation = "destination-over";
  strokeIn(ctx, pattern);
  ctx.setTransform(before);
  ctx.lineWidth = lineWidth;
}

/** @param {Context} ctx @param {string | CanvasPattern} style */
function strokeIn(ctx, style) {
  ctx.strokeStyle = style;
  ctx.stroke();
}

/** @type {Kind} */
export const highlight = {
  bounds: boundsOf,

  hit(element, x, y, tolerance) {
    if (!intersects(expand(boundsOf(element), tolerance), { minX: x, minY: y, maxX: x, maxY: y }))
      return false;
    const { width, ...origin } = placeOf(element);
    const { xs, ys } = lineOf(element);
    return distanceToPolyline(x - origin.x, y - origin.y, xs, ys) <= width / 2 + tolerance;
  },

  crosses(element, box) {
    if (!intersects(boundsOf(element), box)) return false;
    const { x, y, width } = placeOf(element);
    const { xs, ys } = lineOf(element);
    const near = expand(box, width / 2);
    return polylineCrosses(xs, ys, {
      minX: near.minX - x,
      minY: near.minY - y,
      maxX: near.maxX - x,
      maxY: near.maxY - y,
    });
  },

  draw,
  frame: (element) => frameAround(boundsOf(element)),

  transform(element, matrix) {
    const patch = transformPoints(element, matrix);
    return isTranslation(matrix) ? patch : { ...patch, ...widthMoved(element, matrix) };
  },

  cut(element, sweep) {
    const { xs, ys } = decodePoints(textOf(element, "points"));
    const { x, y, width } = placeOf(element);
    const runs = cutLine(
      { xs, ys, pressures: null },
      {
        xs: Array.from(sweep.xs, (each) => each - x),
        ys: Array.from(sweep.ys, (each) => each - y),
        // Round ends then lie at the eraser's edge.
        radius: sweep.radius + width / 2,
      },
    );
    return runs && piecesOf(element, runs);
  },

  styles: ["color", "width", "opacity"],
  style: "highlighter",

  inherit(from, to) {
    const levels = lines.get(from);
    if (levels && from.points === to.points && from.kind === to.kind) lines.set(to, levels);
  },
};
