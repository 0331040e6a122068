// Selecting with the pointer: what a click, a box, a lasso and a double click mean, and what a drag does.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { leaveGroup } from "../../static/board/editor/groups-entered.js";
import { lockedAt } from "../../static/board/editor/selecting.js";
import { nextInReadingOrder } from "../../static/board/editor/selecting-next.js";
import { kindOf } from "../../static/board/elements/index.js";
import { desk, rectangle } from "./support/desk.js";

const FILLED = { fill: "yellow" };

test("a click inside a hollow shape takes it only where nothing has ink, and the smallest first", () => {
  const board = desk({
    outer000: rectangle(0, 0, 400, 400, { z: "a3" }),
    inner000: rectangle(100, 100, 200, 200, { z: "a2" }),
    filled00: rectangle(150, 150, 20, 20, { z: "a1", ...FILLED }),
  });
  board.click(250, 250);
  assert.deepEqual(board.selected(), ["inner000"]);
  board.click(160, 160);
  assert.deepEqual(board.selected(), ["filled00"]);
  board.click(50, 50);
  assert.deepEqual(board.selected(), ["outer000"]);
  board.click(500, 500);
  assert.deepEqual(board.selected(), []);
});

test("with Alt a click goes down from one to the next, and from the lowest to the top again", () => {
  const board = desk({
    low00000: rectangle(0, 0, 100, 100, { z: "a1", ...FILLED, locked: true }),
    mid00000: rectangle(0, 0, 100, 100, { z: "a2", ...FILLED }),
    top00000: rectangle(0, 0, 100, 100, { z: "a3", ...FILLED }),
  });
  for (const key of ["top00000", "mid00000", "low00000", "top00000"]) {
    board.click(50, 50, { alt: true });
    assert.deepEqual(board.selected(), [key]);
  }
});

test("what is locked is taken neither by click nor by box, nor moved, but found where it is", () => {
  const board = desk({ locked00: rectangle(0, 0, 100, 100, { ...FILLED, locked: true }) });
  board.click(50, 50);
  assert.deepEqual(board.selected(), []);
  board.drag([-20, -20], [200, 200]);
  assert.deepEqual(board.selected(), []);
  assert.equal(lockedAt(board.editor, { x: 50, y: 50 }, 0), "locked00");
  board.editor.selectAll();
  assert.deepEqual(board.selected(), []);
  board.click(50, 50, { alt: true });
  board.drag([50, 50], [90, 90]);
  assert.equal(board.get("locked00").x, 0);
  assert.equal(board.sent.length, 0);
});

test("a box takes what it touches, with Alt what is wholly inside", () => {
  const board = desk({
    inside00: rectangle(50, 50, 50, 50),
    across00: rectangle(150, 50, 200, 50),
  });
  board.drag([0, 0], [200, 200]);
  assert.deepEqual(board.selected(), ["across00", "inside00"]);
  board.click(600, 600);
  board.drag([0, 0], [200, 200], { alt: true });
  assert.deepEqual(board.selected(), ["inside00"]);
});

test("with Ctrl a lasso is drawn, whose line decides and not the box around it", () => {
  const board = desk({
    inside00: rectangle(20, 20, 40, 40),
    corner00: rectangle(180, 180, 10, 10),
  });
  const { editor, at } = board;
  const more = { ctrl: true };
  editor.pointerDown(at(0, 0, more));
  for (const [x, y] of /** @type {const} */ ([
    [200, 0],
    [0, 200],
    [0, 0],
  ]))
    editor.pointerMove(at(x, y, more));
  assert.ok(editor.preview.lasso);
  editor.pointerUp(at(0, 0, more));
  assert.deepEqual(board.selected(), ["inside00"]);
  assert.equal(editor.preview.lasso, null);
});

test("a double click goes into a group, one more level each time, and Escape's way leads out", () => {
  const group = { ...FILLED, group: "outer000" };
  const board = desk({
    a0000000: rectangle(0, 0, 50, 50, { ...group, group: "outer000/inner000" }),
    b0000000: rectangle(100, 0, 50, 50, { ...group, group: "outer000/inner000" }),
    c0000000: rectangle(200, 0, 50, 50, group),
  });
  board.click(25, 25);
  assert.deepEqual(board.selected(), ["a0000000", "b0000000", "c0000000"]);
  board.doubleClick(25, 25);
  assert.deepEqual(board.selected(), ["a0000000", "b0000000"]);
  board.doubleClick(25, 25);
  assert.deepEqual(board.selected(), ["a0000000"]);
  board.click(125, 25);
  assert.deepEqual(board.selected(), ["b0000000"]);
  assert.ok(leaveGroup(board.editor));
  assert.deepEqual(board.selected(), ["a0000000", "b0000000"]);
  assert.ok(leaveGroup(board.editor));
  assert.deepEqual(board.selected(), ["a0000000", "b0000000", "c0000000"]);
  assert.equal(leaveGroup(board.editor), false);
});

