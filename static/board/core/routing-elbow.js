// A way that goes only across and down: out of one element at a right angle, around both, into the other. It is the
// cheapest one on a grid of the lines that matter, of which there are no more than seven in each direction. Pure.

import { cheapestWay } from "./routing-grid.js";
import { boundsOfEnd, exitOf, gapsBetween, rounded } from "./routing-outline.js";

/**
 * @typedef {import("./geometry.js").Bounds} Bounds
 * @typedef {import("./geometry.js").Place} Place
 * @typedef {import("./routing.js").End} End
 * @typedef {import("./routing.js").Side} Side
 */

/** Where the way may begin: on the outline, and where it first may turn. @typedef {{start: Place, turn: Place, side: Side | null, cost: number}} Port */

/** Of two ways that are as good, the one that leaves along the longer distance. */
const ASIDE = 0.5;
const THROUGH_OTHER = 2000;

/** @param {End} from @param {End} to @param {number} stub the least distance from an element at which it turns, where there is room @returns {Place[]} */
export function elbowBetween(from, to, stub) {
  const a = rounded(from);
  const b = rounded(to);
  // Whichever end it is drawn from, it is the same way.
  if (comesFirst(a, b)) return wayFrom(a, b, stub);
  return wayFrom(b, a, stub).reverse();
}

/** @param {End} a @param {End} b */
function comesFirst(a, b) {
  const boxes = [boundsOfEnd(a), boundsOfEnd(b)];
  const [one, other] = boxes.map(({ minX, minY, maxX, maxY }) => [minX, minY, maxX, maxY]);
  const ours = [a.at.x, a.at.y, ...(one ?? []), a.sides.length, Number(a.fixed)];
  const theirs = [b.at.x, b.at.y, ...(other ?? []), b.sides.length, Number(b.fixed)];
  const at = ours.findIndex((value, i) => value !== theirs[i]);
  return at < 0 || Number(ours[at]) < Number(theirs[at]);
}

/** @param {End} a @param {End} b @param {number} stub @returns {Place[]} */
function wayFrom(a, b, stub) {
  const boxes = { a: boundsOfEnd(a), b: boundsOfEnd(b) };
  const margin = marginsOf(boxes.a, boxes.b, stub);
  const around = { a: widened(a, boxes.a, margin), b: widened(b, boxes.b, margin) };
  const found = cheapestWay({
    from: portsOf(a, b, around.a, boxes.b),
    to: portsOf(b, a, around.b, boxes.a),
    around: [around.a, around.b],
  });
  return withoutDetours(found);
}

/** Between two elements there is half of the room for each. @param {Bounds} a @param {Bounds} b @param {number} stub */
function marginsOf(a, b, stub) {
  const { x, y } = gapsBetween(a, b);
  const half = (/** @type {number} */ gap) => Math.min(stub, Math.floor(gap * 50) / 100);
  return { x: x > 0 && x >= y ? half(x) : stub, y: y > 0 && y > x ? half(y) : stub };
}

/** @param {End} end @param {Bounds} box @param {{x: number, y: number}} margin @returns {Bounds} */
function widened({ outline }, { minX, minY, maxX, maxY }, { x, y }) {
  if (!outline) return { minX, minY, maxX, maxY };
  return { minX: minX - x, minY: minY - y, maxX: maxX + x, maxY: maxY + y };
}

/** @param {End} end @param {End} other @param {Bounds} around @param {Bounds} otherBox @returns {Port[]} */
function portsOf(end, other, around, otherBox) {
  const { at, outline, sides } = end;
  if (!outline) return [{ start: at, turn: at, side: null, cost: 0 }];
  const isWide = Math.abs(other.at.x - at.x) >= Math.abs(other.at.y - at.y);
  return sides.map((side) => {
    const start = exitOf(end, side);
    const turn = turnOf(start, side, around);
    const blocked = meets(start, turn, otherBox) ? THROUGH_OTHER : 0;
    return { start, turn, side, cost: blocked + (isWide === (side.x !== 0) ? 0 : ASIDE) };
  });
}

/** @param {Place} start @param {Side} side @param {Bounds} around @returns {Place} */
function turnOf({ x, y }, side, { minX, minY, maxX, maxY }) {
  if (side.x > 0) return { x: Math.max(x, maxX), y };
  if (side.x < 0) return { x: Math.min(x, minX), y };
  return side.y > 0 ? { x, y: Math.max(y, maxY) } : { x, y: Math.min(y, minY) };
}

/** Whether a line across or down goes through a box. @param {Place} a @param {Place} b @param {Bounds} box */
function meets(a, b, { minX, minY, maxX, maxY }) {
  return (
    Math.max(a.x, b.x) > minX &&
    Math.min(a.x, b.x) < maxX &&
    Math.max(a.y, b.y) > minY &&
    Math.min(a.y, b.y) < maxY
  );
}

/** Corners alone: no place twice, none on a straight line. @param {readonly Place[]} places @returns {Place[]} */
function withoutDetours(places) {
  /** @type {Place[]} */
  const kept = [];
  for (const place of places) {
    const last = kept.at(-1);
    if (last && last.x === place.x && last.y === place.y) continue;
    const before = kept.at(-2);
    if (before && last && isStraight(before, last, place)) kept.pop();
    kept.push(place);
  }
  return kept.length > 1 ? kept : [...kept, ...kept];
}

/** @param {Place} a @param {Place} b @param {Place} c */
function isStraight(a, b, c) {
  return (a.x === b.x && b.x === c.x) || (a.y === b.y && b.y === c.y);
}
