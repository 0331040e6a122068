// The tools that draw closed shapes, driven by a scripted pointer on a real document, without a page.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Camera } from "../../static/board/core/camera.js";
import { Document } from "../../static/board/core/document.js";
import { History } from "../../static/board/core/history.js";
import { SpatialIndex } from "../../static/board/core/spatial.js";
import { Editor } from "../../static/board/editor.js";
import { keepPlaced } from "../../static/board/elements/placing.js";
import { SHAPES } from "../../static/board/tools/shape.js";
import { registerToolsNow } from "./support/tools.js";

/** @typedef {import("../../static/board/core/document.js").Transaction} Transaction */
/** @typedef {import("../../static/board/core/fold.js").Element} Element */

/** @type {Editor} */
let editor;
/** @type {Transaction[]} */
let sent = [];
/** What others see in the making. @type {[string, Element | null][]} */
let live = [];

beforeEach(() => {
  sent = [];
  live = [];
  const document = new Document();
  document.load({ epoch: "e".repeat(22), clock: 0, elements: {} });
  const spatial = new SpatialIndex();
  keepPlaced(document, spatial);
  editor = new Editor({
    document,
    history: new History(document),
    camera: new Camera(),
    spatial,
    session: { submit: (transactions) => sent.push(...transactions), schema: 2 },
    live: /** @type {any} */ ({
      selection: () => {},
      transform: () => {},
      /** @param {string} key @param {Element | null} element */
      draft: (key, element) => live.push([key, element]),
    }),
  });
  registerToolsNow(editor);
  editor.setTool("rectangle");
});

/** @param {number} x @param {number} y @param {object} [more] @returns {import("../../static/board/editor.js").PointerInfo} */
function at(x, y, more = {}) {
  const { x: px, y: py } = editor.camera.toScreen({ x, y });
  const rest = { pressure: 0.5, time: x, button: 0, shift: false, alt: false, ctrl: false };
  return { x, y, px, py, pointerType: "mouse", coalesced: [], ...rest, ...more };
}

