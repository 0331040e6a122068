// What a device has kept is believed only as far as it makes sense.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FIRST_SETTINGS } from "../../static/board/editor/settings.js";
import { FIRST_STYLES } from "../../static/board/editor/style.js";
import { readSettings, readStyles, readView, viewsWith } from "../../static/board/ui/remembered.js";
import { store, stored } from "../../static/board/ui/storage.js";

const ANN = { board: "b1", person: 7 };
const HERE = { ...ANN, x: 10, y: -20, zoom: 2, tool: "pen" };

test("settings come back, those that still exist and have the right type", () => {
  const settings = { minimap: true, singleKeys: "no", penMode: "sometimes", gone: 1 };
  assert.deepEqual(readSettings({ settings }, FIRST_SETTINGS), { minimap: true });
  assert.deepEqual(readSettings({ settings: { penMode: "off" } }, FIRST_SETTINGS), {
    penMode: "off",
  });
});

test("shortcuts come back, those that are lists of keys", () => {
  const shortcuts = { pen: ["Q"], undo: "Mod+Z", redo: [3], none: [], long: ["x".repeat(41)] };
  const read = readSettings({ settings: { shortcuts } }, FIRST_SETTINGS);
  assert.deepEqual(read.shortcuts, { pen: ["Q"], none: [] });
});

test("styles come back, but for what the server would refuse", () => {
  const styles = {
    pen: { color: "#12abef", width: 0, opacity: 0.5 },
    shape: {
      color: "mauve",
      fill: "red",
      pattern: "hachure",
      dash: "wavy",
      round: true,
      head: null,
    },
    text: null,
  };
  const read = readStyles({ styles }, FIRST_STYLES);
  assert.deepEqual(read.pen, { color: "#12abef", width: 4, opacity: 0.5 });
  assert.deepEqual(read.shape, {
    ...FIRST_STYLES.shape,
    fill: "red",
    pattern: "hachure",
    round: true,
    head: null,
  });
  assert.deepEqual(read.text, FIRST_STYLES.text);
});

test("no colour, no width, no size: these stay what they were", () => {
  const read = readStyles({ styles: { pen: { color: null, width: null } } }, FIRST_STYLES);
  assert.deepEqual(read.pen, FIRST_STYLES.pen);
});

test("a place is that of one person on one board", () => {
  const views = viewsWith([], HERE);
  assert.deepEqual(readView(views, ANN), HERE);
  assert.equal(readView(views, { board: "b1", person: 8 }), null);
  assert.equal(readView(views, { board: "b2", person: 7 }), null);
  const moved = { ...HERE, x: 99 };
  assert.deepEqual(viewsWith(views, moved), [moved]);
});

test("only the boards last seen are kept", () => {
  /** @type {import("../../static/board/ui/remembered.js").View[]} */
  let views = [];
  for (let i = 0; i < 100; i++) views = viewsWith(views, { ...HERE, board: `b${i}` });
  assert.equal(views.length, 60);
  assert.equal(readView(views, { board: "b39", person: 7 }), null);
  assert.equal(readView(views, { board: "b40", person: 7 })?.board, "b40");
});

test("a place that is none is forgotten", () => {
  for (const broken of [
    { ...HERE, x: "10" },
    { ...HERE, zoom: 0 },
    { ...HERE, y: 1e9 },
    { ...HERE, tool: 3 },
    null,
  ])
    assert.equal(readView([broken], ANN), null);
});

test("whatever is stored, nothing throws and every style can be drawn with", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      readSettings(value, FIRST_SETTINGS);
      readView(value, ANN);
      viewsWith(value, HERE);
      const { pen } = readStyles(value, FIRST_STYLES);
      assert.equal(typeof pen.color, "string");
      assert.equal(typeof pen.width, "number");
    }),
  );
});

test("storage that is blocked or broken is as good as empty", () => {
  const blocked = {
    getItem() {
      throw new Error("SecurityError");
    },
    setItem() {
      throw new Error("QuotaExceededError");
    },
  };
  Object.assign(globalThis, { localStorage: blocked });
  assert.equal(stored("x"), undefined);
  store("x", 1);
  Object.assign(globalThis, { localStorage: { getItem: () => "{broken" } });
  assert.equal(stored("x"), undefined);
  Reflect.deleteProperty(globalThis, "localStorage");
});
