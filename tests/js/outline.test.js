// The outline: everything on a page once, in the order in which one reads, in its frames and groups.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import "../../static/board/elements/others.js";
import { setCatalogue } from "../../static/board/core/translate.js";
import {
  neighbour,
  ONE_PAGE,
  outlineOf,
  outlineOfBoard,
  rowsOf,
} from "../../static/board/editor/outline.js";
import { hasNext } from "../../static/board/editor/selecting-next.js";
import { pageOf } from "../../static/board/elements/page-list.js";
import { bodyWords, placeWords, spoken } from "../../static/board/elements/spoken.js";
import { Calm, lineAfter, toggled } from "../../static/board/ui/outline-ways.js";
import { desk, rectangle } from "./support/desk.js";
import { VirtualClock } from "./support/virtual-clock.js";

/** @typedef {import("../../static/board/core/fold.js").Element} Element */
/** @typedef {import("../../static/board/editor/outline.js").Entry} Entry */

setCatalogue({});

/** @param {readonly Entry[]} entries @returns {unknown[]} */
function shape(entries) {
  return entries.map(({ id, entries: inside }) => (inside.length > 0 ? [id, shape(inside)] : id));
}

/** @param {Record<string, Element>} elements */
function outline(elements) {
  return outlineOf(Object.entries(elements));
}

test("line by line, and within a line from the left", () => {
  const tree = outline({
    below: rectangle(0, 200),
    right: rectangle(200, 8),
    left: rectangle(0, 14),
  });
  assert.deepEqual(shape(tree), ["left", "right", "below"]);
});

test("what is in a frame or a group is below it", () => {
  const tree = outline({
    frame: { kind: "frame", x: 0, y: 0, w: 500, h: 300, z: "a0" },
    inside: rectangle(10, 10, 50, 50, { frame: "frame" }),
    second: rectangle(100, 120, 50, 50, { frame: "frame", group: "g/h" }),
    third: rectangle(200, 120, 50, 50, { frame: "frame", group: "g/h" }),
    fourth: rectangle(300, 120, 50, 50, { frame: "frame", group: "g" }),
    beside: rectangle(600, 0, 50, 50, { frame: "gone" }),
    alone: rectangle(600, 400, 50, 50, { group: "left" }),
  });
  assert.deepEqual(shape(tree), [
    ["frame", ["inside", ["g", [["h", ["second", "third"]], "fourth"]]]],
    "beside",
    "alone",
  ]);
  assert.deepEqual(tree[0]?.entries[1]?.keys, ["second", "third", "fourth"]);
});

const places = fc.integer({ min: -500, max: 500 });
const names = fc.constantFrom("a", "b", "c", "d", "e", "f");
const anything = fc.record(
  {
    kind: fc.constantFrom("rectangle", "frame", "note", "hologram"),
    x: places,
    y: places,
    w: fc.integer({ min: 1, max: 300 }),
    h: fc.integer({ min: 1, max: 300 }),
    z: fc.constant("a0"),
    frame: fc.oneof(names, fc.constant(7)),
    group: fc.array(names, { maxLength: 8 }).map((path) => path.join("/")),
  },
  { requiredKeys: ["kind", "x", "y", "w", "h", "z"] },
);

test("everything is there once, also where frames are in each other", () => {
  fc.assert(
    fc.property(fc.dictionary(names, anything), (elements) => {
      const rows = rowsOf(outline(/** @type {Record<string, Element>} */ (elements)));
      const found = rows.filter(({ entry }) => entry.type !== "group").map(({ entry }) => entry.id);
      assert.deepEqual(found.sort(), Object.keys(elements).sort());
      for (const { index, size } of rows) assert.ok(index >= 1 && index <= size);
    }),
  );
});

