// What is over the picture: growing ink until it is finished, what is moved, people's pointers.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { translation } from "../../static/board/core/matrix.js";
import { labelOf } from "../../static/board/view/cursors.js";
import { LiveLayer } from "../../static/board/view/live-layer.js";
import * as marks from "../../static/board/view/marks.js";
import { picture, stroke } from "./support/picture.js";

/**
 * @typedef {import("../../static/board/sync/people.js").Cursor} Cursor
 * @typedef {import("../../static/board/sync/people.js").GrowingStroke} GrowingStroke
 * @typedef {import("../../static/board/view/live-layer.js").Shown} Shown
 */

/** @type {ReadonlySet<string>} */
const NOTHING = new Set();
const RED = "#e03131";
const AT = "3,3";

/**
 * @param {{elements?: Record<string, import("../../static/board/core/fold.js").Element>,
 *   strokes?: GrowingStroke[], cursors?: Cursor[], selections?: [number, string[]][],
 *   moved?: import("../../static/board/sync/people.js").MovedElements[],
 *   drafts?: import("../../static/board/sync/people.js").Draft[]}} options
 */
function live({
  elements = {},
  strokes = [],
  cursors = [],
  selections = [],
  moved = [],
  drafts = [],
} = {}) {
  const board = picture({ elements });
  /** @type {any} */
  const people = {
    subscribe() {},
    strokes: () => strokes,
    cursors: () => cursors,
    someone: (/** @type {number} */ slot) => cursors.find((one) => one.slot === slot),
    selections: () => new Map(selections),
    moved: () => moved,
    drafts: () => drafts,
  };
  const layer = new LiveLayer({ renderer: board.renderer, still: () => true });
  layer.meet(people);
  layer.use(marks);
  const show = (/** @type {Partial<Shown["preview"]>} */ preview = {}, selection = NOTHING) =>
    layer.show({
      selection,
      preview: {
        stroke: null,
        box: null,
        lasso: null,
        trail: null,
        erased: NOTHING,
        moved: null,
        drafts: [],
        hidden: NOTHING,
        guides: [],
        ...preview,
      },
    });
  board.rest();
  return { ...board, layer, show, overlay: board.overlayCanvas.ctx };
}

function growing(count = 3) {
  const points = Array.from({ length: count }, (_, i) => ({
    x: (i * 100) / count,
    y: (i * 60) / count,
    pressure: 0.5,
  }));
  return { key: "stroke-1", x: 40, y: 40, color: "red", width: 4, points };
}

test("in the frame in which a growing stroke goes, the finished one is in the picture", () => {
  const board = live();
  board.show({ stroke: growing() });
  board.frame();
  assert.equal(board.overlay.cells.get(AT), RED);
  assert.equal(board.canvas.ctx.cells.get(AT), "#fbfbf9");
  board.put("stroke-1", stroke({ x: 40, y: 40 }));
  board.show();
  board.frame();
  assert.equal(board.overlay.cells.get(AT), undefined);
  assert.equal(board.canvas.ctx.cells.get(AT), RED);
});

test("someone else's stroke is not drawn twice once its element is there", () => {
  const { points, ...rest } = growing();
  const runs = [points.map((p) => ({ ...p, x: p.x + 40, y: p.y + 40 }))];
  const board = live({ strokes: [{ ...rest, runs }] });
  board.renderer.requestFrame();
  board.frame();
  assert.equal(board.overlay.cells.get(AT), RED);
  board.put("stroke-1", stroke({ x: 40, y: 40 }));
  board.frame();
  assert.equal(board.overlay.cells.get(AT), undefined);
  assert.equal(board.canvas.ctx.cells.get(AT), RED);
});

test("a long stroke grows to the same ink whether it comes at once or point by point", () => {
  const bit = live();
  const whole = live();
  const long = growing(500);
  const points = [];
  for (const point of long.points) {
    points.push(point);
    bit.show({ stroke: { ...long, points } });
    bit.frame();
  }
  whole.show({ stroke: long });
  whole.frame();
  assert.deepEqual([...bit.overlay.cells].sort(), [...whole.overlay.cells].sort());
});

test("what is moved leaves the picture and is drawn where it goes", () => {
  const board = live({ elements: { "stroke-1": stroke({ x: 40, y: 40 }) } });
  board.show({ moved: { keys: new Set(["stroke-1"]), matrix: translation(320, 0), copy: false } });
  board.rest();
  assert.equal(board.canvas.ctx.cells.get(AT), "#fbfbf9");
  assert.equal(board.overlay.cells.get("23,3"), RED);
  board.document.propose([{ op: "set", key: "stroke-1", props: { x: 360 } }]);
  board.show();
  board.frame();
  assert.equal(board.canvas.ctx.cells.get("23,3"), RED);
});

