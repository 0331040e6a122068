// The points of a line on the board, and a line through other points. Pure.

import { isClosed } from "../core/curve.js";
import { decodePoints, encodePoints, stepOf } from "../core/points.js";
import { hundredths, numberOf, textOf } from "./kind.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Patch} Patch
 */

/** The points on the board; that of a closed line's end is its first. @param {Element} element @returns {Place[]} */
export function pointsOfPath(element) {
  const { xs, ys } = decodePoints(textOf(element, "points"));
  const x = numberOf(element, "x", 0);
  const y = numberOf(element, "y", 0);
  const count = isClosed(xs, ys) ? xs.length - 1 : xs.length;
  return Array.from({ length: count }, (_, i) => ({ x: Number(xs[i]) + x, y: Number(ys[i]) + y }));
}

/** Whether it ends where it began. @param {Element} element */
export function isClosedPath(element) {
  const { xs, ys } = decodePoints(textOf(element, "points"));
  return isClosed(xs, ys);
}

/** @param {Element} element */
export function stepOfPath(element) {
  return stepOf(textOf(element, "points"));
}

/** The properties of a line through these, as finely as it was. @param {Element} element @param {readonly Place[]} places @returns {Patch} */
export function withPoints(element, places) {
  const { xs, ys } = decodePoints(textOf(element, "points"));
  return pathThrough(places, stepOf(textOf(element, "points")), isClosed(xs, ys));
}

/** @param {readonly Place[]} places on the board @param {number} step as in the protocol @param {boolean} closed */
export function pathThrough(places, step, closed) {
  const first = places[0] ?? { x: 0, y: 0 };
  const x = hundredths(first.x);
  const y = hundredths(first.y);
  const all = closed ? [...places, first] : places;
  const points = all.map((place) => ({ x: place.x - x, y: place.y - y, pressure: 1 }));
  return { x, y, points: encodePoints(points, step, false) };
}

/** One more point, before the one that has this index now. @param {Element} element @param {number} index @param {Place} place @returns {Patch} */
export function withPointAdded(element, index, place) {
  return withPoints(element, pointsOfPath(element).toSpliced(index, 0, place));
}

/** Null where too few would be left. @param {Element} element @param {number} index @returns {Patch | null} */
export function withPointRemoved(element, index) {
  const { xs, ys } = decodePoints(textOf(element, "points"));
  const least = isClosed(xs, ys) ? 3 : 2;
  const places = pointsOfPath(element);
  return places.length > least ? withPoints(element, places.toSpliced(index, 1)) : null;
}

/** Of its points the one in the middle. @param {Element} element @returns {Place} */
export function middleOfPath(element) {
  const places = pointsOfPath(element);
  return places[Math.floor(places.length / 2)] ?? { x: 0, y: 0 };
}