/** @param {[number, number]} from @param {[number, number]} to @param {object} [more] */
function drag(from, to, more) {
  editor.pointerDown(at(...from));
  editor.pointerMove(at((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, more));
  editor.pointerMove(at(...to, more));
  editor.pointerUp(at(...to, more));
}

/** The only element there is. */
function drawn() {
  const all = [...editor.document.entries()];
  assert.equal(all.length, 1);
  const [key, element] = /** @type {[string, Element]} */ (all[0]);
  return { key, element, box: [element.x, element.y, element.w, element.h] };
}

test("every shape has a tool of its name, which is for servers that know it", () => {
  for (const kind of SHAPES) {
    const tool = editor.tools.find(({ name }) => name === kind);
    assert.equal(tool?.schema, 2);
    assert.equal(tool?.style, "shape");
    editor.setTool(kind);
    drag([0, 0], [50, 50]);
    assert.equal(editor.document.get([...editor.selection][0] ?? "")?.kind, kind);
  }
});

test("a drag draws from corner to corner, whichever comes first", () => {
  drag([110, 90], [10, 20]);
  assert.deepEqual(drawn().box, [10, 20, 100, 70]);
});

test("with Shift it is as high as wide, with Alt around the press, with both both", () => {
  /** @type {[object, number[]][]} */
  const cases = [
    [{ shift: true }, [100, 0, 100, 100]],
    [{ alt: true }, [0, 60, 200, 80]],
    [{ shift: true, alt: true }, [0, 0, 200, 200]],
  ];
  for (const [keys, box] of cases) {
    editor.setTool("rectangle");
    drag([100, 100], [200, 60], keys);
    const { key, ...rest } = drawn();
    assert.deepEqual(rest.box, box);
    editor.remove([key]);
  }
});

test("a click puts one of a usual size around the place, as large on the screen at every zoom", () => {
  drag([100, 100], [101, 100]);
  assert.deepEqual(drawn().box, [20, 50, 160, 100]);
  editor.undo();
  editor.setTool("star");
  editor.camera.setZoom(0.5);
  drag([100, 100], [100, 100]);
  assert.deepEqual(drawn().box, [-20, -20, 240, 240]);
});

test("it is seen in the making, by oneself and by others, under the key that it will have", () => {
  editor.pointerDown(at(0, 0));
  assert.deepEqual(editor.preview.drafts, []);
  editor.pointerMove(at(60, 40));
  const [key, draft] = /** @type {[string, Element]} */ (editor.preview.drafts[0]);
  assert.equal(draft.w, 60);
  assert.deepEqual(live, [[key, draft]]);
  editor.pointerUp(at(60, 40));
  assert.deepEqual(editor.preview.drafts, []);
  assert.equal(drawn().key, key);
  assert.deepEqual(drawn().element, draft);
});

test("it has the style of shapes, without what its kind has not, and a seed", () => {
  editor.setStyle({ color: "teal", fill: "yellow", round: true, look: "drawn", head: "dot" });
  drag([0, 0], [50, 50]);
  const { element } = drawn();
  assert.equal(element.color, "teal");
  assert.equal(element.fill, "yellow");
  assert.equal(element.round, true);
  assert.equal(element.look, "drawn");
  assert.equal(Object.hasOwn(element, "head"), false);
  assert.ok(Number.isInteger(element.seed));
});

test("an ellipse is never round", () => {
  editor.setTool("ellipse");
  editor.setStyle({ round: true });
  drag([0, 0], [50, 50]);
  assert.equal(Object.hasOwn(drawn().element, "round"), false);
});

test("afterwards it is selected, with Select in the hand", () => {
  drag([0, 0], [50, 50]);
  assert.equal(editor.tool?.name, "select");
  assert.deepEqual([...editor.selection], [drawn().key]);
});

test("a tool that is kept stays in the hand", () => {
  editor.set({ keepTool: true });
  drag([0, 0], [50, 50]);
  assert.equal(editor.tool?.name, "rectangle");
  assert.equal(editor.selection.size, 0);
});

test("on the grid corners and usual sizes are rounded to it", () => {
  editor.set({ snapToGrid: true });
  drag([7, 12], [96, 71]);
  assert.deepEqual(drawn().box, [0, 20, 100, 60]);
  editor.undo();
  editor.setTool("rectangle");
  editor.camera.setZoom(0.7);
  drag([7, 12], [7, 12]);
  for (const value of drawn().box) assert.equal(Math.abs(Number(value) % 20), 0);
});

test("a drag given up leaves nothing, here or with others", () => {
  editor.pointerDown(at(0, 0));
  editor.pointerMove(at(60, 40));
  editor.pointerCancel();
  assert.deepEqual(editor.preview.drafts, []);
  assert.equal(live.at(-1)?.[1], null);
  assert.equal(editor.document.size, 0);
  assert.equal(sent.length, 0);
});

test("a drawing is one step of the history, and one transaction", () => {
  drag([0, 0], [50, 50]);
  assert.equal(sent.length, 1);
  editor.undo();
  assert.equal(editor.document.size, 0);
  editor.redo();
  assert.deepEqual(drawn().box, [0, 0, 50, 50]);
});

test("even a straight drag leaves something to see, and one over the edge of the world stays inside", () => {
  drag([0, 0], [50, 0]);
  assert.deepEqual(drawn().box, [0, 0, 50, 2]);
  editor.undo();
  editor.setTool("rectangle");
  drag([999_000, -999_000], [3_000_000, -3_000_000]);
  assert.deepEqual(drawn().box, [999_000, -1_000_000, 1000, 1000]);
});

test("a new shape lies on top", () => {
  drag([0, 0], [50, 50]);
  const { key, element } = drawn();
  editor.setTool("rectangle");
  drag([10, 10], [60, 60]);
  const other = [...editor.document.entries()].find(([one]) => one !== key);
  assert.ok(String(other?.[1].z) > String(element.z));
});
