// The speech bubble: a round box with a tail that points down to whoever speaks.

import { closedShape, roundingOf } from "./closed.js";

/** @typedef {import("./contour.js").Contour} Contour */

const TAIL_HEIGHT = 0.24;
/** It stays slender in a high bubble. */
const TAIL_HEIGHT_TO_WIDTH = 0.3;
const TAIL_WIDTH = 0.85;
/** Where it begins, and how far its tip leans back, in widths of the tail. */
const LEAN = 0.35;
/** As in the ellipse. */
const PULL = 1 - (4 / 3) * Math.tan(Math.PI / 8);

/** @param {number} w @param {number} h */
function tailHeight(w, h) {
  return Math.min(h * TAIL_HEIGHT, w * TAIL_HEIGHT_TO_WIDTH);
}

/** @param {number} w @param {number} h @returns {Contour} */
function contour(w, h) {
  const tail = tailHeight(w, h);
  const bottom = h - tail;
  const r = 1.3 * Math.min(roundingOf(w, bottom), w / 3);
  const from = r + tail * LEAN;
  const to = from + tail * TAIL_WIDTH;
  const k = r * PULL;
  const pieces = [
    [w - r, 0],
    [w - k, 0, w, k, w, r],
    [w, bottom - r],
    [w, bottom - k, w - k, bottom, w - r, bottom],
    [to, bottom],
    [r * 0.9, h],
    [from, bottom],
    [r, bottom],
    [k, bottom, 0, bottom - k, 0, bottom - r],
    [0, r],
    [0, k, k, 0, r, 0],
  ];
  return { start: { x: r, y: 0 }, pieces, closed: true };
}

export const bubble = closedShape({
  contour,
  room: (w, h) => ({ x: 0, y: 0, w, h: h - tailHeight(w, h) }),
});
