// What came of reading a file, in a form that is easily looked at.

import assert from "node:assert/strict";
import { decodePoints } from "../../../static/board/core/points.js";
import { isElement } from "../../../static/board/core/schema.js";
import { withNewNames } from "../../../static/board/exchange/renaming.js";

/** @typedef {import("../../../static/board/exchange/format.js").Taken} Taken */
/** @typedef {Record<string, any>} Loose */

/** The elements of all pages by their keys, each as a board takes it. @param {Taken} taken @returns {Record<string, Loose>} */
export function elementsOf(taken) {
  const keys = taken.pages.flatMap(({ elements }) => elements.map(([key]) => key));
  const names = new Map(keys.map((key, i) => [key, `key${String(i).padStart(8, "0")}`]));
  const assets = new Map(
    [...taken.assets.keys()].map((id, i) => [id, `asset${String(i).padStart(17, "0")}`]),
  );
  for (const { elements } of taken.pages)
    for (const [key, element] of elements) {
      const whole = withNewNames(element, names, assets);
      assert(isElement(whole), `${key}: ${JSON.stringify(whole)}`);
    }
  return Object.fromEntries(
    taken.pages.flatMap(({ elements }) => elements.map(([key, element]) => [key, { ...element }])),
  );
}

/** On the board. @param {Loose} element @returns {[number, number][]} */
export function pointsOf(element) {
  const { xs, ys } = decodePoints(element.points);
  return Array.from(xs, (x, i) => [x + element.x, Number(ys[i]) + element.y]);
}

/** The properties of these names. @param {Loose | undefined} element @param {...string} names */
export function some(element, ...names) {
  assert(element);
  return Object.fromEntries(names.filter((n) => n in element).map((n) => [n, element[n]]));
}

/** @param {Taken} taken */
export function leftOf({ left }) {
  return Object.fromEntries(left.map(({ what, count }) => [what, count]));
}
