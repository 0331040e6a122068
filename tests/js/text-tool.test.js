// The tools for text and notes, driven by a scripted pointer on a real document and editor, without a page.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Camera } from "../../static/board/core/camera.js";
import { Document } from "../../static/board/core/document.js";
import { History } from "../../static/board/core/history.js";
import { SpatialIndex } from "../../static/board/core/spatial.js";
import { Editor } from "../../static/board/editor.js";
import { keepPlaced } from "../../static/board/elements/placing.js";
import { registerToolsNow } from "./support/tools.js";

const WORDS = { kind: "text", x: 0, y: 0, z: "a0", color: "black", size: 20, text: "hello there" };

/** @type {Editor} */
let editor;
/** @type {(import("../../static/board/core/fold.js").Element | null)[]} */
let drafts = [];

beforeEach(() => {
  editor = editorOf(2);
  drafts = [];
});

/** @param {number} schema @param {Record<string, any>} elements */
function editorOf(schema, elements = {}) {
  const document = new Document();
  const spatial = new SpatialIndex();
  keepPlaced(document, spatial);
  document.load({ epoch: "e".repeat(22), clock: 0, elements });
  const made = new Editor({
    document,
    history: new History(document),
    camera: new Camera(),
    spatial,
    session: { submit: () => {}, schema },
    live: /** @type {any} */ ({
      selection: () => {},
      transform: () => {},
      draft: (/** @type {string} */ _, /** @type {any} */ element) => drafts.push(element),
    }),
  });
  registerToolsNow(made);
  made.setTool("select");
  return made;
}

/** @param {number} x @param {number} y @returns {import("../../static/board/editor.js").PointerInfo} */
function at(x, y) {
  const { x: px, y: py } = editor.camera.toScreen({ x, y });
  const rest = { pressure: 0.5, time: x, button: 0, shift: false, alt: false, ctrl: false };
  return { x, y, px, py, pointerType: "mouse", coalesced: [], ...rest };
}

/** @param {...[number, number]} way */
function drag(...way) {
  const places = way.map(([x, y]) => at(x, y));
  const [first, last] = [places[0], places.at(-1)];
  if (!first || !last) return;
  editor.pointerDown(first);
  for (const place of places.slice(1)) editor.pointerMove(place);
  editor.pointerUp(last);
}

test("a click opens a new text in one's own style, its first line at the pointer", () => {
  editor.setTool("text");
  editor.setStyle({ bold: true, color: "red" });
  drag([100, 100]);
  const { element, isNew } = editor.writing ?? assert.fail("nothing is being written");
  assert.equal(isNew, true);
  assert.equal(element.kind, "text");
  assert.equal(element.color, "red");
  assert.equal(element.bold, true);
  assert.equal(element.x, 100);
  assert.ok(Number(element.y) < 100 && Number(element.y) > 100 - 24);
  assert.equal(Object.hasOwn(element, "wrap"), false);
  assert.equal(editor.tool?.name, "select");
  assert.equal(editor.document.size, 0);
});

test("a drag says how wide its lines may be, from either side", () => {
  for (const way of [
    [50, 250],
    [250, 50],
  ]) {
    editor.setTool("text");
    const [from = 0, to = 0] = way;
    drag([from, 40], [to, 60]);
    assert.equal(editor.writing?.element.wrap, true);
    assert.equal(editor.writing?.element.w, 200);
    assert.equal(editor.writing?.element.x, 50);
    assert.equal(editor.preview.box, null);
  }
});

test("a drag given up is nothing", () => {
  editor.setTool("text");
  editor.pointerDown(at(0, 0));
  editor.pointerMove(at(100, 0));
  editor.pointerCancel();
  assert.equal(editor.writing, null);
  assert.equal(editor.preview.box, null);
});

test("a click on a text writes in that, unless it is locked", () => {
  editor = editorOf(2, { aaaaaaaa: WORDS });
  editor.setTool("text");
  drag([30, 10]);
  assert.deepEqual(editor.writing, { key: "aaaaaaaa", element: WORDS, isNew: false });
  editor = editorOf(2, { aaaaaaaa: { ...WORDS, locked: true } });
  editor.setTool("text");
  drag([30, 10]);
  assert.equal(editor.writing?.isNew, true);
});

test("a note lies under the pointer until it is let go, and others see it", () => {
  editor.setTool("note");
  editor.pointerDown(at(300, 300));
  const [[key, held] = []] = editor.preview.drafts;
  assert.equal(held?.x, 200);
  editor.pointerMove(at(320, 340));
  editor.pointerUp(at(320, 340));
  assert.deepEqual(editor.preview.drafts, []);
  const { element, isNew, ...opened } = editor.writing ?? assert.fail("nothing is being written");
  assert.equal(opened.key, key);
  assert.equal(isNew, true);
  assert.deepEqual([element.x, element.y, element.w, element.h], [220, 240, 200, 200]);
  assert.equal(element.fill, "yellow");
  assert.equal(drafts.length, 3);
});

test("a note given up is nothing", () => {
  editor.setTool("note");
  editor.pointerDown(at(300, 300));
  editor.pointerCancel();
  assert.deepEqual(editor.preview.drafts, []);
  assert.equal(drafts.at(-1), null);
  assert.equal(editor.writing, null);
});

test("a server of the first schema takes neither", () => {
  editor = editorOf(1);
  for (const name of ["text", "note"]) {
    editor.setTool(name);
    assert.equal(editor.tool?.name, "select");
  }
});
