// A sticky note: a paper that is written on, and grows downwards with its text.

import { expand } from "../core/geometry.js";
import { growth } from "../core/matrix.js";
import { boundsOfFrame, enterFrame, frameOf, outOfFrame, transformBox } from "./box.js";
import { fontGeneration, fontOf } from "./fonts.js";
import { hundredths, numberOf, textOf } from "./kind.js";
import { inkOnPaper, paperColor } from "./paper.js";
import { frameCrosses, frameHas } from "./text.js";
import {
  drawWritten,
  inheritLayout,
  LAID_OUT_BY,
  layoutOf,
  sizeOf,
  writtenText,
} from "./writing.js";

/**
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Frame} Frame
 * @typedef {import("./kind.js").Kind} Kind
 * @typedef {import("./kind.js").PaintView} PaintView
 * @typedef {import("./text-layout.js").Layout} Layout
 */

/** @typedef {{layout: Layout, size: number, height: number}} Fitted */

/** Around the text, as part of the shorter side, and at most this. */
const PADDING = { part: 0.1, max: 20 };
/** Long text is written smaller before the note grows. */
const SMALLER = [0.85, 0.7];
const RADIUS = 4;
/** Corners rounded by less can't be told from others. */
const ROUND_PIXELS = 0.5;
/** Below so many pixels a shadow is only dirt. */
const SHADOW_PIXELS = 32;
/** Thin veils over one another: real blur is dear, and no two browsers have the same. */
const SHADOW = [
  { spread: 8, down: 8, alpha: 0.01 },
  { spread: 6, down: 7, alpha: 0.012 },
  { spread: 4, down: 6, alpha: 0.015 },
  { spread: 2.5, down: 4.5, alpha: 0.02 },
  { spread: 1, down: 3, alpha: 0.025 },
  { spread: 0.5, down: 1.5, alpha: 0.05 },
];
const SHADOW_REACH = 16;
/** Nearly equal growth of both sides is meant to be the same. */
const ALIKE = 0.001;
const SIZE = { min: 1, max: 2000 };

/** @param {Frame} frame */
function paddingOf({ w, h }) {
  return Math.min(PADDING.max, PADDING.part * Math.min(w, h || w));
}

const FITTED_BY = [...LAID_OUT_BY, "w", "h"];

/** @type {WeakMap<Element, {fit: Fitted, generation: number}>} */
const fits = new WeakMap();

/** @param {Element} element @returns {Fitted} */
function fitted(element) {
  const generation = fontGeneration(fontOf(element));
  const kept = fits.get(element);
  if (kept?.generation === generation) return kept.fit;
  const fit = fitting(element);
  fits.set(element, { fit, generation });
  return fit;
}

/** The largest writing that fits; where none does, the smallest, on a longer paper. @param {Element} element @returns {Fitted} */
function fitting(element) {
  const frame = frameOf(element);
  const padding = paddingOf(frame);
  const width = Math.max(1, frame.w - 2 * padding);
  let size = sizeOf(element);
  let layout = layoutOf(element, width / size);
  for (const part of SMALLER) {
    if (layout.height * size <= frame.h - 2 * padding && !layout.broken) break;
    size = Math.max(1, sizeOf(element) * part);
    // A layout is kept by its element, one for each.
    layout = layoutOf({ ...element }, width / size);
  }
  const height = Math.max(frame.h, layout.height * size + 2 * padding);
  return { layout, size, height };
}

/** The paper as it is drawn: it hangs from the upper side of the box, which turns about its own middle. @param {Element} element @returns {Frame} */
function paperFrame(element) {
  const frame = frameOf(element);
  const { height } = fitted(element);
  if (height === frame.h) return frame;
  const middle = outOfFrame(frame, frame.w / 2, height / 2);
  return { ...frame, x: middle.x - frame.w / 2, y: middle.y - height / 2, h: height };
}

/** Where the writing stands. @param {Element} element @returns {Frame} */
function textFrame(element) {
  const paper = paperFrame(element);
  const padding = paddingOf(frameOf(element));
  return {
    ...paper,
    x: paper.x + padding,
    y: paper.y + padding,
    w: Math.max(1, paper.w - 2 * padding),
    h: Math.max(1, paper.h - 2 * padding),
  };
}

