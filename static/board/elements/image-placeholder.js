// What stands where a picture will be, or can't be: a paper with the sign of a picture, and what it shows in words.

import { mutedColor } from "./ink.js";

/**
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Frame} Frame
 * @typedef {import("./kind.js").PaintView} PaintView
 */

const PAPER = { light: "#efeeea", dark: "#29292d" };
const EDGE = { light: "#dddbd5", dark: "#3c3c42" };
/** In pixels of the canvas, as signs on a screen are, but no more than a part of the box. */
const SIGN = { pixels: 36, part: 0.4, least: 10 };
const FONT = { pixels: 14, part: 0.16, least: 9 };
/** No text is longer than its box, and text is dear. */
const ALT_LENGTH = 80;
const DASH = [6, 4];

/** @param {Context} ctx in the units of the box @param {Frame} frame @param {PaintView} view @param {{failed: boolean, alt: string}} state */
export function drawPlaceholder(ctx, { w, h }, view, { failed, alt }) {
  const { theme, scale } = view;
  const pixel = 1 / scale;
  ctx.fillStyle = PAPER[theme];
  ctx.fillRect(0, 0, w, h);
  ctx.lineWidth = pixel;
  ctx.strokeStyle = failed ? mutedColor(theme) : EDGE[theme];
  if (failed) ctx.setLineDash(DASH.map((length) => length * pixel));
  ctx.strokeRect(pixel / 2, pixel / 2, Math.max(0, w - pixel), Math.max(0, h - pixel));
  ctx.setLineDash([]);
  const size = Math.min(SIGN.pixels * pixel, SIGN.part * Math.min(w, h));
  if (size * scale < SIGN.least) return;
  const font = alt ? Math.min(FONT.pixels * pixel, FONT.part * h) : 0;
  const withWords = font * scale >= FONT.least && w > 3 * size;
  const top = (h - size - (withWords ? font * 1.6 : 0)) / 2;
  ctx.strokeStyle = ctx.fillStyle = mutedColor(theme);
  drawSign(ctx, (w - size) / 2, top, size, failed);
  if (withWords) drawWords(ctx, alt, { w, top: top + size + font, font });
}

/** A frame with a hill and a sun; struck out where there is nothing to show. @param {Context} ctx @param {number} x @param {number} y @param {number} size @param {boolean} failed */
function drawSign(ctx, x, y, size, failed) {
  const u = size / 24;
  const to = (/** @type {number} */ px, /** @type {number} */ py) =>
    /** @type {const} */ ([x + px * u, y + py * u]);
  ctx.lineWidth = 1.6 * u;
  ctx.beginPath();
  ctx.roundRect(...to(3, 3), 18 * u, 18 * u, 2 * u);
  ctx.moveTo(...to(11, 9));
  ctx.arc(...to(9, 9), 2 * u, 0, 2 * Math.PI);
  ctx.moveTo(...to(21, 15.5));
  ctx.lineTo(...to(17, 11.5));
  ctx.lineTo(...to(7.5, 21));
  ctx.stroke();
  if (!failed) return;
  ctx.lineWidth = 2.2 * u;
  ctx.beginPath();
  ctx.moveTo(...to(1.5, 1.5));
  ctx.lineTo(...to(22.5, 22.5));
  ctx.stroke();
}

/** @param {Context} ctx @param {string} alt @param {{w: number, top: number, font: number}} where */
function drawWords(ctx, alt, { w, top, font }) {
  const words = alt.replaceAll("\n", " ");
  const shown = words.length > ALT_LENGTH ? `${words.slice(0, ALT_LENGTH)}…` : words;
  ctx.font = `${font}px system-ui, sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(shown, w / 2, top, w * 0.9);
}
