// What an eraser leaves of a stroke, as `Kind.cut` has it.

import { cutLine } from "../core/cutting.js";
import { piecesOf } from "./cut-pieces.js";
import { inkOf, placeOf } from "./stroke.js";

/** @type {NonNullable<import("./kind.js").Kind["cut"]>} */
export function cutStroke(element, sweep) {
  const { x, y, width } = placeOf(element);
  const { line, mean } = inkOf(element);
  const runs = cutLine(line, {
    xs: Array.from(sweep.xs, (each) => each - x),
    ys: Array.from(sweep.ys, (each) => each - y),
    // Round ends then lie at the eraser's edge.
    radius: sweep.radius + (width * mean) / 2,
  });
  return runs && piecesOf(element, runs);
}
