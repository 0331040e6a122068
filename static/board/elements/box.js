// Elements that lie in a box: x, y, w, h, turned by an angle about the middle, perhaps mirrored. Pure but for the
// canvas's transform.

import { growth, moved } from "../core/matrix.js";
import { hundredths, numberOf, textOf } from "./kind.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Frame} Frame
 * @typedef {import("./kind.js").PaintView} PaintView
 * @typedef {import("./kind.js").Patch} Patch
 */

/** The smallest that can still be taken hold of and made larger again. */
const SIDE_MIN = 1;
/** Angles are kept this finely: a thousandth of a degree is less than a pixel at any size. */
const ANGLE_STEPS = 1e5;

/** @param {Element} element @returns {Frame} */
export function frameOf(element) {
  return {
    x: numberOf(element, "x", 0),
    y: numberOf(element, "y", 0),
    w: Math.max(0, numberOf(element, "w", 0)),
    h: Math.max(0, numberOf(element, "h", 0)),
    angle: numberOf(element, "angle", 0),
  };
}

/** @param {Frame} frame @returns {Place} */
export function middleOf({ x, y, w, h }) {
  return { x: x + w / 2, y: y + h / 2 };
}

/** The four corners on the board, clockwise from the one that was top left. @param {Frame} frame @returns {[Place, Place, Place, Place]} */
export function cornersOf(frame) {
  const { x, y } = middleOf(frame);
  const cos = Math.cos(frame.angle);
  const sin = Math.sin(frame.angle);
  const corner = (/** @type {number} */ across, /** @type {number} */ down) => {
    const dx = (across * frame.w) / 2;
    const dy = (down * frame.h) / 2;
    return { x: x + dx * cos - dy * sin, y: y + dx * sin + dy * cos };
  };
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

/** @param {Frame} frame @returns {Bounds} */
export function boundsOfFrame(frame) {
  const { x, y } = middleOf(frame);
  const cos = Math.abs(Math.cos(frame.angle));
  const sin = Math.abs(Math.sin(frame.angle));
  const across = (frame.w * cos + frame.h * sin) / 2;
  const down = (frame.w * sin + frame.h * cos) / 2;
  return { minX: x - across, minY: y - down, maxX: x + across, maxY: y + down };
}

/** A place of the board as one of the box: (0, 0) is its corner, (w, h) the opposite one. @param {Frame} frame @param {number} px @param {number} py @returns {Place} */
export function withinFrame(frame, px, py) {
  const { x, y } = middleOf(frame);
  const cos = Math.cos(frame.angle);
  const sin = Math.sin(frame.angle);
  const dx = px - x;
  const dy = py - y;
  return { x: dx * cos + dy * sin + frame.w / 2, y: dy * cos - dx * sin + frame.h / 2 };
}

/** The other way round. @param {Frame} frame @param {number} fx @param {number} fy @returns {Place} */
export function outOfFrame(frame, fx, fy) {
  const { x, y } = middleOf(frame);
  const cos = Math.cos(frame.angle);
  const sin = Math.sin(frame.angle);
  const dx = fx - frame.w / 2;
  const dy = fy - frame.h / 2;
  return { x: x + dx * cos - dy * sin, y: y + dx * sin + dy * cos };
}

/** From here on the canvas has the box's own units, from its corner. @param {Context} ctx @param {PaintView} view @param {Frame} frame */
export function enterFrame(ctx, { scale, left, top }, frame) {
  const { x, y } = outOfFrame(frame, 0, 0);
  const cos = scale * Math.cos(frame.angle);
  const sin = scale * Math.sin(frame.angle);
  ctx.setTransform(cos, sin, -sin, cos, x * scale - left, y * scale - top);
}

/** @param {Element} element @returns {{across: boolean, down: boolean}} */
export function flipOf(element) {
  const flip = textOf(element, "flip");
  return { across: flip.includes("x"), down: flip.includes("y") };
}

/** After `enterFrame`: what is drawn from here on is mirrored as the element is. @param {Context} ctx @param {Element} element @param {Frame} frame */
export function enterFlip(ctx, element, { w, h }) {
  const { across, down } = flipOf(element);
  if (across || down)
    ctx.transform(across ? -1 : 1, 0, 0, down ? -1 : 1, across ? w : 0, down ? h : 0);
}

/**
 * The frame where a matrix puts it, and how it is mirrored there, if it is. A box can't be slanted: its sides get the
 * lengths that the matrix gives them, and its upper side the direction.
 * @param {Frame} frame @param {Matrix} matrix
 */
export function frameMoved(frame, matrix) {
  const [a, b, c, d] = matrix;
  const cos = Math.cos(frame.angle);
  const sin = Math.sin(frame.angle);
  const across = { x: a * cos + c * sin, y: b * cos + d * sin };
  const down = { x: -a * sin + c * cos, y: -b * sin + d * cos };
  const middle = moved(matrix, frame.x + frame.w / 2, frame.y + frame.h / 2);
  const w = Math.max(Math.min(SIDE_MIN, frame.w), frame.w * Math.hypot(across.x, across.y));
  const h = Math.max(Math.min(SIDE_MIN, frame.h), frame.h * Math.hypot(down.x, down.y));
  const straight = Math.atan2(across.y, across.x);
  const over = angleOf(straight + Math.PI);
  /** @type {"x" | "y" | null} */
  let mirrored = null;
  // Mirrored from top to bottom is from left to right and half a turn: whichever leaves text more upright.
  if (a * d - b * c < 0) mirrored = Math.abs(over) < Math.abs(straight) ? "x" : "y";
  const angle = mirrored === "x" ? over : straight;
  return { frame: { x: middle.x - w / 2, y: middle.y - h / 2, w, h, angle }, mirrored };
}

/** As `Kind.transform` has it, for elements that are all in x, y, w, h, angle and flip. @param {Element} element @param {Matrix} matrix @returns {Patch} */
export function transformBox(element, matrix) {
  const before = frameOf(element);
  const { frame, mirrored } = frameMoved(before, matrix);
  /** @type {Record<string, Patch[string]>} */
  const patch = { x: hundredths(frame.x), y: hundredths(frame.y) };
  const w = hundredths(frame.w);
  const h = hundredths(frame.h);
  if (w !== element.w) patch.w = w;
  if (h !== element.h) patch.h = h;
  const angle = angleOf(frame.angle);
  if (angle !== before.angle) patch.angle = angle === 0 ? null : angle;
  if (mirrored) patch.flip = turnedOver(element, mirrored);
  return patch;
}

/** Mirrored once more. @param {Element} element @param {"x" | "y"} along */
function turnedOver(element, along) {
  const { across, down } = flipOf(element);
  const x = across !== (along === "x") ? "x" : "";
  const y = down !== (along === "y") ? "y" : "";
  return x + y || null;
}

/** Rounded, within half a turn either way. @param {number} angle */
export function angleOf(angle) {
  const turns = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
  return Math.round(turns * ANGLE_STEPS) / ANGLE_STEPS || 0;
}

/** How much larger text and ink get by a matrix. @param {number} size @param {Matrix} matrix @param {number} min @param {number} max */
export function sizeMoved(size, matrix, min, max) {
  return Math.min(max, Math.max(min, hundredths(size * growth(matrix))));
}
