// What lies over what: the indices that bring elements forward or back. Those that move keep their order.

import { intersects } from "../core/geometry.js";
import { compareElements, indexOf, keysBetween } from "../core/order.js";
import { kindOf } from "../elements/index.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/spatial.js").SpatialIndex} SpatialIndex
 * @typedef {[key: string, element: Element]} Entry
 */

/** @typedef {{document: Document, spatial: SpatialIndex}} Board */
/** New indices by key; empty where everything is in its place. @typedef {ReadonlyMap<string, string>} Indices */

/** @type {Indices} */
const NONE = new Map();

/** @param {Board} board @param {ReadonlySet<string>} keys @returns {Indices} */
export function toFront({ document }, keys) {
  const { chosen, others } = parted(document, keys);
  const top = extreme(others, 1);
  if (!top || chosen.every((entry) => compareElements(top, entry) < 0)) return NONE;
  return indices(chosen, indexOf(top[1]), null);
}

/** @param {Board} board @param {ReadonlySet<string>} keys @returns {Indices} */
export function toBack({ document }, keys) {
  const { chosen, others } = parted(document, keys);
  const bottom = extreme(others, -1);
  if (!bottom || chosen.every((entry) => compareElements(entry, bottom) < 0)) return NONE;
  return indices(chosen, null, indexOf(bottom[1]));
}

/** Over the next one that overlaps. @param {Board} board @param {ReadonlySet<string>} keys @returns {Indices} */
export function forward(board, keys) {
  const { chosen, others } = parted(board.document, keys);
  const next = extreme(overlapping(board, chosen, keys, 1), -1);
  if (!next) return NONE;
  const low = indexOf(next[1]);
  return indices(
    chosen.filter((entry) => compareElements(entry, next) < 0),
    low,
    nearest([...others, ...chosen], (z) => z > low, -1),
  );
}

/** Under the next one that overlaps. @param {Board} board @param {ReadonlySet<string>} keys @returns {Indices} */
export function backward(board, keys) {
  const { chosen, others } = parted(board.document, keys);
  const next = extreme(overlapping(board, chosen, keys, -1), 1);
  if (!next) return NONE;
  const high = indexOf(next[1]);
  return indices(
    chosen.filter((entry) => compareElements(next, entry) < 0),
    nearest([...others, ...chosen], (z) => z < high, 1),
    high,
  );
}

/** @param {Document} document @param {ReadonlySet<string>} keys */
function parted(document, keys) {
  /** @type {Entry[]} */
  const chosen = [];
  /** @type {Entry[]} */
  const others = [];
  for (const entry of document.entries()) (keys.has(entry[0]) ? chosen : others).push(entry);
  return { chosen: chosen.sort(compareElements), others };
}

/** Others that overlap one of the chosen, and lie over it (1) or under it (-1). @param {Board} board @param {readonly Entry[]} chosen @param {ReadonlySet<string>} keys @param {1 | -1} side @returns {Entry[]} */
function overlapping({ document, spatial }, chosen, keys, side) {
  /** @type {Map<string, Element>} */
  const found = new Map();
  for (const entry of chosen) {
    const bounds = kindOf(entry[1]).bounds(entry[1]);
    for (const key of spatial.search(bounds)) {
      const element = keys.has(key) ? undefined : document.get(key);
      if (!element || !intersects(bounds, kindOf(element).bounds(element))) continue;
      if (compareElements([key, element], entry) * side > 0) found.set(key, element);
    }
  }
  return [...found];
}

/** The topmost (1) or the lowest (-1). @param {readonly Entry[]} entries @param {1 | -1} side @returns {Entry | null} */
function extreme(entries, side) {
  let best = entries[0] ?? null;
  for (const entry of entries) if (best && compareElements(entry, best) * side > 0) best = entry;
  return best;
}

/** The greatest (1) or least (-1) index that fits. @param {readonly Entry[]} entries @param {(z: string) => boolean} fits @param {1 | -1} side @returns {string | null} */
function nearest(entries, fits, side) {
  /** @type {string | null} */
  let best = null;
  for (const [, element] of entries) {
    const z = indexOf(element);
    if (fits(z) && (best === null || (side > 0 ? z > best : z < best))) best = z;
  }
  return best;
}

/** @param {readonly Entry[]} chosen in their order @param {string | null} low @param {string | null} high @returns {Indices} */
function indices(chosen, low, high) {
  const keys = keysBetween(low || null, high, chosen.length);
  return new Map(chosen.map(([key], i) => [key, keys[i] ?? ""]));
}
