// What stands in for a kind until its code has come: a place on the board, nothing to be seen or touched.

import { extentOf } from "../core/extent.js";
import { expand } from "../core/geometry.js";
import { frameAround, transformPoints } from "./along-points.js";
import { numberOf, textOf } from "./kind.js";

/** @typedef {import("./kind.js").Bounds} Bounds */
/** @typedef {import("./kind.js").Element} Element */

/** Of a text without a width. */
const SIDE = 160;

/** About where it will be. @param {Element} element @returns {Bounds} */
function boundsOf(element) {
  const [x, y] = [numberOf(element, "x", 0), numberOf(element, "y", 0)];
  const extent = extentOf(textOf(element, "points"));
  const { minX, minY, maxX, maxY } = extent ?? {
    minX: 0,
    minY: 0,
    maxX: Math.max(1, numberOf(element, "w", SIDE)),
    maxY: Math.max(1, numberOf(element, "h", SIDE)),
  };
  const box = { minX: x + minX, minY: y + minY, maxX: x + maxX, maxY: y + maxY };
  return expand(box, numberOf(element, "width", 1));
}

/** @type {import("./kind.js").Kind} */
export const waiting = {
  bounds: boundsOf,
  hit: () => false,
  crosses: () => false,
  draw() {},
  frame: (element) => frameAround(boundsOf(element)),
  transform: transformPoints,
  styles: [],
  style: "shape",
};
