// Every kind of element there is. A new kind is a new file and a line here.

import { stroke } from "./stroke.js";
import { unknown } from "./unknown.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("./kind.js").Kind} Kind
 */

/** @type {ReadonlyMap<unknown, Kind>} */
const kinds = new Map([["stroke", stroke]]);

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
