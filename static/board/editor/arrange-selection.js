// Arranges what is selected: each of these is one step of the history.

import { elementKey } from "../core/ids.js";
import { IDENTITY, scaling } from "../core/matrix.js";
import { kindOf } from "../elements/index.js";
import { aligned, distributed, sameSize, stacked } from "./arrange.js";
import { grouped, groupWithin, mayGroup, thingsOf, ungrouped, wholeGroups } from "./groups.js";
import { enteredGroup, isLocked } from "./selecting.js";
import { placeOfAll, selectionFrame, uprightFrame } from "./selecting-frame.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../elements/kind.js").Frame} Frame
 * @typedef {import("./arrange.js").Direction} Direction
 * @typedef {import("./arrange.js").Side} Side
 * @typedef {import("./order.js").Board} Board
 * @typedef {import("./order.js").Indices} Indices
 */

/** How many things are selected, a group being one. @param {Editor} editor */
export function countOfThings(editor) {
  return thingsOf(editor.document, editor.selection, enteredGroup(editor)).length;
}

/** @param {Editor} editor @param {Side} side */
export function align(editor, side) {
  arrange(editor, "align", (things) => aligned(things.map(placeOf(editor)), side));
}

/** @param {Editor} editor @param {Direction} direction */
export function distribute(editor, direction) {
  arrange(editor, "distribute", (things) => distributed(things.map(placeOf(editor)), direction));
}

/** @param {Editor} editor @param {Direction} direction */
export function stack(editor, direction) {
  arrange(editor, "stack", (things) => stacked(things.map(placeOf(editor)), direction));
}

/** @param {Editor} editor @param {Direction} direction */
export function makeSameSize(editor, direction) {
  arrange(editor, "resize", (things) => sameSize(things.map(frameOf(editor)), direction));
}

/** @param {Editor} editor @param {Direction} direction */
export function flip(editor, direction) {
  const place = placeOfAll(editor.document, editor.selection);
  if (!place) return;
  const middle = { x: (place.minX + place.maxX) / 2, y: (place.minY + place.maxY) / 2 };
  const [sx, sy] = direction === "across" ? [-1, 1] : [1, -1];
  editor.transformSelection(scaling(sx, sy, middle), "flip");
}

/** @param {Editor} editor @param {string} label @param {(things: string[][]) => readonly Matrix[]} ways one for each thing */
function arrange(editor, label, ways) {
  const things = thingsOf(editor.document, editor.selection, enteredGroup(editor));
  const matrices = ways(things);
  const byKey = new Map(things.flatMap((keys, i) => keys.map((key) => [key, matrices[i]])));
  editor.setOf(editor.selection, label, (element, key) =>
    kindOf(element).transform(element, byKey.get(key) ?? IDENTITY),
  );
}

/** @param {Editor} editor @returns {(keys: string[]) => Bounds} */
function placeOf({ document }) {
  return (keys) => placeOfAll(document, keys) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 };
}

/** @param {Editor} editor @returns {(keys: string[]) => Frame} */
function frameOf(editor) {
  return (keys) =>
    selectionFrame(editor.document, new Set(keys)) ?? uprightFrame(placeOf(editor)(keys));
}

/** @param {Editor} editor @param {(board: Board, keys: ReadonlySet<string>) => Indices} indicesOf as in order.js */
export function reorder(editor, indicesOf) {
  const indices = indicesOf(editor, editor.selection);
  editor.setOf(indices.keys(), "order", (_, key) => ({ z: indices.get(key) ?? null }));
}

/** @param {Editor} editor */
export function mayGroupSelection(editor) {
  return mayGroup(editor.document, editor.selection, enteredGroup(editor));
}

/** @param {Editor} editor */
export function groupSelection(editor) {
  const entered = enteredGroup(editor);
  const group = elementKey();
  editor.setOf(editor.selection, "group", (element) => grouped(element, entered, group));
}

/** @param {Editor} editor */
export function hasGroups(editor) {
  const entered = enteredGroup(editor);
  return [...editor.selection].some((key) => groupWithin(editor.document.get(key), entered));
}

/** @param {Editor} editor */
export function ungroupSelection(editor) {
  const entered = enteredGroup(editor);
  const all = wholeGroups(editor.document, editor.selection, entered);
  editor.setOf(all, "ungroup", (element) => ungrouped(element, entered));
}

/** Locks what is selected, or unlocks it if all of it is locked. @param {Editor} editor */
export function lockOrUnlock(editor) {
  const keys = [...editor.selection];
  const locked = keys.every((key) => isLocked(editor.document.get(key))) ? null : true;
  editor.setOf(keys, locked ? "lock" : "unlock", () => ({ locked }));
}

/** @param {Editor} editor */
export function lockedKeys({ document }) {
  return [...document.entries()].flatMap(([key, element]) => (isLocked(element) ? [key] : []));
}

/** @param {Editor} editor */
export function unlockAll(editor) {
  const keys = lockedKeys(editor);
  editor.setOf(keys, "unlock", () => ({ locked: null }));
  editor.select(keys.filter((key) => editor.document.has(key)));
}
