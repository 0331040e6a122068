// The tools of a drawing hand: lines, highlighter, cutting eraser, scribbles and held strokes.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { decodePoints } from "../../static/board/core/points.js";
import { pointsOfPath } from "../../static/board/elements/path-points.js";
import { DrawingBoard } from "./support/drawing-board.js";

/** @typedef {import("./support/drawing-board.js").Point} Point */

/** @type {DrawingBoard} */
let board;

beforeEach(() => {
  board = new DrawingBoard();
});

/** @param {number} y @returns {Point[]} */
const acrossAt = (y) => Array.from({ length: 21 }, (_, i) => [i * 10, y]);

// -- lines -----------------------------------------------------------------------------------------

test("a drag draws a straight arrow, which is selected then", () => {
  board.drag("arrow", [
    [0, 0],
    [50, 20],
    [100, 40],
  ]);
  const { element, editor } = board;
  assert.deepEqual([element.kind, element.head, element.tail], ["arrow", "arrow", undefined]);
  assert.deepEqual(pointsOfPath(element), [
    { x: 0, y: 0 },
    { x: 100, y: 40 },
  ]);
  assert.equal(editor.tool?.name, "select");
  assert.deepEqual([...editor.selection], [...editor.document.keys()]);
  assert.ok(board.drafts.length > 0 && editor.preview.drafts.length === 0);
});

test("a line has no heads, and the tool stays if that is wanted", () => {
  board.editor.set({ keepTool: true });
  board.drag("line", [
    [0, 0],
    [100, 40],
  ]);
  assert.equal(Object.hasOwn(board.element, "head"), false);
  assert.equal(board.editor.tool?.name, "line");
});

test("Shift turns by steps of fifteen degrees, the grid takes the ends", () => {
  board.drag(
    "line",
    [
      [0, 0],
      [100, 4],
    ],
    { shift: true },
  );
  assert.ok(Math.abs(Number(pointsOfPath(board.element)[1]?.y)) < 0.01);
  board = new DrawingBoard();
  board.editor.set({ snapToGrid: true });
  board.drag("line", [
    [3, 4],
    [108, 52],
  ]);
  assert.deepEqual(pointsOfPath(board.element), [
    { x: 0, y: 0 },
    { x: 100, y: 60 },
  ]);
});

/** Three clicks of a line that goes on. */
function threeClicks() {
  board.editor.setTool("line");
  board.click(0, 0);
  board.editor.pointerHover(board.at(60, 5));
  board.click(100, 0);
  board.click(100, 100);
  board.editor.pointerHover(board.at(40, 140));
}

test("clicks draw a line of many corners, which follows the pointer, and the second of two ends it", () => {
  threeClicks();
  assert.equal(board.editor.busy, true);
  assert.equal(board.elements.length, 0);
  assert.equal(board.editor.preview.drafts.length, 1);
  board.click(100, 100);
  assert.equal(pointsOfPath(board.element).length, 3);
  assert.equal(board.editor.busy, false);
});

test("Escape and Enter keep what has been clicked; a single point is nothing", () => {
  threeClicks();
  board.editor.pointerCancel();
  assert.equal(pointsOfPath(board.element).length, 3);
  board = new DrawingBoard();
  board.editor.setTool("line");
  board.click(0, 0);
  board.editor.pointerCancel();
  assert.equal(board.elements.length, 0);
  assert.equal(board.editor.busy, false);
});

test("a click on the first point closes the line, which may then be filled", () => {
  board.editor.styles.shape = { ...board.editor.styles.shape, fill: "blue" };
  threeClicks();
  board.click(2, 1);
  const { xs, ys, count } = decodePoints(String(board.element.points));
  assert.deepEqual([count, xs[0], ys[0]], [4, xs[3], ys[3]]);
  assert.equal(board.element.fill, "blue");
});

test("another tool ends the line and is then in the hand", () => {
  threeClicks();
  board.editor.setTool("pen");
  assert.equal(pointsOfPath(board.element).length, 3);
  assert.equal(board.editor.tool?.name, "pen");
});

test("a line that is broken off leaves nothing, here or with others", () => {
  board.press("line", [
    [0, 0],
    [100, 40],
  ]);
  board.editor.pointerCancel();
  assert.equal(board.elements.length, 0);
  assert.equal(board.drafts.at(-1), null);
  assert.equal(board.editor.preview.drafts.length, 0);
});

// -- the highlighter -------------------------------------------------------------------------------

test("the highlighter is shown as a draft while it grows, and committed in one piece", () => {
  board.drag("highlighter", acrossAt(30));
  const { element } = board;
  assert.deepEqual([element.kind, element.color, element.width], ["highlight", "yellow", 24]);
  assert.equal(decodePoints(String(element.points)).pressures, null);
  assert.equal(board.drafts[0]?.kind, "highlight");
  assert.deepEqual(board.live, []);
  assert.equal(board.editor.preview.drafts.length, 0);
});

