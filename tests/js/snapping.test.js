// Snapping: to the grid, to others' edges and middles, and to equal distances, with the lines that show it.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { snapBox } from "../../static/board/core/snap.js";
import { snapPlace } from "../../static/board/editor/snapping.js";
import { desk, rectangle } from "./support/desk.js";

const FILLED = { fill: "yellow" };

/** Something to move, and others that stay. @param {Record<string, import("../../static/board/core/fold.js").Element>} others @param {object} settings */
function board(others, settings = { snapToObjects: true }) {
  const made = desk({ moved000: rectangle(0, 0, 50, 50, { ...FILLED, z: "b" }), ...others });
  made.editor.set(settings);
  made.editor.select(["moved000"]);
  return made;
}

test("an edge that comes near another's is drawn to it, and a line shows both", () => {
  const made = board({ other000: rectangle(300, 200) });
  made.pull([25, 25], [25 + 296, 25 + 60]);
  const { guides, moved } = made.editor.preview;
  assert.deepEqual(moved?.matrix.slice(4), [300, 60]);
  assert.deepEqual(
    guides.map(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2]),
    [
      [300, 60, 300, 260],
      [350, 60, 350, 260],
    ],
    "its left edge, and its right one, which the other's middle is in line with",
  );
  made.editor.pointerUp(made.at(25 + 296, 25 + 60));
  assert.equal(made.get("moved000").x, 300);
  assert.deepEqual(made.editor.preview.guides, []);
});

test("with Ctrl held, or without the setting, nothing draws", () => {
  const free = board({ other000: rectangle(300, 200) });
  free.pull([25, 25], [25 + 296, 25 + 60], { ctrl: true });
  assert.deepEqual(free.editor.preview.moved?.matrix.slice(4), [296, 60]);
  const off = board({ other000: rectangle(300, 200) }, { snapToObjects: false });
  off.pull([25, 25], [25 + 296, 25 + 60]);
  assert.deepEqual(off.editor.preview.moved?.matrix.slice(4), [296, 60]);
});

test("it reaches eight pixels of the screen, whatever the zoom", () => {
  const made = board({ other000: rectangle(300, 200) });
  made.editor.camera.resize(4000, 3000);
  made.editor.camera.zoomAt(0, 0, 4);
  made.pull([25, 25], [25 + 297, 25 + 60]);
  assert.equal(made.editor.preview.moved?.matrix[4], 297);
  made.editor.pointerMove(made.at(25 + 298.5, 25 + 60));
  assert.equal(made.editor.preview.moved?.matrix[4], 300);
});

test("to the grid goes what nothing else draws", () => {
  const made = board({ other000: rectangle(307, 205) }, { snapToObjects: true, snapToGrid: true });
  made.drag([25, 25], [25 + 304, 25 + 93]);
  assert.deepEqual([made.get("moved000").x, made.get("moved000").y], [307, 100]);
});

test("a side that is dragged is drawn to others' edges, and to the grid", () => {
  const made = board({ other000: rectangle(300, 200) });
  made.drag([54, 54], [54 + 247, 54 + 40]);
  assert.deepEqual([made.get("moved000").w, made.get("moved000").h], [300, 90]);
  const grid = board({}, { snapToObjects: false, snapToGrid: true });
  grid.drag([54, 54], [54 + 33, 54 + 3]);
  assert.deepEqual([grid.get("moved000").w, grid.get("moved000").h], [80, 60]);
});

test("into the middle between two, and as far away as those are from each other", () => {
  const others = { left0000: rectangle(100, 0, 50, 50), right000: rectangle(300, 0, 50, 50) };
  const middle = board(others);
  middle.pull([25, 25], [25 + 203, 25 + 20]);
  assert.equal(middle.editor.preview.moved?.matrix[4], 200);
  const gaps = middle.editor.preview.guides.filter(({ gap }) => gap);
  assert.deepEqual(
    gaps.map(({ x1, x2 }) => x2 - x1),
    [50, 50],
  );
  const after = board(others);
  after.pull([25, 25], [25 + 505, 25 + 20]);
  assert.equal(after.editor.preview.moved?.matrix[4], 500);
  assert.deepEqual(
    after.editor.preview.guides.filter(({ gap }) => gap).map(({ x1, x2 }) => [x1, x2]),
    [
      [150, 300],
      [350, 500],
    ],
  );
});

test("handwriting draws nothing, nor does what is out of view", () => {
  const made = board({
    stroke00: {
      kind: "stroke",
      x: 300,
      y: 200,
      z: "a1",
      color: "black",
      width: 4,
      points: "AAAAAA",
    },
    far00000: rectangle(3000, 202),
  });
  made.pull([25, 25], [25 + 299, 25 + 199]);
  assert.deepEqual(made.editor.preview.moved?.matrix.slice(4), [299, 199]);
});

test("a new shape's corner is drawn as well", () => {
  const made = board({ other000: rectangle(300, 200) });
  const { x, y, guides } = snapPlace(made.editor, { x: 303, y: 500 });
  assert.deepEqual([x, y, guides.length], [300, 500, 1]);
  assert.equal(snapPlace(made.editor, { x: 303, y: 500 }, new Set(["other000"])).x, 303);
});

const place = fc.integer({ min: -500, max: 500 });
const side = fc.integer({ min: 0, max: 200 });
const bounds = fc
  .tuple(place, place, side, side)
  .map(([minX, minY, w, h]) => ({ minX, minY, maxX: minX + w, maxY: minY + h }));

test("never farther than the reach, and every line that is shown runs through the box", () => {
  fc.assert(
    fc.property(bounds, fc.array(bounds, { maxLength: 20 }), (box, others) => {
      const { dx, dy, guides } = snapBox(box, others, 8);
      assert.ok(Math.abs(dx ?? 0) <= 8 && Math.abs(dy ?? 0) <= 8);
      if (dx === null && dy === null) assert.deepEqual(guides, []);
      for (const guide of guides.filter(({ gap }) => !gap)) {
        const upright =
          guide.x1 === guide.x2 &&
          guide.x1 >= box.minX + (dx ?? 0) - 0.1 &&
          guide.x1 <= box.maxX + (dx ?? 0) + 0.1;
        const level =
          guide.y1 === guide.y2 &&
          guide.y1 >= box.minY + (dy ?? 0) - 0.1 &&
          guide.y1 <= box.maxY + (dy ?? 0) + 0.1;
        assert.ok(upright || level);
      }
      const gaps = guides
        .filter(({ gap }) => gap)
        .map((guide) => guide.x2 - guide.x1 + guide.y2 - guide.y1);
      assert.ok(gaps.every((gap) => gap > 0));
    }),
  );
});
