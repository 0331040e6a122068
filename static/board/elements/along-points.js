// Elements that are drawn along encoded points: strokes, highlighter, lines, arrows.

import { isTranslation, moved } from "../core/matrix.js";
import { pointsMoved } from "../core/points.js";
import { sizeMoved } from "./box.js";
import { hundredths, numberOf, textOf } from "./kind.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Frame} Frame
 * @typedef {import("./kind.js").Patch} Patch
 */

/** What the protocol allows. */
const WIDTH_MIN = 0.01;
const WIDTH_MAX = 1000;

/** @param {Bounds} bounds @returns {Frame} */
export function frameAround({ minX, minY, maxX, maxY }) {
  return { x: minX, y: minY, w: maxX - minX, h: maxY - minY, angle: 0 };
}

/** As `Kind.transform` has it: points take any matrix as it is. @param {Element} element @param {Matrix} matrix @returns {Patch} */
export function transformPoints(element, matrix) {
  const origin = moved(matrix, numberOf(element, "x", 0), numberOf(element, "y", 0));
  const place = { x: hundredths(origin.x), y: hundredths(origin.y) };
  if (isTranslation(matrix)) return place;
  return { ...place, points: pointsMoved(textOf(element, "points"), matrix) };
}

/** For ink that grows with its element. @param {Element} element @param {Matrix} matrix @returns {Patch} */
export function widthMoved(element, matrix) {
  return { width: sizeMoved(numberOf(element, "width", 1), matrix, WIDTH_MIN, WIDTH_MAX) };
}
