// What the style panel shows: the properties of the selection or of the tool, and where they differ.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST_STYLES } from "../../static/board/editor/style.js";
import { shownStyle } from "../../static/board/ui/shown-style.js";

/** @typedef {import("../../static/board/editor.js").Editor} Editor */

/** @param {Record<string, Record<string, unknown>>} elements @param {Record<string, unknown>} [more] */
function editorWith(elements, more = {}) {
  const board = new Map(Object.entries(elements));
  return /** @type {Editor} */ (
    /** @type {unknown} */ ({
      readOnly: false,
      selection: new Set(board.keys()),
      document: board,
      styles: FIRST_STYLES,
      tool: null,
      ...more,
    })
  );
}

const BOX = { kind: "rectangle", x: 0, y: 0, w: 9, h: 9, color: "red", width: 4 };

test("a selection shows what all of it has in common, and what differs as such", () => {
  const shown = shownStyle(editorWith({ a: BOX, b: { ...BOX, color: "blue", fill: "green" } }));
  assert.equal(shown?.of, "selection");
  assert.equal(shown?.values.get("width"), 4);
  assert.ok(shown?.values.has("color"));
  assert.equal(shown?.values.get("color"), undefined);
  assert.equal(shown?.values.get("fill"), undefined);
  assert.equal(shown?.values.get("opacity"), 1);
});

test("kinds that haven't a property don't make it differ", () => {
  const stroke = { kind: "stroke", x: 0, y: 0, color: "red", width: 4, points: "" };
  const shown = shownStyle(editorWith({ a: BOX, b: stroke }));
  assert.equal(shown?.values.get("color"), "red");
  assert.equal(shown?.values.get("fill"), null);
});

test("a tool shows its own style, and of a known kind only what that has", () => {
  const pen = { name: "pen", style: "pen" };
  const shown = shownStyle(editorWith({}, { tool: pen }));
  assert.equal(shown?.of, "tool");
  assert.deepEqual([...(shown?.values.keys() ?? [])], ["color", "width", "opacity"]);
  const rectangle = shownStyle(editorWith({}, { tool: { name: "rectangle", style: "shape" } }));
  assert.ok(!rectangle?.values.has("head"));
});

test("a tool without ink, and a reader, have nothing to choose", () => {
  assert.equal(shownStyle(editorWith({}, { tool: { name: "hand" } })), null);
  assert.equal(shownStyle(editorWith({ a: BOX }, { readOnly: true })), null);
});

test("text that is there is told from text that could be", () => {
  assert.equal(shownStyle(editorWith({ a: BOX }))?.hasText, false);
  assert.equal(shownStyle(editorWith({ a: { ...BOX, text: "hi" } }))?.hasText, true);
});
