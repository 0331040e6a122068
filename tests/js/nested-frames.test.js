// Frames in frames: they are cut off, moved and deleted with what they are in, and never in each other.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Document } from "../../static/board/core/document.js";
import { Framing } from "../../static/board/editor/framing.js";
import {
  deleteWithContent,
  frameSelection,
  unframe,
} from "../../static/board/editor/framing-selection.js";
import { outlineOf } from "../../static/board/editor/outline.js";
import { framesAround } from "../../static/board/elements/framed.js";
import { Sheet } from "../../static/board/elements/sheet.js";
import { DrawingBoard } from "./support/drawing-board.js";
import { box, frame, INNER, nested, OUTER, THING } from "./support/nested-frames.js";

/** @typedef {import("../../static/board/core/fold.js").Change} Change */
/** @typedef {import("../../static/board/core/fold.js").Element} Element */

async function board() {
  const desk = await new DrawingBoard(nested(), 4).whole();
  const { editor } = desk;
  editor.framing = new Framing(editor);
  return { desk, editor, get: (/** @type {string} */ key) => editor.document.get(key) };
}

test("what is in a frame in a frame goes with the outer one, and back by undo", async () => {
  const { desk, editor, get } = await board();
  desk.press("select", [
    [0, 200],
    [30, 210],
  ]);
  assert.deepEqual([...(editor.preview.moved?.keys ?? [])], [OUTER, INNER, THING]);
  editor.pointerUp(desk.at(50, 250));
  const places = () => [OUTER, INNER, THING].map((key) => [get(key)?.x, get(key)?.y]);
  assert.deepEqual(places(), [
    [50, 50],
    [150, 150],
    [170, 170],
  ]);
  assert.deepEqual([get(INNER)?.frame, get(THING)?.frame], [OUTER, INNER]);
  editor.undo();
  assert.deepEqual(places()[2], [120, 120]);
});

test("a frame that goes leaves its content to the one around it, or takes all with it", async () => {
  const { editor, get } = await board();
  editor.remove([INNER]);
  assert.deepEqual([get(THING)?.frame, get(INNER)], [OUTER, undefined]);
  editor.undo();
  editor.select([OUTER]);
  deleteWithContent(editor);
  assert.equal(editor.document.size, 0);
  editor.undo();
  assert.deepEqual([get(INNER)?.frame, get(THING)?.frame], [OUTER, INNER]);
  editor.select([INNER]);
  unframe(editor);
  assert.deepEqual([get(THING)?.frame, get(INNER)], [OUTER, undefined]);
});

test("a frame belongs to the one that it is put into whole, and leaves it when it is pulled out", async () => {
  const { desk, editor, get } = await board();
  desk.drag("select", [
    [100, 200],
    [300, 500],
    [700, 700],
  ]);
  assert.deepEqual([get(INNER)?.frame, get(THING)?.frame], [undefined, INNER]);
  editor.undo();
  assert.equal(get(INNER)?.frame, OUTER);
  desk.drag("frame", [
    [20, 20],
    [50, 50],
    [80, 80],
  ]);
  const [small = ""] = editor.selection;
  assert.equal(get(small)?.frame, OUTER);
  // Never into what is in it.
  editor.setOf([OUTER], "resize", () => ({ x: 120, y: 180, w: 50, h: 50 }));
  assert.equal(get(OUTER)?.frame, undefined);
});

test("a frame around frames holds them, with what they hold", async () => {
  const { editor, get } = await board();
  editor.select([INNER, THING]);
  frameSelection(editor, "Around");
  const [around = ""] = editor.selection;
  assert.deepEqual([get(INNER)?.frame, get(THING)?.frame], [around, INNER]);
  assert.equal(get(around)?.frame, OUTER);
});

// -- shown -----------------------------------------------------------------------------------------------

/** @param {Record<string, Element>} elements */
function shown(elements) {
  const document = new Document();
  document.load({ epoch: "e", clock: 0, elements });
  return { document, sheet: new Sheet(document) };
}

test("it is cut off by all frames around it, also once the outermost is moved", () => {
  const { document, sheet } = shown({
    [OUTER]: frame(0, 0, 200),
    [INNER]: frame(100, 100, 200, { frame: OUTER }),
    [THING]: box(120, 120, { frame: INNER }),
  });
  assert.equal(sheet.get(THING)?.clip, "100,100,100,100");
  assert.equal(sheet.get(INNER)?.clip, "0,0,200,200");
  /** @type {Set<string>} */
  const told = new Set();
  sheet.subscribe(({ keys }) => {
    for (const key of keys ?? []) told.add(key);
  });
  confirm(document, [{ op: "set", key: OUTER, props: { x: 50 } }]);
  assert.equal(sheet.get(THING)?.clip, "100,100,150,100");
  assert.deepEqual([...told].sort(), [OUTER, INNER, THING]);
});

test("of frames in a ring one is in none, the same for everybody, and nothing is lost", () => {
  const { sheet } = shown({
    [OUTER]: frame(0, 0, 200, { frame: INNER }),
    [INNER]: frame(100, 100, 200, { frame: OUTER }),
    [THING]: box(120, 120, { frame: INNER }),
  });
  assert.equal(sheet.get(OUTER)?.clip, undefined);
  assert.equal(sheet.get(INNER)?.clip, "0,0,200,200");
  assert.equal(sheet.get(THING)?.clip, "100,100,100,100");
  const [entry] = outlineOf(sheet.entries());
  assert.deepEqual(
    [entry?.id, entry?.entries[0]?.id, entry?.entries[0]?.entries[0]?.id],
    [OUTER, INNER, THING],
  );
});

const KEYS = Array.from({ length: 6 }, (_, i) => `frame-0${i}`);
const key = fc.constantFrom(...KEYS);
const change = fc.oneof(
  fc
    .record({ key, frame: fc.option(key) })
    .map(
      /** @returns {Change} */ (one) => ({ op: "set", key: one.key, props: { frame: one.frame } }),
    ),
  fc
    .record({ key, x: fc.integer({ min: -90, max: 90 }) })
    .map(/** @returns {Change} */ (one) => ({ op: "set", key: one.key, props: { x: one.x } })),
  key.map(/** @returns {Change} */ (one) => ({ op: "remove", key: one })),
  key.map(/** @returns {Change} */ (one) => ({ op: "put", key: one, element: frame(0, 0, 100) })),
);

test("whatever people put into each other at once, no frame is in itself, and all see the same", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const { document, sheet } = shown(
        Object.fromEntries(KEYS.map((one, i) => [one, frame(i, i, 100)])),
      );
      for (const one of changes) confirm(document, [one]);
      const fresh = new Sheet(document);
      const get = (/** @type {string} */ one) => document.get(one);
      for (const [one, element] of document.entries()) {
        const around = framesAround(element, get);
        assert.ok(!around.includes(one), `${one} is in ${around}`);
        assert.equal(new Set(around).size, around.length);
        // Whoever is in a frame is in those that the frame is in.
        const [inner = ""] = around;
        if (inner) assert.deepEqual(around.slice(1), framesAround(get(inner) ?? {}, get));
        assert.equal(sheet.get(one)?.clip, fresh.get(one)?.clip);
      }
      const listed = JSON.stringify(outlineOf(sheet.entries())).match(/"id":/g)?.length ?? 0;
      assert.equal(listed, sheet.size, "the outline has each of them once");
    }),
  );
});

/** @param {Document} document @param {Change[]} changes */
function confirm(document, changes) {
  const clock = document.clock + 1;
  document.confirm({ author: 2, at: 0, clock, id: String(clock).padStart(22, "x"), changes });
}
