// Notes: papers that grow with their text, and can be read in both themes.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { rotation, scaling, translation } from "../../static/board/core/matrix.js";
import { transformed } from "../../static/board/elements/index.js";
import { contrast, INK_NAMES } from "../../static/board/elements/ink.js";
import { note, noteSize } from "../../static/board/elements/note.js";
import { inkOnPaper, paperColor } from "../../static/board/elements/paper.js";
import { coarseContext } from "./support/coarse-canvas.js";

/** @param {object} [more] */
const paper = (more = {}) => ({
  kind: "note",
  x: 100,
  y: 50,
  z: "a0",
  w: 200,
  h: 200,
  text: "",
  ...more,
});
const LONG = "many words ".repeat(60);

test("ink on paper can be read, whatever the colour and theme", () => {
  for (const theme of /** @type {const} */ (["light", "dark"])) {
    for (const fill of [undefined, ...INK_NAMES, "#112233", "#ffee00", "nonsense"]) {
      const color = paperColor(fill, theme);
      const found = contrast(color, inkOnPaper(color));
      assert.ok(found >= 4.5, `${fill} in ${theme}: ${found}`);
    }
  }
});

test("a note is as large as it says while its text fits", () => {
  assert.deepEqual(note.frame(paper({ text: "milk" })), {
    x: 100,
    y: 50,
    w: 200,
    h: 200,
    angle: 0,
  });
  assert.equal(noteSize(paper({ text: "milk", size: 20 })), 20);
});

test("longer text is written smaller, and then the note grows downwards", () => {
  const written = paper({ text: LONG, size: 20 });
  assert.equal(noteSize(written), 14);
  const { x, y, w, h } = note.frame(written);
  assert.deepEqual([x, y, w], [100, 50, 200]);
  assert.ok(h > 400, `${h}`);
  assert.equal(note.hit(written, 200, 50 + h - 5, 0), true);
  assert.equal(note.hit(paper(), 200, 50 + h - 5, 0), false);
});

test("a turned note grows along its own sides", () => {
  const frame = note.frame(paper({ text: LONG, angle: Math.PI / 2 }));
  // What was its upper side is the right one now, and stays.
  const right = frame.x + frame.w / 2 + frame.h / 2;
  assert.ok(Math.abs(right - 300) < 1e-6, `${right}`);
});

test("moved, turned and grown it has its place; only growing alike grows its writing", () => {
  assert.deepEqual(note.transform(paper(), translation(10, -10)), { x: 110, y: 40 });
  assert.equal(transformed(paper(), rotation(0.5, { x: 0, y: 0 })).angle, 0.5);
  const twice = transformed(paper({ size: 20 }), scaling(2, 2, { x: 100, y: 50 }));
  assert.deepEqual([twice.x, twice.w, twice.h, twice.size], [100, 400, 400, 40]);
  const wide = transformed(paper({ size: 20 }), scaling(2, 1, { x: 100, y: 50 }));
  assert.deepEqual([wide.w, wide.h, wide.size], [400, 200, 20]);
  const mirrored = transformed(paper(), scaling(-1, 1, { x: 0, y: 0 }));
  assert.equal(Object.hasOwn(mirrored, "flip"), false);
});

test("drawing leaves the canvas as it was, and says the text", () => {
  const ctx = coarseContext();
  ctx.globalAlpha = 0.5;
  note.draw(ctx, paper({ text: "milk\nbread", opacity: 0.5 }), {
    theme: "light",
    scale: 1,
    left: 0,
    top: 0,
  });
  assert.equal(ctx.globalAlpha, 0.5);
  assert.deepEqual(/** @type {any} */ (ctx).texts, ["milk", "bread"]);
});

test("a note that only lies elsewhere is as large, one with other words isn't", () => {
  const before = paper({ text: LONG });
  const { h } = note.frame(before);
  for (const [more, same] of /** @type {const} */ ([
    [{ x: 500 }, true],
    [{ text: "milk" }, false],
    [{ w: 400 }, false],
    [{ bold: true, size: 40 }, false],
  ])) {
    const after = { ...before, ...more };
    note.inherit?.(before, after);
    assert.equal(note.frame(after).h === h, same, JSON.stringify(more));
    assert.deepEqual(note.frame(after), note.frame({ ...after }));
  }
});

test("nonsense is drawn as well as it can be", () => {
  const ctx = coarseContext();
  for (const bad of [
    { kind: "note" },
    paper({ w: -5, h: "x", size: 1e9, fill: 7, text: 5 }),
    paper({ text: "x".repeat(50_000), w: 0, h: 0, list: "odd", font: "__proto__" }),
  ])
    note.draw(ctx, /** @type {any} */ (bad), { theme: "dark", scale: 1, left: 0, top: 0 });
});
