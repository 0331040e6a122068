// The group that somebody has gone into: its members are selected one by one, until something else is selected.

import { groupsOf, groupWithin, membersOf, wholeGroups } from "./groups.js";

/** @typedef {import("../editor.js").Editor} Editor */

/** The group whose members are selected one by one; left by selecting something else. @param {Editor} editor @returns {string | null} */
export function enteredGroup({ document, entered, selection }) {
  if (entered === null || selection.size === 0) return null;
  const members = membersOf(document, entered);
  return [...selection].every((key) => members.has(key)) ? entered : null;
}

/** @param {Editor} editor @param {string} key one of its members, to select */
export function enterGroup(editor, key) {
  const group = groupWithin(editor.document.get(key), enteredGroup(editor));
  if (!group) return false;
  editor.entered = group;
  editor.select(wholeGroups(editor.document, [key], group));
  return true;
}

/** Selects the group that has been entered, as one again. @param {Editor} editor whether there was one */
export function leaveGroup(editor) {
  const group = enteredGroup(editor);
  if (!group) return false;
  const [first] = membersOf(editor.document, group);
  const groups = groupsOf(editor.document.get(first ?? ""));
  editor.entered = groups[groups.indexOf(group) - 1] ?? null;
  editor.select(membersOf(editor.document, group));
  return true;
}

/** What is selected together with an element that is pointed at. @param {Editor} editor @param {string} key @returns {Set<string>} */
export function takenWith(editor, key) {
  const entered = enteredGroup(editor);
  const inside = entered !== null && groupsOf(editor.document.get(key)).includes(entered);
  return wholeGroups(editor.document, [key], inside ? entered : null);
}
