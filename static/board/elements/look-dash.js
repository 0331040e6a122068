// Dashes and dots along contours. Each stretch from corner to corner begins and ends with half a dash, so that
// corners are drawn and no dash is cut short.

import { lengthOf, runsOf, traceContour } from "./contour.js";
import { traceSketch } from "./look-sketch.js";

/**
 * @typedef {import("./contour.js").Contour} Contour
 * @typedef {import("./contour.js").Run} Run
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./look-sketch.js").Sketch} Sketch
 */

/** In widths of the line. Round ends add one to the ink and take it from the gap: a dot is a dash of no length. */
const DASHES = { dashed: { ink: 2.2, period: 5 }, dotted: { ink: 0, period: 2.4 } };
/** Of one stretch: a thin line around the world is no reason to draw millions. */
const DASHES_MAX = 2000;
/** Closer together they can't be told apart. */
const PERIOD_PIXELS = 2;

/**
 * @param {Context} ctx @param {readonly Contour[]} contours
 * @param {{dash: string, width: number, sketch: Sketch | null, scale: number}} how
 */
export function strokeDashed(ctx, contours, { dash, width, sketch, scale }) {
  const { ink, period } = dash === "dotted" ? DASHES.dotted : DASHES.dashed;
  const visible = period * width * scale >= PERIOD_PIXELS;
  if (sketch && visible) strokeSketch(ctx, sketch, ink * width, period * width);
  else if (visible)
    for (const contour of contours)
      for (const run of runsOf(contour)) strokeRun(ctx, run, ink * width, period * width);
  else {
    ctx.beginPath();
    for (const contour of contours) traceContour(ctx, contour);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.lineDashOffset = 0;
}

/** @param {Context} ctx @param {Run} run @param {number} ink @param {number} period */
function strokeRun(ctx, run, ink, period) {
  const length = lengthOf(run);
  const count = Math.min(DASHES_MAX, Math.max(1, Math.round(length / period)));
  const fitted = length / count;
  if (!(fitted > 0)) return;
  const part = Math.min(ink, fitted / 2);
  ctx.setLineDash([part, fitted - part]);
  ctx.lineDashOffset = part / 2;
  ctx.beginPath();
  traceContour(ctx, { ...run, closed: run.loop });
  ctx.stroke();
}

/** @param {Context} ctx @param {Sketch} sketch @param {number} ink @param {number} period */
function strokeSketch(ctx, sketch, ink, period) {
  let longest = 0;
  for (let i = 0; i < sketch.length; i += 8)
    longest = Math.max(
      longest,
      Math.hypot(
        Number(sketch[i + 6]) - Number(sketch[i]),
        Number(sketch[i + 7]) - Number(sketch[i + 1]),
      ),
    );
  const grown = Math.max(1, longest / (period * DASHES_MAX));
  ctx.setLineDash([ink * grown, (period - ink) * grown]);
  ctx.lineDashOffset = (ink * grown) / 2;
  ctx.beginPath();
  traceSketch(ctx, sketch);
  ctx.stroke();
}
