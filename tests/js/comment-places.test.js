// Pins stay with what they were put on; the tool puts them there with one press, and goes back to what was in the hand.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PinPlaces, pinAt, pinOnSelection } from "../../static/board/editor/comment-places.js";
import { CommentTool } from "../../static/board/tools/comment.js";
import { desk, rectangle } from "./support/desk.js";

/** @typedef {import("../../static/board/editor/comment-places.js").Pin} Pin */

const board = () => desk({ box: rectangle(100, 200, 80, 40, { fill: "blue" }) });

/** @param {Pin} pin */
const pinned = (pin) => ({ key: "thread", was_at: null, ...pin });

test("on the empty board a pin keeps its place", () => {
  const { editor } = board();
  const pin = pinAt(editor, { x: 5, y: 6 }, null);
  assert.deepEqual(pin, { x: 5, y: 6, element: null });
  assert.deepEqual(new PinPlaces(editor).of(pinned(pin)), { x: 5, y: 6, lost: false });
});

test("on an element it moves with it, and stays on it when it becomes smaller", () => {
  const { editor } = board();
  const places = new PinPlaces(editor);
  const pin = pinned(pinAt(editor, { x: 160, y: 230 }, "box"));
  editor.setOf(["box"], "move", () => ({ x: 1100, y: 1200 }));
  assert.deepEqual(places.of(pin), { x: 1160, y: 1230, lost: false });
  editor.setOf(["box"], "resize", () => ({ w: 20 }));
  const place = places.of(pin);
  assert.ok(place && place.x < 1130 && place.y === 1230);
});

test("when its element is removed it stays where it was, and comes back with it", () => {
  const { editor } = board();
  const places = new PinPlaces(editor);
  const pin = pinned(pinAt(editor, { x: 160, y: 230 }, "box"));
  editor.setOf(["box"], "move", () => ({ x: 1100 }));
  places.of(pin);
  editor.remove(["box"]);
  assert.deepEqual(places.of(pin), { x: 1160, y: 230, lost: true });
  editor.undo();
  assert.equal(places.of(pin)?.lost, false);
});

test("whoever comes later learns from the server where a removed element was", () => {
  const { editor } = board();
  const pin = pinned({ x: 3, y: 4, element: "gone-before" });
  const places = new PinPlaces(editor);
  assert.equal(places.of(pin), null);
  assert.deepEqual(places.of({ ...pin, was_at: { x: 10, y: 20 } }), { x: 13, y: 24, lost: true });
});

test("wherever it is put, it is shown there", () => {
  const { editor } = board();
  const places = new PinPlaces(editor);
  const across = fc.double({ min: 101, max: 179, noNaN: true });
  const down = fc.double({ min: 201, max: 239, noNaN: true });
  fc.assert(
    fc.property(across, down, (x, y) => {
      const place = places.of(pinned(pinAt(editor, { x, y }, "box")));
      assert.ok(place && Math.abs(place.x - x) < 1e-9 && Math.abs(place.y - y) < 1e-9);
    }),
  );
});

test("what is selected is commented on at its corner; of nothing there is none", () => {
  const { editor } = board();
  assert.equal(pinOnSelection(editor), null);
  editor.select(["box"]);
  const pin = pinOnSelection(editor);
  assert.equal(pin?.element, "box");
  assert.ok(pin && pin.x >= 80 && pin.y <= 0);
});

test("one press places a comment, on an element or beside it, and puts the tool down", () => {
  const made = board();
  const { editor } = made;
  /** @type {Pin[]} */
  const pins = [];
  const tool = new CommentTool(editor, (pin) => pins.push(pin));
  editor.register(tool);
  for (const [x, y] of /** @type {[number, number][]} */ ([
    [140, 220],
    [500, 500],
  ])) {
    tool.begin();
    assert.equal(editor.tool?.name, "comment");
    made.click(x, y);
    assert.equal(editor.tool?.name, "select");
  }
  assert.deepEqual(pins, [
    { x: 40, y: 20, element: "box" },
    { x: 500, y: 500, element: null },
  ]);
  assert.equal(made.sent.length, 0);
});

test("without a pointer it is the middle of the view; Escape thinks better of it", () => {
  const { editor } = board();
  /** @type {Pin[]} */
  const pins = [];
  const tool = new CommentTool(editor, (pin) => pins.push(pin));
  editor.register(tool);
  tool.begin();
  assert.ok(tool.onEscape());
  assert.equal(editor.tool?.name, "select");
  tool.begin();
  tool.placeInTheMiddle();
  assert.deepEqual(pins, [{ x: 500, y: 350, element: null }]);
});
