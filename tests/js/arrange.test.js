// Arranging: in line, equally far apart, equally large, over and under each other.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareElements, keysBetween } from "../../static/board/core/order.js";
import {
  align,
  distribute,
  flip,
  makeSameSize,
  reorder,
  stack,
} from "../../static/board/editor/arrange-selection.js";
import { lockOrUnlock, unlockAll } from "../../static/board/editor/groups-selection.js";
import { Commands } from "../../static/board/ui/commands.js";
import { arrangeCommands } from "../../static/board/ui/commands-arrange.js";
import { desk, rectangle } from "./support/desk.js";

/** @param {ReturnType<typeof desk>} board @param {"x" | "y" | "w" | "h"} name */
const all = ({ document }, name) =>
  [...document.keys()].sort().map((key) => document.get(key)?.[name]);

/** All of them selected. @param {[number, number, number, number, object?][]} boxes */
function several(...boxes) {
  const board = desk(
    Object.fromEntries(
      boxes.map(([x, y, w, h, more], i) => [
        `${"abcdefgh"[i]}0000000`,
        rectangle(x, y, w, h, { z: `a${i}`, ...more }),
      ]),
    ),
  );
  board.editor.selectAll();
  return board;
}

test("things are aligned by their edges and middles", () => {
  /** @type {[Parameters<typeof align>[1], "x" | "y", number[]][]} */
  const cases = [
    ["left", "x", [0, 0]],
    ["center", "x", [125, 100]],
    ["right", "x", [250, 200]],
    ["top", "y", [0, 0]],
    ["middle", "y", [45, 50]],
    ["bottom", "y", [90, 100]],
  ];
  for (const [side, name, expected] of cases) {
    const board = several([0, 0, 50, 50], [200, 100, 100, 40]);
    align(board.editor, side);
    assert.deepEqual(all(board, name), expected, side);
    assert.equal(board.sent.length, 1);
  }
});

test("a group is one thing, and stays as it is inside", () => {
  const group = { group: "group000" };
  const board = several([0, 0, 50, 50], [200, 100, 50, 50, group], [300, 200, 50, 50, group]);
  align(board.editor, "left");
  assert.deepEqual(all(board, "x"), [0, 0, 100]);
  assert.deepEqual(all(board, "y"), [0, 100, 200]);
});

test("distributed things have equal gaps, and the outermost stay", () => {
  const board = several([0, 0, 50, 10], [60, 0, 10, 10], [250, 0, 50, 10], [100, 0, 40, 10]);
  distribute(board.editor, "across");
  assert.deepEqual(all(board, "x"), [0, 100, 250, 160]);
});

test("stacked things follow each other", () => {
  const board = several([0, 0, 50, 50], [10, 20, 50, 50], [20, 200, 50, 50]);
  stack(board.editor, "down");
  assert.deepEqual(all(board, "y"), [0, 180, 360]);
  const over = several([0, 0, 50, 50], [10, 0, 50, 50]);
  stack(over.editor, "across");
  assert.deepEqual(all(over, "x"), [0, 70]);
});

test("of the same size are all as large as the largest, also what is turned", () => {
  const board = several([0, 0, 50, 50], [200, 0, 100, 20, { angle: 1 }]);
  makeSameSize(board.editor, "across");
  assert.deepEqual(all(board, "w"), [100, 100]);
  assert.deepEqual(all(board, "h"), [50, 20]);
  assert.equal(board.get("b0000000").angle, 1);
});

test("flipping twice is nothing", () => {
  const board = several([0, 0, 50, 50], [200, 100, 100, 40, { angle: 0.5 }]);
  const before = JSON.stringify([...board.document.entries()]);
  flip(board.editor, "across");
  assert.deepEqual(all(board, "x")[0], board.get("a0000000").x);
  assert.notEqual(JSON.stringify([...board.document.entries()]), before);
  flip(board.editor, "across");
  const { x, angle } = board.get("b0000000");
  assert.ok(Math.abs(x - 200) < 0.02 && Math.abs(angle - 0.5) < 1e-4);
});

