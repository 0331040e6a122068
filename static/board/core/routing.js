// The way of a connector between two ends: straight, a curve, or only across and down. Pure.

import { bowBetween } from "./routing-curve.js";
import { elbowBetween } from "./routing-elbow.js";
import { crossing, SIDES, towards } from "./routing-outline.js";

/**
 * @typedef {import("./geometry.js").Coordinates} Coordinates
 * @typedef {import("./geometry.js").Place} Place
 * @typedef {{xs: Coordinates, ys: Coordinates}} Outline a closed line, its last place its first
 */

/** A direction along one of the axes. @typedef {Readonly<{x: -1 | 0 | 1, y: -1 | 0 | 1}>} Side */

/**
 * @typedef {object} End
 * @property {Place} at where the line ends, or where one that ends at an outline is aimed
 * @property {Outline | null} outline of the element that it sticks to
 * @property {boolean} fixed it ends at the place itself, not at the outline
 * @property {readonly Side[]} sides where it may leave the element
 * @property {number} gap that it keeps from the outline
 */

/** @typedef {"straight" | "curve" | "elbow"} Route */

/** Where an elbow first turns, in board units from its element: there is room for a head. */
const STUB = 20;
const STUB_WIDTHS = 6;

/** An end that sticks to nothing. @param {Place} at @returns {End} */
export function freeEnd(at) {
  return { at, outline: null, fixed: true, sides: SIDES, gap: 0 };
}

/**
 * Every place of the way, its ends included.
 * @param {End} from @param {End} to
 * @param {{route: Route, between: readonly Place[], width: number}} line what lies between the ends as somebody drew
 *   it; an elbow finds its own way
 * @returns {Place[]}
 */
export function wayBetween(from, to, { route, between, width }) {
  if (route === "elbow") return elbowBetween(from, to, Math.max(STUB, width * STUB_WIDTHS));
  if (route === "curve" && between.length === 0) return bowBetween(from, to);
  return straightBetween(from, to, between);
}

/** @param {End} from @param {End} to @param {readonly Place[]} between @returns {Place[]} */
function straightBetween(from, to, between) {
  const start = endOf(from, between[0] ?? to.at);
  const end = endOf(to, between.at(-1) ?? from.at);
  if (between.length > 0) return [start, ...between, end];
  // Where the elements lie over each other nothing is left between their outlines.
  const along =
    (end.x - start.x) * (to.at.x - from.at.x) + (end.y - start.y) * (to.at.y - from.at.y);
  return along > 0 ? [start, end] : [from.at, to.at];
}

/** @param {End} end @param {Place} next */
function endOf({ at, outline, fixed, gap }, next) {
  if (fixed || !outline) return at;
  const cut = crossing(outline, at, next);
  return cut ? towards(cut, next, gap) : at;
}
