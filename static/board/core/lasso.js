// What lies in a line drawn around it, for whatever can say whether it has ink in a box. Pure.

import { boundsOfPoints, intersects, polylineCrosses } from "./geometry.js";

/**
 * @typedef {import("./geometry.js").Bounds} Bounds
 * @typedef {import("./geometry.js").Place} Place
 */

/** A closed line: its last corner is its first. @typedef {{xs: readonly number[], ys: readonly number[], bounds: Bounds}} Lasso */

/** A box is quartered so often to tell ink on this side of the line from ink on the other. */
const QUARTERINGS = 5;

/** @param {readonly Place[]} places at least one @returns {Lasso} */
export function lassoOf(places) {
  const closed = [...places, ...places.slice(0, 1)];
  const xs = closed.map(({ x }) => x);
  const ys = closed.map(({ y }) => y);
  const bounds = boundsOfPoints(xs, ys) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 };
  return { xs, ys, bounds };
}

/** Whether some of its ink is inside. @param {Lasso} lasso @param {Bounds} box around it @param {(box: Bounds) => boolean} hasInk @returns {boolean} */
export function lassoTouches(lasso, box, hasInk, depth = QUARTERINGS) {
  const side = sideOf(lasso, box);
  // Somewhere in the box around all of it there is ink for certain.
  if (side === "inside" && depth === QUARTERINGS) return true;
  if (side === "outside" || !hasInk(box)) return false;
  if (side === "inside" || depth === 0) return true;
  return quarters(box).some((quarter) => lassoTouches(lasso, quarter, hasInk, depth - 1));
}

/** Whether all of its ink is inside. @param {Lasso} lasso @param {Bounds} box around it @param {(box: Bounds) => boolean} hasInk @returns {boolean} */
export function lassoHolds(lasso, box, hasInk, depth = QUARTERINGS) {
  const side = sideOf(lasso, box);
  if (side === "inside" || !hasInk(box)) return true;
  if (side === "outside") return false;
  if (depth === 0) return true;
  return quarters(box).every((quarter) => lassoHolds(lasso, quarter, hasInk, depth - 1));
}

/** @param {Lasso} lasso @param {Bounds} box @returns {"inside" | "outside" | "across"} */
function sideOf({ xs, ys, bounds }, box) {
  if (!intersects(bounds, box)) return "outside";
  if (polylineCrosses(xs, ys, box)) return "across";
  return isInside(box.minX, box.minY, xs, ys) ? "inside" : "outside";
}

/** A ray from the place meets the line an odd number of times. @param {number} x @param {number} y @param {readonly number[]} xs @param {readonly number[]} ys */
function isInside(x, y, xs, ys) {
  let inside = false;
  for (let i = 1; i < xs.length; i++) {
    const [ax, ay] = [Number(xs[i - 1]), Number(ys[i - 1])];
    const [bx, by] = [Number(xs[i]), Number(ys[i])];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** @param {Bounds} box @returns {Bounds[]} */
function quarters({ minX, minY, maxX, maxY }) {
  const x = (minX + maxX) / 2;
  const y = (minY + maxY) / 2;
  return [
    { minX, minY, maxX: x, maxY: y },
    { minX: x, minY, maxX, maxY: y },
    { minX, minY: y, maxX: x, maxY },
    { minX: x, minY: y, maxX, maxY },
  ];
}