test("a draft of the longest highlighter still has room in a record", () => {
  board.drag(
    "highlighter",
    Array.from({ length: 2500 }, (_, i) => [(i * 37) % 900, (i * 53) % 700]),
  );
  const longest = Math.max(...board.drafts.map((draft) => JSON.stringify(draft).length));
  assert.ok(longest < 4000, String(longest));
  assert.ok(board.drafts.length > 10);
});

// -- cutting ---------------------------------------------------------------------------------------

/** Two strokes and a rectangle. */
function withInk() {
  board.drag("pen", acrossAt(0));
  board.drag("pen", acrossAt(50));
  const rectangle = {
    kind: "rectangle",
    x: 300,
    y: 0,
    z: "zz",
    w: 80,
    h: 80,
    color: "red",
    width: 4,
  };
  board.editor.commit([{ op: "put", key: "rectangle", element: rectangle }], "draw");
  board.editor.set({ eraser: "partial" });
  board.sent = [];
}

test("the cutting eraser cuts what it crosses, seen at once, one change each and one step", () => {
  withInk();
  board.press("eraser", [
    [100, -40],
    [100, 20],
    [100, 90],
  ]);
  const { preview } = board.editor;
  assert.equal(preview.hidden.size, 2);
  assert.equal(preview.drafts.length, 4);
  assert.ok((preview.trail?.length ?? 0) > 8);
  board.editor.pointerUp(board.at(100, 90));
  assert.deepEqual(
    board.sent.flatMap(({ changes }) => changes.map(({ op }) => op)),
    ["split", "split"],
  );
  assert.equal(board.elements.length, 5);
  assert.equal(board.editor.preview.hidden.size, 0);
  board.editor.undo();
  assert.equal(board.elements.length, 3);
});

test("pieces are what the strokes were, in all but their points", () => {
  withInk();
  const [before] = board.elements;
  board.drag("eraser", [
    [100, -40],
    [100, 20],
  ]);
  const pieces = board.elements.filter(({ kind, y }) => kind === "stroke" && Number(y) < 25);
  for (const piece of pieces) {
    assert.deepEqual(
      [piece.z, piece.color, piece.width],
      [before?.z, before?.color, before?.width],
    );
  }
  assert.equal(pieces.length, 2);
});

test("what is erased to its end is removed; what can't be cut is left, unless the sweep begins on it", () => {
  withInk();
  board.drag("eraser", [...acrossAt(0), [300, 40], [420, 40]]);
  assert.deepEqual(
    board.elements.map(({ kind }) => kind),
    ["stroke", "rectangle"],
  );
  board.drag("eraser", [
    [300, 40],
    [310, 40],
  ]);
  assert.deepEqual(
    board.elements.map(({ kind }) => kind),
    ["stroke"],
  );
});

test("a cutting sweep that is broken off has cut nothing", () => {
  withInk();
  board.press("eraser", [
    [100, -40],
    [100, 90],
  ]);
  board.editor.pointerCancel();
  assert.equal(board.elements.length, 3);
  assert.deepEqual([board.editor.preview.hidden.size, board.editor.preview.drafts.length], [0, 0]);
});

test("neither eraser takes what is locked", () => {
  board.drag("pen", acrossAt(0));
  const [key = ""] = board.editor.document.keys();
  board.editor.commit([{ op: "set", key, props: { locked: true } }], "lock");
  for (const eraser of /** @type {const} */ (["object", "partial"])) {
    board.editor.set({ eraser });
    board.drag("eraser", [
      [100, -40],
      [100, 40],
    ]);
    board.drag("eraser", [
      [50, 0],
      [60, 0],
    ]);
    assert.equal(board.elements.length, 1);
  }
});

// -- scribbling ------------------------------------------------------------------------------------

/** To and fro over a place. @param {number} x @param {number} y @returns {Point[]} */
function scribble(x, y) {
  const turns = Array.from({ length: 10 }, (_, i) => [x + i * 6, y + (i % 2 ? 40 : -40)]);
  return turns.slice(1).flatMap(([toX = 0, toY = 0], i) => {
    const [fromX = 0, fromY = 0] = turns[i] ?? [];
    return Array.from(
      { length: 8 },
      (_, n) =>
        /** @type {Point} */ ([fromX + ((toX - fromX) * n) / 8, fromY + ((toY - fromY) * n) / 8]),
    );
  });
}

/** @type {Point[]} */
const WORD = Array.from({ length: 12 }, (_, i) => [i * 5, 3 * Math.sin(i)]);

test("scribbled over, a word is gone, in one step, and leaves no ink", async () => {
  await board.whole();
  board.drag("pen", WORD);
  board.press("pen", scribble(0, 0));
  assert.equal(board.editor.preview.erased.size, 1);
  board.editor.pointerUp(board.at(60, 0, { time: 800 }));
  assert.equal(board.elements.length, 0);
  assert.equal(board.live.at(-1), "end");
  assert.equal(board.editor.preview.erased.size, 0);
  board.editor.undo();
  assert.equal(board.elements.length, 1);
});