test("locked is unlocked again by the same command, and all by another", () => {
  const board = several([0, 0, 50, 50], [200, 0, 50, 50]);
  lockOrUnlock(board.editor);
  assert.deepEqual(
    [...board.document.entries()].map(([, { locked }]) => locked),
    [true, true],
  );
  lockOrUnlock(board.editor);
  assert.deepEqual(
    [...board.document.entries()].map(([, { locked }]) => locked),
    [undefined, undefined],
  );
  lockOrUnlock(board.editor);
  board.editor.select([]);
  unlockAll(board.editor);
  assert.equal(board.editor.selection.size, 2);
  assert.ok([...board.document.entries()].every(([, { locked }]) => !locked));
});

/** From the bottom to the top. @param {ReturnType<typeof desk>} board */
const order = ({ document }) =>
  [...document.entries()]
    .sort(compareElements)
    .map(([key]) => key[0])
    .join("");

/** Letters that overlap those beside them only. @param {string} letters */
function row(letters) {
  return several(
    ...[...letters].map(
      (_, i) => /** @type {[number, number, number, number]} */ ([i * 40, 0, 50, 50]),
    ),
  );
}

test("several come to the front or go to the back in their order", () => {
  const board = row("abcdef");
  board.editor.select(["b0000000", "d0000000"]);
  reorder(board.editor, "front");
  assert.equal(order(board), "acefbd");
  assert.equal(board.sent.length, 1);
  reorder(board.editor, "front");
  assert.equal(board.sent.length, 1, "they are there already");
  reorder(board.editor, "back");
  assert.equal(order(board), "bdacef");
});

test("forward is over the next that overlaps, backward under it", () => {
  const board = row("abcdef");
  // c is under d, which it overlaps; e and f don't touch it.
  board.editor.select(["a0000000"]);
  reorder(board.editor, "forward");
  assert.equal(order(board), "bacdef");
  reorder(board.editor, "forward");
  assert.equal(order(board), "bacdef", "nothing over it that overlaps");
  board.editor.select(["f0000000"]);
  reorder(board.editor, "backward");
  assert.equal(order(board), "bacdfe");
  board.editor.select(["c0000000", "d0000000"]);
  reorder(board.editor, "backward");
  assert.equal(order(board), "cdbafe");
});

test("R12: new indices lie between, ascend, and stay short", () => {
  const z = fc.constantFrom(
    "a0",
    "a1",
    "a1V",
    "a1V0G",
    "Zz",
    "b00",
    "zzz",
    "0",
    "V",
    "a0zzzzzzzzzzzz",
  );
  fc.assert(
    fc.property(fc.option(z), fc.option(z), fc.integer({ min: 0, max: 300 }), (a, b, count) => {
      const keys = keysBetween(a, b, count);
      assert.equal(keys.length, count);
      for (const [i, key] of keys.entries()) {
        assert.match(key, /^[0-9A-Za-z]{1,64}$/);
        const before = keys[i - 1];
        assert.ok(before === undefined || key >= before, `${before} ${key}`);
        if (a !== null && b !== null && a < b) assert.ok(a <= key && key <= b, `${a} ${key} ${b}`);
      }
    }),
  );
});

test("each command has its key, and they go together with the others", async () => {
  const board = several([0, 0, 50, 50], [200, 0, 50, 50]);
  const commands = new Commands();
  for (const command of arrangeCommands(board.editor)) commands.add(command);
  assert.equal(commands.meaning("Mod+}")?.id, "arrange.front");
  assert.equal(commands.get("arrange.distribute-across").enabled(), false);
  assert.equal(commands.get("arrange.left").enabled(), true);
  await commands.get("edit.duplicate").run();
  assert.equal(board.document.size, 4);
  commands.run("arrange.group");
  commands.run("arrange.ungroup");
  board.editor.select([]);
  assert.equal(commands.get("select.next").enabled("Tab"), false, "Tab leads to the bars");
  await commands.get("select.next").run();
  assert.equal(board.editor.selection.size, 1);
  board.editor.readOnly = true;
  assert.equal(commands.get("arrange.left").enabled(), false);
});
