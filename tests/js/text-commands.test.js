// Commands for text, and finding it.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Camera } from "../../static/board/core/camera.js";
import { Document } from "../../static/board/core/document.js";
import { History } from "../../static/board/core/history.js";
import { SpatialIndex } from "../../static/board/core/spatial.js";
import { Editor } from "../../static/board/editor.js";
import { keepPlaced } from "../../static/board/elements/placing.js";
import { textCommands } from "../../static/board/ui/commands-text.js";
import { findText } from "../../static/board/ui/find.js";
import { stroke } from "./support/picture.js";
import { registerToolsNow } from "./support/tools.js";

const text = (more = {}) => ({
  ...{ kind: "text", x: 0, y: 0, z: "a0", color: "black", size: 20, text: "Apple pie" },
  ...more,
});
const ELEMENTS = {
  aaaaaaaa: text(),
  bbbbbbbb: text({ y: 100, size: 40, text: "사과 APPLE".normalize("NFD") }),
  cccccccc: text({ x: -100, y: 100, text: "pear, apple" }),
  dddddddd: stroke({}),
};

/** @type {Editor} */
let editor;
/** @param {string} id */
const command = (id) =>
  textCommands(editor).find((each) => each.id === id) ?? assert.fail(`no command is called ${id}`);

beforeEach(() => {
  const document = new Document();
  const spatial = new SpatialIndex();
  keepPlaced(document, spatial);
  document.load({ epoch: "e".repeat(22), clock: 0, elements: structuredClone(ELEMENTS) });
  editor = new Editor({
    document,
    history: new History(document),
    camera: new Camera(),
    spatial,
    session: { submit: () => {}, schema: 2 },
    live: /** @type {any} */ ({ selection: () => {}, transform: () => {}, draft: () => {} }),
  });
  registerToolsNow(editor);
  editor.setTool("select");
});

/** @param {string} key @param {string} name */
const property = (key, name) => editor.document.get(key)?.[name];

test("Enter writes in the one thing that is selected, if it has text", () => {
  const write = command("text.write");
  assert.equal(write.enabled(), false);
  editor.select(["dddddddd"]);
  assert.equal(write.enabled(), false);
  editor.select(["aaaaaaaa", "bbbbbbbb"]);
  assert.equal(write.enabled(), false);
  editor.select(["aaaaaaaa"]);
  assert.equal(write.enabled(), true);
  write.run();
  assert.equal(editor.writing?.key, "aaaaaaaa");
});

test("bold is for all of the selection, and taken from all that have it", () => {
  const bold = command("text.bold");
  editor.select(["dddddddd"]);
  assert.equal(bold.enabled(), false);
  editor.setOf(["aaaaaaaa"], "style", () => ({ bold: true }));
  editor.select(["aaaaaaaa", "bbbbbbbb", "dddddddd"]);
  assert.equal(bold.pressed?.(), false);
  bold.run();
  assert.equal(bold.pressed?.(), true);
  assert.equal(property("bbbbbbbb", "bold"), true);
  bold.run();
  assert.equal(property("aaaaaaaa", "bold"), undefined);
});

test("bigger keeps headings bigger than what is below them", () => {
  editor.select(["aaaaaaaa", "bbbbbbbb"]);
  command("text.bigger").run();
  assert.deepEqual([property("aaaaaaaa", "size"), property("bbbbbbbb", "size")], [25, 50]);
  editor.select(["aaaaaaaa"]);
  command("text.smaller").run();
  assert.equal(property("aaaaaaaa", "size"), 20);
  assert.equal(editor.styles.text.size, 20);
});

test("a list is one of either kind", () => {
  editor.select(["aaaaaaaa"]);
  command("text.bullets").run();
  command("text.numbers").run();
  assert.equal(property("aaaaaaaa", "list"), "number");
  command("text.numbers").run();
  assert.equal(property("aaaaaaaa", "list"), undefined);
});

test("text is found whatever its capitals and however its letters are written", () => {
  assert.deepEqual(findText(editor.document, "apple"), ["aaaaaaaa", "cccccccc", "bbbbbbbb"]);
  assert.deepEqual(findText(editor.document, "사과"), ["bbbbbbbb"]);
  assert.deepEqual(findText(editor.document, "nowhere"), []);
  assert.deepEqual(findText(editor.document, "  "), []);
});
