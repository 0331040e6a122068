// What others have locked, or drew where people change only their own, is passed over by every tool.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lockOrUnlock, unlockAll } from "../../static/board/editor/groups-selection.js";
import { clickedAt, inBox, lockedAt } from "../../static/board/editor/selecting.js";
import { nextInReadingOrder } from "../../static/board/editor/selecting-next.js";
import { Eraser } from "../../static/board/tools/eraser.js";
import { mayWriteIn } from "../../static/board/tools/text.js";
import { desk, rectangle } from "./support/desk.js";

const ME = 1;
const BOB = 2;
const HERE = { x: 50, y: 30 };
const EVERYWHERE = { minX: -10, minY: -10, maxX: 1000, maxY: 1000 };

/** Mine, Bob's, and what Bob has locked, side by side. @param {{ownOnly?: boolean, may?: import("../../static/board/protocol").Action[]}} [rights] */
function table({ ownOnly = false, may = ["draw"] } = {}) {
  const made = desk({
    "mine-0001": rectangle(0, 0, 100, 60, { fill: "red", author: ME }),
    "bobs-0001": rectangle(200, 0, 100, 60, { fill: "red", author: BOB }),
    "locked-01": rectangle(400, 0, 100, 60, { fill: "red", author: BOB, locked: true }),
  });
  const { editor } = made;
  editor.document.author = ME;
  editor.session.may = new Set(may);
  editor.session.board = { ownOnly };
  return made;
}

/** @param {ReturnType<typeof table>} table */
function changeable({ editor }) {
  return [...editor.document.keys()].filter((key) => editor.mayChange(key)).sort();
}

test("what others have locked stays, and where people change only their own all of others'", () => {
  assert.deepEqual(changeable(table()), ["bobs-0001", "mine-0001"]);
  assert.deepEqual(changeable(table({ ownOnly: true })), ["mine-0001"]);
});

test("owners, and everybody with an old server, change everything", () => {
  const all = ["bobs-0001", "locked-01", "mine-0001"];
  assert.deepEqual(changeable(table({ ownOnly: true, may: ["draw", "change_others"] })), all);
  const old = table({ ownOnly: true });
  old.editor.session.may = null;
  assert.deepEqual(changeable(old), all);
});

test("what one has just drawn is one's own, and what isn't there can't be changed", () => {
  const { editor } = table({ ownOnly: true });
  editor.commit([{ op: "put", key: "fresh-001", element: rectangle(0, 200) }], "draw");
  assert.ok(editor.mayChange("fresh-001"));
  assert.ok(!editor.mayChange("nothing-1"));
});

test("a click, a box, Tab and Select all pass it over; the menu still finds it", () => {
  const { editor } = table({ ownOnly: true });
  assert.equal(clickedAt(editor, { x: 250, y: 30 }, 5), null);
  assert.equal(lockedAt(editor, { x: 250, y: 30 }, 5), "bobs-0001");
  assert.equal(clickedAt(editor, HERE, 5), "mine-0001");
  assert.deepEqual([...inBox(editor, EVERYWHERE, false)], ["mine-0001"]);
  assert.deepEqual([...nextInReadingOrder(editor, 1)], ["mine-0001"]);
  editor.selectAll();
  assert.deepEqual([...editor.selection], ["mine-0001"]);
});

test("styles, moves and deleting leave it out, and nothing refused is ever sent", () => {
  const { editor, sent } = table({ ownOnly: true });
  editor.select(["bobs-0001", "locked-01"]);
  editor.setStyle({ color: "blue" });
  editor.moveSelectionBy(5, 5);
  editor.deleteSelection();
  lockOrUnlock(editor);
  assert.equal(sent.length, 0);
  editor.select(["bobs-0001", "mine-0001"]);
  editor.deleteSelection();
  assert.deepEqual(sent.at(-1)?.changes, [{ op: "remove", key: "mine-0001" }]);
});

test("unlocking is for its author and for owners", () => {
  const { editor, sent } = table();
  unlockAll(editor);
  assert.equal(sent.length, 0);
  const owners = table({ may: ["draw", "change_others"] });
  unlockAll(owners.editor);
  assert.equal(owners.sent.length, 1);
});

test("the eraser goes over it, and its text isn't opened", () => {
  const { editor, sent, at } = table({ ownOnly: true });
  editor.register(new Eraser(editor));
  editor.setTool("eraser");
  editor.pointerDown(at(250, 30));
  editor.pointerMove(at(260, 30));
  editor.pointerUp(at(260, 30));
  assert.equal(sent.length, 0);
  assert.ok(!mayWriteIn(editor, "bobs-0001"));
  assert.ok(mayWriteIn(editor, "mine-0001"));
});
