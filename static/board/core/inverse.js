// The inverse of changes: what brings back the state before them, and nothing of others' (R11). Pure.

import { applyChange, propertyOf } from "./fold.js";
import { Layer } from "./layer.js";

/**
 * @typedef {import("./fold.js").Change} Change
 * @typedef {import("./fold.js").Element} Element
 * @typedef {import("./fold.js").Patch} Patch
 * @typedef {import("./fold.js").ReadonlyElements} ReadonlyElements
 */

/**
 * One change for each element that is different after the changes, whatever way they took: an inverse that went the
 * way back could meet others' elements on it.
 * @param {readonly Change[]} changes
 * @param {ReadonlyElements} before
 * @returns {Change[]}
 */
export function inverseOf(changes, before) {
  const after = new Layer(before);
  for (const change of changes) applyChange(after, change, null);
  return [...after.changed].flatMap(([key, element]) => backFrom(key, element, before.get(key)));
}

/** Those of the changes that would make a difference. @param {readonly Change[]} changes @param {ReadonlyElements} elements */
export function effective(changes, elements) {
  const state = new Layer(elements);
  return changes.filter((change) => applyChange(state, change, null).length > 0);
}

/** One change for each element that the changes make different. @param {readonly Change[]} changes @param {ReadonlyElements} elements @returns {Change[]} */
export function netOf(changes, elements) {
  const after = new Layer(elements);
  for (const change of changes) applyChange(after, change, null);
  return [...after.changed].flatMap(([key, element]) => backFrom(key, elements.get(key), element));
}

/** @param {string} key @param {Element | undefined} after @param {Element | undefined} before @returns {Change[]} */
function backFrom(key, after, before) {
  if (after && before) return setBack(key, after, before);
  if (after) return [{ op: "remove", key }];
  if (!before) return [];
  // The author isn't the client's to say: the server knows whose it was.
  const { author: _, ...element } = before;
  return [{ op: "put", key, element }];
}

/** @param {string} key @param {Element} after @param {Element} before @returns {Change[]} */
function setBack(key, after, before) {
  /** @type {[string, Patch[string]][]} */
  const props = [];
  /** @type {[string, Patch[string]][]} */
  const expected = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = propertyOf(before, name);
    const is = propertyOf(after, name);
    if (was === is || name === "author") continue;
    props.push([name, was]);
    expected.push([name, is]);
  }
  if (props.length === 0) return [];
  return [{ op: "set", key, props: Object.fromEntries(props), if: Object.fromEntries(expected) }];
}