/** The size that it is written in, which may be smaller than it should be. @param {Element} element */
export function noteSize(element) {
  return fitted(element).size;
}

/** @type {Kind} */
export const note = {
  bounds: (element) => expand(boundsOfFrame(paperFrame(element)), SHADOW_REACH),

  hit: (element, x, y, tolerance) => frameHas(paperFrame(element), x, y, tolerance),

  crosses: (element, box) => frameCrosses(paperFrame(element), box),

  inside: (element, x, y) => frameHas(paperFrame(element), x, y, 0),

  draw(ctx, element, view) {
    const frame = paperFrame(element);
    const alpha = ctx.globalAlpha;
    ctx.globalAlpha = alpha * numberOf(element, "opacity", 1);
    enterFrame(ctx, view, frame);
    const paper = view.ink ?? paperColor(element.fill, view.theme);
    drawPaper(ctx, frame, view, paper);
    if (!view.ink && writtenText(element) !== "") drawText(ctx, element, frame, view, paper);
    ctx.globalAlpha = alpha;
  },

  frame: paperFrame,
  textFrame,

  transform(element, matrix) {
    const patch = transformBox(element, matrix);
    // A note that only grows is written larger, too; one of another shape has other lines.
    const [a, b, c, d] = matrix;
    const by = growth(matrix);
    const alike =
      Math.abs(Math.hypot(a, b) - by) < ALIKE && Math.abs(Math.hypot(c, d) - by) < ALIKE;
    const { flip: _, ...rest } = patch;
    if (!alike || Math.abs(by - 1) < ALIKE) return rest;
    const size = Math.min(SIZE.max, Math.max(SIZE.min, hundredths(sizeOf(element) * by)));
    return { ...rest, size };
  },

  styles: ["fill", "opacity", "font", "size", "align", "valign", "bold", "italic", "code", "list"],
  style: "note",

  inherit(from, to) {
    inheritLayout(from, to);
    const fit = fits.get(from);
    if (fit && FITTED_BY.every((name) => from[name] === to[name])) fits.set(to, fit);
  },
};

/** @param {Context} ctx @param {Frame} frame @param {PaintView} view @param {string} paper */
function drawPaper(ctx, { w, h }, view, paper) {
  const radius = Math.min(RADIUS, w / 2, h / 2);
  if (!view.ink && Math.min(w, h) * view.scale >= SHADOW_PIXELS) drawShadow(ctx, w, h, radius);
  ctx.fillStyle = paper;
  if (radius * view.scale < ROUND_PIXELS) {
    ctx.fillRect(0, 0, w, h);
    return;
  }
  ctx.beginPath();
  ctx.roundRect(0, 0, w, h, radius);
  ctx.fill();
}

/** Light falls from above, however the note is turned: a shadow that turned with it would tell on small boards only. @param {Context} ctx @param {number} w @param {number} h @param {number} radius */
function drawShadow(ctx, w, h, radius) {
  const alpha = ctx.globalAlpha;
  ctx.fillStyle = "#000000";
  for (const { spread, down, alpha: strength } of SHADOW) {
    ctx.globalAlpha = alpha * strength;
    ctx.beginPath();
    ctx.roundRect(-spread, down - spread, w + 2 * spread, h + 2 * spread, radius + spread);
    ctx.fill();
  }
  ctx.globalAlpha = alpha;
}

/** @param {Context} ctx @param {Element} element @param {Frame} frame @param {PaintView} view @param {string} paper */
function drawText(ctx, element, { w, h }, view, paper) {
  const padding = paddingOf(frameOf(element));
  const { layout, size } = fitted(element);
  const room = {
    x: padding,
    y: padding,
    w: Math.max(1, w - 2 * padding),
    h: Math.max(1, h - 2 * padding),
  };
  drawWritten(ctx, element, room, view, {
    layout,
    size,
    color: inkOnPaper(paper),
    align: textOf(element, "align", "center"),
    valign: textOf(element, "valign", "middle"),
  });
}
