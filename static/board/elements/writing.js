// What is written in elements: laid out in a frame, and drawn there.

import { bringFont, fontCss, fontGeneration, fontOf, measureIn, reachOf } from "./fonts.js";
import { contrast, inkColor, textColorOn } from "./ink.js";
import { numberOf, textOf } from "./kind.js";
import { LINE_HEIGHT, layOut } from "./text-layout.js";

/**
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").PaintView} PaintView
 * @typedef {import("./text-layout.js").Layout} Layout
 * @typedef {import("./text-layout.js").Line} Line
 * @typedef {{x: number, y: number, w: number, h: number}} Box in the units that the canvas has
 */

/**
 * What is known about how to draw some text.
 * @typedef {object} Written
 * @property {Layout} layout
 * @property {number} size of the font
 * @property {string} color
 * @property {string} align
 * @property {string} valign
 */

/** @typedef {{layout: Layout, width: number | null, generation: number}} Kept */

const SIZE = 20;
const SIZE_MAX = 2000;
/** Servers take no longer texts, and whatever comes from elsewhere must be drawn in bounded time. */
export const TEXT_MAX = 10_000;
/** Smaller text than this, in pixels, can't be read: bars show where it is. */
const LEGIBLE_PIXELS = 4;
const BAR = { from: 0.4, height: 0.5, alpha: 0.45 };
const CODE = { alpha: 0.09, padding: 0.35, radius: 0.25 };
/** Between a marker and its item, and it stands where reading starts. */
const MARKER_GAP = 0.45;
/** Ink that can hardly be told from what it would stand on. */
const CONTRAST_MIN = 3;

/** Beside the width, which is kept with each layout. */
export const LAID_OUT_BY = ["kind", "text", "font", "size", "bold", "italic", "code", "list"];

/** @type {WeakMap<Element, Kept>} */
const layouts = new WeakMap();

/** @param {Element} element */
export function writtenText(element) {
  return textOf(element, "text").slice(0, TEXT_MAX);
}

/** @param {Element} element */
export function sizeOf(element) {
  return Math.min(SIZE_MAX, Math.max(1, numberOf(element, "size", SIZE)));
}

/** @param {Element} element @param {number | null} width as part of the font's size; null: as wide as it is @returns {Layout} */
export function layoutOf(element, width) {
  const font = fontOf(element);
  const generation = fontGeneration(font);
  const kept = layouts.get(element);
  if (kept && kept.width === width && kept.generation === generation) return kept.layout;
  const text = writtenText(element);
  bringFont(font, text);
  const layout = layOut(text, { measure: measureIn(font), width, list: textOf(element, "list") });
  layouts.set(element, { layout, width, generation });
  return layout;
}

/** What has been laid out for an earlier state of an element, if that was written alike. @param {Element} from @param {Element} to */
export function inheritLayout(from, to) {
  const kept = layouts.get(from);
  if (kept && LAID_OUT_BY.every((name) => from[name] === to[name])) layouts.set(to, kept);
}

/** How much room an element's text takes in a frame, from top to bottom. @param {Element} element @param {Box} frame */
export function textHeightIn(element, frame) {
  if (writtenText(element) === "") return 0;
  const size = sizeOf(element);
  return layoutOf(element, frame.w / size).height * size;
}

/** How far an element's text may reach beyond a frame, on whichever side. @param {Element} element @param {Box} frame */
export function textOverflow(element, frame) {
  return Math.max(0, textHeightIn(element, frame) - frame.h);
}

/**
 * Draws an element's text into a frame, in the units that the canvas has at the moment. What there is no room for
 * goes beyond the frame. The colour is the element's own unless that can't be read on its filling.
 * @param {Context} ctx @param {Element} element @param {Box} frame @param {PaintView} view
 */
export function drawTextIn(ctx, element, frame, view) {
  if (writtenText(element) === "") return;
  const size = sizeOf(element);
  drawWritten(ctx, element, frame, view, {
    layout: layoutOf(element, frame.w / size),
    size,
    color: colorOn(element, view.theme),
    align: textOf(element, "align", "center"),
    valign: textOf(element, "valign", "middle"),
  });
}

