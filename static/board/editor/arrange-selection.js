// Arranges what is selected: each of these is one step of the history. Loaded when it is first used.

import { IDENTITY, scaling, translation } from "../core/matrix.js";
import { kindOf } from "../elements/index.js";
import { aligned, distributed, sameSize, stacked } from "./arrange.js";
import { duplicate } from "./duplicate.js";
import { thingsOf } from "./groups.js";
import { enteredGroup } from "./groups-entered.js";
import { backward, forward, toBack, toFront } from "./order.js";
import { placeOfAll, selectionFrame, uprightFrame } from "./selecting-frame.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../elements/kind.js").Frame} Frame
 * @typedef {import("./arrange.js").Direction} Direction
 * @typedef {import("./arrange.js").Side} Side
 */

/** Board units by which a copy lies beside what it is a copy of. */
const BESIDE = 20;
const ORDERS = { front: toFront, forward, backward, back: toBack };

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

/** @param {Editor} editor @param {keyof typeof ORDERS} where */
export function reorder(editor, where) {
  const indices = ORDERS[where](editor, editor.selection);
  editor.setOf(indices.keys(), "order", (_, key) => ({ z: indices.get(key) ?? null }));
}

/** @param {Editor} editor */
export function duplicateBeside(editor) {
  duplicate(editor, editor.selection, translation(BESIDE, BESIDE));
}
