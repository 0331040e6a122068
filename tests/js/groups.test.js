// Groups: made, nested, ended, and whole whatever is done to them.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { duplicate } from "../../static/board/editor/duplicate.js";
import { groupsOf, membersOf, thingsOf } from "../../static/board/editor/groups.js";
import { enterGroup } from "../../static/board/editor/groups-entered.js";
import {
  groupSelection,
  hasGroups,
  mayGroupSelection,
  ungroupSelection,
} from "../../static/board/editor/groups-selection.js";
import { desk, rectangle } from "./support/desk.js";

const KEYS = ["a0000000", "b0000000", "c0000000", "d0000000"];

function four() {
  return desk(
    Object.fromEntries(KEYS.map((key, i) => [key, rectangle(i * 100, 0, 50, 50, { fill: "red" })])),
  );
}

/** @param {ReturnType<typeof desk>} board */
const depths = (board) => KEYS.map((key) => groupsOf(board.document.get(key)).length);

test("what is grouped is taken as one, and nests; ungrouping takes the outermost away", () => {
  const board = four();
  const { editor, document } = board;
  editor.select(["a0000000", "b0000000"]);
  groupSelection(editor);
  editor.select([]);
  board.click(25, 25);
  assert.deepEqual(board.selected(), ["a0000000", "b0000000"]);
  assert.equal(mayGroupSelection(editor), false, "one thing is no group");
  board.click(225, 25, { shift: true });
  assert.equal(thingsOf(document, editor.selection).length, 2);
  groupSelection(editor);
  assert.deepEqual(depths(board), [2, 2, 1, 0]);
  board.click(225, 25);
  assert.deepEqual(board.selected(), ["a0000000", "b0000000", "c0000000"]);
  ungroupSelection(editor);
  assert.deepEqual(depths(board), [1, 1, 0, 0]);
  editor.undo();
  editor.undo();
  assert.deepEqual(depths(board), [1, 1, 0, 0]);
});

test("inside a group that has been entered another one is made within it", () => {
  const board = four();
  const { editor } = board;
  editor.select(KEYS.slice(0, 3));
  groupSelection(editor);
  const [outer] = groupsOf(board.document.get("a0000000"));
  assert.ok(enterGroup(editor, "a0000000"));
  editor.select(["a0000000", "b0000000"]);
  assert.equal(hasGroups(editor), false);
  groupSelection(editor);
  assert.deepEqual(depths(board), [2, 2, 1, 0]);
  for (const key of KEYS.slice(0, 3)) assert.equal(groupsOf(board.document.get(key))[0], outer);
});

test("groups are at most eight deep", () => {
  const board = four();
  const { editor } = board;
  for (let i = 0; i < 2; i++) {
    const path = Array.from({ length: 8 }, (_, depth) => `group${i}0${depth}`).join("/");
    editor.setOf([KEYS[i] ?? ""], "group", () => ({ group: path }));
  }
  editor.select(KEYS.slice(0, 2));
  assert.equal(mayGroupSelection(editor), false);
});

test("copies have groups of their own, nested as before; within an entered group they stay in it", () => {
  const board = four();
  const { editor, document } = board;
  for (const key of KEYS.slice(0, 2))
    editor.setOf([key], "group", () => ({ group: "outer000/inner000" }));
  editor.select(KEYS.slice(0, 2));
  duplicate(editor, editor.selection, [1, 0, 0, 1, 20, 20]);
  const paths = [...editor.selection].map((key) => groupsOf(document.get(key)));
  assert.deepEqual(paths[0], paths[1]);
  assert.equal(paths[0]?.length, 2);
  assert.ok(!paths.flat().includes("outer000") && !paths.flat().includes("inner000"));
  editor.select([]);
  assert.ok(enterGroup(editor, "a0000000"));
  duplicate(editor, editor.selection, [1, 0, 0, 1, 20, 20]);
  const [first = ""] = editor.selection;
  assert.equal(groupsOf(document.get(first))[0], "outer000");
  assert.notEqual(groupsOf(document.get(first))[1], "inner000");
});

test("a group that others have damaged is whatever still has its key", () => {
  const board = four();
  const { editor, document } = board;
  editor.select(KEYS.slice(0, 3));
  groupSelection(editor);
  const [group = ""] = groupsOf(document.get("a0000000"));
  document.propose([{ op: "remove", key: "b0000000" }]);
  document.propose([{ op: "set", key: "c0000000", props: { group: null } }]);
  assert.deepEqual([...membersOf(document, group)], ["a0000000"]);
  board.click(25, 25);
  assert.deepEqual(board.selected(), ["a0000000"]);
});

test("whatever is grouped and ungrouped, the members known are those that the elements tell", () => {
  const act = fc.record({
    keys: fc.uniqueArray(fc.constantFrom(...KEYS), { minLength: 1 }),
    what: fc.constantFrom("group", "ungroup", "undo", "redo", "enter", "copy"),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      const { editor, document } = four();
      for (const { keys, what } of acts) {
        editor.select(keys.filter((key) => document.has(key)));
        if (what === "group" && mayGroupSelection(editor)) groupSelection(editor);
        if (what === "ungroup") ungroupSelection(editor);
        if (what === "undo") editor.undo();
        if (what === "redo") editor.redo();
        if (what === "enter" && keys[0]) enterGroup(editor, keys[0]);
        if (what === "copy" && document.size < 30)
          duplicate(editor, editor.selection, [1, 0, 0, 1, 9, 9]);
      }
      /** @type {Map<string, string[]>} */
      const told = new Map();
      for (const [key, element] of document.entries())
        for (const group of groupsOf(element)) told.set(group, [...(told.get(group) ?? []), key]);
      for (const [group, keys] of told)
        assert.deepEqual([...membersOf(document, group)].sort(), keys.sort());
      for (const element of document.entries()) assert.ok(groupsOf(element[1]).length <= 8);
    }),
    { numRuns: 60 },
  );
});
