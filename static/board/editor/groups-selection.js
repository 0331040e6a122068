// Groups what is selected, or locks it: each of these is one step of the history.

import { elementKey } from "../core/ids.js";
import { isSet } from "../elements/kind.js";
import { areThings, grouped, groupWithin, mayGroup, ungrouped, wholeGroups } from "./groups.js";
import { enteredGroup } from "./groups-entered.js";

/** @typedef {import("../editor.js").Editor} Editor */

/** Whether so many things are selected, or more, a group being one. @param {Editor} editor @param {number} least */
export function hasSelected(editor, least) {
  return areThings(editor.document, editor.selection, enteredGroup(editor), least);
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
  const keys = [...editor.selection].filter((key) => editor.mayChange(key));
  const locked = keys.every((key) => isLocked(editor, key)) ? null : true;
  editor.setOf(keys, locked ? "lock" : "unlock", () => ({ locked }));
}

/** @param {Editor} editor @param {string} key */
function isLocked({ document }, key) {
  return isSet(document.get(key) ?? {}, "locked");
}

/** @param {Editor} editor */
export function unlockAll(editor) {
  const keys = [...editor.document.keys()].filter(
    (key) => isLocked(editor, key) && editor.mayChange(key),
  );
  editor.setOf(keys, "unlock", () => ({ locked: null }));
  editor.select(keys.filter((key) => editor.document.has(key)));
}
