// Keeps the spatial index equal to the document: which element lies where.

import { kindOf, kindsAreThere } from "./index.js";
import { onArrival } from "./later.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/spatial.js").SpatialIndex} SpatialIndex
 */

/**
 * Join it before anything that looks places up when the document tells of a change.
 * @param {Document} document
 * @param {SpatialIndex} spatial
 */
export function keepPlaced(document, spatial) {
  spatial.load(placesOf(document));
  const elsewhere = whatLiesElsewhere();
  const stops = [
    document.subscribe(({ keys }) => {
      if (keys === null) spatial.load(placesOf(document));
      else for (const key of keys) place(spatial, key, document.get(key));
    }),
    onArrival(() => {
      const lies = elsewhere();
      for (const [key, element] of document.entries())
        if (lies(element)) place(spatial, key, element);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** To be asked when something has come: now its kind is known, or its font, in which text is wider or narrower. */
export function whatLiesElsewhere() {
  let known = kindsAreThere();
  return () => {
    const came = !known && kindsAreThere();
    known = kindsAreThere();
    return (/** @type {Element} */ { kind, font }) =>
      font === "hand" || (came && kind !== "stroke");
  };
}

/** @param {SpatialIndex} spatial @param {string} key @param {Element | undefined} element */
export function place(spatial, key, element) {
  if (!element) {
    spatial.remove(key);
    return;
  }
  const next = kindOf(element).bounds(element);
  const now = spatial.boundsOf(key);
  // Most changes, receipts above all, leave an element where it is, and the tree is dear to change.
  if (!now || !sameBounds(now, next)) spatial.insert(key, next);
}

/** @param {Document} document @returns {Generator<[string, Bounds]>} */
function* placesOf(document) {
  for (const [key, element] of document.entries()) yield [key, kindOf(element).bounds(element)];
}

/** @param {Bounds} a @param {Bounds} b */
function sameBounds(a, b) {
  return a.minX === b.minX && a.minY === b.minY && a.maxX === b.maxX && a.maxY === b.maxY;
}
