// Where a closed shape has room for text.

import { flipOf, frameOf, outOfFrame } from "./box.js";
import { numberOf } from "./kind.js";
import { lineWidth } from "./look.js";

/**
 * @typedef {import("./closed.js").Outline} Outline
 * @typedef {import("./closed.js").Room} Room
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Frame} Frame
 */

/** In sizes of the font. */
const PADDING = 0.3;
const TEXT_SIZE = 20;

/** @param {Outline} outline @param {Element} element @returns {Frame} */
export function textFrame(outline, element) {
  const frame = frameOf(element);
  const { x, y, w, h } = roomIn(outline, element, frame);
  const middle = outOfFrame(frame, x + w / 2, y + h / 2);
  return { x: middle.x - w / 2, y: middle.y - h / 2, w, h, angle: frame.angle };
}

/** In the units of the box; text isn't mirrored, but stands where there is room in what is. @param {Outline} outline @param {Element} element @param {Frame} frame @returns {Room} */
export function roomIn(outline, element, frame) {
  const { x, y, w, h } = padded(outline.room(frame.w, frame.h), frame, element);
  const { across, down } = flipOf(element);
  return { x: across ? frame.w - x - w : x, y: down ? frame.h - y - h : y, w, h };
}

/** Text keeps off the line: at sides of the box, elsewhere there is room between. @param {Room} room @param {Frame} frame @param {Element} element @returns {Room} */
function padded({ x, y, w, h }, frame, element) {
  const line = lineWidth(element) / 2;
  const gap = PADDING * numberOf(element, "size", TEXT_SIZE) + line;
  const off = (/** @type {number} */ inset, /** @type {number} */ side) =>
    Math.min(Math.max(line, gap - inset), side / 6);
  const [left, right] = [off(x, w), off(frame.w - x - w, w)];
  const [above, below] = [off(y, h), off(frame.h - y - h, h)];
  return { x: x + left, y: y + above, w: w - left - right, h: h - above - below };
}
