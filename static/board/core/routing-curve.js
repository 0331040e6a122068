// A curve that leaves one element and comes to another straight, as places for a line to be drawn through. Pure.

import { boundsOfEnd, exitOf, gapsBetween, rounded } from "./routing-outline.js";

/**
 * @typedef {import("./geometry.js").Place} Place
 * @typedef {import("./routing.js").End} End
 * @typedef {import("./routing.js").Side} Side
 */

/** So many pieces are told from the curve itself by nobody. */
const PIECES = 8;
/** How far the curve goes on straight, as a part of the way; at least, where it has to turn back. */
const REACH = 1 / 2;
const REACH_MIN = 1 / 4;

/** @param {End} from @param {End} to @returns {Place[]} */
export function bowBetween(from, to) {
  const ends = [rounded(from), rounded(to)];
  const [a, b] = /** @type {[End, End]} */ (ends);
  const out = [sideTowards(a, b), sideTowards(b, a)];
  const [outA, outB] = /** @type {[Side, Side]} */ (out);
  const start = exitOf(a, outA);
  const end = exitOf(b, outB);
  const first = reached(start, outA, end);
  const second = reached(end, outB, start);
  return Array.from({ length: PIECES + 1 }, (_, i) =>
    onCurve(start, first, second, end, i / PIECES),
  );
}

/** The side that faces the other end, of those where it may leave. @param {End} end @param {End} other @returns {Side} */
function sideTowards(end, other) {
  const gaps = gapsBetween(boundsOfEnd(end), boundsOfEnd(other));
  const way = { x: other.at.x - end.at.x, y: other.at.y - end.at.y };
  const isAcross =
    Math.max(gaps.x, gaps.y) > 0 ? gaps.x >= gaps.y : Math.abs(way.x) >= Math.abs(way.y);
  const first = end.sides[0] ?? { x: 1, y: 0 };
  return end.sides.reduce(
    (best, side) => (facing(side, way, isAcross) > facing(best, way, isAcross) ? side : best),
    first,
  );
}

/** @param {Side} side @param {Place} way @param {boolean} isAcross whether the elements lie beside each other */
function facing({ x, y }, way, isAcross) {
  const [along, aside] = isAcross ? [x * way.x, y * way.y] : [y * way.y, x * way.x];
  if (along > 0) return 2;
  return aside > 0 ? 1 : Math.sign(along);
}

/** @param {Place} from @param {Side} side @param {Place} to @returns {Place} */
function reached(from, side, to) {
  const along = Math.abs((to.x - from.x) * side.x + (to.y - from.y) * side.y);
  const away = Math.hypot(to.x - from.x, to.y - from.y);
  const length = Math.max(along * REACH, away * REACH_MIN);
  return { x: from.x + side.x * length, y: from.y + side.y * length };
}

/** @param {Place} a @param {Place} b @param {Place} c @param {Place} d @param {number} t @returns {Place} */
function onCurve(a, b, c, d, t) {
  const s = 1 - t;
  const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: p * a.x + q * b.x + r * c.x + u * d.x, y: p * a.y + q * b.y + r * c.y + u * d.y };
}
