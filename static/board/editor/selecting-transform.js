// The matrices by which a selection is moved, resized and turned, and what becomes of them while others change the
// same elements. Pure.

import { boundsMoved, IDENTITY, moved, multiply, rotation, translation } from "../core/matrix.js";
import { middleOf } from "../elements/box.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("../elements/kind.js").Frame} Frame
 */

/** Of the protocol: nothing is farther out, and nothing larger. */
const EDGE = 1_000_000;
/** Turning with Shift goes by so many radians: 15 degrees. */
const TURN_STEP = Math.PI / 12;
/** What is dragged to nothing could not be taken hold of any more. */
const SIDE_MIN = 1;
/** Of the protocol's places: what is shorter has no length. */
const LENGTH_MIN = 0.01;
/** What says where an element is and how it stands there. */
const PLACING = ["w", "h", "angle", "flip", "points", "size"];

/**
 * @typedef {object} Resizing
 * @property {number} across which side is dragged: -1, 0 or 1
 * @property {number} down
 * @property {Place} to where the side or corner would come to lie
 * @property {boolean} proportional
 * @property {boolean} centred the middle stays, instead of the side or corner opposite
 */

/** @param {Frame} frame @param {Resizing} resizing @returns {Matrix} */
export function resizingMatrix(frame, { across, down, to, proportional, centred }) {
  const middle = middleOf(frame);
  const upright = rotation(-frame.angle, middle);
  const target = moved(upright, to.x, to.y);
  const fixed = {
    x: middle.x - (centred ? 0 : (across * frame.w) / 2),
    y: middle.y - (centred ? 0 : (down * frame.h) / 2),
  };
  const part = centred ? 2 : 1;
  const sx = partOf(target.x - fixed.x, (across * frame.w) / part, frame.w);
  const sy = partOf(target.y - fixed.y, (down * frame.h) / part, frame.h);
  const [x, y] = proportional ? inProportion(sx, sy, across, down) : [sx, sy];
  const scaled = /** @type {Matrix} */ ([x, 0, 0, y, fixed.x - x * fixed.x, fixed.y - y * fixed.y]);
  return multiply(rotation(frame.angle, middle), multiply(scaled, upright));
}

/** By what a side that is so long has to be multiplied; a straight line has no height that could grow. @param {number} way @param {number} whole @param {number} side */
function partOf(way, whole, side) {
  if (whole === 0 || side < LENGTH_MIN) return 1;
  const part = way / whole;
  const least = Math.min(1, SIDE_MIN / side);
  return Math.abs(part) < least ? (part < 0 ? -least : least) : part;
}

/** A corner follows whichever side goes farther; a side takes the other along. @param {number} sx @param {number} sy @param {number} across @param {number} down @returns {[number, number]} */
function inProportion(sx, sy, across, down) {
  if (across === 0) return [Math.abs(sy), sy];
  if (down === 0) return [sx, Math.abs(sx)];
  const part = Math.max(Math.abs(sx), Math.abs(sy));
  return [part * (sx < 0 ? -1 : 1), part * (sy < 0 ? -1 : 1)];
}

/** @param {Frame} frame @param {Place} from where the pointer took hold @param {Place} to @param {boolean} inSteps @returns {Matrix} */
export function turningMatrix(frame, from, to, inSteps) {
  const middle = middleOf(frame);
  const angle =
    Math.atan2(to.y - middle.y, to.x - middle.x) - Math.atan2(from.y - middle.y, from.x - middle.x);
  const end = frame.angle + angle;
  return rotation(inSteps ? Math.round(end / TURN_STEP) * TURN_STEP - frame.angle : angle, middle);
}

/** The movement as far as the board goes. @param {Bounds} bounds @param {number} dx @param {number} dy @returns {Matrix} */
export function movingMatrix({ minX, minY, maxX, maxY }, dx, dy) {
  return translation(
    between(dx, -EDGE - minX, EDGE - maxX),
    between(dy, -EDGE - minY, EDGE - maxY),
  );
}

/** @param {number} value @param {number} min @param {number} max */
function between(value, min, max) {
  return Math.min(Math.max(max, 0), Math.max(Math.min(min, 0), value));
}

/** Whether it leaves everything on the board, and no larger than that. @param {Matrix} matrix @param {Bounds} bounds */
export function fitsTheBoard(matrix, bounds) {
  const { minX, minY, maxX, maxY } = boundsMoved(matrix, bounds);
  const size = Math.max(maxX - minX, maxY - minY);
  return size <= EDGE && minX >= -EDGE && minY >= -EDGE && maxX <= EDGE && maxY <= EDGE;
}

/**
 * What is in the hand stays there when another moves the same things: the shift that all of them have had since, so
 * that it can be taken off. Where they were changed in another way, or not all in the same, there is none, and the
 * movements add up.
 * @param {ReadonlyMap<string, Element>} before @param {(key: string) => Element | undefined} get @returns {Matrix}
 */
export function shiftSince(before, get) {
  /** @type {Place | null} */
  let shift = null;
  for (const [key, was] of before) {
    const is = get(key);
    if (!is) continue;
    if (is !== was && PLACING.some((name) => is[name] !== was[name])) return IDENTITY;
    const own = { x: Number(is.x) - Number(was.x), y: Number(is.y) - Number(was.y) };
    shift ??= own;
    if (!isNear(own.x, shift.x) || !isNear(own.y, shift.y)) return IDENTITY;
  }
  return shift && (shift.x !== 0 || shift.y !== 0) ? translation(-shift.x, -shift.y) : IDENTITY;
}

/** Places are rounded to hundredths. @param {number} a @param {number} b */
function isNear(a, b) {
  return Math.abs(a - b) <= 0.021;
}
