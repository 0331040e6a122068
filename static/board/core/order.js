// The order of painting: fractional indices with jitter, equal ones by element key (R12).

import { generateKeyBetween, generateNKeysBetween } from "../../npm/fractional-indexing.js";

/**
 * @typedef {import("./fold.js").Element} Element
 * @typedef {import("./document.js").DocumentView} Document
 */

/** Two people who draw at the same moment hit the same index once in 2^12 times, and the key decides then. */
const JITTER_ROUNDS = 12;
/** The protocol's longest index. */
const LONGEST = 64;
/** Between the digits: leaves as much room below as above. */
const MIDDLE = "V";

/** For sorting `document.entries()` as they are painted. @param {readonly [string, Element]} a @param {readonly [string, Element]} b */
export function compareElements([keyA, a], [keyB, b]) {
  const zA = indexOf(a);
  const zB = indexOf(b);
  if (zA !== zB) return zA < zB ? -1 : 1;
  return keyA === keyB ? 0 : keyA < keyB ? -1 : 1;
}

/** @param {Element} element */
export function indexOf(element) {
  const z = element.z;
  return typeof z === "string" ? z : "";
}

/**
 * A random index between two; null is below, or above, everything. Where there is no room left the result equals
 * a neighbour's, and the element keys decide.
 * @param {string | null} a
 * @param {string | null} b
 * @param {() => number} random
 * @returns {string}
 */
export function keyBetween(a, b, random = Math.random) {
  if (a !== null && b !== null && a >= b) return a;
  const key = jittered(a, b, random) ?? beside(a, b);
  return key.length <= LONGEST ? key : (a ?? b ?? MIDDLE);
}

/** Halves the room again and again on a random side. Null where a stranger's index isn't of our making. @param {string | null} a @param {string | null} b @param {() => number} random */
function jittered(a, b, random) {
  try {
    let low = a;
    let high = b;
    let key = generateKeyBetween(low, high);
    // The first halving above everything would count whole numbers up, or down: room is between two of them.
    if (high === null) [low, high, key] = [key, generateKeyBetween(key, null), key];
    else if (low === null) [low, high, key] = [generateKeyBetween(null, key), key, key];
    for (let i = 0; i < JITTER_ROUNDS; i++) {
      const middle = generateKeyBetween(low, high);
      if (random() < 0.5) high = middle;
      else low = middle;
      key = middle;
    }
    return key;
  } catch {
    return null;
  }
}

/** Right above the lower one, or below the upper one, whatever they look like. @param {string | null} a @param {string | null} b */
function beside(a, b) {
  if (a === null) return "0";
  const key = a + MIDDLE;
  return b === null || key < b ? key : a;
}

/**
 * So many ascending indices between two: the first is random, the others follow it closely, so that they stay short
 * and nothing comes in between.
 * @param {string | null} a @param {string | null} b @param {number} count @param {() => number} random
 * @returns {string[]}
 */
export function keysBetween(a, b, count, random = Math.random) {
  if (count === 0) return [];
  const first = keyBetween(a, b, random);
  return [first, ...(spread(first, b, count - 1) ?? numbered(first, b, count - 1))];
}

/** Null where a stranger's index isn't one to count on from, or leaves too little room. @param {string} first @param {string | null} b @param {number} count */
function spread(first, b, count) {
  if (b !== null && first >= b) return null;
  try {
    const keys = generateNKeysBetween(first, b, count);
    return keys.every((key) => key.length <= LONGEST) ? keys : null;
  } catch {
    return null;
  }
}

/** Where even that has no room the element keys decide. @param {string} first @param {string | null} b @param {number} count */
function numbered(first, b, count) {
  const digits = String(count).length;
  const keys = Array.from({ length: count }, (_, i) => first + String(i + 1).padStart(digits, "0"));
  const fits = keys.every((key) => key.length <= LONGEST && (b === null || key < b));
  return fits ? keys : keys.map(() => first);
}

/** The topmost index of each document, so that a new stroke needs no look at all elements. @type {WeakMap<Document, {z: string | null}>} */
const tops = new WeakMap();

/** An index above all that is there. @param {Document} document @param {() => number} random */
export function topKey(document, random = Math.random) {
  return keyBetween(topOf(document), null, random);
}

/** Ascending indices above all that is there. @param {Document} document @param {number} count @param {() => number} random */
export function topKeys(document, count, random = Math.random) {
  return keysBetween(topOf(document), null, count, random);
}

/** @param {Document} document */
function topOf(document) {
  const known = tops.get(document);
  if (known) return known.z;
  const top = { z: highest(document, document.keys(), null) };
  tops.set(document, top);
  // What has gone may leave it too high, which does no harm.
  document.subscribe(({ keys }) => {
    top.z = keys ? highest(document, keys, top.z) : highest(document, document.keys(), null);
  });
  return top.z;
}

/** @param {Document} document @param {Iterable<string>} keys @param {string | null} least */
function highest(document, keys, least) {
  let top = least;
  for (const key of keys) {
    const element = document.get(key);
    if (!element) continue;
    const z = indexOf(element);
    if (top === null || z > top) top = z;
  }
  return top || null;
}
