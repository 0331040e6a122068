// Connectors whose elements are on their way, or grow while somebody writes in them: where they would come to lie.

import { IDENTITY } from "../core/matrix.js";
import { isConnector, targetsOfConnector } from "../elements/connected.js";
import { derivedFrom } from "../elements/derived.js";
import { transformed } from "../elements/index.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("../elements/kind.js").Element} Element
 */

/** @typedef {{keys: Iterable<string>, matrix: Matrix}} Move */

/** By key, as they are to be shown. A connector that is moved without any of its elements follows none. @param {Document} document @param {readonly Move[]} moves @param {readonly (readonly [string, Element])[]} [grown] elements as they are going to be @returns {ReadonlyMap<string, Element>} */
export function followersOf(document, moves, grown = []) {
  /** @type {Map<string, Element>} */
  const followers = new Map();
  if (!document.hangingOn) return followers;
  const matrices = new Map(grown.map(([key]) => [key, IDENTITY]));
  for (const { keys, matrix } of moves) for (const key of keys) matrices.set(key, matrix);
  const get = movedBy(document, matrices, new Map(grown));
  for (const key of hangingOnAny(document, matrices)) {
    const element = get(key);
    if (element) followers.set(key, derivedFrom(element, get));
  }
  return followers;
}

/** Elements as they are written or have grown, where they are on their way to. @param {Document} document @param {ReadonlyMap<string, Matrix>} matrices @param {ReadonlyMap<string, Element>} grown */
function movedBy(document, matrices, grown) {
  /** @type {Map<string, Element | undefined>} */
  const known = new Map();
  return (/** @type {string} */ key) => {
    if (known.has(key)) return known.get(key);
    const written = grown.get(key) ?? document.written?.(key);
    const matrix = matrices.get(key);
    const element = written && matrix ? transformed(written, matrix) : written;
    known.set(key, element);
    return element;
  };
}

/** @param {Document} document @param {ReadonlyMap<string, Matrix>} matrices */
function hangingOnAny(document, matrices) {
  /** @type {Set<string>} */
  const keys = new Set();
  for (const moved of matrices.keys())
    for (const key of document.hangingOn?.(moved) ?? []) {
      const element = document.get(key);
      if (element && isConnector(element) && targetsOfConnector(element).includes(moved))
        keys.add(key);
    }
  return keys;
}
