// Text in a closed shape: where there is room for it, and where it is.

import { containsPoint } from "../core/geometry.js";
import { flipOf, frameOf, outOfFrame, withinFrame } from "./box.js";
import { hundredths, numberOf, textOf } from "./kind.js";
import { lineWidth } from "./look.js";
import { textHeightIn, textOverflow } from "./writing.js";

/**
 * @typedef {import("./closed.js").Outline} Outline
 * @typedef {import("./closed.js").Room} Room
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Frame} Frame
 */

/** In sizes of the font. */
const PADDING = 0.3;
const TEXT_SIZE = 20;
const GROWING_STEPS = 4;
/** Of the protocol. */
const SIDE_MAX = 1_000_000;

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

/** How far it may reach beyond the box. @param {Outline} outline @param {Element} element */
export function textBeyond(outline, element) {
  return textOverflow(element, roomIn(outline, element, frameOf(element)));
}

/** @param {Outline} outline @param {Element} element @param {number} x @param {number} y */
export function isOnText(outline, element, x, y) {
  const frame = frameOf(element);
  const room = roomIn(outline, element, frame);
  const height = textHeightIn(element, room);
  const valign = textOf(element, "valign");
  const above = valign === "top" ? 0 : valign === "bottom" ? 1 : 1 / 2;
  const top = room.y + (room.h - height) * above;
  const area = { minX: room.x, minY: top, maxX: room.x + room.w, maxY: top + height };
  return height > 0 && containsPoint(area, withinFrame(frame, x, y));
}

/** What makes it high enough for its text: it grows downwards, turned it grows about its middle. @param {Outline} outline @param {Element} element @returns {import("./kind.js").Patch} */
export function grownForText(outline, element) {
  let grown = element;
  // The room is nearly a part of the height: after a few steps it is large enough.
  for (let i = 0; i < GROWING_STEPS && textBeyond(outline, grown) > 0; i++) {
    const frame = frameOf(grown);
    const room = roomIn(outline, grown, frame);
    const part = textHeightIn(grown, room) / Math.max(1, room.h);
    grown = { ...grown, h: Math.min(SIDE_MAX, Math.ceil(Math.max(1, frame.h) * part)) };
  }
  if (grown === element) return {};
  const more = numberOf(grown, "h", 0) - numberOf(element, "h", 0);
  const y = numberOf(element, "y", 0) - (numberOf(element, "angle", 0) === 0 ? 0 : more / 2);
  return { h: numberOf(grown, "h", 0), y: hundredths(y) };
}
