// Thin lines over the picture that belong to no element: boxes, lassos, guides. Their width is the screen's.

import { expand } from "../core/geometry.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 */

/**
 * Boxes on whole pixels, so that their lines are crisp.
 * @param {CanvasRenderingContext2D} ctx @param {readonly Bounds[]} boxes @param {PaintView} view
 * @param {{color: string, width: number, gap: number}} line in pixels
 */
export function outlineBoxes(ctx, boxes, { scale, left, top }, line) {
  const width = Math.max(1, Math.round(line.width));
  const crisp = (width % 2) / 2;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.strokeStyle = line.color;
  ctx.lineWidth = width;
  ctx.beginPath();
  for (const box of boxes) {
    const { minX, minY, maxX, maxY } = expand(box, line.gap / scale);
    const x = Math.round(minX * scale - left) + crisp;
    const y = Math.round(minY * scale - top) + crisp;
    ctx.rect(x, y, Math.round((maxX - minX) * scale), Math.round((maxY - minY) * scale));
  }
  ctx.stroke();
}

/** @param {CanvasRenderingContext2D} ctx @param {readonly Place[]} places @param {PaintView} view */
export function traceLine(ctx, places, { scale, left, top }) {
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.beginPath();
  for (const { x, y } of places) ctx.lineTo(x * scale - left, y * scale - top);
}