test("other pages are closed until they are opened", () => {
  /** @type {[string, Element][]} */
  const everything = [
    ["here", rectangle(0, 0)],
    ["there", rectangle(0, 0, 10, 10, { page: "second" })],
    ["second", { kind: "page", z: "b" }],
  ];
  /** @type {[string, Element][]} */
  const pages = [...ONE_PAGE, ["second", { kind: "page", z: "b" }]];
  /** @param {string[]} open */
  const board = (open) =>
    outlineOfBoard({
      everything,
      shown: everything.slice(0, 1),
      pages,
      pageOf,
      current: "first-page",
      open: new Set(open),
    }).map(({ size, entries }) => [size, entries?.map(({ id }) => id) ?? null]);
  assert.deepEqual(board([]), [
    [1, ["here"]],
    [1, null],
  ]);
  assert.deepEqual(board(["second"])[1], [1, ["there"]]);
});

test("a neighbour lies straight ahead", () => {
  const at = (/** @type {number} */ x, /** @type {number} */ y) => ({
    bounds: { minX: x, minY: y, maxX: x + 10, maxY: y + 10 },
  });
  const ahead = at(200, 10);
  const aside = at(100, 90);
  assert.equal(neighbour(at(0, 0).bounds, [aside, ahead, at(-50, 0)], "right"), ahead);
  assert.equal(neighbour(at(0, 0).bounds, [ahead], "up"), null);
});

test("Tab goes through what is there, and out at both ends", () => {
  const { editor } = desk({ a0000000: rectangle(0, 0), b0000000: rectangle(200, 0) });
  assert.ok(hasNext(editor, 1));
  editor.select(["b0000000"]);
  assert.equal(hasNext(editor, 1), false);
  assert.ok(hasNext(editor, -1));
  editor.select(["a0000000"]);
  assert.equal(hasNext(editor, -1), false);
});

test("an element says its kind and its words, else how it looks", () => {
  assert.equal(
    spoken(rectangle(0, 0, 40, 20, { text: "Plan\n for  us" })),
    "Rectangle, Plan for us",
  );
  assert.equal(
    spoken({ kind: "image", x: 0, y: 0, w: 9, h: 9, z: "a", alt: "A cat", locked: true }),
    "Image, A cat, locked",
  );
  assert.match(bodyWords(rectangle(0, 0, 38, 18)), /^black, 40 by 20 units$/);
  assert.match(spoken({ kind: "hologram", x: 0, y: 0, z: "a" }), /^Something newer/);
});

test("a place is said within the view", () => {
  const view = { minX: 0, minY: 0, maxX: 900, maxY: 600 };
  const spot = (/** @type {number} */ x, /** @type {number} */ y) =>
    placeWords({ minX: x, minY: y, maxX: x, maxY: y }, view);
  assert.equal(spot(10, 10), "top left of the view");
  assert.equal(spot(450, 300), "middle of the view");
  assert.equal(spot(899, 599), "bottom right of the view");
  assert.equal(spot(-500, 300), "out of view, to the left");
  assert.equal(spot(450, 6000), "out of view, below");
});

test("it follows at most twice a second, and waits while somebody draws", async () => {
  const clock = new VirtualClock();
  let busy = false;
  let times = 0;
  const calm = new Calm(
    () => times++,
    () => busy,
    clock,
  );
  for (let i = 0; i < 100; i++) {
    calm.soon();
    await clock.run(20);
  }
  assert.ok(times >= 3 && times <= 5, String(times));
  await clock.run(1000);
  const before = times;
  busy = true;
  calm.soon();
  await clock.run(2000);
  assert.equal(times, before);
  busy = false;
  await clock.run(600);
  assert.equal(times, before + 1);
});

test("keys lead from line to line, and stop at the ends", () => {
  const ids = ["a", "b", "c"];
  assert.equal(lineAfter(ids, "b", "ArrowDown"), "c");
  assert.equal(lineAfter(ids, "c", "ArrowDown"), "c");
  assert.equal(lineAfter(ids, "c", "Home"), "a");
  assert.equal(lineAfter(ids, "c", "x"), null);
  assert.deepEqual(toggled(new Set(["a"]), ["a", "b"]), ["a", "a", "b"]);
  assert.deepEqual(toggled(new Set(["a", "b"]), ["a", "b"]), []);
});