/** An element's own colour, or one that can be read on its filling. @param {Element} element @param {import("./ink.js").Theme} theme */
export function colorOn(element, theme) {
  const own = inkColor(element.color, theme);
  const solid = textOf(element, "pattern", "solid") === "solid";
  if (!Object.hasOwn(element, "fill") || !solid) return own;
  const paper = inkColor(element.fill, theme);
  return contrast(own, paper) >= CONTRAST_MIN ? own : textColorOn(paper);
}

/** @param {Context} ctx @param {Element} element @param {Box} frame @param {PaintView} view @param {Written} written */
export function drawWritten(ctx, element, frame, view, written) {
  const { layout, size, valign } = written;
  const room = frame.h - layout.height * size;
  const top = frame.y + (valign === "top" ? 0 : valign === "bottom" ? room : room / 2);
  const alpha = ctx.globalAlpha;
  ctx.fillStyle = view.ink ?? written.color;
  if (size * view.scale < LEGIBLE_PIXELS) {
    ctx.globalAlpha = alpha * BAR.alpha;
    drawBars(ctx, frame, top, written);
    ctx.globalAlpha = alpha;
    return;
  }
  if (element.code === true) {
    ctx.globalAlpha = alpha * CODE.alpha;
    drawCodeBackground(ctx, frame, top, written);
    ctx.globalAlpha = alpha;
  }
  drawLines(ctx, element, frame, top, written);
}

/** Where the ink of a line is, its marker left out. @param {Line} line @param {Box} frame @param {Written} written */
function inkOf(line, frame, { layout, size, align }) {
  const width = line.width * size;
  const indent = layout.indent * size;
  const room = frame.w - indent - width;
  const fromStart = align === "center" ? room / 2 : align === "end" ? room : 0;
  const left = line.rtl
    ? frame.x + frame.w - indent - fromStart - width
    : frame.x + indent + fromStart;
  return { left, right: left + width };
}

/** @param {Context} ctx @param {Box} frame @param {number} top @param {Written} written */
function drawBars(ctx, frame, top, written) {
  const { layout, size } = written;
  ctx.beginPath();
  layout.lines.forEach((line, i) => {
    if (line.width === 0) return;
    const { left, right } = inkOf(line, frame, written);
    ctx.rect(left, top + (i * LINE_HEIGHT + BAR.from) * size, right - left, BAR.height * size);
  });
  ctx.fill();
}

/** @param {Context} ctx @param {Box} frame @param {number} top @param {Written} written */
function drawCodeBackground(ctx, frame, top, written) {
  const { layout, size } = written;
  const inks = layout.lines.map((line) => inkOf(line, frame, written));
  const left = Math.min(...inks.map((ink) => ink.left)) - CODE.padding * size;
  const right = Math.max(...inks.map((ink) => ink.right)) + CODE.padding * size;
  ctx.beginPath();
  ctx.roundRect(left, top, right - left, layout.height * size, CODE.radius * size);
  ctx.fill();
}

/** @param {Context} ctx @param {Element} element @param {Box} frame @param {number} top @param {Written} written */
function drawLines(ctx, element, frame, top, written) {
  const { layout, size } = written;
  const font = fontOf(element);
  const { ascent, descent } = reachOf(font);
  const baseline = (LINE_HEIGHT + ascent - descent) / 2;
  ctx.font = fontCss(font, size);
  ctx.textBaseline = "alphabetic";
  // Widths then grow in step with the scale, as those that the lines were broken by.
  ctx.textRendering = "geometricPrecision";
  layout.lines.forEach((line, i) => {
    const y = top + (i * LINE_HEIGHT + baseline) * size;
    const { left, right } = inkOf(line, frame, written);
    const start = line.rtl ? right : left;
    const onwards = line.rtl ? -size : size;
    ctx.direction = line.rtl ? "rtl" : "ltr";
    ctx.textAlign = line.rtl ? "right" : "left";
    for (const { text, at } of line.runs) ctx.fillText(text, start + at * onwards, y);
    if (!line.marker) return;
    ctx.textAlign = line.rtl ? "left" : "right";
    ctx.fillText(line.marker, start - MARKER_GAP * onwards, y);
  });
  ctx.direction = "ltr";
  ctx.textRendering = "auto";
}
