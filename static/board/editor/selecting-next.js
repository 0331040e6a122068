// Going from one element to the next without a pointer, as one reads.

import { isSet } from "../elements/kind.js";
import { membersOf, thingsOf } from "./groups.js";
import { enteredGroup } from "./groups-entered.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../editor.js").Editor} Editor
 */

/** Selects it and brings it into view. @param {Editor} editor @param {1 | -1} step */
export function selectNext(editor, step) {
  editor.select(nextInReadingOrder(editor, step));
  const bounds = editor.boundsOf(editor.selection);
  if (bounds) editor.camera.reveal(bounds);
}

/** The next thing in reading order, or with -1 the one before; after the last the first. Of several the first, or last. @param {Editor} editor @param {1 | -1} step @returns {Set<string>} */
export function nextInReadingOrder(editor, step) {
  const { document, selection } = editor;
  const entered = enteredGroup(editor);
  const keys = entered ? membersOf(document, entered) : unlocked(editor);
  const things = inReadingOrder(
    thingsOf(document, keys, entered).flatMap((thing) => {
      const bounds = editor.boundsOf(thing);
      return bounds ? [{ keys: thing, bounds }] : [];
    }),
  );
  const chosen = things.filter((thing) => thing.keys.some((key) => selection.has(key)));
  if (chosen.length > 1) return new Set(chosen.at(step > 0 ? 0 : -1)?.keys);
  const now = chosen[0] ? things.indexOf(chosen[0]) : step > 0 ? -1 : 0;
  return new Set(things.at((now + step) % Math.max(1, things.length))?.keys);
}

/** Line by line; what begins above the middle of a line's first is in that line. @template {{bounds: Bounds}} T @param {T[]} things @returns {T[]} */
export function inReadingOrder(things) {
  /** @type {T[][]} */
  const lines = [];
  let middle = -Infinity;
  for (const thing of things.toSorted((a, b) => a.bounds.minY - b.bounds.minY)) {
    if (thing.bounds.minY > middle) {
      lines.push([]);
      middle = (thing.bounds.minY + thing.bounds.maxY) / 2;
    }
    lines.at(-1)?.push(thing);
  }
  return lines.flatMap((line) => line.sort((a, b) => a.bounds.minX - b.bounds.minX));
}

/** @param {Editor} editor @returns {string[]} */
function unlocked(editor) {
  return [...editor.document.entries()].flatMap(([key, element]) =>
    isSet(element, "locked") || !editor.mayChange(key) ? [] : [key],
  );
}
