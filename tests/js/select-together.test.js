// Two people with the same things in their hands: whatever they do, and however slowly they hear of each other, both
// end with the same board, and with nothing torn or lost on it (R4, R11).

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { groupSelection, ungroupSelection } from "../../static/board/editor/groups-selection.js";
import { desk, rectangle } from "./support/desk.js";
import { Log } from "./support/log.js";

/** @typedef {ReturnType<typeof desk>} Desk */

const A = "a0000000";
const B = "b0000000";
const FILLED = { fill: "yellow" };
const POINTS = "BAAAAMgByAHIAQAAyAE";
const START = {
  [A]: rectangle(100, 100, 100, 60, { ...FILLED, z: "a1" }),
  [B]: rectangle(300, 200, 80, 80, { ...FILLED, z: "a2", angle: 0.4 }),
};

/** Ann and Bob, and a server that has what each has sent when the test says so. @param {Record<string, import("../../static/board/core/fold.js").Element>} [elements] */
function two(elements = START) {
  const log = new Log();
  for (const [key, element] of Object.entries(elements)) log.elements.set(key, element);
  const people = [desk(elements), desk(elements)];
  const [ann, bob] = /** @type {[Desk, Desk]} */ (people);
  ann.document.author = 1;
  bob.document.author = 2;
  const heard = [0, 0];
  const arrived = [0, 0];
  /** The next of what this person has sent reaches the server. @param {number} who */
  const send = (who) => {
    const transaction = people[who]?.sent[arrived[who] ?? 0];
    if (!transaction) return false;
    arrived[who] = (arrived[who] ?? 0) + 1;
    log.commit(structuredClone(transaction), who + 1);
    return true;
  };
  /** The next of the log reaches this person. @param {number} who */
  const hear = (who) => {
    const transaction = log.transactions[heard[who] ?? 0];
    if (!transaction) return false;
    heard[who] = (heard[who] ?? 0) + 1;
    people[who]?.document.confirm(structuredClone(transaction));
    return true;
  };
  const settle = () => {
    for (const who of [0, 1]) while (send(who));
    for (const who of [0, 1]) while (hear(who));
  };
  return { ann, bob, people, log, send, hear, settle };
}

/** @param {Desk} board @param {string} [key] */
const place = (board, key = A) => [board.get(key).x, board.get(key).y];

test("what Ann holds stays in her hand when Bob lets go of it elsewhere, and lies where she lets go", () => {
  const { ann, bob, settle } = two();
  for (const board of [ann, bob]) board.editor.select([A]);
  ann.pull([150, 130], [250, 130]);
  bob.drag([150, 130], [150, 330]);
  settle();
  assert.deepEqual(place(ann), [100, 300]);
  assert.deepEqual(ann.editor.preview.moved?.matrix.slice(4), [100, -200]);
  ann.editor.pointerUp(ann.at(250, 130));
  settle();
  assert.deepEqual(place(ann), [200, 100]);
  assert.deepEqual(place(bob), [200, 100]);
});

test("a recolour meanwhile stays, and the movement goes on", () => {
  const { ann, bob, settle } = two();
  ann.pull([150, 130], [250, 130]);
  bob.editor.select([A]);
  bob.editor.setStyle({ color: "red" });
  settle();
  assert.equal(ann.get(A).color, "red");
  ann.editor.pointerUp(ann.at(250, 130));
  settle();
  assert.deepEqual([bob.get(A).x, bob.get(A).color], [200, "red"]);
  ann.editor.undo();
  settle();
  assert.deepEqual([bob.get(A).x, bob.get(A).color], [100, "red"], "R11: her own alone");
});

test("of what another removes meanwhile the rest goes on, and nothing comes back", () => {
  const { ann, bob, settle } = two();
  ann.editor.select([A, B]);
  ann.pull([150, 130], [250, 130]);
  bob.editor.remove([A]);
  settle();
  assert.deepEqual([...(ann.editor.preview.moved?.keys ?? [])], [B]);
  ann.editor.pointerUp(ann.at(250, 130));
  settle();
  assert.equal(bob.document.has(A), false);
  assert.equal(bob.get(B).x, 400);
  bob.editor.remove([B]);
  settle();
  assert.equal(ann.editor.selection.size, 0);
});

test("when all of it is removed the hand is empty, whatever it was doing", () => {
  for (const from of /** @type {[number, number][]} */ ([
    [150, 130],
    [204, 164],
    [150, 72],
  ])) {
    const { ann, bob, settle } = two();
    ann.editor.select([A]);
    ann.pull(from, [from[0] + 100, from[1] + 50]);
    bob.editor.remove([A]);
    settle();
    ann.editor.pointerMove(ann.at(from[0] + 120, from[1] + 50));
    ann.editor.pointerUp(ann.at(from[0] + 120, from[1] + 50));
    assert.equal(ann.sent.length, 0);
    assert.equal(ann.editor.preview.moved, null);
    assert.equal(ann.transforms.at(-1), null);
  }
});

