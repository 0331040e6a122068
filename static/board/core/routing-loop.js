// A line from an element to itself: out of one side, around a corner, and in by the next one. Pure.

import { boundsOfEnd, crossing, exitOf, SIDES } from "./routing-outline.js";

/**
 * @typedef {import("./geometry.js").Place} Place
 * @typedef {import("./routing.js").End} End
 * @typedef {import("./routing.js").Side} Side
 */

/** How far from the corner it leaves, in board units; on small elements in the middle of the side. */
const FROM_CORNER = 40;
/** How far a curve reaches out, as a part of the way between its ends; at least, where that is none. */
const REACH = 1.8;
const REACH_MIN = 60;
const PIECES = 12;

/** Both ends, each with the one side that it is at. @param {End} from @param {End} to @returns {{from: End, to: End}} */
export function loopEnds(from, to) {
  const isOnePoint = from.fixed && to.fixed && from.at.x === to.at.x && from.at.y === to.at.y;
  const second = isOnePoint ? { ...to, fixed: false, sides: SIDES } : to;
  const out = onlySide(from) ?? beside(onlySide(second), 1);
  const back = onlySide(second) ?? beside(out, -1);
  return { from: leaving(from, out, back), to: leaving(second, back, out) };
}

/** As many pieces as nobody can tell from a curve. @param {{from: End, to: End}} ends @returns {Place[]} */
export function bowAround({ from, to }) {
  const [out, back] = [sideOf(from), sideOf(to)];
  const [start, end] = [exitOf(from, out), exitOf(to, back)];
  const isOpposite = out.x + back.x === 0 && out.y + back.y === 0;
  const { minX, minY, maxX, maxY } = boundsOfEnd(from);
  const around = isOpposite ? maxX - minX + maxY - minY : 0;
  const length = Math.hypot(end.x - start.x, end.y - start.y);
  const reach = Math.max(REACH_MIN, length * REACH, around);
  // From one side to the opposite one it goes around above or beside the element.
  const over = isOpposite ? beside(out, out.x > 0 || out.y > 0 ? -1 : 1) : { x: 0, y: 0 };
  const first = { x: start.x + (out.x + over.x) * reach, y: start.y + (out.y + over.y) * reach };
  const second = { x: end.x + (back.x + over.x) * reach, y: end.y + (back.y + over.y) * reach };
  return Array.from({ length: PIECES + 1 }, (_, i) =>
    onCurve([start, first, second, end], i / PIECES),
  );
}

/** @param {End} end @returns {Side | null} */
function onlySide({ sides }) {
  const [side] = sides;
  return side && sides.length === 1 ? side : null;
}

/** The next side, clockwise or the other way; to the right where there is none. @param {Side | null} side @param {1 | -1} step @returns {Side} */
function beside(side, step) {
  const at = side ? SIDES.indexOf(side) + step : 0;
  return /** @type {Side} */ (SIDES.at(at % SIDES.length));
}

/** @param {End} end @returns {Side} */
function sideOf({ sides: [side] }) {
  return side ?? /** @type {Side} */ (SIDES[0]);
}

/** At the end of its side where the other one is. @param {End} end @param {Side} side @param {Side} other @returns {End} */
function leaving(end, side, other) {
  const sides = [side];
  if (end.fixed || !end.outline) return { ...end, sides };
  const { minX, minY, maxX, maxY } = boundsOfEnd(end);
  const [across, down] = [
    Math.min(FROM_CORNER, (maxX - minX) / 2),
    Math.min(FROM_CORNER, (maxY - minY) / 2),
  ];
  const at = {
    x: other.x === 0 ? end.at.x : other.x > 0 ? maxX - across : minX + across,
    y: other.y === 0 ? end.at.y : other.y > 0 ? maxY - down : minY + down,
  };
  const far = { x: at.x + side.x * (maxX - minX), y: at.y + side.y * (maxY - minY) };
  return crossing(end.outline, at, far) ? { ...end, at, sides } : { ...end, sides };
}

/** @param {readonly [Place, Place, Place, Place]} points @param {number} t @returns {Place} */
function onCurve([a, b, c, d], t) {
  const s = 1 - t;
  const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: p * a.x + q * b.x + r * c.x + u * d.x, y: p * a.y + q * b.y + r * c.y + u * d.y };
}
