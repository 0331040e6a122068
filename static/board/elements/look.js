// How ink looks along a contour, clean or drawn by hand, whole, dashed or dotted, and what a shape is filled with.
// For every kind that is made of contours: the canvas has the contour's units, what is left of its state is
// only what belongs to lines and fills.

import { traceContour } from "./contour.js";
import { inkColor } from "./ink.js";
import { isSet, numberOf, textOf } from "./kind.js";
import { strokeDashed } from "./look-dash.js";
import { fillPattern, hasPattern, inheritPattern } from "./look-pattern.js";
import { roughGenerator, sketched, sketchReach, traceSketch } from "./look-sketch.js";

/**
 * @typedef {import("./contour.js").Contour} Contour
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").PaintView} PaintView
 * @typedef {import("./look-sketch.js").Sketch} Sketch
 */

/** Thinner ink than this would fade away in the overview. */
const HAIRLINE_PIXELS = 0.6;
/** A hand's trembling is as large as the line is wide: nobody sees less than this, and clean lines cost a third. */
const SKETCH_PIXELS = 0.7;
/** What a sketch depends on: the same in two states of an element, it is the same too. */
const SHAPING = ["kind", "w", "h", "points", "width", "round", "curve", "head", "tail", "wrap"];
const SKETCHING = [...SHAPING, "look", "seed", "dash", "pattern"];

/** @type {WeakMap<Element, Map<string, Sketch>>} */
const sketches = new WeakMap();

/** @param {Element} element */
export function lineWidth(element) {
  return Math.max(0.01, numberOf(element, "width", 1));
}

/** @param {Element} element */
export function isDrawn(element) {
  return textOf(element, "look") === "drawn";
}

/** @param {Element} element */
export function isFilled(element) {
  return Object.hasOwn(element, "fill");
}

/** How far from its contours an element may have ink. @param {Element} element */
export function lookMargin(element) {
  const width = lineWidth(element);
  return width / 2 + (isDrawn(element) ? sketchReach(width) : 0);
}

/**
 * Draws lines in the element's colour, width, dash and look; its opacity is for the caller to set.
 * @param {Context} ctx @param {Element} element
 * @param {readonly Contour[]} contours always the same for the same element and part: what a hand makes of them is kept
 * @param {PaintView} view
 * @param {{part?: string, whole?: boolean}} options which part of the element it is, if it has several; `whole`: never dashed
 */
export function strokeContours(ctx, element, contours, view, { part = "", whole = false } = {}) {
  const width = lineWidth(element);
  const dash = whole ? "" : textOf(element, "dash");
  ctx.strokeStyle = view.ink ?? inkColor(element.color, view.theme);
  ctx.lineWidth = Math.max(width, HAIRLINE_PIXELS / view.scale);
  ctx.lineCap = ctx.lineJoin = "round";
  const sketch = sketchOf(element, contours, view, part, dash !== "");
  if (dash) {
    strokeDashed(ctx, contours, { dash, width, sketch, scale: view.scale });
    return;
  }
  ctx.beginPath();
  if (sketch) traceSketch(ctx, sketch);
  else for (const contour of contours) traceContour(ctx, contour);
  ctx.stroke();
}

/** Null: drawn clean. @param {Element} element @param {readonly Contour[]} contours @param {PaintView} view @param {string} part @param {boolean} once */
function sketchOf(element, contours, view, part, once) {
  const width = lineWidth(element);
  if (!isDrawn(element) || width * view.scale < SKETCH_PIXELS) return null;
  const parts = sketches.get(element) ?? new Map();
  const kept = parts.get(part);
  if (kept) return kept;
  const rough = roughGenerator();
  if (!rough) return null;
  const sketch = sketched(rough, contours, { width, seed: numberOf(element, "seed", 1), once });
  parts.set(part, sketch);
  sketches.set(element, parts);
  return sketch;
}

/** Fills what a contour goes around, if the element is filled. @param {Context} ctx @param {Element} element @param {Contour} contour @param {PaintView} view */
export function fillContour(ctx, element, contour, view) {
  if (!isFilled(element)) return;
  ctx.fillStyle = ctx.strokeStyle = view.ink ?? inkColor(element.fill, view.theme);
  if (hasPattern(element)) {
    const width = lineWidth(element);
    const hand = isDrawn(element) ? { seed: numberOf(element, "seed", 1) } : null;
    fillPattern(ctx, element, contour, { width, scale: view.scale, hand });
    return;
  }
  ctx.beginPath();
  traceContour(ctx, contour);
  ctx.fill();
}

/** As `Kind.inherit` has it: colours and places don't change what has been worked out. @param {Element} from @param {Element} to */
export function inheritLook(from, to) {
  if (SKETCHING.some((name) => from[name] !== to[name])) return;
  const parts = sketches.get(from);
  if (parts) sketches.set(to, parts);
  inheritPattern(from, to);
}

/** @param {Element} element */
export function isRound(element) {
  return isSet(element, "round");
}
