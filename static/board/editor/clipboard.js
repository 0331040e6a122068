// What a selection is on the clipboard: JSON of our own within HTML, and the words of it for every other program. Pure.

import { toBase64 } from "../core/bytes.js";
import { compareElements } from "../core/order.js";
import { numberOf, textOf } from "../elements/kind.js";

/** @typedef {import("../core/fold.js").Element} Element */
/** @typedef {readonly [key: string, element: Element]} Entry */

/** Of the format. Higher ones come from newer pages. */
export const VERSION = 1;
/** More at once would stop page, network and everybody's picture for seconds. */
export const ELEMENTS_MAX = 5000;
/** Characters of the JSON. */
export const LENGTH_MAX = 5 * 2 ** 20;
/** Every browser and every program in between keeps the attributes of a `div`. */
export const MARK = "data-whiteboard";

/** Null: more than can be copied at once. @param {readonly Entry[]} entries @param {string | null} [board] where their pictures are @returns {string | null} */
export function packed(entries, board = null) {
  if (entries.length > ELEMENTS_MAX) return null;
  const elements = Object.fromEntries(
    // Whoever pastes it is its author, on the page where they do.
    entries.map(([key, { author: _, clip: __, page: ___, ...element }]) => [key, element]),
  );
  const from = board && entries.some(([, { asset }]) => asset !== undefined) ? { board } : {};
  const json = JSON.stringify({ whiteboard: VERSION, ...from, elements });
  return json.length <= LENGTH_MAX ? json : null;
}

/** @param {string} json @param {string} words */
export function asHtml(json, words) {
  const signs = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" });
  const text = words.replace(/[&<>]/g, (sign) => signs[sign] ?? sign).replaceAll("\n", "<br>");
  return `<div ${MARK}="${toBase64(new TextEncoder().encode(json))}">${text}</div>`;
}

/** The texts of the elements in the order of reading; empty where there are none. @param {readonly Entry[]} entries */
export function wordsOf(entries) {
  return entries
    .filter(([, element]) => textOf(element, "text") !== "")
    .sort((a, b) => above(a, b) || compareElements(a, b))
    .map(([, element]) => textOf(element, "text"))
    .join("\n");
}

/** @param {Entry} a @param {Entry} b */
function above([, a], [, b]) {
  const down = numberOf(a, "y", 0) - numberOf(b, "y", 0);
  return down || numberOf(a, "x", 0) - numberOf(b, "x", 0);
}