test("a scribble over nothing, beside it, or over something much larger is ink", async () => {
  await board.whole();
  board.drag("pen", scribble(0, 0));
  assert.equal(board.elements.length, 1);
  board.drag(
    "pen",
    Array.from({ length: 60 }, (_, i) => [500 + i * 10, 0]),
  );
  board.drag("pen", scribble(700, 0));
  assert.equal(board.elements.length, 3);
});

test("scribbling is ink where it is switched off, slow, or over what is locked", async () => {
  await board.whole();
  board.drag("pen", WORD);
  board.editor.set({ scribbleErases: false });
  board.drag("pen", scribble(0, 0));
  assert.equal(board.elements.length, 2);
  board = await new DrawingBoard().whole();
  board.drag("pen", WORD);
  const [key = ""] = board.editor.document.keys();
  board.editor.commit([{ op: "set", key, props: { locked: true } }], "lock");
  board.drag("pen", scribble(0, 0));
  assert.equal(board.elements.length, 2);
});

/** Half a second passes, and what is fetched with the first stroke is there. @param {import("node:test").TestContext} context */
async function hold(context, ms = 500) {
  context.mock.timers.tick(ms);
  await import("../../static/board/tools/pen-shape.js");
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

// -- held still ------------------------------------------------------------------------------------

/** @type {Point[]} */
const CIRCLE = Array.from({ length: 60 }, (_, i) => [
  100 + 80 * Math.cos(i / 9.4),
  100 + 80 * Math.sin(i / 9.4),
]);

test("a stroke held still becomes a clean shape, which follows the pen until it is let go", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  board.press("pen", CIRCLE);
  await hold(context, 500);
  assert.equal(board.live.at(-1), "end");
  assert.equal(board.editor.preview.stroke, null);
  const [[, draft] = []] = board.editor.preview.drafts;
  assert.equal(draft?.kind, "ellipse");
  assert.equal(board.drafts.at(-1)?.kind, "ellipse");
  board.editor.pointerMove(board.at(260, 100));
  board.editor.pointerUp(board.at(260, 100));
  const { element } = board;
  assert.deepEqual([element.kind, element.color, element.width], ["ellipse", "black", 4]);
  assert.ok(Math.abs(Number(element.w) - 320) < 12, String(element.w));
});

test("a held line ends where the pen is let go, a held arrow has its head there", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  board.press("pen", acrossAt(0));
  await hold(context, 500);
  board.editor.pointerMove(board.at(240, 60));
  board.editor.pointerUp(board.at(240, 60));
  assert.deepEqual(pointsOfPath(board.element), [
    { x: 0, y: 0 },
    { x: 240, y: 60 },
  ]);
});

test("what is let go sooner, trembles on, or is no shape stays ink", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  board.press("pen", CIRCLE);
  await hold(context, 400);
  board.editor.pointerMove(board.at(170, 160));
  await hold(context, 400);
  board.editor.pointerUp(board.at(170, 160));
  board.press(
    "pen",
    Array.from({ length: 60 }, (_, i) => [i * 5, 30 * Math.sin(i / 3)]),
  );
  await hold(context, 900);
  board.editor.pointerUp(board.at(295, 10));
  assert.deepEqual(
    board.elements.map(({ kind }) => kind),
    ["stroke", "stroke"],
  );
});

test("a held shape that is broken off leaves nothing; an older server gets ink", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  board.press("pen", CIRCLE);
  await hold(context, 500);
  board.editor.pointerCancel();
  assert.equal(board.elements.length, 0);
  assert.equal(board.drafts.at(-1), null);
  board = new DrawingBoard({}, 1);
  board.press("pen", CIRCLE);
  await hold(context, 500);
  board.editor.pointerUp(board.at(180, 100));
  assert.equal(board.element.kind, "stroke");
});

// -- pressure --------------------------------------------------------------------------------------

test("with one width for all ink the pressure doesn't count", () => {
  board.editor.set({ constantWidth: true });
  board.drag("pen", acrossAt(0), { pointerType: "pen", pressure: 1 });
  const { pressures } = decodePoints(String(board.element.points));
  assert.ok(pressures?.every((each) => Math.abs(each - 0.5) < 0.01));
});

test("ink may be see-through, which an older server isn't told", () => {
  for (const [schema, opacity] of [
    [2, 0.5],
    [1, undefined],
  ]) {
    board = new DrawingBoard({}, schema);
    board.editor.styles.pen = { ...board.editor.styles.pen, opacity: 0.5 };
    board.drag("pen", acrossAt(0));
    assert.equal(board.element.opacity, opacity);
  }
});
