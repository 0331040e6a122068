// Going from one element to the next without a pointer, as one reads.

import { isSet } from "../elements/kind.js";
import { membersOf, thingsOf } from "./groups.js";
import { enteredGroup } from "./groups-entered.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../editor.js").Editor} Editor
 */

/** @typedef {{keys: string[], bounds: Bounds}} Thing */

/** Selects it, with the tool for that, and brings it into view. @param {Editor} editor @param {1 | -1} step */
export function selectNext(editor, step) {
  editor.setTool("select");
  editor.select(nextInReadingOrder(editor, step));
  const bounds = editor.boundsOf(editor.selection);
  if (bounds) editor.camera.reveal(bounds);
}

/** What there is to come to, as one reads: elements and groups, or what is in the group entered. @param {Editor} editor @returns {Thing[]} */
export function thingsInOrder(editor) {
  const { document } = editor;
  const entered = enteredGroup(editor);
  const keys = entered ? membersOf(document, entered) : unlocked(editor);
  return inReadingOrder(
    thingsOf(document, keys, entered).flatMap((thing) => {
      const bounds = editor.boundsOf(thing);
      return bounds ? [{ keys: thing, bounds }] : [];
    }),
  );
}

/** The next thing in reading order, or with -1 the one before; after the last the first. Of several the first, or last. @param {Editor} editor @param {1 | -1} step @returns {Set<string>} */
export function nextInReadingOrder(editor, step) {
  const things = thingsInOrder(editor);
  const next = indexAfter(editor, things, step);
  return new Set(things.at(next % Math.max(1, things.length))?.keys);
}

/** Whether there is one: at both ends the way is out. @param {Editor} editor @param {1 | -1} step */
export function hasNext(editor, step) {
  const things = thingsInOrder(editor);
  if (editor.selection.size === 0) return things.length > 0;
  const next = indexAfter(editor, things, step);
  return next >= 0 && next < things.length;
}

/** @param {Editor} editor @param {Thing[]} things @param {1 | -1} step */
function indexAfter({ selection }, things, step) {
  const chosen = things.filter((thing) => thing.keys.some((key) => selection.has(key)));
  const [first] = chosen;
  if (first && chosen.length > 1)
    return things.indexOf((step > 0 ? first : chosen.at(-1)) ?? first);
  return (first ? things.indexOf(first) : step > 0 ? -1 : 0) + step;
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

/** Whoever may only look comes to everything. @param {Editor} editor @returns {string[]} */
function unlocked(editor) {
  if (editor.readOnly) return [...editor.document.keys()];
  return [...editor.document.entries()].flatMap(([key, element]) =>
    isSet(element, "locked") || !editor.mayChange(key) ? [] : [key],
  );
}
