// Text on the board itself: as wide as its longest line, or with lines that break at a width.

import { containsPoint, expand, intersects, polylineCrosses } from "../core/geometry.js";
import {
  angleOf,
  boundsOfFrame,
  cornersOf,
  enterFrame,
  frameMoved,
  outOfFrame,
  withinFrame,
} from "./box.js";
import { inkColor } from "./ink.js";
import { hundredths, isSet, numberOf, textOf } from "./kind.js";
import { drawWritten, inheritLayout, layoutOf, sizeOf } from "./writing.js";

/**
 * @typedef {import("./kind.js").Bounds} Bounds
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Frame} Frame
 * @typedef {import("./kind.js").Kind} Kind
 * @typedef {import("./kind.js").Patch} Patch
 */

/** An empty text has a place for the caret. */
const CARET = 0.5;
const SIZE = { min: 1, max: 2000 };
/** Letters lean, and hang, out of their box by so much of the font's size. */
const OVERHANG = 0.3;
/** Sides that grow by parts so near to each other grow alike. */
const ALIKE = 0.001;
const WIDTH_MAX = 1_000_000;

/** @param {Element} element */
function layout(element) {
  const width = isSet(element, "wrap") ? numberOf(element, "w", 0) / sizeOf(element) : null;
  return layoutOf(element, width);
}

/** @param {Element} element @returns {Frame} */
export function textFrame(element) {
  const size = sizeOf(element);
  const { width, height } = layout(element);
  return {
    x: numberOf(element, "x", 0),
    y: numberOf(element, "y", 0),
    w: isSet(element, "wrap")
      ? Math.max(0, numberOf(element, "w", 0))
      : Math.max(CARET, width) * size,
    h: height * size,
    angle: numberOf(element, "angle", 0),
  };
}

/** Whether a frame that is turned has a place in a box. @param {Frame} frame @param {Bounds} box */
export function frameCrosses(frame, box) {
  if (!intersects(boundsOfFrame(frame), box)) return false;
  const corners = cornersOf(frame);
  const xs = [...corners, corners[0]].map(({ x }) => x);
  const ys = [...corners, corners[0]].map(({ y }) => y);
  return polylineCrosses(xs, ys, box) || frameHas(frame, box.minX, box.minY, 0);
}

/** @param {Frame} frame @param {number} x @param {number} y @param {number} tolerance */
export function frameHas(frame, x, y, tolerance) {
  const inner = { minX: 0, minY: 0, maxX: frame.w, maxY: frame.h };
  return containsPoint(expand(inner, tolerance), withinFrame(frame, x, y));
}

/** The corner, before it is turned, of a box whose first corner lies at a place when it is turned. @param {{x: number, y: number}} place @param {{w: number, h: number, angle: number}} box */
function cornerFor(place, { w, h, angle }) {
  const corner = outOfFrame({ x: 0, y: 0, w, h, angle }, 0, 0);
  return { x: hundredths(place.x - corner.x), y: hundredths(place.y - corner.y) };
}

/** @type {Kind} */
export const text = {
  bounds: (element) => expand(boundsOfFrame(textFrame(element)), sizeOf(element) * OVERHANG),

  hit: (element, x, y, tolerance) => frameHas(textFrame(element), x, y, tolerance),

  crosses: (element, box) => frameCrosses(textFrame(element), box),

  inside: (element, x, y) => frameHas(textFrame(element), x, y, 0),

  draw(ctx, element, view) {
    const frame = textFrame(element);
    const alpha = ctx.globalAlpha;
    ctx.globalAlpha = alpha * numberOf(element, "opacity", 1);
    enterFrame(ctx, view, frame);
    drawWritten(ctx, element, { x: 0, y: 0, w: frame.w, h: frame.h }, view, {
      layout: layout(element),
      size: sizeOf(element),
      color: inkColor(element.color, view.theme),
      align: textOf(element, "align", "start"),
      valign: "top",
    });
    ctx.globalAlpha = alpha;
  },

  frame: textFrame,
  textFrame,

  transform(element, matrix) {
    const before = textFrame(element);
    // Letters are never mirrored: only where the box comes to lie counts.
    const { frame } = frameMoved(before, matrix);
    const angle = angleOf(frame.angle);
    /** @type {Record<string, Patch[string]>} */
    const patch = {};
    if (angle !== angleOf(before.angle)) patch.angle = angle === 0 ? null : angle;
    const across = frame.w / Math.max(before.w, Number.MIN_VALUE);
    const down = frame.h / Math.max(before.h, Number.MIN_VALUE);
    if (Math.abs(down - 1) < ALIKE && Math.abs(across - 1) >= ALIKE)
      return { ...patch, ...widened(element, frame) };
    return { ...patch, ...grown(element, before, frame, Math.sqrt(across * down)) };
  },

  styles: ["color", "opacity", "font", "size", "align", "bold", "italic", "code", "list"],
  style: "text",
  inherit: inheritLayout,
};

/** A side was drawn: lines break at the new width, and the first one stays where it is. @param {Element} element @param {Frame} frame @returns {Patch} */
function widened(element, frame) {
  const size = sizeOf(element);
  const w = Math.min(WIDTH_MAX, Math.max(size, hundredths(frame.w)));
  const h = layoutOf({ ...element, wrap: true, w }, w / size).height * size;
  const place = outOfFrame(frame, 0, 0);
  return { ...cornerFor(place, { w, h, angle: frame.angle }), wrap: true, w };
}

/** Around the middle that it comes to have. @param {Element} element @param {Frame} before @param {Frame} frame @param {number} by @returns {Patch} */
function grown(element, before, frame, by) {
  const size = Math.min(SIZE.max, Math.max(SIZE.min, hundredths(sizeOf(element) * by)));
  const part = size / sizeOf(element);
  const middle = { x: frame.x + frame.w / 2, y: frame.y + frame.h / 2 };
  const x = hundredths(middle.x - (before.w * part) / 2);
  const y = hundredths(middle.y - (before.h * part) / 2);
  if (part === 1) return { x, y };
  const w = isSet(element, "wrap") ? { w: Math.min(WIDTH_MAX, hundredths(before.w * part)) } : {};
  return { x, y, size, ...w };
}
