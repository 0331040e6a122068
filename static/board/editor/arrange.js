// Arranging: where things have to go to be in line, equally far apart or equally large. Pure.

import { union } from "../core/geometry.js";
import { IDENTITY, multiply, rotation, scaling, translation } from "../core/matrix.js";
import { middleOf } from "../elements/box.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("../elements/kind.js").Frame} Frame
 */

/** @typedef {"left" | "center" | "right" | "top" | "middle" | "bottom"} Side */
/** @typedef {"across" | "down"} Direction */

/** Between things that are stacked and overlap, so that there is no gap to take over. */
const GAP = 20;
const LENGTH_MIN = 0.01;

/** For each of the things the matrix that brings it there. @param {readonly Bounds[]} things @param {Side} side @returns {Matrix[]} */
export function aligned(things, side) {
  const [first] = things;
  if (!first) return [];
  const all = things.reduce(union, first);
  return things.map((thing) => wayTo(side, all, thing));
}

/** @param {Side} side @param {Bounds} all @param {Bounds} thing */
function wayTo(side, all, thing) {
  switch (side) {
    case "left":
      return translation(all.minX - thing.minX, 0);
    case "right":
      return translation(all.maxX - thing.maxX, 0);
    case "center":
      return translation((all.minX + all.maxX - thing.minX - thing.maxX) / 2, 0);
    case "top":
      return translation(0, all.minY - thing.minY);
    case "bottom":
      return translation(0, all.maxY - thing.maxY);
    case "middle":
      return translation(0, (all.minY + all.maxY - thing.minY - thing.maxY) / 2);
  }
}

/** The outermost stay, the gaps between all become the same. @param {readonly Bounds[]} things @param {Direction} direction @returns {Matrix[]} */
export function distributed(things, direction) {
  const spans = things.map((thing) => spanOf(thing, direction));
  const least = Math.min(...spans.map(({ min }) => min));
  const most = Math.max(...spans.map(({ max }) => max));
  const filled = spans.reduce((sum, { min, max }) => sum + max - min, 0);
  return inRow(things, direction, least, (most - least - filled) / Math.max(1, things.length - 1));
}

/** One after the other, as far apart as they are now in the mean. @param {readonly Bounds[]} things @param {Direction} direction @returns {Matrix[]} */
export function stacked(things, direction) {
  const spans = things
    .map((thing) => spanOf(thing, direction))
    .sort((a, b) => a.min + a.max - b.min - b.max);
  const gaps = spans
    .slice(1)
    .map(({ min }, i) => min - Number(spans[i]?.max))
    .filter((gap) => gap > 0);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const start = Math.min(...spans.map(({ min }) => min));
  return inRow(things, direction, start, gaps.length > 0 ? Math.round(mean) : GAP);
}

/** In the order of their middles, with a gap between each two. @param {readonly Bounds[]} things @param {Direction} direction @param {number} start @param {number} gap @returns {Matrix[]} */
function inRow(things, direction, start, gap) {
  const row = things
    .map((thing, index) => ({ index, ...spanOf(thing, direction) }))
    .sort((a, b) => a.min + a.max - b.min - b.max);
  /** @type {Matrix[]} */
  const matrices = things.map(() => IDENTITY);
  let next = start;
  for (const { index, min, max } of row) {
    const way = next - min;
    matrices[index] = direction === "across" ? translation(way, 0) : translation(0, way);
    next += max - min + gap;
  }
  return matrices;
}

/** All as wide, or as high, as the largest of them, each around its own middle. @param {readonly Frame[]} frames @param {Direction} direction @returns {Matrix[]} */
export function sameSize(frames, direction) {
  const sideOf = (/** @type {Frame} */ { w, h }) => (direction === "across" ? w : h);
  const largest = Math.max(...frames.map(sideOf));
  return frames.map((frame) => {
    const side = sideOf(frame);
    // A straight line has no height that could grow.
    const part = side >= LENGTH_MIN ? largest / side : 1;
    const middle = middleOf(frame);
    const scaled = direction === "across" ? scaling(part, 1, middle) : scaling(1, part, middle);
    return multiply(
      rotation(frame.angle, middle),
      multiply(scaled, rotation(-frame.angle, middle)),
    );
  });
}

/** @param {Bounds} bounds @param {Direction} direction */
function spanOf({ minX, minY, maxX, maxY }, direction) {
  return direction === "across" ? { min: minX, max: maxX } : { min: minY, max: maxY };
}
