// Every kind of element there is. A new kind is a new file and a line here.

import { arrow } from "./arrow.js";
import { bubble } from "./bubble.js";
import { cloud } from "./cloud.js";
import { diamond } from "./diamond.js";
import { ellipse } from "./ellipse.js";
import { hexagon } from "./hexagon.js";
import { highlight } from "./highlight.js";
import { line } from "./line.js";
import { note } from "./note.js";
import { rectangle } from "./rectangle.js";
import { star } from "./star.js";
import { stroke } from "./stroke.js";
import { text } from "./text.js";
import { triangle } from "./triangle.js";
import { unknown } from "./unknown.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("./kind.js").Kind} Kind
 */

/** @type {ReadonlyMap<unknown, Kind>} */
const kinds = new Map([
  ["stroke", stroke],
  ["highlight", highlight],
  ["line", line],
  ["arrow", arrow],
  ["rectangle", rectangle],
  ["ellipse", ellipse],
  ["diamond", diamond],
  ["triangle", triangle],
  ["hexagon", hexagon],
  ["star", star],
  ["cloud", cloud],
  ["bubble", bubble],
  ["text", text],
  ["note", note],
]);

/** Names of those that this version knows. */
export const KIND_NAMES = /** @type {readonly string[]} */ ([...kinds.keys()]);

/** Kinds of a newer version are shown as labelled boxes (R15). @param {Element} element @returns {Kind} */
export function kindOf(element) {
  return kinds.get(element.kind) ?? unknown;
}

/** Whether two states of an element look alike: all that its receipt adds is the author. @param {Element} a @param {Element} b */
export function looksAlike(a, b) {
  if (a === b) return true;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  names.delete("author");
  for (const name of names) if (a[name] !== b[name]) return false;
  return true;
}

/** The element as it is once its kind has put it where a matrix says. @param {Element} element @param {import("../core/matrix.js").Matrix} matrix @returns {Element} */
export function transformed(element, matrix) {
  return withProps(element, kindOf(element).transform(element, matrix));
}

/** The element after a `set` of these. @param {Element} element @param {import("./kind.js").Patch} patch @returns {Element} */
export function withProps(element, patch) {
  const entries = Object.entries({ ...element, ...patch }).filter(([, value]) => value !== null);
  return Object.freeze(/** @type {Element} */ (Object.fromEntries(entries)));
}
