// The inverse of changes: what brings back the state before them, and nothing of others' (R11). Pure.

import { applyChange, effectOf, propertyOf } from "./fold.js";
import { Layer } from "./layer.js";

/**
 * @typedef {import("./fold.js").Change} Change
 * @typedef {import("./fold.js").Element} Element
 * @typedef {import("./fold.js").ReadonlyElements} ReadonlyElements
 */

/** @param {readonly Change[]} changes @param {ReadonlyElements} before @returns {Change[]} */
export function inverseOf(changes, before) {
  const state = new Layer(before);
  /** @type {Change[][]} */
  const inverses = [];
  for (const change of changes) {
    inverses.push(inverseOfOne(change, state));
    applyChange(state, change, null);
  }
  return inverses.reverse().flat();
}

/** Those of the changes that would make a difference. @param {readonly Change[]} changes @param {ReadonlyElements} elements */
export function effective(changes, elements) {
  const state = new Layer(elements);
  return changes.filter((change) => applyChange(state, change, null).length > 0);
}

/** @param {Change} change @param {ReadonlyElements} before @returns {Change[]} */
function inverseOfOne(change, before) {
  switch (change.op) {
    case "put":
      return before.has(change.key) ? [] : [{ op: "remove", key: change.key }];
    case "set":
      return setBack(change, before.get(change.key));
    case "remove":
      return putBack(change.key, before.get(change.key));
    case "clear":
      return [...before.keys()].flatMap((key) => putBack(key, before.get(key)));
    case "split":
      return joinAgain(change, before);
    default:
      return [];
  }
}

/** @param {import("./fold.js").SetChange} change @param {Element | undefined} element @returns {Change[]} */
function setBack(change, element) {
  const effect = element ? effectOf(change, element) : {};
  const names = Object.keys(effect);
  if (!element || names.length === 0) return [];
  const props = Object.fromEntries(names.map((name) => [name, propertyOf(element, name)]));
  return [{ op: "set", key: change.key, props, if: effect }];
}

/** The author isn't the client's to say: the server knows whose it was. @param {string} key @param {Element | undefined} element @returns {Change[]} */
function putBack(key, element) {
  if (!element) return [];
  const { author: _, ...properties } = element;
  return [{ op: "put", key, element: properties }];
}

/** @param {import("./fold.js").Split} change @param {ReadonlyElements} before @returns {Change[]} */
function joinAgain({ key, into }, before) {
  if (!before.has(key)) return [];
  const pieces = new Set(
    into.map((piece) => piece.key).filter((piece) => piece === key || !before.has(piece)),
  );
  return [
    ...[...pieces].map((piece) => /** @type {Change} */ ({ op: "remove", key: piece })),
    ...putBack(key, before.get(key)),
  ];
}
