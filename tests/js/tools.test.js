// The tools, each driven by a scripted pointer on a real document and editor, without a page.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Camera } from "../../static/board/core/camera.js";
import { Document } from "../../static/board/core/document.js";
import { History } from "../../static/board/core/history.js";
import { decodePoints } from "../../static/board/core/points.js";
import { SpatialIndex } from "../../static/board/core/spatial.js";
import { Editor } from "../../static/board/editor.js";
import { kindOf } from "../../static/board/elements/index.js";
import { registerTools } from "../../static/board/tools/index.js";

/** @typedef {import("../../static/board/core/document.js").Transaction} Transaction */

/** @type {Editor} */
let editor;
/** @type {Transaction[]} */
let sent = [];
/** @type {string[]} */
let live = [];

beforeEach(async () => {
  sent = [];
  live = [];
  const document = new Document();
  document.load({ epoch: "e".repeat(22), clock: 0, elements: {} });
  const spatial = new SpatialIndex();
  document.subscribe(() => reindex(document, spatial));
  editor = new Editor({
    document,
    history: new History(document),
    camera: new Camera(),
    spatial,
    session: { submit: (transactions) => sent.push(...transactions), schema: 2 },
    live: /** @type {any} */ ({
      strokeStart: () => live.push("start"),
      /** @param {unknown[]} points */
      strokePoints: (points) => live.push(`${points.length} points`),
      strokeEnd: () => live.push("end"),
      selection: () => {},
      transform: () => {},
      draft: () => {},
    }),
  });
  registerTools(editor);
  await Promise.all(editor.tools.map((tool) => tool.load?.()));
});

/** The renderer does this on the page. @param {Document} document @param {SpatialIndex} spatial */
function reindex(document, spatial) {
  for (const key of indexed) spatial.remove(key);
  indexed = [...document.keys()];
  for (const key of indexed) {
    const element = document.get(key);
    if (element) spatial.insert(key, kindOf(element).bounds(element));
  }
}
/** @type {string[]} */
let indexed = [];
beforeEach(() => {
  indexed = [];
});

/** @param {number} x @param {number} y @param {object} [more] @returns {import("../../static/board/editor.js").PointerInfo} */
function at(x, y, more = {}) {
  const { x: px, y: py } = editor.camera.toScreen({ x, y });
  const rest = { pressure: 0.5, time: x, button: 0, shift: false, alt: false, ctrl: false };
  return { x, y, px, py, pointerType: "mouse", coalesced: [], ...rest, ...more };
}

/** @param {[number, number][]} way @param {object} [more] */
function drag(way, more) {
  const places = way.map(([x, y]) => at(x, y, more));
  const first = places[0];
  const last = places.at(-1);
  if (!first || !last) return;
  editor.pointerDown(first);
  for (const place of places.slice(1)) editor.pointerMove(place);
  editor.pointerUp(last);
}

/** Draws a line and says its key. @param {[number, number][]} way */
function draw(way) {
  editor.setTool("pen");
  const before = new Set(editor.document.keys());
  drag(way);
  return [...editor.document.keys()].find((key) => !before.has(key)) ?? "";
}

/** @param {string} key */
function element(key) {
  const found = editor.document.get(key);
  assert.ok(found, `${key} is there`);
  return found;
}

test("the pen commits one stroke, which grew live before", () => {
  const key = draw([
    [10, 10],
    [20, 15],
    [40, 10],
  ]);
  const stroke = element(key);
  assert.equal(stroke.kind, "stroke");
  assert.equal(stroke.color, "black");
  assert.deepEqual(live, ["start", "1 points", "1 points", "1 points"]);
  assert.equal(sent.length, 1);
  assert.equal(editor.preview.stroke, null);
});

test("a finished stroke is within half a pixel of the drawn one, at any zoom", () => {
  for (const zoom of [0.1, 1, 8]) {
    editor.camera.setZoom(zoom);
    /** @type {[number, number][]} */
    const way = Array.from({ length: 200 }, (_, i) => [
      (i * 3) / zoom,
      (Math.sin(i / 9) * 60) / zoom,
    ]);
    const stroke = element(draw(way));
    const { xs, ys } = decodePoints(String(stroke.points));
    const line = [...xs].map((x, i) => ({
      x: x + Number(stroke.x),
      y: (ys[i] ?? 0) + Number(stroke.y),
    }));
    for (const [x, y] of way) {
      const off = Math.min(
        ...line.slice(1).map((b, i) => distanceToSegment({ x, y }, line[i] ?? b, b)),
      );
      assert.ok(off * zoom <= 0.51, `${off * zoom} px off at zoom ${zoom}`);
    }
    assert.ok(line.length < way.length);
  }
});

/** @param {{x: number, y: number}} p @param {{x: number, y: number}} a @param {{x: number, y: number}} b */
function distanceToSegment(p, a, b) {
  const length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
  const along = length === 0 ? 0 : ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length;
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(p.x - a.x - part * (b.x - a.x), p.y - a.y - part * (b.y - a.y));
}

test("a pen's own pressure is kept, a mouse gets a simulated one", () => {
  editor.setTool("pen");
  const way = /** @type {[number, number][]} */ ([
    [0, 0],
    [50, 30],
    [100, 0],
  ]);
  drag(way, { pointerType: "pen", pressure: 1 });
  drag(
    way.map(([x, y]) => [x, y + 100]),
    { pointerType: "mouse", pressure: 0 },
  );
  const [pen, mouse] = [...editor.document.keys()].map(
    (key) => decodePoints(String(element(key).points)).pressures,
  );
  assert.equal(pen?.[1], 1);
  assert.ok((mouse?.[1] ?? 0) > 0.3 && (mouse?.[1] ?? 1) < 0.8);
});

