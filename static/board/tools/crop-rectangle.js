// What is left of a picture, and where the rest lies: everything about cropping that needs no page. Pure.

import { flipOf, frameOf, outOfFrame } from "../elements/box.js";
import { cropOf } from "../elements/image.js";
import { hundredths } from "../elements/kind.js";

/**
 * @typedef {import("../elements/image.js").Crop} Crop
 * @typedef {import("../elements/kind.js").Element} Element
 * @typedef {import("../elements/kind.js").Frame} Frame
 * @typedef {import("../protocol").Patch} Patch
 */

/** Which sides follow: -1 the left or upper one, 1 the other, 0 none. @typedef {{across: -1 | 0 | 1, down: -1 | 0 | 1}} Edge */

/** So much of each side is always left. */
const LEAST = 0.02;
const DIGITS = 1e6;

/** The box of the whole picture, of which the element shows a part; turned as the element is. @param {Element} element @returns {Frame} */
export function wholeFrame(element) {
  const frame = frameOf(element);
  const seen = seenPart(element, cropOf(element));
  const w = frame.w / seen.w;
  const h = frame.h / seen.h;
  const middle = outOfFrame(frame, (0.5 - seen.l) * w, (0.5 - seen.t) * h);
  return { x: middle.x - w / 2, y: middle.y - h / 2, w, h, angle: frame.angle };
}

/** The part as it is seen: of a mirrored picture the left side is the right one. Its own inverse. @param {Element} element @param {Crop} crop @returns {Crop} */
export function seenPart(element, { l, t, w, h }) {
  const { across, down } = flipOf(element);
  return { l: across ? 1 - l - w : l, t: down ? 1 - t - h : t, w, h };
}

/** An edge or corner goes so far, in parts of the picture; the opposite ones stay. @param {Crop} crop @param {Edge} edge @param {number} dx @param {number} dy @returns {Crop} */
export function edgeMoved({ l, t, w, h }, { across, down }, dx, dy) {
  const [left, width] = sideMoved(l, w, across, dx);
  const [top, height] = sideMoved(t, h, down, dy);
  return { l: left, t: top, w: width, h: height };
}

/** @param {number} from @param {number} length @param {-1 | 0 | 1} which @param {number} way @returns {[number, number]} */
function sideMoved(from, length, which, way) {
  const to = from + length;
  if (which < 0) {
    const next = between(from + way, 0, to - LEAST);
    return [next, to - next];
  }
  return which > 0 ? [from, between(to + way, from + LEAST, 1) - from] : [from, length];
}

/** All of it goes, as far as the picture does. @param {Crop} crop @param {number} dx @param {number} dy @returns {Crop} */
export function partMoved({ l, t, w, h }, dx, dy) {
  return { l: between(l + dx, 0, 1 - w), t: between(t + dy, 0, 1 - h), w, h };
}

/** @param {number} value @param {number} least @param {number} most */
function between(value, least, most) {
  return Math.max(least, Math.min(most, value));
}

/** What makes the element show this part, where it is seen now. @param {Element} element @param {Crop} seen @returns {Patch} */
export function croppedTo(element, seen) {
  const whole = wholeFrame(element);
  const w = seen.w * whole.w;
  const h = seen.h * whole.h;
  const middle = outOfFrame(
    whole,
    (seen.l + seen.w / 2) * whole.w,
    (seen.t + seen.h / 2) * whole.h,
  );
  return {
    x: hundredths(middle.x - w / 2),
    y: hundredths(middle.y - h / 2),
    w: hundredths(w),
    h: hundredths(h),
    crop: written(seenPart(element, seen)),
  };
}

/** As the protocol has it; null: all of it. @param {Crop} crop */
function written({ l, t, w, h }) {
  const parts = [l, t, w, h].map((part) => Math.round(between(part, 0, 1) * DIGITS) / DIGITS);
  if (parts[0] === 0 && parts[1] === 0 && parts[2] === 1 && parts[3] === 1) return null;
  return parts.map((part) => part.toFixed(6).replace(/\.?0+$/, "")).join(",");
}
