// Where somebody's pictures will be: a box in the colour of whoever brings them, with their name and how much is there.

import { mutedColor, textColorOn } from "../elements/ink.js";
import { edgeOn, FONT, labelOf } from "./cursors.js";

/** @typedef {import("../sync/live-pictures.js").Coming} Coming */
/** @typedef {import("./renderer.js").OverlayFrame} OverlayFrame */
/** @typedef {{name: string, ink: string}} Bringer */

/** In pixels of the screen. */
const DASH = [6, 4];
const PILL = { height: 28, padding: 10, gap: 8 };
const RING = { radius: 7, line: 3 };
/** Between the pill and the edges of its box, at the least. */
const ROOM = 8;
const PAPER = 0.08;
const UNDONE = 0.35;

/** @param {OverlayFrame} frame @param {Coming} picture @param {Bringer} bringer */
export function paintComing({ ctx, view, ratio, width, height }, picture, { name, ink }) {
  const left = picture.x * view.scale - view.left;
  const top = picture.y * view.scale - view.top;
  const across = picture.w * view.scale;
  const down = picture.h * view.scale;
  if (left > width || top > height || left + across < 0 || top + down < 0) return;
  ctx.setTransform(ratio, 0, 0, ratio, Math.round(left), Math.round(top));
  const box = { w: across / ratio, h: down / ratio };
  paintPaper(ctx, box, ink, mutedColor(view.theme));
  ctx.translate(Math.round(box.w / 2), Math.round(box.h / 2));
  paintPill(ctx, box, { part: picture.part, name, ink, edge: edgeOn(ink, view.theme) });
}

/** @param {CanvasRenderingContext2D} ctx @param {{w: number, h: number}} box @param {string} ink @param {string} grey */
function paintPaper(ctx, { w, h }, ink, grey) {
  ctx.globalAlpha = PAPER;
  ctx.fillStyle = grey;
  ctx.fillRect(0, 0, w, h);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = ink;
  ctx.lineWidth = 1;
  ctx.setLineDash(DASH);
  ctx.strokeRect(0.5, 0.5, Math.max(0, w - 1), Math.max(0, h - 1));
  ctx.setLineDash([]);
}

/** In the middle of the box; in a small one the ring alone. @param {CanvasRenderingContext2D} ctx @param {{w: number, h: number}} box @param {{part: number, name: string, ink: string, edge: string}} looks */
function paintPill(ctx, { w, h }, { part, name, ink, edge }) {
  const side = 2 * (RING.radius + RING.line);
  if (Math.min(w, h) < side) return;
  ctx.font = FONT;
  const words = [labelOf(name), `${Math.round(part * 100)} %`].filter(Boolean).join(" · ");
  const text = Math.ceil(ctx.measureText(words).width);
  const whole = 2 * PILL.padding + 2 * RING.radius + PILL.gap + text;
  const fits = whole + 2 * ROOM <= w && PILL.height + 2 * ROOM <= h;
  const wide = fits ? whole : side;
  const high = fits ? PILL.height : side;
  ctx.beginPath();
  ctx.roundRect(-wide / 2, -high / 2, wide, high, high / 2);
  ctx.strokeStyle = edge;
  ctx.lineWidth = 2;
  ctx.stroke();
  ctx.fillStyle = ink;
  ctx.fill();
  const color = textColorOn(ink);
  const ringAt = fits ? -wide / 2 + PILL.padding + RING.radius : 0;
  paintRing(ctx, ringAt, part, color);
  if (!fits) return;
  ctx.fillStyle = color;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillText(words, ringAt + RING.radius + PILL.gap, 0.5);
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} part @param {string} color */
function paintRing(ctx, x, part, color) {
  ctx.strokeStyle = color;
  ctx.lineWidth = RING.line;
  ctx.globalAlpha = UNDONE;
  ctx.beginPath();
  ctx.arc(x, 0, RING.radius - RING.line / 2, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.beginPath();
  ctx.arc(x, 0, RING.radius - RING.line / 2, -Math.PI / 2, (part * 2 - 0.5) * Math.PI);
  ctx.stroke();
}