test("erased ink stays faded until the picture is without it, and never comes back in between", () => {
  const board = live({ elements: { "stroke-1": stroke({ x: 40, y: 40 }) } });
  const faded = () => board.overlay.cells.get(AT) === "#fbfbf9";
  board.show({ erased: new Set(["stroke-1"]) });
  board.frame();
  assert.ok(faded());
  board.document.propose([{ op: "remove", key: "stroke-1" }]);
  board.show();
  for (let i = 0; i < 20 && board.frame(); i++) {
    assert.ok(faded() || board.canvas.ctx.cells.get(AT) === "#fbfbf9");
  }
  assert.equal(board.overlay.cells.size, 0);
});

test("what the eraser has only touched is itself again when the sweep is given up", () => {
  const board = live({ elements: { "stroke-1": stroke({ x: 40, y: 40 }) } });
  board.show({ erased: new Set(["stroke-1"]) });
  board.frame();
  board.show();
  board.frame();
  assert.equal(board.overlay.cells.size, 0);
});

test("many elements stay where they were dropped until they are painted there", () => {
  const elements = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [
      `stroke-${i}`,
      stroke({ x: 40, y: 40, z: `a${1000 + i}` }),
    ]),
  );
  const board = live({ elements });
  const keys = new Set(Object.keys(elements));
  board.show({ moved: { keys, matrix: translation(320, 0), copy: false } });
  board.rest();
  board.document.propose([...keys].map((key) => ({ op: "set", key, props: { x: 360 } })));
  board.show();
  for (let i = 0; i < 200 && board.frame(); i++) {
    const shown = board.overlay.cells.get("23,3") ?? board.canvas.ctx.cells.get("23,3");
    assert.equal(shown, RED);
  }
  assert.equal(board.overlay.cells.get("23,3"), undefined);
});

const ACCENT = "#3b5bdb";
const BOX = { kind: "rectangle", x: 160, y: 160, w: 320, h: 160, z: "a1", color: "red", width: 4 };

test("what is selected has a frame with handles, and a frame alone while it is moved", () => {
  const board = live({ elements: { "box-0001": BOX } });
  const keys = new Set(["box-0001"]);
  const frame = () => board.overlay.cells.get("9,9");
  const turn = () => board.overlay.cells.get("20,8");
  board.show({}, keys);
  board.frame();
  assert.deepEqual([frame(), turn()], [ACCENT, ACCENT]);
  board.show({ moved: { keys, matrix: translation(0, 0), copy: false } }, keys);
  board.frame();
  assert.deepEqual([frame(), turn()], [ACCENT, undefined]);
});

test("what someone else has selected is framed in their colour, where they are moving it", () => {
  const elements = new Map([["box-0001", BOX]]);
  const board = live({
    elements: { "box-0001": BOX },
    cursors: [{ slot: 1, name: "Ann", color: "blue", x: 900, y: 700 }],
    selections: [[1, ["box-0001"]]],
    moved: [{ slot: 1, matrix: translation(320, 0), copy: false, elements }],
  });
  board.renderer.requestFrame();
  board.frame();
  const blue = [...board.overlay.cells].filter(([, color]) => color === "#1971c2");
  const columns = blue.map(([cell]) => Number(cell.split(",")[0]));
  // The name reaches a little to the left and above.
  assert.ok(Math.min(...columns) >= 29, `${columns}`);
  assert.ok(board.overlay.texts.filter((text) => text === "\u2068Ann\u2069").length > 1);
});

test("an element that someone is bending is shown in its new form alone", () => {
  const bent = { slot: 1, key: "stroke-1", element: stroke({ x: 360, y: 40 }) };
  const board = live({ elements: { "stroke-1": stroke({ x: 40, y: 40 }) }, drafts: [bent] });
  board.show();
  board.rest();
  assert.equal(board.canvas.ctx.cells.get(AT), "#fbfbf9");
  assert.equal(board.overlay.cells.get("23,3"), RED);
});

test("pointers carry names, cut where they are long", () => {
  const board = live({ cursors: [{ slot: 1, name: "Ann", color: "blue", x: 50, y: 50 }] });
  board.renderer.requestFrame();
  board.frame();
  assert.deepEqual(board.overlay.texts.at(-1), "\u2068Ann\u2069");
  assert.equal([...labelOf("x".repeat(60))].length, 26);
});

test("names can't turn the text around them, nor hide (S34)", () => {
  assert.equal(labelOf("\u202eevil\u202c\u200b\u0007"), "\u2068evil\u2069");
  assert.equal(labelOf(" \u200b "), "");
  assert.equal(labelOf("👩‍🚀 김지우"), "\u2068👩‍🚀 김지우\u2069");
});

test("an overlay with nothing on it is left alone, and emptied once when that begins", () => {
  const board = live({ elements: { a: stroke() } });
  const cleared = () => {
    const before = board.overlay.cleared;
    board.camera.panBy(5, 5);
    board.frame();
    return board.overlay.cleared - before;
  };
  board.rest();
  assert.deepEqual([cleared(), cleared()], [0, 0]);
  board.show({ stroke: growing() });
  assert.deepEqual([cleared(), cleared()], [1, 1]);
  board.show();
  assert.deepEqual([cleared(), cleared()], [1, 0]);
  assert.equal(board.overlay.cells.size, 0);
});