test("a very long stroke becomes several elements in one step of the history", () => {
  /** @type {[number, number][]} */
  const way = Array.from({ length: 20_000 }, (_, i) => [i * 2, (i % 2) * (40 + ((i * 37) % 101))]);
  draw(way);
  assert.ok(editor.document.size > 1);
  for (const key of editor.document.keys()) {
    const points = String(element(key).points);
    assert.ok(points.length <= 48 * 1024);
    assert.ok(decodePoints(points).count <= 8000);
  }
  editor.undo();
  assert.equal(editor.document.size, 0);
});

test("a cancelled stroke leaves nothing, here or with others", () => {
  editor.setTool("pen");
  editor.pointerDown(at(0, 0));
  editor.pointerMove(at(10, 10));
  editor.pointerCancel();
  assert.equal(editor.document.size, 0);
  assert.equal(live.at(-1), "end");
  assert.equal(editor.preview.stroke, null);
});

test("the eraser takes what its way crosses, in one step", () => {
  const first = draw([
    [0, 0],
    [0, 100],
  ]);
  const second = draw([
    [50, 0],
    [50, 100],
  ]);
  const beside = draw([
    [0, 300],
    [50, 300],
  ]);
  editor.setTool("eraser");
  editor.pointerDown(at(-50, 50));
  editor.pointerMove(at(100, 50));
  assert.deepEqual(editor.preview.erased, new Set([first, second]));
  editor.pointerUp(at(100, 50));
  assert.deepEqual([...editor.document.keys()], [beside]);
  editor.undo();
  assert.equal(editor.document.size, 3);
});

test("a cancelled sweep brings back what it had touched", () => {
  draw([
    [0, 0],
    [0, 100],
  ]);
  editor.setTool("eraser");
  editor.pointerDown(at(-50, 50));
  editor.pointerMove(at(50, 50));
  editor.pointerCancel();
  assert.equal(editor.preview.erased.size, 0);
  assert.equal(editor.document.size, 1);
});

test("a click selects the ink under it, on empty board nothing, with Shift more", () => {
  const first = draw([
    [0, 0],
    [100, 0],
  ]);
  const second = draw([
    [0, 50],
    [100, 50],
  ]);
  editor.setTool("select");
  drag([[50, 2]]);
  assert.deepEqual([...editor.selection], [first]);
  drag([[50, 51]], { shift: true });
  assert.deepEqual([...editor.selection], [first, second]);
  drag([[50, 0]], { shift: true });
  assert.deepEqual([...editor.selection], [second]);
  drag([[50, 200]]);
  assert.deepEqual([...editor.selection], []);
});

test("of two strokes on one place the upper one is taken", () => {
  draw([
    [0, 0],
    [100, 0],
  ]);
  const upper = draw([
    [50, -50],
    [50, 50],
  ]);
  editor.setTool("select");
  drag([[50, 0]]);
  assert.deepEqual([...editor.selection], [upper]);
});

test("a box selects what it crosses, and Escape takes it back", () => {
  const inside = draw([
    [0, 0],
    [100, 0],
  ]);
  draw([
    [0, 500],
    [100, 500],
  ]);
  editor.setTool("select");
  editor.pointerDown(at(-20, -20));
  editor.pointerMove(at(50, 20));
  assert.deepEqual([...editor.selection], [inside]);
  assert.ok(editor.preview.box);
  editor.pointerCancel();
  assert.equal(editor.selection.size, 0);
  assert.equal(editor.preview.box, null);
});

test("a drag on the ink moves it, shown before it is committed", () => {
  const key = draw([
    [0, 0],
    [100, 0],
  ]);
  editor.setTool("select");
  editor.pointerDown(at(50, 0));
  editor.pointerMove(at(60, 30));
  assert.deepEqual(editor.preview.moved, {
    keys: new Set([key]),
    matrix: [1, 0, 0, 1, 10, 30],
    copy: false,
  });
  assert.equal(element(key).y, 0);
  editor.pointerUp(at(60, 30));
  assert.equal(element(key).x, 10);
  assert.equal(element(key).y, 30);
  editor.undo();
  assert.equal(element(key).y, 0);
});

test("a trembling click does not move anything", () => {
  draw([
    [0, 0],
    [100, 0],
  ]);
  const before = sent.length;
  editor.setTool("select");
  drag([
    [50, 0],
    [51, 1],
  ]);
  assert.equal(sent.length, before);
});

test("the style goes to what is selected and to what comes next", () => {
  const key = draw([
    [0, 0],
    [100, 0],
  ]);
  editor.setTool("select");
  editor.select([key]);
  editor.setStyle({ color: "red" });
  assert.equal(element(key).color, "red");
  assert.equal(element(draw([[0, 9]])).color, "red");
});

test("deleting takes the selection away, and what others remove leaves it", () => {
  const key = draw([
    [0, 0],
    [100, 0],
  ]);
  editor.setTool("select");
  editor.select([key]);
  editor.deleteSelection();
  assert.equal(editor.document.size, 0);
  assert.equal(editor.selection.size, 0);
});

test("the hand moves the view, not the board", () => {
  editor.setTool("hand");
  const end = at(30, 40);
  editor.pointerDown(at(0, 0));
  editor.pointerMove(end);
  editor.pointerUp(end);
  assert.deepEqual([editor.camera.x, editor.camera.y], [-30, -40]);
  assert.equal(sent.length, 0);
});

test("R13: who may only look has neither pen nor eraser", () => {
  editor.setTool("pen");
  editor.readOnly = true;
  assert.equal(editor.tool?.name, "hand");
  editor.setTool("pen");
  assert.equal(editor.tool?.name, "hand");
  editor.pointerDown(at(0, 0), "eraser");
  assert.equal(editor.busy, false);
});
