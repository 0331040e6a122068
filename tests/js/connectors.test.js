// Connectors: lines that stick to elements, whoever moves them, and what becomes of them.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Camera } from "../../static/board/core/camera.js";
import { Document } from "../../static/board/core/document.js";
import { History } from "../../static/board/core/history.js";
import { rotation, translation } from "../../static/board/core/matrix.js";
import { encodePoints } from "../../static/board/core/points.js";
import { isElement } from "../../static/board/core/schema.js";
import { SpatialIndex } from "../../static/board/core/spatial.js";
import { connectionBetween, keepConnected } from "../../static/board/editor/connecting.js";
import { duplicate } from "../../static/board/editor/duplicate.js";
import { Editor } from "../../static/board/editor.js";
import { pointsOfPath } from "../../static/board/elements/path-points.js";
import { keepPlaced } from "../../static/board/elements/placing.js";
import { Sheet } from "../../static/board/elements/sheet.js";
import { rectangle } from "./support/desk.js";

/** @typedef {import("../../static/board/core/fold.js").Element} Element */
/** @typedef {import("../../static/board/core/fold.js").Change} Change */

const A = "element-a";
const B = "element-b";
const C = "connector";

/** @param {[number, number][]} places @param {Record<string, string | number | boolean>} [more] @returns {Element} */
function arrow(places, more = {}) {
  const points = encodePoints(
    places.map(([x, y]) => ({ x, y, pressure: 1 })),
    3,
    false,
  );
  return { kind: "arrow", x: 0, y: 0, z: "a2", color: "black", width: 2, points, ...more };
}

/** @param {Record<string, Element>} elements @param {Document} [document] another person's of the same board */
function board(elements, document = new Document()) {
  document.load({ epoch: "e", clock: 0, elements });
  const sheet = new Sheet(document);
  const spatial = new SpatialIndex();
  keepPlaced(sheet, spatial);
  /** @type {any} */
  const live = { selection() {}, transform() {}, draft() {} };
  const editor = new Editor({
    document: sheet,
    history: new History(document),
    camera: new Camera(),
    spatial,
    session: { submit() {}, schema: 4 },
    live,
  });
  keepConnected(editor);
  const places = (/** @type {string} */ key = C) =>
    pointsOfPath(sheet.get(key) ?? {}).map(({ x, y }) => [Math.round(x), Math.round(y)]);
  return { editor, document, sheet, places };
}

function joined(more = {}) {
  return board({
    [A]: rectangle(0, 0),
    [B]: rectangle(300, 0),
    [C]: arrow(
      [
        [0, 0],
        [10, 10],
      ],
      { from: A, to: `${B}@0,0.5`, ...more },
    ),
  });
}

test("a connector is shown from outline to outline, wherever its points were written", () => {
  const { places, sheet } = joined();
  assert.deepEqual(places(), [
    [103, 30],
    [300, 30],
  ]);
  assert.equal(
    sheet.written(C)?.points,
    arrow([
      [0, 0],
      [10, 10],
    ]).points,
  );
});

test("what is moved takes its connectors along, and the new way is written with it", () => {
  const { editor, places, sheet, document } = joined();
  editor.select([B]);
  editor.moveSelectionBy(0, 200);
  const [, end] = places();
  assert.deepEqual(end, [300, 230]);
  assert.equal(sheet.get(C), document.get(C), "what is written is what is shown");
  editor.undo();
  assert.deepEqual(places()[1], [300, 30]);
  editor.redo();
  assert.deepEqual(places()[1], [300, 230]);
});

test("two people who move an end each undo their own", () => {
  const { editor, places, document } = joined();
  editor.select([A]);
  editor.moveSelectionBy(0, 100);
  another(document, [{ op: "set", key: B, props: { y: 400 } }]);
  assert.deepEqual(places()[1], [300, 430]);
  editor.undo();
  assert.equal(document.get(A)?.y, 0);
  assert.equal(document.get(B)?.y, 400);
  assert.deepEqual(places()[1], [300, 430]);
  assert.equal(editor.history.canUndo, false);
  editor.redo();
  assert.equal(document.get(A)?.y, 100);
  assert.deepEqual(places()[1], [300, 430]);
});

test("where an element goes its connector stays as it was shown, and hangs on it again when it is back", () => {
  for (const more of [{}, { curve: true }, { route: "elbow" }]) {
    const { editor, places } = joined(more);
    editor.select([B]);
    editor.moveSelectionBy(50, 70);
    const shown = places();
    editor.deleteSelection();
    assert.deepEqual(places(), shown);
    editor.undo();
    assert.deepEqual(places(), shown);
    editor.setOf([B], "move", () => ({ y: 500 }));
    assert.deepEqual(places().at(-1), [350, 530]);
  }
});

test("moved by itself it is torn off, and lies where it was let go", () => {
  for (const more of [{}, { curve: true }, { route: "elbow" }]) {
    const { editor, places, document } = joined(more);
    const before = places();
    editor.select([C]);
    editor.moveSelectionBy(10, 20);
    assert.equal(document.get(C)?.from, undefined);
    assert.equal(document.get(C)?.to, undefined);
    assert.deepEqual(
      places(),
      before.map(([x, y]) => [Number(x) + 10, Number(y) + 20]),
    );
    editor.undo();
    assert.equal(document.get(C)?.from, A);
    assert.deepEqual(places(), before);
  }
});

