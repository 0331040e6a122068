// What an eraser leaves of a line, as elements: each piece is a part of its points and keeps the rest (R16). Pure.

import { lengthOf } from "../core/cutting.js";
import { encodePoints, stepOf } from "../core/points.js";
import { hundredths, numberOf, textOf } from "./kind.js";

/**
 * @typedef {import("../core/cutting.js").Run} Run
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("../protocol").Properties} Properties
 */

/** The protocol's limit; of more pieces the longest stay. @type {import("../protocol").Protocol["PIECES_PER_SPLIT"]} */
export const PIECES_MAX = 200;

/**
 * @param {Element} element
 * @param {Run[]} runs of its line, relative to its origin
 * @param {boolean} closed whether its last point is its first, so that a piece may go across
 * @returns {Properties[]}
 */
export function piecesOf(element, runs, closed = false) {
  const parts = closed ? rejoined(runs) : runs;
  return longest(parts).map((run) => ({ ...placed(element, run), ...ends(element, run, closed) }));
}

/** @param {Run[]} runs */
function longest(runs) {
  if (runs.length <= PIECES_MAX) return runs;
  const kept = new Set(runs.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, PIECES_MAX));
  return runs.filter((run) => kept.has(run));
}

/** @param {Run[]} runs @returns {Run[]} */
function rejoined(runs) {
  const first = runs[0];
  const last = runs.at(-1);
  if (!first?.first || !last?.last || first === last) return runs;
  const joint = {
    ...last,
    xs: [...last.xs, ...first.xs.slice(1)],
    ys: [...last.ys, ...first.ys.slice(1)],
  };
  return [joint, ...runs.slice(1, -1)];
}

/** From its own first point, whose place is a number of the protocol. @param {Element} element @param {Run} run */
function placed(element, { xs, ys, pressures }) {
  const left = numberOf(element, "x", 0);
  const top = numberOf(element, "y", 0);
  const x = hundredths(left + Number(xs[0]));
  const y = hundredths(top + Number(ys[0]));
  const points = xs.map((each, i) => ({
    x: each + left - x,
    y: Number(ys[i]) + top - y,
    pressure: pressures ? Number(pressures[i]) : 1,
  }));
  const step = stepOf(textOf(element, "points"));
  return { x, y, points: encodePoints(points, step, pressures !== null) };
}

/** A head stays with the end that it was at. @param {Element} element @param {Run} run @param {boolean} closed @returns {Properties} */
function ends(element, { first, last }, closed) {
  /** @type {Record<string, string>} */
  const props = {};
  for (const [name, kept] of /** @type {const} */ ([
    ["tail", first && !closed],
    ["head", last && !closed],
  ])) {
    if (!kept && textOf(element, name, "none") !== "none") props[name] = "none";
  }
  return props;
}
