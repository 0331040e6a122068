// The clean shape that a held stroke becomes: while the pen stays down it follows the pen in size.

import "../elements/others.js";
import { angleOf } from "../elements/box.js";
import { hundredths } from "../elements/kind.js";
import { pathThrough } from "../elements/path-points.js";

export { recognise } from "../core/recognise.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../core/recognise.js").Boxed} Boxed
 * @typedef {import("../core/recognise.js").Cornered} Cornered
 * @typedef {import("../core/recognise.js").Meant} Meant
 * @typedef {import("../protocol").Properties} Properties
 */

/** A triangle whose two sides are this equal is one of the board's own; any other is a closed line. */
const ISOSCELES = 0.15;
const UPRIGHT = 0.14;
const GROWTH = { least: 0.05, most: 50 };

/** @param {Meant} meant @param {Place} from where the pen was when it was held @param {Place} to where it is @returns {Meant} */
export function followed(meant, from, to) {
  if ("to" in meant) {
    const end = { x: meant.to.x + to.x - from.x, y: meant.to.y + to.y - from.y };
    return { ...meant, to: end };
  }
  const middle = middleOf(meant);
  const before = Math.hypot(from.x - middle.x, from.y - middle.y);
  const now = Math.hypot(to.x - middle.x, to.y - middle.y);
  const growth = Math.min(GROWTH.most, Math.max(GROWTH.least, before > 0 ? now / before : 1));
  if ("middle" in meant) return { ...meant, w: meant.w * growth, h: meant.h * growth };
  const grown = (/** @type {Place} */ { x, y }) => ({
    x: middle.x + (x - middle.x) * growth,
    y: middle.y + (y - middle.y) * growth,
  });
  const [a, b, c] = meant.corners;
  return { ...meant, corners: [grown(a), grown(b), grown(c)] };
}

/** @param {Boxed | Cornered} meant @returns {Place} */
function middleOf(meant) {
  if ("middle" in meant) return meant.middle;
  const [a, b, c] = meant.corners;
  return { x: (a.x + b.x + c.x) / 3, y: (a.y + b.y + c.y) / 3 };
}

/** @param {Meant} meant @param {Properties} ink colour, width and the like @param {number} step as in the protocol @returns {Properties} */
export function cleanElement(meant, ink, step) {
  if ("corners" in meant) return triangleElement(meant.corners, ink, step);
  const { kind } = meant;
  if ("middle" in meant)
    return { kind, ...boxOf(meant.middle, meant.w, meant.h, meant.angle), ...ink };
  const line = { kind, ...pathThrough([meant.from, meant.to], step, false), ...ink };
  return kind === "arrow" ? { ...line, head: "arrow" } : line;
}

/** @param {Place} middle @param {number} w @param {number} h @param {number} angle */
function boxOf(middle, w, h, angle) {
  const turned = angleOf(angle);
  const box = {
    x: hundredths(middle.x - w / 2),
    y: hundredths(middle.y - h / 2),
    w: hundredths(w),
    h: hundredths(h),
  };
  return turned === 0 ? box : { ...box, angle: turned };
}

/** @param {[Place, Place, Place]} corners @param {Properties} ink @param {number} step @returns {Properties} */
function triangleElement(corners, ink, step) {
  const turns = corners.map((apex, i) => {
    const [left, right] = [corners[(i + 1) % 3] ?? apex, corners[(i + 2) % 3] ?? apex];
    const sides = [distance(apex, left), distance(apex, right)];
    return { apex, left, right, unequal: Math.abs(Math.log(Number(sides[0]) / Number(sides[1]))) };
  });
  const { apex, left, right, unequal } = turns.reduce((a, b) => (b.unequal < a.unequal ? b : a));
  if (!(unequal < ISOSCELES)) return { kind: "line", ...pathThrough(corners, step, true), ...ink };
  const foot = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  // Upright is with the apex above its base.
  const lean = Math.atan2(apex.x - foot.x, foot.y - apex.y);
  const quarter = Math.PI / 2;
  const upright = quarter * Math.round(lean / quarter);
  const angle = Math.abs(lean - upright) < UPRIGHT ? upright : lean;
  const middle = { x: (apex.x + foot.x) / 2, y: (apex.y + foot.y) / 2 };
  return {
    kind: "triangle",
    ...boxOf(middle, distance(left, right), distance(apex, foot), angle),
    ...ink,
  };
}

/** @param {Place} a @param {Place} b */
function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
