// What a hand meant by a stroke: a line, an arrow, a rectangle, an ellipse, a triangle, or none of these. Pure.

import { fitEllipse, fitRectangle, fitTriangle } from "./recognise-closed.js";
import { cornersAlong, resampled } from "./recognise-points.js";

/** @typedef {import("./geometry.js").Place} Place */

/** @typedef {{kind: "line" | "arrow", from: Place, to: Place}} Straight */
/** Turned about its middle. @typedef {{kind: "rectangle" | "ellipse", middle: Place, w: number, h: number, angle: number}} Boxed */
/** @typedef {{kind: "triangle", corners: [Place, Place, Place]}} Cornered */
/** @typedef {Straight | Boxed | Cornered} Meant */

const SAMPLES = 72;
/** Of a line's length: so far its points may be beside it. */
const BENT = 0.07;
/** Of the way: ends so near to each other, or so near to having passed, close a shape. */
const OPEN = 0.16;
/** Of its size: so far, in the mean, a hand may be from the outline. */
const BESIDE = 0.055;
/** The way around a shape is about as long as its outline: a coil isn't a circle. */
const WAY_MIN = 0.82;
const WAY_MAX = 1.3;
/** Lines that nearly lie or stand, and what is nearly upright, were meant so (radians). */
const STRAIGHT = 0.07;
const UPRIGHT = 0.14;
/** An ellipse of nearly equal axes is a circle, a rectangle of nearly equal sides a square. */
const EQUAL = 0.88;
/** Of an arrow's size: what off a straight line is still no corner; a small head wants little, a shaky hand much. */
const TREMBLING = [0.03, 0.045, 0.065];
const BARB = { shortest: 0.08, longest: 0.55, narrowest: 0.2, widest: 1.35 };

/**
 * @param {readonly Place[]} points
 * @returns {Meant | null}
 */
export function recognise(points) {
  const way = resampled(points, SAMPLES);
  if (!way) return null;
  return asLine(way.places) ?? asArrow(way.places) ?? asClosed(way.places, way.length);
}

/** @param {Place[]} places @returns {Meant | null} */
function asLine(places) {
  const from = /** @type {Place} */ (places[0]);
  const to = /** @type {Place} */ (places.at(-1));
  return isStraight(places) ? { kind: "line", ...levelled(from, to) } : null;
}

/** @param {readonly Place[]} places */
function isStraight(places) {
  const from = /** @type {Place} */ (places[0]);
  const to = /** @type {Place} */ (places.at(-1));
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy);
  let reached = 0;
  for (const { x, y } of places) {
    const along = ((x - from.x) * dx + (y - from.y) * dy) / length;
    const beside = Math.abs((x - from.x) * dy - (y - from.y) * dx) / length;
    // Going back and forth is no line either.
    if (!(beside <= BENT * length) || along < reached - BENT * length) return false;
    reached = Math.max(reached, along);
  }
  return true;
}

/** @param {Place} from @param {Place} to */
function levelled(from, to) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const off = angle - (Math.PI / 2) * Math.round(angle / (Math.PI / 2));
  if (off === 0 || Math.abs(off) > STRAIGHT) return { from, to };
  const lies = Math.abs(Math.cos(angle)) > Math.SQRT1_2;
  return { from, to: lies ? { x: to.x, y: from.y } : { x: from.x, y: to.y } };
}

/** A shaft, then at its tip the barbs: there and back and there, or from one over the tip to the other. @param {Place[]} places @returns {Meant | null} */
function asArrow(places) {
  for (const part of TREMBLING) {
    const corners = cornersAlong(places, part);
    const arrow = corners.length >= 4 && corners.length <= 6 ? asArrowOf(places, corners) : null;
    if (arrow) return arrow;
  }
  return null;
}

/** @param {Place[]} places @param {number[]} corners @returns {Meant | null} */
function asArrowOf(places, corners) {
  const [from, tip, ...rest] = corners.map((i) => /** @type {Place} */ (places[i]));
  if (!from || !tip) return null;
  if (!isStraight(places.slice(0, Number(corners[1]) + 1))) return null;
  const sides = rest.map((place) => barbSide(from, tip, place));
  const hasBoth = sides.includes(1) && sides.includes(-1);
  return hasBoth && !sides.includes(null) ? { kind: "arrow", ...levelled(from, tip) } : null;
}

/** On which side of the shaft a barb ends; 0 is back at the tip, null where no barb is. @param {Place} from @param {Place} tip @param {Place} end */
function barbSide(from, tip, end) {
  const shaft = Math.hypot(tip.x - from.x, tip.y - from.y);
  const length = Math.hypot(end.x - tip.x, end.y - tip.y);
  if (length > BARB.longest * shaft) return null;
  if (length < BARB.shortest * shaft) return 0;
  const back = Math.atan2(from.y - tip.y, from.x - tip.x);
  const angle = around(Math.atan2(end.y - tip.y, end.x - tip.x) - back);
  if (Math.abs(angle) < BARB.narrowest || Math.abs(angle) > BARB.widest) return null;
  return Math.sign(angle);
}

/** Within half a turn either way. @param {number} angle */
function around(angle) {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

/** @param {Place[]} places @param {number} length @returns {Meant | null} */
function asClosed(places, length) {
  const loop = closed(places, length);
  if (!loop) return null;
  const fits = [fitEllipse(loop), fitRectangle(loop), fitTriangle(loop)].filter(
    (fit) => length >= WAY_MIN * fit.outline && length <= WAY_MAX * fit.outline,
  );
  const best = fits.toSorted((a, b) => a.beside - b.beside)[0];
  return best && best.beside <= BESIDE ? tidied(best.meant) : null;
}

/** Without what the hand drew on over its own beginning; null where it stays open. @param {Place[]} places @param {number} length */
function closed(places, length) {
  const from = /** @type {Place} */ (places[0]);
  const late = Math.floor(places.length * 0.8);
  let end = places.length - 1;
  let nearest = Infinity;
  for (let i = late; i < places.length; i++) {
    const place = /** @type {Place} */ (places[i]);
    const gap = Math.hypot(place.x - from.x, place.y - from.y);
    if (gap <= nearest) {
      nearest = gap;
      end = i;
    }
  }
  return nearest <= OPEN * length ? places.slice(0, end + 1) : null;
}

/** @param {Meant} meant @returns {Meant} */
function tidied(meant) {
  if (meant.kind !== "rectangle" && meant.kind !== "ellipse") return meant;
  const quarter = Math.PI / 2;
  const quarters = Math.round(meant.angle / quarter);
  const [w, h] = quarters % 2 === 0 ? [meant.w, meant.h] : [meant.h, meant.w];
  const off = meant.angle - quarters * quarter;
  const even = Math.min(w, h) / Math.max(w, h) > EQUAL;
  const side = (w + h) / 2;
  const sides = even ? { w: side, h: side } : { w, h };
  const isCircle = even && meant.kind === "ellipse";
  return { ...meant, ...sides, angle: isCircle || Math.abs(off) < UPRIGHT ? 0 : off };
}
