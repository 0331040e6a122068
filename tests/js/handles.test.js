// Handles: resizing, turning and bending what is selected.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { moved } from "../../static/board/core/matrix.js";
import { handleAt, handlesOf, selectionFrame } from "../../static/board/editor/selecting-frame.js";
import { fitsTheBoard, resizingMatrix } from "../../static/board/editor/selecting-transform.js";
import { frameMoved, outOfFrame } from "../../static/board/elements/box.js";
import { kindOf } from "../../static/board/elements/index.js";
import { desk, rectangle } from "./support/desk.js";

const FILLED = { fill: "yellow" };
const KEY = "a0000000";

/** Where a handle is. @param {ReturnType<typeof desk>} board @param {number} across @param {number} down @returns {[number, number]} */
function handle({ editor }, across, down) {
  const handles = handlesOf(editor.document, editor.selection, editor.camera.zoom);
  const found = handles.find(
    (each) => each.name === "size" && each.across === across && each.down === down,
  );
  assert.ok(found);
  return [found.x, found.y];
}

/** @param {[number, number]} place @param {number} dx @param {number} dy @returns {[number, number]} */
const by = ([x, y], dx, dy) => [x + dx, y + dy];

/** @param {ReturnType<typeof desk>} board @param {string} [key] */
function box(board, key = KEY) {
  const { x, y, w, h } = board.get(key);
  return [x, y, w, h];
}

/** @param {Record<string, number | string>} [more] */
function one(more = {}) {
  const board = desk({ [KEY]: rectangle(100, 100, 200, 100, { ...FILLED, ...more }) });
  board.editor.select([KEY]);
  return board;
}

test("a corner drags two sides, a side one; it is one step", () => {
  const board = one();
  board.drag(handle(board, 1, 1), by(handle(board, 1, 1), 50, 20));
  assert.deepEqual(box(board), [100, 100, 250, 120]);
  board.drag(handle(board, -1, 0), by(handle(board, -1, 0), 50, 300));
  assert.deepEqual(box(board), [150, 100, 200, 120]);
  assert.equal(board.sent.length, 2);
  board.editor.undo();
  board.editor.undo();
  assert.deepEqual(box(board), [100, 100, 200, 100]);
});

test("while it is dragged nothing is committed, and the others see it", () => {
  const board = one();
  board.pull(handle(board, 1, 1), by(handle(board, 1, 1), 200, 100));
  assert.equal(board.sent.length, 0);
  assert.deepEqual(board.editor.preview.moved?.matrix.slice(0, 4), [2, 0, 0, 2]);
  assert.deepEqual(board.transforms.at(-1)?.matrix, board.editor.preview.moved?.matrix);
  board.editor.pointerCancel();
  assert.equal(board.editor.preview.moved, null);
  assert.equal(board.transforms.at(-1), null);
  assert.deepEqual(box(board), [100, 100, 200, 100]);
});

test("Shift keeps the proportions, Alt the middle, past the other side it is mirrored", () => {
  const shift = one();
  shift.drag(handle(shift, 1, 1), by(handle(shift, 1, 1), 200, 0), { shift: true });
  assert.deepEqual(box(shift), [100, 100, 400, 200]);
  const alt = one();
  alt.drag(handle(alt, 1, 0), by(handle(alt, 1, 0), 50, 0), { alt: true });
  assert.deepEqual(box(alt), [50, 100, 300, 100]);
  const over = one();
  over.drag(handle(over, 1, 0), by(handle(over, 1, 0), -300, 0));
  assert.deepEqual(box(over), [0, 100, 100, 100]);
  assert.equal(over.get(KEY).flip, "x");
});

test("what is turned is resized along its own sides", () => {
  const board = one({ angle: Math.PI / 2 });
  // Its right side is at the bottom now.
  board.drag(handle(board, 1, 0), by(handle(board, 1, 0), 0, 100));
  assert.deepEqual([board.get(KEY).w, board.get(KEY).h], [300, 100]);
});

test("several of which one is turned keep their proportions, and have no handles at the sides", () => {
  const board = desk({
    [KEY]: rectangle(0, 0, 100, 100, FILLED),
    turned00: rectangle(200, 0, 100, 100, { ...FILLED, angle: 0.3 }),
  });
  board.editor.select([KEY, "turned00"]);
  const names = handlesOf(board.document, board.editor.selection, 1).map(({ name }) => name);
  assert.deepEqual(names, ["turn", "size", "size", "size", "size"]);
  board.drag(handle(board, 1, 1), by(handle(board, 1, 1), 300, 5));
  const { w, h } = board.get("turned00");
  assert.ok(w > 150 && Math.abs(w - h) < 0.1, `${w} by ${h}`);
});

test("turning goes about the middle, with Shift in steps of 15 degrees", () => {
  const board = one();
  const turn = handlesOf(board.document, board.editor.selection, 1)[0];
  assert.equal(turn?.name, "turn");
  board.drag([turn.x, turn.y], [290, 160], { shift: true });
  const { angle } = board.get(KEY);
  assert.ok(Math.abs(angle - Math.PI / 2) < 1e-4 || Math.abs(((angle / Math.PI) * 12) % 1) < 1e-3);
  assert.deepEqual(box(board), [100, 100, 200, 100]);
});