test("what Bob has turned meanwhile is moved as he has turned it", () => {
  const { ann, bob, settle } = two();
  ann.editor.select([A, B]);
  ann.pull([150, 130], [250, 130]);
  bob.editor.select([A, B]);
  bob.editor.transformSelection([0, 1, -1, 0, 500, 0], "rotate");
  settle();
  const before = [place(bob, A), place(bob, B)];
  ann.editor.pointerUp(ann.at(250, 130));
  settle();
  const after = [place(bob, A), place(bob, B)];
  assert.deepEqual(
    after,
    before.map(([x, y]) => [x + 100, y]),
  );
});

const who = fc.constantFrom(0, 1);
const way = fc.integer({ min: -300, max: 300 });
const hearing = fc.record({ type: fc.constantFrom("send", "hear"), who });
const moving = fc.record({
  type: fc.constantFrom("hold", "hold", "pull", "drop", "drop", "drop", "undo"),
  who,
  x: way,
  y: way,
});
const changing = fc.record({
  type: fc.constantFrom(
    "corner",
    "turn",
    "copy",
    "redo",
    "remove",
    "recolour",
    "group",
    "ungroup",
    "cancel",
    "click",
  ),
  who,
  x: way,
  y: way,
});

/** @typedef {{type: string, who: number, x?: number, y?: number}} Act */

/** @param {ReturnType<typeof two>} world @param {Act} act @param {boolean} both whether it is always all that they take hold of */
function perform(world, { type, who: number, x = 0, y = 0 }, both) {
  if (type === "send") world.send(number);
  if (type === "hear") world.hear(number);
  const board = /** @type {Desk} */ (world.people[number]);
  const { editor } = board;
  const from = holds.get(board) ?? { x: 0, y: 0 };
  if (type === "hold" || type === "corner" || type === "turn") {
    if (editor.busy) return;
    if (both || editor.selection.size === 0) editor.selectAll();
    takeHold(board, type);
    const begun = holds.get(board) ?? from;
    editor.pointerMove(board.at(begun.x + x, begun.y + y));
  }
  if (type === "pull") editor.pointerMove(board.at(from.x + x, from.y + y));
  if (type === "copy" && board.document.size < 12)
    editor.pointerMove(board.at(from.x + x, from.y + y, { alt: true }));
  if (type === "drop") editor.pointerUp(board.at(from.x + x, from.y + y));
  if (type === "cancel") editor.pointerCancel();
  if (type === "undo") editor.undo();
  if (type === "redo") editor.redo();
  if (type === "click" && !editor.busy) board.click(x + 200, y + 200);
  if (type === "recolour") editor.setStyle({ color: x > 0 ? "red" : "blue" });
  if (type === "group" && !editor.busy) groupSelection(editor);
  if (type === "ungroup" && !editor.busy) ungroupSelection(editor);
  if (type === "remove") editor.remove([...board.document.keys()].slice(0, 1));
}

/** Where each has taken hold. @type {WeakMap<Desk, {x: number, y: number}>} */
const holds = new WeakMap();

/** @param {Desk} board @param {string} type */
function takeHold(board, type) {
  const bounds = board.editor.boundsOf(board.editor.selection);
  if (!bounds) return;
  const x = (bounds.minX + bounds.maxX) / 2;
  const y = (bounds.minY + bounds.maxY) / 2;
  const at =
    type === "corner"
      ? { x: bounds.maxX + 3, y: bounds.maxY + 3 }
      : type === "turn"
        ? { x, y: bounds.minY - 27 }
        : { x: x + 2, y: y + 2 };
  holds.set(board, at);
  board.editor.pointerDown(board.at(at.x, at.y));
}

/** @param {ReturnType<typeof two>} world */
function end(world) {
  for (const board of world.people) board.editor.pointerCancel();
  world.settle();
  world.settle();
  const boards = world.people.map(({ document }) => Object.fromEntries(document.entries()));
  assert.deepEqual(boards[0], boards[1]);
  assert.deepEqual(boards[0], Object.fromEntries(world.log.elements));
  for (const element of world.log.elements.values())
    for (const value of Object.values(element))
      assert.ok(
        typeof value !== "number" || (Number.isFinite(value) && Math.abs(value) <= 1e6),
        `${value}`,
      );
}

test("two who move the same things at once never tear them apart", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(moving, hearing), { minLength: 40, maxLength: 80 }), (acts) => {
      const world = two();
      for (const act of acts) perform(world, act, true);
      end(world);
      const [a, b] = [place(world.ann, A), place(world.ann, B)];
      assert.ok(
        Math.abs(b[0] - a[0] - 200) < 0.1 && Math.abs(b[1] - a[1] - 100) < 0.1,
        `${a} and ${b}`,
      );
    }),
    { numRuns: 150 },
  );
});

test("whatever two do to the same things, both end with the same board and every number in its bounds", () => {
  const stroke = {
    kind: "stroke",
    x: 50,
    y: 300,
    z: "a3",
    color: "black",
    width: 4,
    points: POINTS,
  };
  fc.assert(
    fc.property(
      fc.array(fc.oneof(moving, changing, hearing), { minLength: 40, maxLength: 80 }),
      (acts) => {
        const world = two({ ...START, stroke00: stroke });
        for (const act of acts) perform(world, act, false);
        end(world);
      },
    ),
    { numRuns: 150 },
  );
});
