// The picture of the board: at once what is new, at rest exactly the document.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { COLORS, picture, stroke, WaitingWorker } from "./support/picture.js";
import { Chance } from "./support/random.js";

/** What a page shows that opens the board only now. @param {ReturnType<typeof picture>} board */
function afresh(board) {
  const elements = Object.fromEntries(board.document.entries());
  const other = picture({ elements });
  Object.assign(other.camera, { x: board.camera.x, y: board.camera.y, zoom: board.camera.zoom });
  other.renderer.requestFrame();
  other.rest();
  return other.pixels();
}

test("an empty board is background everywhere", () => {
  const board = picture();
  board.rest();
  assert.deepEqual([...new Set(board.canvas.ctx.cells.values())], ["#fbfbf9"]);
  assert.equal(board.canvas.dataset.settled, "true");
});

test("a new stroke is there in the next frame, also where no tile has been painted yet", () => {
  const board = picture({ worker: new WaitingWorker() });
  board.put("stroke-1", stroke({ x: 40, y: 40 }));
  board.frame();
  assert.equal(board.canvas.ctx.cells.get("3,3"), "#e03131");
});

test("a new stroke is there in the next frame, on tiles that the worker has painted", () => {
  const worker = new WaitingWorker();
  const board = picture({ worker });
  worker.ready();
  board.put("stroke-1", stroke({ x: 40, y: 40, color: "blue" }));
  board.rest();
  board.put("stroke-2", stroke({ x: 40, y: 40, z: "a2" }));
  board.frame();
  assert.equal(board.canvas.ctx.cells.get("3,3"), "#e03131");
});

test("the old bitmap stays until the tile is painted without the erased stroke", () => {
  const worker = new WaitingWorker();
  const board = picture({ worker, elements: { "stroke-1": stroke({ x: 40, y: 40 }) } });
  worker.ready();
  board.rest();
  board.document.propose([{ op: "remove", key: "stroke-1" }]);
  board.put("stroke-2", stroke({ x: 300, y: 300, z: "a2", color: "blue" }));
  board.frame();
  assert.equal(board.canvas.ctx.cells.get("3,3"), "#e03131");
  assert.equal(board.renderer.settled, false);
  board.rest();
  assert.equal(board.canvas.ctx.cells.get("3,3"), "#fbfbf9");
});

test("a stroke that comes late lies below those above it", () => {
  const worker = new WaitingWorker();
  const board = picture({ worker });
  worker.ready();
  board.put("stroke-2", stroke({ x: 40, y: 40, z: "a5", color: "blue" }));
  board.rest();
  board.put("stroke-1", stroke({ x: 40, y: 40, z: "a1" }));
  board.rest();
  assert.equal(board.canvas.ctx.cells.get("3,3"), "#1971c2");
});

test("a receipt that only adds the author paints nothing", () => {
  const board = picture({ elements: { "stroke-1": stroke({ x: 40, y: 40 }) } });
  board.rest();
  const { revision } = board.renderer.state;
  board.document.load({
    epoch: "test",
    clock: 1,
    elements: { "stroke-1": { ...stroke({ x: 40, y: 40 }), author: 7 } },
  });
  board.rest();
  assert.equal(board.renderer.state.revision, revision);
});

test("hidden elements are not in the picture, and come back", () => {
  const board = picture({ elements: { "stroke-1": stroke({ x: 40, y: 40 }) } });
  board.rest();
  const before = board.pixels();
  board.renderer.hide(["stroke-1"]);
  board.rest();
  assert.equal(board.canvas.ctx.cells.get("3,3"), "#fbfbf9");
  board.renderer.hide([]);
  board.rest();
  assert.equal(board.pixels(), before);
});

test("another theme repaints everything", () => {
  const worker = new WaitingWorker();
  const board = picture({ worker, elements: { "stroke-1": stroke({ x: 40, y: 40 }) } });
  worker.ready();
  board.rest();
  board.renderer.setTheme("dark");
  board.rest();
  assert.deepEqual([...new Set(board.canvas.ctx.cells.values())].sort(), ["#161618", "#ff8787"]);
});

test("without a worker the page paints, and a worker that breaks leaves the page to it", () => {
  const worker = new WaitingWorker();
  const board = picture({ worker, elements: { "stroke-1": stroke({ x: 40, y: 40 }) } });
  worker.ready();
  board.frame();
  worker.onerror?.({});
  board.rest();
  assert.equal(board.canvas.ctx.cells.get("3,3"), "#e03131");
});

test("after a change of zoom it is soft at once and exact at rest", () => {
  const board = picture({
    elements: { "stroke-1": stroke({ x: 40, y: 40, across: 400, down: 300 }) },
  });
  board.rest();
  board.camera.zoomAt(600, 400, 1.37);
  board.frame();
  assert.equal(board.renderer.settled, false);
  assert.ok([...board.canvas.ctx.cells.values()].includes("#e03131"), "never blank");
  board.rest();
  assert.equal(board.pixels(), afresh(board));
});

/** On whole cells of the coarse canvas, as real ones are on whole pixels. @param {ReturnType<typeof picture>["camera"]} camera */
function align(camera) {
  const cell = 16 / camera.zoom;
  Object.assign(camera, {
    x: Math.round(camera.x / cell) * cell,
    y: Math.round(camera.y / cell) * cell,
  });
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`at rest the picture is that of the document, whatever came in whatever order (seed ${seed})`, () => {
    const random = new Chance(seed).next;
    const pick = (/** @type {string[]} */ list) => list[Math.floor(random() * list.length)];
    const worker = seed % 3 === 0 ? null : new WaitingWorker();
    const board = picture({ worker });
    for (let i = 0; i < 150; i++) {
      const keys = [...board.document.keys()];
      const dice = random();
      if (dice < 0.55 || keys.length === 0) {
        board.put(
          `stroke-${i}`,
          stroke({
            x: Math.round(random() * 1500 - 200),
            y: Math.round(random() * 1000 - 100),
            z: `a${Math.floor(random() * 90) + 10}`,
            color: pick(COLORS),
            across: random() * 300,
            down: random() * 300,
          }),
        );
      } else if (dice < 0.7) board.document.propose([{ op: "remove", key: pick(keys) }]);
      else if (dice < 0.8)
        board.document.propose([
          { op: "set", key: pick(keys), props: { x: Math.round(random() * 900) } },
        ]);
      else if (dice < 0.86)
        board.document.propose([{ op: "set", key: pick(keys), props: { color: pick(COLORS) } }]);
      else if (dice < 0.92)
        board.camera.panBy(Math.round(random() * 400 - 200), Math.round(random() * 400 - 200));
      else if (dice < 0.96) board.camera.zoomAt(random() * 1200, random() * 800, 0.6 + random());
      else if (worker && dice < 0.98) worker.ready();
      align(board.camera);
      // Frames and the worker keep their own pace.
      if (random() < 0.6) board.frame();
      while (worker && random() < 0.4) worker.run();
    }
    board.rest();
    assert.equal(board.pixels(), afresh(board));
  });
}
