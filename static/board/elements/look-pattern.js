// Fills with a pattern, clean or drawn by hand. From far away it is what the eye makes of it: a paler colour.

import { flattened, traceContour } from "./contour.js";
import { numberOf, textOf } from "./kind.js";
import { addLine, mixed, roughGenerator, traceSketch } from "./look-sketch.js";
import { coverage, patternLines, patternSize } from "./pattern.js";

/**
 * @typedef {import("./contour.js").Contour} Contour
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./look-sketch.js").Generator} Generator
 * @typedef {import("./look-sketch.js").Sketch} Sketch
 * @typedef {import("./pattern.js").Lines} Lines
 */

/** @typedef {{sketch: Sketch, lines: Lines}} Ink */
/** Null: a clean one. @typedef {{seed: number} | null} Hand */

const PATTERNS = ["hachure", "cross", "zigzag", "dots"];
/** Gaps of fewer pixels are grey to the eye. */
const GAP_PIXELS = 3;
const HAIRLINE_PIXELS = 0.5;
/** The lines of a pattern are drawn in one go, with less care for ends than for straightness. */
const ROUGHNESS = 0.7;
/** Dots of a hand stand off by this part of a gap. */
const DOT_OFF = 0.16;
const NO_SKETCH = new Float32Array();

/** @type {WeakMap<Element, {drawn: boolean, ink: Ink}>} */
const inks = new WeakMap();

/** @param {Element} element */
export function hasPattern(element) {
  return PATTERNS.includes(textOf(element, "pattern"));
}

/**
 * With the context's present colours.
 * @param {Context} ctx @param {Element} element @param {Contour} contour
 * @param {{width: number, scale: number, hand: Hand}} how
 */
export function fillPattern(ctx, element, contour, { width, scale, hand }) {
  const pattern = textOf(element, "pattern");
  const [w, h] = [numberOf(element, "w", 0), numberOf(element, "h", 0)];
  const size = patternSize(pattern, width, w, h);
  if (size.gap * scale < GAP_PIXELS) {
    fillPale(ctx, contour, coverage(pattern));
    return;
  }
  const { sketch, lines } = inkOf(element, contour, size, hand);
  ctx.lineWidth = Math.max(size.thick, HAIRLINE_PIXELS / scale);
  ctx.lineCap = ctx.lineJoin = "round";
  ctx.beginPath();
  traceSketch(ctx, sketch);
  for (let i = 0; i < lines.length; i += 4) {
    ctx.moveTo(Number(lines[i]), Number(lines[i + 1]));
    ctx.lineTo(Number(lines[i + 2]), Number(lines[i + 3]));
  }
  ctx.stroke();
}

/** @param {Context} ctx @param {Contour} contour @param {number} part */
function fillPale(ctx, contour, part) {
  const alpha = ctx.globalAlpha;
  ctx.globalAlpha = alpha * part;
  ctx.beginPath();
  traceContour(ctx, contour);
  ctx.fill();
  ctx.globalAlpha = alpha;
}

/** @param {Element} element @param {Contour} contour @param {{gap: number, thick: number}} size @param {Hand} hand @returns {Ink} */
function inkOf(element, contour, size, hand) {
  const rough = hand && roughGenerator();
  const kept = inks.get(element);
  if (kept?.drawn === Boolean(rough)) return kept.ink;
  const pattern = textOf(element, "pattern");
  const lines = patternLines(flattened(contour), pattern, size);
  /** @type {Ink} */
  let ink = { sketch: NO_SKETCH, lines };
  if (hand && rough)
    ink =
      pattern === "dots"
        ? { sketch: NO_SKETCH, lines: movedDots(lines, size.gap, hand.seed) }
        : { sketch: drawnLines(rough, lines, size.thick, hand.seed), lines: [] };
  inks.set(element, { drawn: Boolean(rough), ink });
  return ink;
}

/** @param {Generator} rough @param {Lines} lines @param {number} thick @param {number} seed @returns {Sketch} */
function drawnLines(rough, lines, thick, seed) {
  /** @type {number[]} */
  const curves = [];
  for (let i = 0; i < lines.length; i += 4)
    addLine(
      curves,
      lines.slice(i, i + 4),
      { rough, unit: thick, seed: mixed(seed, -1 - i) },
      { disableMultiStroke: true, roughness: ROUGHNESS },
    );
  return Float32Array.from(curves);
}

/** @param {Lines} lines @param {number} gap @param {number} seed @returns {Lines} */
function movedDots(lines, gap, seed) {
  return lines.map((value, i) => {
    // Both ends of a dot are the same place.
    const part = i - (i % 4) + (i % 2);
    return value + gap * DOT_OFF * (mixed(seed, -1 - part) / 0x40000000 - 1);
  });
}

/** @param {Element} from @param {Element} to */
export function inheritPattern(from, to) {
  const ink = inks.get(from);
  if (ink) inks.set(to, ink);
}
