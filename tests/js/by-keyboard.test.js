// Drawing, placing and changing without a pointer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decodePoints } from "../../static/board/core/points.js";
import { setCatalogue } from "../../static/board/core/translate.js";
import { KeyboardHand } from "../../static/board/tools/by-keyboard.js";
import {
  resizeBy,
  selectNeighbour,
  turnBy,
} from "../../static/board/tools/by-keyboard-selection.js";
import { changeWords, selectionWords } from "../../static/board/ui/keyboard-said.js";
import { desk, rectangle } from "./support/desk.js";
import { registerToolsNow } from "./support/tools.js";

setCatalogue({});

/** @param {Record<string, import("../../static/board/core/fold.js").Element>} [elements] */
function board(elements) {
  const made = desk(elements);
  registerToolsNow(made.editor);
  const hand = new KeyboardHand(made.editor);
  const only = () => [...made.document.entries()].at(-1)?.[1] ?? {};
  return { ...made, hand, only };
}

test("a shape goes from where Enter begins it to where Enter ends it", () => {
  const { editor, hand, only } = board();
  editor.setTool("rectangle");
  hand.press();
  assert.ok(editor.busy);
  hand.move(50, 0);
  hand.move(0, 30);
  hand.press();
  const { kind, x, y, w, h } = only();
  assert.deepEqual([kind, x, y, w, h], ["rectangle", 500, 350, 50, 30]);
  assert.equal(editor.selection.size, 1);
  assert.equal(hand.place, null, "what is drawn is selected, and the hand has gone");
});

test("twice Enter in one place makes a shape of the usual size", () => {
  const { editor, hand, only } = board();
  editor.setTool("ellipse");
  hand.press();
  hand.press();
  assert.deepEqual([only().w, only().h], [160, 100]);
});

test("the pen draws in steps, and neither cleans up nor erases what it draws", async () => {
  const { editor, hand, only } = board();
  await editor.tools.find(({ name }) => name === "pen")?.load?.();
  editor.setTool("pen");
  hand.press();
  for (let i = 0; i < 12; i++) hand.move(i % 2 === 0 ? 50 : -50, 2);
  hand.press();
  assert.equal(only().kind, "stroke");
  const { xs } = decodePoints(String(only().points));
  assert.ok(xs.length > 10);
});

test("an arrow has a point for each Enter, and the last one twice", () => {
  const { editor, hand, only } = board();
  editor.setTool("arrow");
  for (const [dx, dy] of [
    [100, 0],
    [0, 100],
  ]) {
    hand.press();
    hand.move(dx ?? 0, dy ?? 0);
  }
  hand.press();
  hand.press();
  assert.equal(only().kind, "arrow");
  assert.equal(decodePoints(String(only().points)).xs.length, 3);
  assert.equal(editor.busy, false);
});

test("a text begins where the hand is", () => {
  const { editor, hand } = board();
  editor.setTool("text");
  hand.move(100, 0);
  hand.press();
  assert.equal(editor.writing?.element.x, 600);
});

test("Escape gives up what has been begun", () => {
  const { editor, hand, document } = board();
  editor.setTool("rectangle");
  hand.press();
  hand.move(50, 50);
  editor.pointerCancel();
  assert.equal(hand.isDown, false);
  assert.equal(document.size, 0);
});

test("the board comes along before the hand leaves the view", () => {
  const { editor, hand } = board();
  editor.setTool("pen");
  for (let i = 0; i < 40; i++) hand.move(50, 0);
  const { x } = editor.camera.toScreen(hand.place ?? { x: 0, y: 0 });
  assert.ok(x <= 1000 - 96 + 1e-6, String(x));
  assert.equal(hand.place?.x, 2500);
});

test("whoever may only look has no hand for drawing", () => {
  const { editor, hand, document } = board();
  editor.setTool("rectangle");
  editor.readOnly = true;
  assert.equal(hand.hasTool, false);
  hand.press();
  hand.press();
  assert.equal(document.size, 0);
});

test("a selection grows and turns by keys, and says so", () => {
  const { editor, get } = board({ a0000000: rectangle(0, 0) });
  editor.setTool("select");
  editor.select(["a0000000"]);
  resizeBy(editor, 10, 0);
  resizeBy(editor, 0, -20);
  assert.deepEqual([get("a0000000").w, get("a0000000").h], [110, 40]);
  resizeBy(editor, -500, 0);
  assert.equal(get("a0000000").w, 2);
  turnBy(editor, 15);
  assert.ok(Math.abs(get("a0000000").angle - Math.PI / 12) < 0.01);
  const before = { place: "0 across", size: "1 by 1 units", angle: 0 };
  assert.equal(changeWords(before, { ...before, angle: 15 }), "15 degrees");
  assert.equal(changeWords(before, { ...before, place: "9 across" }), "9 across");
});

test("the selection is said with its place among the rest", () => {
  const { editor } = board({
    a0000000: rectangle(0, 0, 100, 60, { text: "Plan" }),
    b0000000: rectangle(200, 0),
    c0000000: rectangle(400, 0, 50, 50, { group: "group000" }),
    d0000000: rectangle(460, 0, 50, 50, { group: "group000" }),
  });
  editor.setTool("select");
  editor.select(["a0000000"]);
  assert.equal(selectionWords(editor), "Rectangle, Plan, selected, 1 of 3");
  assert.ok(selectNeighbour(editor, "right"));
  assert.deepEqual([...editor.selection], ["b0000000"]);
  selectNeighbour(editor, "right");
  assert.equal(selectionWords(editor), "Group of 2 elements, selected, 3 of 3");
  editor.select([]);
  assert.equal(selectionWords(editor), "Nothing selected");
});