test("handles of something tiny don't overlap, and its middle can still be moved", () => {
  const board = desk({ [KEY]: rectangle(100, 100, 4, 4, FILLED) });
  board.editor.select([KEY]);
  const handles = handlesOf(board.document, board.editor.selection, 1);
  for (const a of handles)
    for (const b of handles)
      assert.ok(a === b || Math.hypot(a.x - b.x, a.y - b.y) >= 13, `${a.name} and ${b.name}`);
  const frame = selectionFrame(board.document, board.editor.selection);
  assert.ok(frame);
  assert.equal(handleAt(handles, frame, board.at(102, 102, { pointerType: "touch" }), 1), null);
  board.drag([102, 102], [152, 102]);
  assert.equal(board.get(KEY).x, 150);
});

test("a finger takes hold from farther away than a mouse", () => {
  const board = one();
  const handles = handlesOf(board.document, board.editor.selection, 1);
  const frame = selectionFrame(board.document, board.editor.selection);
  assert.ok(frame);
  const at = (/** @type {"mouse" | "touch"} */ pointerType) =>
    handleAt(handles, frame, board.at(318, 204, { pointerType }), 1);
  assert.equal(at("mouse"), null);
  assert.equal(at("touch")?.name, "size");
});

test("a click on a handle does nothing, but where there is ink it is a click on that", () => {
  const board = desk({
    [KEY]: rectangle(100, 100, 200, 100, FILLED),
    over0000: rectangle(290, 190, 60, 60, { ...FILLED, z: "a2" }),
  });
  board.editor.select([KEY]);
  board.click(...handle(board, -1, -1));
  assert.deepEqual(board.selected(), [KEY]);
  board.click(...handle(board, 1, 1));
  assert.deepEqual(board.selected(), ["over0000"]);
});

test("the cursor shows the direction of a turned side", () => {
  const board = one({ angle: Math.PI / 4 });
  const tool = board.editor.tool;
  assert.equal(tool?.cursorAt?.(board.at(...handle(board, 1, 0))), "nwse-resize");
  assert.equal(tool?.cursorAt?.(board.at(200, 150)), "move");
  assert.equal(tool?.cursorAt?.(board.at(900, 600)), "default");
});

const line = kindOf({ kind: "line" });
test("a point of a line follows the pointer, and a new one comes out of the middle", {
  skip: !line.withHandles,
}, async () => {
  const { encodePoints } = await import("../../static/board/core/points.js");
  const points = encodePoints(
    [0, 200].map((x) => ({ x, y: 0, pressure: 1 })),
    2,
    false,
  );
  const board = desk({
    [KEY]: { kind: "line", x: 100, y: 100, z: "a1", color: "black", width: 4, points },
  });
  const places = () => kindOf(board.get(KEY)).handles?.(board.get(KEY));
  board.click(150, 100);
  board.drag([300, 100], [300, 200]);
  assert.deepEqual(places(), [
    { x: 100, y: 100 },
    { x: 300, y: 200 },
  ]);
  board.drag([200, 150], [200, 50]);
  assert.deepEqual(places(), [
    { x: 100, y: 100 },
    { x: 200, y: 50 },
    { x: 300, y: 200 },
  ]);
  board.doubleClick(200, 50);
  assert.equal(places()?.length, 2);
  assert.equal(board.sent.length, 3);
  assert.deepEqual(board.editor.preview.drafts, []);
});

const side = fc.constantFrom(-1, 0, 1);
const number = fc.double({ min: -2000, max: 2000, noNaN: true });
const size = fc.double({ min: 0, max: 1000, noNaN: true });

test("the side opposite stays, whatever is dragged where, and no number gets lost", () => {
  fc.assert(
    fc.property(
      fc.record({
        x: number,
        y: number,
        w: size,
        h: size,
        angle: fc.double({ min: -3, max: 3, noNaN: true }),
      }),
      fc.tuple(side, side).filter(([across, down]) => across !== 0 || down !== 0),
      fc.record({ x: number, y: number }),
      fc.boolean(),
      fc.boolean(),
      (frame, [across, down], to, proportional, centred) => {
        const matrix = resizingMatrix(frame, { across, down, to, proportional, centred });
        assert.ok(matrix.every(Number.isFinite), String(matrix));
        const [fx, fy] = centred
          ? [frame.w / 2, frame.h / 2]
          : [((1 - across) / 2) * frame.w, ((1 - down) / 2) * frame.h];
        const fixed = outOfFrame(frame, fx, fy);
        const there = moved(matrix, fixed.x, fixed.y);
        const much = 1e-6 * Math.max(1, ...matrix.slice(0, 4).map(Math.abs));
        assert.ok(Math.hypot(there.x - fixed.x, there.y - fixed.y) < much * 4000);
        const { w, h } = frameMoved(frame, matrix).frame;
        assert.ok(w >= Math.min(frame.w, 0.99) && h >= Math.min(frame.h, 0.99));
      },
    ),
  );
});

test("what would be too large, or out of the board, is told", () => {
  const bounds = { minX: 0, minY: 0, maxX: 100, maxY: 100 };
  assert.ok(fitsTheBoard([2, 0, 0, 2, 0, 0], bounds));
  assert.ok(!fitsTheBoard([1e5, 0, 0, 1, 0, 0], bounds));
  assert.ok(!fitsTheBoard([1, 0, 0, 1, 1e6, 0], bounds));
});