const writes = kindOf({ kind: "text" }).textFrame !== undefined;
test("a double click opens a text", { skip: !writes }, () => {
  const text = { kind: "text", x: 0, y: 0, z: "a1", color: "black", text: "hello", size: 24 };
  const board = desk({ text0000: text });
  board.doubleClick(10, 15);
  assert.equal(board.editor.writing?.key, "text0000");
});

test("moving with Shift keeps to one direction", () => {
  const board = desk({ a0000000: rectangle(0, 0, 50, 50, FILLED) });
  board.click(25, 25);
  board.drag([25, 25], [125, 45], { shift: true });
  assert.deepEqual([board.get("a0000000").x, board.get("a0000000").y], [100, 0]);
});

test("Alt pressed on the way makes a copy, with groups of its own, on top; one step back takes it away", () => {
  const board = desk({
    a0000000: rectangle(0, 0, 50, 50, { ...FILLED, z: "a1", group: "group000" }),
    b0000000: rectangle(60, 0, 50, 50, { ...FILLED, z: "a2", group: "group000" }),
  });
  board.pull([25, 25], [25, 125]);
  board.editor.pointerMove(board.at(25, 225, { alt: true }));
  assert.equal(board.editor.preview.moved?.copy, true);
  assert.equal(board.transforms.at(-1)?.copy, true);
  board.editor.pointerUp(board.at(25, 225, { alt: true }));
  assert.equal(board.transforms.at(-1), null);
  assert.equal(board.document.size, 4);
  assert.deepEqual([board.get("a0000000").y, board.get("b0000000").y], [0, 0]);
  const copies = board.selected().map((key) => board.get(key));
  assert.deepEqual(
    copies.map(({ y }) => y),
    [200, 200],
  );
  assert.equal(new Set(copies.map(({ group }) => group)).size, 1);
  assert.notEqual(copies[0]?.group, "group000");
  const inOrder = copies.toSorted((a, b) => (a.z < b.z ? -1 : 1));
  assert.deepEqual(
    inOrder.map(({ x }) => x),
    [0, 60],
  );
  assert.ok(inOrder[0]?.z > "a2");
  board.editor.undo();
  assert.equal(board.document.size, 2);
});

test("nothing leaves the board, however far it is dragged", () => {
  const board = desk({ a0000000: rectangle(0, 0, 50, 50, FILLED) });
  board.editor.camera.setZoom(0.01);
  board.drag([25, 25], [9e6, -9e6]);
  assert.deepEqual([board.get("a0000000").x, board.get("a0000000").y], [999_950, -1_000_000]);
});

test("Tab's way goes line by line, and round", () => {
  const { editor } = desk({
    d0000000: rectangle(0, 200),
    b0000000: rectangle(200, 10),
    a0000000: rectangle(0, 0, 50, 60, { group: "group000" }),
    c0000000: rectangle(60, 5, 50, 60, { group: "group000" }),
    locked00: rectangle(500, 0, 50, 60, { locked: true }),
  });
  const way = [];
  for (let i = 0; i < 4; i++) {
    editor.select(nextInReadingOrder(editor, 1));
    way.push([...editor.selection].sort().join(" "));
  }
  assert.deepEqual(way, ["a0000000 c0000000", "b0000000", "d0000000", "a0000000 c0000000"]);
  editor.select(nextInReadingOrder(editor, -1));
  assert.deepEqual([...editor.selection], ["d0000000"]);
});

test("who may only look selects, and moves nothing", () => {
  const board = desk({ a0000000: rectangle(0, 0, 50, 50, FILLED) });
  board.editor.readOnly = true;
  board.editor.setTool("select");
  board.drag([25, 25], [125, 125]);
  assert.deepEqual(board.selected(), ["a0000000"]);
  board.drag([54, 54], [125, 125]);
  assert.equal(board.sent.length, 0);
});