test("moved with one of its elements it still hangs on both", () => {
  for (const more of [{}, { curve: true }, { route: "elbow" }]) {
    const { editor, places, document } = joined(more);
    editor.select([A, C]);
    editor.moveSelectionBy(0, -200);
    assert.equal(document.get(C)?.from, A);
    assert.deepEqual(places().at(-1), [300, 30]);
    editor.select([A, B, C]);
    const count = places().length;
    editor.transformSelection(rotation(0.5, { x: 200, y: 30 }), "rotate");
    assert.equal(places().length, count);
    assert.equal(document.get(C)?.to, `${B}@0,0.5`);
  }
});

test("what somebody has drawn between its ends moves along, and stays where the elements move", () => {
  const { editor, places } = board({
    [A]: rectangle(0, 0),
    [B]: rectangle(300, 0),
    [C]: arrow(
      [
        [0, 0],
        [200, 200],
        [300, 0],
      ],
      { from: A, to: B },
    ),
  });
  editor.select([B]);
  editor.moveSelectionBy(0, 40);
  assert.deepEqual(places()[1], [200, 200]);
  editor.select([A, B, C]);
  editor.moveSelectionBy(5, 5);
  assert.deepEqual(places()[1], [205, 205]);
});

test("another route finds its way, and from an elbow back to a straight line no corner is left", () => {
  const { editor, places, document } = joined();
  editor.select([A]);
  editor.moveSelectionBy(0, -100);
  editor.select([C]);
  editor.setStyle({ route: "elbow", curve: null });
  assert.equal(places().length, 3);
  editor.setStyle({ route: null, curve: null });
  assert.equal(places().length, 2);
  editor.setStyle({ route: null, curve: true });
  assert.equal(places().length, 9);
  assert.equal(pointsOfPath(document.get(C) ?? {}).length, 2);
  editor.undo();
  editor.undo();
  assert.equal(places().length, 3);
});

test("a free line becomes an elbow between its ends", () => {
  const { editor, places } = board({
    [C]: arrow([
      [0, 0],
      [50, 10],
      [100, 80],
    ]),
  });
  editor.select([C]);
  editor.setStyle({ route: "elbow", curve: null });
  const corners = places();
  assert.deepEqual(
    [corners[0], corners.at(-1)],
    [
      [0, 0],
      [100, 80],
    ],
  );
  corners.slice(1).forEach(([x, y], i) => {
    const [a, b] = corners[i] ?? [];
    assert.ok(x === a || y === b);
  });
});

test("what others have locked is left as it is written, and is shown right all the same", () => {
  const { editor, places, document } = joined({ author: 7, locked: true });
  Object.assign(editor.session, { may: new Set(["edit"]), board: { ownOnly: true } });
  editor.select([A]);
  editor.setOf([B], "move", () => ({ y: 90 }));
  const written = document.get(C)?.points;
  another(document, [{ op: "set", key: B, props: { y: 90 } }]);
  assert.equal(document.get(C)?.points, written);
  assert.deepEqual(places()[1], [300, 120]);
});

test("copies hang on copies, and on nothing where none were made", () => {
  const { editor, sheet, document } = joined();
  duplicate(editor, [A, B, C], translation(0, 500));
  const copies = new Map([...document.entries()].filter(([key]) => ![A, B, C].includes(key)));
  const copy = [...copies.values()].find(({ kind }) => kind === "arrow");
  assert.ok(copies.has(String(copy?.from)) && String(copy?.to).endsWith("@0,0.5"));
  duplicate(editor, [B, C], translation(0, 900));
  const last = [...editor.selection]
    .map((key) => sheet.get(key))
    .find((one) => one?.kind === "arrow");
  assert.equal(last?.from, undefined);
  assert.match(String(last?.to), /^[\w-]+@0,0\.5$/);
  for (const element of copies.values()) assert.ok(isElement(element));
});

test("a connection between two elements is an arrow that the server takes", () => {
  const { editor, places } = joined();
  const change = connectionBetween(A, B, editor);
  assert.ok(isElement(change.element));
  editor.commit([change], "connect");
  assert.equal(places(change.key).length, 2);
  editor.undo();
  assert.deepEqual(places(change.key), []);
});

test("whatever is moved, removed and taken back, a new page shows the same ways", () => {
  const step = fc.record({
    what: fc.constantFrom("move", "remove", "undo", "redo", "turn"),
    keys: fc.subarray([A, B, C], { minLength: 1 }),
    dx: fc.integer({ min: -300, max: 300 }),
    dy: fc.integer({ min: -300, max: 300 }),
  });
  const look = fc.constantFrom({}, { curve: true }, { route: "elbow" });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), look, (steps, more) => {
      const { editor, sheet, document } = joined(more);
      for (const { what, keys, dx, dy } of steps) {
        editor.select(keys.filter((key) => sheet.has(key)));
        if (what === "move") editor.moveSelectionBy(dx, dy);
        else if (what === "remove") editor.deleteSelection();
        else if (what === "undo") editor.undo();
        else if (what === "redo") editor.redo();
        else editor.transformSelection(rotation(dx / 100, { x: 0, y: 0 }), "rotate");
        assert.deepEqual(new Map(new Sheet(document).entries()), new Map(sheet.entries()));
        for (const [, element] of document.entries()) assert.ok(isElement(element));
      }
    }),
  );
});

/** @param {Document} document @param {Change[]} changes */
function another(document, changes) {
  const clock = document.clock + 1;
  document.confirm({ id: `t${clock}`.padEnd(22, "x"), clock, author: 2, at: 0, changes });
}
