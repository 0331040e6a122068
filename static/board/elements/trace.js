// Ink on a canvas: as a plain thin line, a dot, or an outline that shows the pressure.

import { outlineOf, widthAt } from "./outline.js";

/**
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./outline.js").Line} Line
 */

/** Below this many pixels the pressure can't be seen, and a plain line costs a tenth. */
const OUTLINE_PIXELS = 1.5;
/** Thinner ink than this would fade away in the overview. */
const HAIRLINE_PIXELS = 0.6;
/** perfect-freehand needs some way to see a direction; less than this part of the width is none. */
const DOT = 1 / 16;

/** A part of the full width. @param {ArrayLike<number> | null} pressures */
export function meanWidth(pressures) {
  if (!pressures || pressures.length === 0) return 1;
  let sum = 0;
  for (let i = 0; i < pressures.length; i++) sum += Number(pressures[i]);
  return widthAt(sum / pressures.length);
}

/** @param {number} width @param {number} scale */
export function isThin(width, scale) {
  return width * scale < OUTLINE_PIXELS;
}

/** @param {Context} ctx @param {Pick<Line, "xs" | "ys">} line @param {string} color @param {number} width @param {number} scale @param {number} count only the first so many points */
export function paintThin(ctx, { xs, ys }, color, width, scale, count = xs.length) {
  ctx.strokeStyle = color;
  ctx.lineWidth = Math.max(width, HAIRLINE_PIXELS / scale);
  ctx.lineCap = ctx.lineJoin = "round";
  ctx.beginPath();
  ctx.moveTo(Number(xs[0]), Number(ys[0]));
  // A line to where it is already makes a dot of its round caps.
  for (let i = Math.min(1, count - 1); i < count; i++) ctx.lineTo(Number(xs[i]), Number(ys[i]));
  ctx.stroke();
}

/**
 * Adds the ink along a line to the current path: an outline, or a dot where the pen hardly moved.
 * @param {Context} ctx
 * @param {Line} line
 * @param {number} width
 * @param {(make: () => Float32Array) => Float32Array} remember
 */
export function traceInk(ctx, line, width, remember = (make) => make()) {
  if (isDot(line, width)) traceDot(ctx, line, width);
  else
    traceOutline(
      ctx,
      remember(() => outlineOf(line, width)),
    );
}

/** @param {Line} line @param {number} width */
function isDot({ xs, ys }, width) {
  const x = Number(xs[0]);
  const y = Number(ys[0]);
  const near = width * DOT;
  for (let i = 1; i < xs.length; i++) {
    if (Math.abs(Number(xs[i]) - x) > near || Math.abs(Number(ys[i]) - y) > near) return false;
  }
  return true;
}

/** @param {Context} ctx @param {Line} line @param {number} width */
function traceDot(ctx, { xs, ys, pressures }, width) {
  let pressure = pressures ? 0 : 1;
  for (let i = 0; pressures && i < pressures.length; i++)
    pressure = Math.max(pressure, Number(pressures[i]));
  const radius = (width * widthAt(pressure)) / 2;
  ctx.moveTo(Number(xs[0]) + radius, Number(ys[0]));
  ctx.arc(Number(xs[0]), Number(ys[0]), radius, 0, 2 * Math.PI);
}

/** Quadratic curves from midpoint to midpoint, each point pulling at its own. @param {Context} ctx @param {Float32Array} outline */
export function traceOutline(ctx, outline) {
  const length = outline.length;
  if (length < 6) return;
  let x = /** @type {number} */ (outline[length - 2]);
  let y = /** @type {number} */ (outline[length - 1]);
  for (let i = 0; i < length; i += 2) {
    const nextX = /** @type {number} */ (outline[i]);
    const nextY = /** @type {number} */ (outline[i + 1]);
    if (i === 0) ctx.moveTo((x + nextX) / 2, (y + nextY) / 2);
    else ctx.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    x = nextX;
    y = nextY;
  }
  ctx.quadraticCurveTo(x, y, (x + Number(outline[0])) / 2, (y + Number(outline[1])) / 2);
  ctx.closePath();
}
