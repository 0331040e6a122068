// The way of a connector between two ends: straight, a curve, or only across and down. Pure.

import { bentBetween, markedBent } from "./routing-bent.js";
import { bowBetween } from "./routing-curve.js";
import { elbowBetween } from "./routing-elbow.js";
import { bowAround, loopEnds } from "./routing-loop.js";
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
 * A line on its way.
 * @typedef {object} Line
 * @property {Route} route
 * @property {readonly Place[]} between what lies between the ends as somebody drew it; an elbow finds its own way
 * @property {number} width
 * @property {readonly Place[] | null} [bent] an elbow's corners as somebody has laid them
 * @property {boolean} [loop] both ends are at one element
 */

/** Every place of the way, its ends included. @param {End} from @param {End} to @param {Line} line @returns {Place[]} */
export function wayBetween(from, to, line) {
  const { route, between } = line;
  if (line.loop && (route === "elbow" || between.length === 0)) return wayAround(from, to, line);
  if (route === "elbow") return elbowWay(from, to, line);
  if (route === "curve" && between.length === 0) return bowBetween(from, to);
  return straightBetween(from, to, between);
}

/** Out of an element, and back to it: where nobody could see a straight line there is a corner. @param {End} from @param {End} to @param {Line} line */
function wayAround(from, to, line) {
  const ends = loopEnds(from, to);
  return line.route === "curve" ? bowAround(ends) : elbowWay(ends.from, ends.to, line);
}

/** @param {End} from @param {End} to @param {Line} line */
function elbowWay(from, to, { width, bent }) {
  const laid = bent ? bentBetween(from, to, bent) : null;
  return laid ? markedBent(laid) : elbowBetween(from, to, Math.max(STUB, width * STUB_WIDTHS));
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
