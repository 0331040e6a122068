// Fills with a pattern, clean or drawn by hand. From far away it is what the eye makes of it: a paler colour.

import { extentOfContour, flattened, traceContour } from "./contour.js";
import { numberOf, textOf } from "./kind.js";
import { traceSketch } from "./look-trace.js";
import { coverage, patternLines, patternSize } from "./pattern.js";

/**
 * @typedef {import("./contour.js").Contour} Contour
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./look-trace.js").Sketch} Sketch
 * @typedef {import("./pattern.js").Lines} Lines
 */

/** @typedef {{sketch: Sketch, lines: Lines}} Ink */
/** How a hand draws; null: clean, or not there yet. @typedef {typeof import("./look-sketch.js") | null} Hand */

/** Gaps of fewer pixels are grey to the eye. */
const GAP_PIXELS = 3;
const HAIRLINE_PIXELS = 0.5;
/** How a hand fills: what is a normal width there, in gaps, but no more than so many outlines, and how far it goes off. */
const TREMBLING = 1 / 9;
const TREMBLING_MAX = 0.7;
const ROUGHNESS = 1;
/** A hand ends its lines this far from an outline that may lie further in, in normal widths; of short ones less. */
const SHORTER = 1.5;
const SHORTER_MAX = 0.2;
/** Its dots stand off by this part of their size. */
const DOT_OFF = 0.5;
const NO_SKETCH = new Float32Array();

/** @type {WeakMap<Element, {hand: Hand, ink: Ink}>} */
const inks = new WeakMap();

/**
 * With the context's present colours.
 * @param {Context} ctx @param {Element} element @param {Contour} contour
 * @param {{width: number, scale: number, hand: Hand}} how
 */
export function fillPattern(ctx, element, contour, { width, scale, hand }) {
  const pattern = textOf(element, "pattern");
  const { minX, minY, maxX, maxY } = extentOfContour(contour);
  const size = patternSize(pattern, width, maxX - minX, maxY - minY);
  if (size.gap * scale < GAP_PIXELS) {
    fillPale(ctx, contour, coverage(pattern, size));
    return;
  }
  const { sketch, lines } = inkOf(element, contour, size, hand, width);
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

/** @param {Element} element @param {Contour} contour @param {{gap: number, thick: number}} size @param {Hand} hand @param {number} width @returns {Ink} */
function inkOf(element, contour, size, hand, width) {
  const kept = inks.get(element);
  if (kept && kept.hand === hand) return kept.ink;
  const pattern = textOf(element, "pattern");
  const lines = patternLines(flattened(contour), pattern, size);
  const seed = numberOf(element, "seed", 1);
  /** @type {Ink} */
  let ink = { sketch: NO_SKETCH, lines };
  if (hand && pattern === "dots")
    ink = { sketch: NO_SKETCH, lines: movedDots(hand, lines, size.thick, seed) };
  else if (hand) {
    const unit = Math.min(size.gap * TREMBLING, width * TREMBLING_MAX);
    ink = { sketch: drawnLines(hand, lines, unit, seed), lines: [] };
  }
  inks.set(element, { hand, ink });
  return ink;
}

/** @param {NonNullable<Hand>} hand @param {Lines} lines @param {number} unit @param {number} seed @returns {Sketch} */
function drawnLines(hand, lines, unit, seed) {
  /** @type {number[]} */
  const curves = [];
  for (let i = 0; i < lines.length; i += 4)
    hand.addLine(
      curves,
      shortened(lines.slice(i, i + 4), SHORTER * unit),
      { unit, seed: hand.mixed(seed, -1 - i) },
      { disableMultiStroke: true, roughness: ROUGHNESS },
    );
  return Float32Array.from(curves);
}

/** At both ends. @param {readonly number[]} line @param {number} by */
function shortened([x1 = 0, y1 = 0, x2 = 0, y2 = 0], by) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const part = length > 0 ? Math.min(SHORTER_MAX, by / length) : 0;
  const [dx, dy] = [(x2 - x1) * part, (y2 - y1) * part];
  return [x1 + dx, y1 + dy, x2 - dx, y2 - dy];
}

/** @param {NonNullable<Hand>} hand @param {Lines} lines @param {number} thick @param {number} seed @returns {Lines} */
function movedDots(hand, lines, thick, seed) {
  return lines.map((value, i) => {
    // Both ends of a dot are the same place.
    const part = i - (i % 4) + (i % 2);
    return value + thick * DOT_OFF * (hand.mixed(seed, -1 - part) / 0x40000000 - 1);
  });
}

/** @param {Element} from @param {Element} to */
export function inheritPattern(from, to) {
  const ink = inks.get(from);
  if (ink) inks.set(to, ink);
}
