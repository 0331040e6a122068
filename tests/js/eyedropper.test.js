// The eyedropper takes a style with one click, and puts back the tool that was in the hand.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Camera } from "../../static/board/core/camera.js";
import { Document } from "../../static/board/core/document.js";
import { History } from "../../static/board/core/history.js";
import { SpatialIndex } from "../../static/board/core/spatial.js";
import { Editor } from "../../static/board/editor.js";
import { keepPlaced } from "../../static/board/elements/placing.js";
import { Eyedropper } from "../../static/board/tools/eyedropper.js";
import { registerToolsNow } from "./support/tools.js";

/** @type {Editor} */
let editor;
/** @type {Eyedropper} */
let eyedropper;

const BOX = { kind: "rectangle", x: 0, y: 0, z: "a0", w: 100, h: 100, color: "red", width: 8 };

beforeEach(() => {
  const document = new Document();
  const spatial = new SpatialIndex();
  keepPlaced(document, spatial);
  document.load({
    epoch: "e".repeat(22),
    clock: 0,
    elements: { source: { ...BOX, fill: "blue" }, target: { ...BOX, x: 300, color: "green" } },
  });
  const live = { selection: () => {}, transform: () => {}, strokeEnd: () => {} };
  editor = new Editor({
    document,
    history: new History(document),
    camera: new Camera(),
    spatial,
    session: { submit: () => {}, schema: 2 },
    live: /** @type {any} */ (live),
  });
  registerToolsNow(editor);
  eyedropper = /** @type {Eyedropper} */ (editor.tools.find((tool) => tool instanceof Eyedropper));
});

/** @param {number} x @param {number} y */
function click(x, y) {
  const { x: px, y: py } = editor.camera.toScreen({ x, y });
  const rest = { pressure: 0, time: 0, button: 0, shift: false, alt: false, ctrl: false };
  const at = { x, y, px, py, pointerType: /** @type {const} */ ("mouse"), coalesced: [], ...rest };
  editor.pointerDown(at);
  editor.pointerUp(at);
}

test("what is drawn next looks like it", () => {
  editor.setTool("pen");
  eyedropper.begin();
  click(0, 50);
  assert.equal(editor.tool?.name, "pen");
  assert.deepEqual([editor.styles.pen.color, editor.styles.pen.width], ["red", 8]);
  assert.equal(editor.styles.shape.fill, "blue");
});

test("what is selected looks like it, and stays selected", () => {
  editor.setTool("select");
  editor.select(["target"]);
  eyedropper.begin();
  assert.deepEqual([...editor.selection], ["target"]);
  click(0, 50);
  assert.equal(editor.tool?.name, "select");
  assert.deepEqual([...editor.selection], ["target"]);
  assert.deepEqual(
    [editor.document.get("target")?.color, editor.document.get("target")?.fill],
    ["red", "blue"],
  );
  editor.undo();
  assert.equal(editor.document.get("target")?.color, "green");
});

test("a click beside everything takes nothing and keeps it in the hand", () => {
  editor.setTool("pen");
  eyedropper.begin();
  click(900, 900);
  assert.equal(editor.tool?.name, "eyedropper");
  eyedropper.end();
  assert.equal(editor.tool?.name, "pen");
  assert.equal(editor.styles.pen.color, "black");
});

test("nobody who may only look has it", () => {
  editor.setTool("hand");
  editor.readOnly = true;
  eyedropper.begin();
  assert.equal(editor.tool?.name, "hand");
});
