// Selecting: what a person means who points at a place, or draws a box or a line around things.

import { contains, expand } from "../core/geometry.js";
import { lassoHolds, lassoTouches } from "../core/lasso.js";
import { compareElements } from "../core/order.js";
import { kindOf } from "../elements/index.js";
import { isSet } from "../elements/kind.js";
import { thingsOf, wholeGroups } from "./groups.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../core/lasso.js").Lasso} Lasso
 * @typedef {import("../editor.js").Editor} Editor
 */

/** @param {Element | undefined} element */
export function isLocked(element) {
  return element !== undefined && isSet(element, "locked");
}

/** Whether a pointer passes over it. @param {Editor} editor @param {string} key */
function staysPut(editor, key) {
  return isLocked(editor.document.get(key)) || !editor.mayChange(key);
}

/** What has ink at a place, the topmost first. @param {Editor} editor @param {Place} place @param {number} reach @returns {[string, Element][]} */
function inkAt(editor, { x, y }, reach) {
  return near(editor, { x, y }, reach)
    .filter(([, element]) => kindOf(element).hit(element, x, y, reach))
    .sort(compareElements)
    .reverse();
}

/** Closed shapes around a place that have no ink there, the smallest first. @param {Editor} editor @param {Place} place @returns {[string, Element][]} */
function hollowsAt(editor, place) {
  return near(editor, place, 0)
    .filter(([, element]) => kindOf(element).inside?.(element, place.x, place.y))
    .sort(([, a], [, b]) => areaOf(a) - areaOf(b));
}

/** @param {Editor} editor @param {Place} place @param {number} reach @returns {[string, Element][]} */
function near({ document, spatial }, { x, y }, reach) {
  return spatial
    .search(expand({ minX: x, minY: y, maxX: x, maxY: y }, reach))
    .flatMap((key) => entryOf(document, key));
}

/** @param {Document} document @param {string} key @returns {[string, Element][]} */
function entryOf(document, key) {
  const element = document.get(key);
  return element ? [[key, element]] : [];
}

/** @param {Element} element */
function areaOf(element) {
  const { w, h } = kindOf(element).frame(element);
  return w * h;
}

/** The topmost ink that may be taken hold of. @param {Editor} editor @param {Place} place @param {number} reach @returns {string | null} */
export function topmostAt(editor, place, reach) {
  return inkAt(editor, place, reach).find(([key]) => !staysPut(editor, key))?.[0] ?? null;
}

/** What a click means: the topmost ink, or where there is none the smallest shape around the place. @param {Editor} editor @param {Place} place @param {number} reach @returns {string | null} */
export function clickedAt(editor, place, reach) {
  const hollow = () => hollowsAt(editor, place).find(([key]) => !staysPut(editor, key))?.[0];
  return topmostAt(editor, place, reach) ?? hollow() ?? null;
}

/** What a pointer passes over at a place, for the menu that unlocks or copies it. @param {Editor} editor @param {Place} place @param {number} reach @returns {string | null} */
export function lockedAt(editor, place, reach) {
  return allAt(editor, place, reach).find((key) => staysPut(editor, key)) ?? null;
}

/** Everything at a place, from the top down, locked or not. @param {Editor} editor @param {Place} place @param {number} reach @returns {string[]} */
function allAt(editor, place, reach) {
  const ink = inkAt(editor, place, reach).map(([key]) => key);
  const hollow = hollowsAt(editor, place).map(([key]) => key);
  return [...new Set([...ink, ...hollow])];
}

/** What lies below the selection at a place, and below the lowest the topmost again. @param {Editor} editor @param {Place} place @param {number} reach @returns {string | null} */
export function belowAt(editor, place, reach) {
  const all = allAt(editor, place, reach);
  const lowest = all.findLastIndex((key) => editor.selection.has(key));
  return all[(lowest + 1) % Math.max(1, all.length)] ?? null;
}

/** What a box meets, or with `whole` what lies wholly in it. @param {Editor} editor @param {Bounds} box @param {boolean} whole @returns {Set<string>} */
export function inBox(editor, box, whole) {
  return takenBy(editor, box, whole, (element) => {
    const kind = kindOf(element);
    return contains(box, kind.bounds(element)) || (!whole && kind.crosses(element, box));
  });
}

/** @param {Editor} editor @param {Lasso} lasso @param {boolean} whole @returns {Set<string>} */
export function inLasso(editor, lasso, whole) {
  const takes = whole ? lassoHolds : lassoTouches;
  return takenBy(editor, lasso.bounds, whole, (element) => {
    const kind = kindOf(element);
    return takes(lasso, kind.bounds(element), (box) => kind.crosses(element, box));
  });
}

/** @param {Editor} editor @param {Bounds} bounds @param {boolean} whole of groups: all members @param {(element: Element) => boolean} takes */
function takenBy(editor, bounds, whole, takes) {
  const { document, spatial } = editor;
  const taken = new Set(
    spatial.search(bounds).filter((key) => {
      const element = document.get(key);
      return element !== undefined && !staysPut(editor, key) && takes(element);
    }),
  );
  const all = wholeGroups(document, taken);
  if (!whole) return all;
  const things = thingsOf(document, all).filter((thing) => thing.every((key) => taken.has(key)));
  return new Set(things.flat());
}
