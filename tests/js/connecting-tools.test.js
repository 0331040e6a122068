// Drawing lines to elements, and moving their ends by hand.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { translation } from "../../static/board/core/matrix.js";
import { keepConnected } from "../../static/board/editor/connecting.js";
import { pointsOfPath } from "../../static/board/elements/path-points.js";
import { keepPlaced } from "../../static/board/elements/placing.js";
import { Sheet } from "../../static/board/elements/sheet.js";
import { followersOf } from "../../static/board/view/followers.js";
import { desk, rectangle } from "./support/desk.js";
import { registerToolsNow } from "./support/tools.js";

const A = "element-a";
const B = "element-b";

/** @param {number} [schema] of the server */
function table(schema = 4) {
  const one = desk({
    [A]: rectangle(0, 0),
    [B]: rectangle(300, 0),
    hollow00: rectangle(0, 300, 600, 600),
  });
  const { editor } = one;
  const sheet = new Sheet(one.document);
  editor.document = sheet;
  editor.session.schema = schema;
  editor.spatial.load([]);
  keepPlaced(sheet, editor.spatial);
  registerToolsNow(editor);
  keepConnected(editor);
  editor.setTool("arrow");
  const drawn = () => {
    const [key = ""] = editor.selection;
    return one.get(key);
  };
  /** @param {Parameters<typeof one.drag>} way */
  const drag = (...way) => one.drag(...way);
  return { ...one, sheet, drawn, drag };
}

test("an arrow sticks to the element it begins in, and to the point of a side it ends near", () => {
  const { drag, drawn } = table();
  drag([60, 20], [302, 33]);
  const { from, to } = drawn();
  assert.equal(from, A);
  assert.equal(to, `${B}@0,0.5`);
  assert.deepEqual(
    pointsOfPath(drawn()).map(({ x, y }) => [Math.round(x), Math.round(y)]),
    [
      [105, 30],
      [300, 30],
    ],
  );
});

test("it stays free with Ctrl or Alt, beside elements, within one, and on servers that know none", () => {
  for (const more of [{ ctrl: true }, { alt: true }]) {
    const { drag, drawn } = table();
    drag([60, 20], [302, 33], more);
    assert.deepEqual([drawn().from, drawn().to], [undefined, undefined]);
  }
  for (const [from, to, schema] of /** @type {const} */ ([
    [[0, 200], [200, 200], 4],
    [[20, 15], [80, 45], 4],
    [[200, 500], [300, 600], 4],
    [[60, 20], [302, 33], 3],
  ])) {
    const { drag, drawn } = table(schema);
    drag([...from], [...to]);
    assert.deepEqual([drawn().kind, drawn().from, drawn().to], ["arrow", undefined, undefined]);
  }
});

test("what an end would stick to is shown while it is drawn, and no longer", () => {
  const { pull, editor, at } = table();
  pull([0, 200], [302, 33]);
  assert.equal(editor.preview.aim?.key, B);
  assert.deepEqual(editor.preview.aim?.place, { x: 300, y: 30 });
  editor.pointerMove(at(330, 15));
  assert.equal(editor.preview.aim?.place, null);
  editor.pointerUp(at(330, 15));
  assert.equal(editor.preview.aim, null);
});

test("a line of many clicks sticks with its first and its last", () => {
  const { click, drawn, editor } = table();
  editor.setTool("line");
  click(50, 30);
  click(200, 200);
  click(350, 30);
  click(350, 30);
  assert.deepEqual([drawn().from, drawn().to], [A, B]);
  assert.equal(pointsOfPath(drawn()).length, 3);
});

test("with elbows chosen two clicks make one, of its own corners", () => {
  const { click, drawn, editor } = table();
  editor.setStyle({ route: "elbow" });
  click(50, 30);
  click(200, 200);
  assert.equal(drawn().route, "elbow");
  assert.equal(editor.busy, false);
  const places = pointsOfPath(drawn());
  assert.ok(places.slice(1).every(({ x, y }, i) => x === places[i]?.x || y === places[i]?.y));
});

test("an end is pulled off, and onto another element, by its handle", () => {
  const { drag, drawn, editor, sheet } = table();
  drag([60, 20], [302, 33]);
  drag([300, 30], [200, 150]);
  assert.deepEqual([drawn().from, drawn().to], [A, undefined]);
  drag([200, 150], [301, 31]);
  assert.equal(drawn().to, `${B}@0,0.5`);
  editor.undo();
  assert.equal(drawn().to, undefined);
  const [key = ""] = editor.selection;
  assert.equal(sheet.get(key)?.from, A);
});

test("while elements are on their way their connectors are shown with them", () => {
  const { drag, editor, sheet } = table();
  drag([60, 20], [302, 33]);
  const [key = ""] = editor.selection;
  const follows = (/** @type {string[]} */ keys) =>
    followersOf(sheet, [{ keys, matrix: translation(0, 100) }]).get(key);
  const end = pointsOfPath(follows([B]) ?? {}).at(-1);
  assert.deepEqual([Math.round(Number(end?.x)), Math.round(Number(end?.y))], [300, 130]);
  assert.deepEqual(pointsOfPath(follows([B, key]) ?? {}).at(-1), end);
  assert.equal(follows([key]), undefined, "alone it is torn off");
  assert.equal(sheet.written(key), sheet.get(key), "nothing has been written");
});

test("while an element grows with what is written in it, its connectors are shown where it ends", () => {
  const { drag, editor, sheet } = table();
  drag([60, 20], [350, 40]);
  const [key = ""] = editor.selection;
  const grown = { ...rectangle(300, 0), y: -50, x: 250 };
  const end = pointsOfPath(followersOf(sheet, [], [[B, grown]]).get(key) ?? {}).at(-1);
  assert.ok(end && end.x < 250 && end.y < 10);
});
