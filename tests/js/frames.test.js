// Frames: what comes to lie in one belongs to it, what leaves it doesn't, and what is in it goes where it goes.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { translation } from "../../static/board/core/matrix.js";
import { duplicate } from "../../static/board/editor/duplicate.js";
import { Framing } from "../../static/board/editor/framing.js";
import {
  deleteWithContent,
  fitToContent,
  frameSelection,
  selectContent,
  unframe,
} from "../../static/board/editor/framing-selection.js";
import { handlesOf } from "../../static/board/editor/selecting-frame.js";
import { kindOf } from "../../static/board/elements/index.js";
import { DrawingBoard } from "./support/drawing-board.js";

/** @typedef {import("../../static/board/core/fold.js").Element} Element */

const FRAME = "frame-01";
const INSIDE = "inside-1";
const OUTSIDE = "outside-1";

/** @param {number} x @param {number} y @param {Record<string, string | number>} [more] @returns {Element} */
function box(x, y, more = {}) {
  return { kind: "rectangle", x, y, w: 40, h: 40, z: "a1", color: "black", width: 2, ...more };
}

/** @param {Record<string, string | number>} [more] @returns {Element} */
function frame(more = {}) {
  return { kind: "frame", x: 0, y: 0, w: 200, h: 200, z: "a0", name: "Week 1", ...more };
}

async function board() {
  const desk = await new DrawingBoard(
    {
      [FRAME]: frame(),
      [INSIDE]: box(20, 20, { frame: FRAME, fill: "red" }),
      [OUTSIDE]: box(400, 20, { fill: "red" }),
    },
    4,
  ).whole();
  desk.editor.framing = new Framing(desk.editor);
  desk.editor.set({ snapToObjects: false });
  const get = (/** @type {string} */ key) => desk.editor.document.get(key);
  return { desk, editor: desk.editor, get };
}

test("a frame that is moved takes its content along, in the same transaction, and back by undo", async () => {
  const { desk, editor, get } = await board();
  desk.drag("select", [
    [0, 100],
    [30, 110],
    [50, 150],
  ]);
  assert.deepEqual([get(FRAME)?.x, get(FRAME)?.y], [50, 50]);
  assert.deepEqual([get(INSIDE)?.x, get(INSIDE)?.y, get(INSIDE)?.frame], [70, 70, FRAME]);
  assert.equal(get(OUTSIDE)?.x, 400);
  assert.equal(desk.sent.length, 1);
  editor.undo();
  assert.deepEqual([get(FRAME)?.x, get(INSIDE)?.x], [0, 20]);
});

test("its content is seen to move with it", async () => {
  const { desk, editor } = await board();
  desk.press("select", [
    [0, 100],
    [30, 110],
  ]);
  assert.deepEqual([...(editor.preview.moved?.keys ?? [])], [FRAME, INSIDE]);
});

test("what is dropped in a frame gets it, what is dragged out loses it, in one step each", async () => {
  const { desk, editor, get } = await board();
  desk.drag("select", [
    [410, 30],
    [300, 60],
    [110, 60],
  ]);
  assert.equal(get(OUTSIDE)?.frame, FRAME);
  desk.drag("select", [
    [30, 30],
    [100, 300],
    [300, 400],
  ]);
  assert.equal(get(INSIDE)?.frame, undefined);
  editor.undo();
  assert.deepEqual([get(INSIDE)?.frame, get(INSIDE)?.x], [FRAME, 20]);
});

test("what is drawn in a frame belongs to it", async () => {
  const { desk, get } = await board();
  desk.drag("rectangle", [
    [100, 100],
    [120, 120],
    [150, 150],
  ]);
  const [key = ""] = desk.editor.selection;
  assert.equal(get(key)?.frame, FRAME);
});

test("a frame drawn around things takes in those that are wholly inside", async () => {
  const { desk, get } = await board();
  desk.drag("frame", [
    [380, -10],
    [500, 40],
    [500, 100],
  ]);
  const [key = ""] = desk.editor.selection;
  assert.equal(get(key)?.kind, "frame");
  assert.match(String(get(key)?.name), /1/);
  assert.equal(get(OUTSIDE)?.frame, key);
  assert.equal(get(INSIDE)?.frame, FRAME);
});

test("a frame that is made larger scales nothing, and one that goes leaves its content", async () => {
  const { editor, get } = await board();
  editor.setOf([FRAME], "resize", () => ({ x: -50, w: 400 }));
  assert.equal(get(INSIDE)?.x, 20);
  editor.remove([FRAME]);
  assert.equal(get(FRAME), undefined);
  assert.deepEqual([get(INSIDE)?.x, get(INSIDE)?.frame], [20, undefined]);
  editor.undo();
  assert.equal(get(INSIDE)?.frame, FRAME);
  editor.select([FRAME]);
  deleteWithContent(editor);
  assert.deepEqual([get(FRAME), get(INSIDE)], [undefined, undefined]);
});

test("a copy of a frame has copies of its content, in itself", async () => {
  const { editor, get } = await board();
  duplicate(editor, [FRAME], translation(300, 300));
  const [copy = ""] = editor.selection;
  assert.equal(editor.selection.size, 1);
  const content = [...editor.document.entries()].filter(([, one]) => one.frame === copy);
  assert.deepEqual([get(copy)?.x, content.length, content[0]?.[1].x], [300, 1, 320]);
  assert.equal(get(INSIDE)?.frame, FRAME);
});

test("commands put a frame around things, fit it, select what is in it and take it away", async () => {
  const { editor, get } = await board();
  editor.select([OUTSIDE]);
  frameSelection(editor, "Around");
  const [key = ""] = editor.selection;
  assert.deepEqual([get(key)?.name, get(OUTSIDE)?.frame], ["Around", key]);
  editor.setOf([key], "resize", () => ({ w: 900, h: 900 }));
  fitToContent(editor);
  assert.deepEqual([get(key)?.w, get(OUTSIDE)?.x], [88, 400]);
  selectContent(editor);
  assert.deepEqual([...editor.selection], [OUTSIDE]);
  editor.select([key]);
  unframe(editor);
  assert.deepEqual([get(key), get(OUTSIDE)?.frame], [undefined, undefined]);
  assert.deepEqual([...editor.selection], [OUTSIDE]);
});

test("a frame is hit on its line and its name, not on its empty inside", () => {
  const { hit, crosses } = kindOf(frame());
  assert.equal(hit(frame(), 0, 100, 6), true);
  assert.equal(hit(frame(), 100, 100, 6), false);
  assert.equal(hit(frame(), 10, -10, 6), true);
  assert.equal(hit(frame({ name: "" }), 10, -10, 6), false);
  assert.equal(crosses(frame(), { minX: 50, minY: 50, maxX: 60, maxY: 60 }), false);
  assert.equal(crosses(frame(), { minX: 150, minY: 50, maxX: 260, maxY: 60 }), true);
});

test("a frame has no handle to turn it", async () => {
  const { editor } = await board();
  const names = (/** @type {string} */ key) =>
    handlesOf(editor.document, new Set([key]), 1).map(({ name }) => name);
  assert.equal(names(FRAME).includes("turn"), false);
  assert.equal(names(OUTSIDE).includes("turn"), true);
});

test("what is written of a derived element never has what was only derived", async () => {
  const { desk, editor } = await board();
  editor.commit([{ op: "put", key: "copied-1", element: box(0, 0, { clip: "0,0,9,9" }) }], "paste");
  assert.equal(JSON.stringify(desk.sent).includes("clip"), false);
});
