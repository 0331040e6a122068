// Elbows that somebody has bent, and lines from an element to itself.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isWithin } from "../../static/board/core/curve.js";
import { Document } from "../../static/board/core/document.js";
import { distanceToPolyline } from "../../static/board/core/geometry.js";
import { translation } from "../../static/board/core/matrix.js";
import { freeEnd, wayBetween } from "../../static/board/core/routing.js";
import { bentCorners, markedBent, withPieceAt } from "../../static/board/core/routing-bent.js";
import { boundsOfEnd } from "../../static/board/core/routing-outline.js";
import { bendBy, unbend } from "../../static/board/editor/bending.js";
import { connectionBetween, keepConnected } from "../../static/board/editor/connecting.js";
import { handlesOf } from "../../static/board/editor/selecting-frame.js";
import { endAt } from "../../static/board/elements/anchor.js";
import { cornersOfElbow, isBent } from "../../static/board/elements/connected.js";
import { pointsOfPath } from "../../static/board/elements/path-points.js";
import { keepPlaced } from "../../static/board/elements/placing.js";
import { Sheet } from "../../static/board/elements/sheet.js";
import { desk, rectangle } from "./support/desk.js";
import { registerToolsNow } from "./support/tools.js";

/**
 * @typedef {import("../../static/board/core/geometry.js").Place} Place
 * @typedef {import("../../static/board/core/routing.js").End} End
 */

const A = "element-a";
const B = "element-b";
const WIDTH = 4;

// -- bent ways -------------------------------------------------------------------------------------------

const whole = (/** @type {number} */ least, /** @type {number} */ most) =>
  fc.integer({ min: least, max: most });
const box = fc.record({
  x: whole(-400, 400),
  y: whole(-400, 400),
  w: whole(20, 200),
  h: whole(20, 200),
});
const point = fc.constantFrom(null, null, { u: 0, v: 0.5 }, { u: 1, v: 0.5 }, { u: 0.5, v: 1 });
const stuck = fc
  .record({ box, point })
  .map(({ box: sides, point: at }) => endAt({ kind: "rectangle", z: "a0", ...sides }, at, WIDTH));
const free = fc.record({ x: whole(-400, 400), y: whole(-400, 400) }).map(freeEnd);
const end = fc.oneof({ weight: 3, arbitrary: stuck }, { weight: 1, arbitrary: free });
const way = fc.record({
  from: end,
  to: end,
  piece: fc.nat(5),
  x: whole(-600, 600),
  y: whole(-600, 600),
});

/** @param {End} from @param {End} to @param {readonly Place[] | null} [bent] */
function elbow(from, to, bent = null) {
  return wayBetween(from, to, { route: "elbow", between: [], width: WIDTH, bent });
}

/** Bent anywhere, if it has a piece that can be. @param {{from: End, to: End, piece: number, x: number, y: number}} way */
function bentCornersOf({ from, to, piece, x, y }) {
  const found = elbow(from, to);
  if (found.length < 4) return null;
  return bentCorners(markedBent(withPieceAt(found, 1 + (piece % (found.length - 3)), { x, y })));
}

/** @param {End} end @param {number} dx @param {number} dy @returns {End} */
function moved(end, dx, dy) {
  const { at, outline } = end;
  return {
    ...end,
    at: { x: at.x + dx, y: at.y + dy },
    outline: outline && {
      xs: Array.from(outline.xs, (x) => x + dx),
      ys: Array.from(outline.ys, (y) => y + dy),
    },
  };
}

test("however it is bent and its ends moved, it goes across and down, between the same ends", () => {
  fc.assert(
    fc.property(way, whole(-300, 300), whole(-300, 300), (one, dx, dy) => {
      const bent = bentCornersOf(one);
      fc.pre(bent !== null);
      for (const to of [one.to, moved(one.to, dx, dy)]) {
        const places = elbow(one.from, to, bent);
        for (const [i, { x, y }] of places.entries()) {
          assert.ok(Number.isFinite(x) && Number.isFinite(y));
          assert.ok(i === 0 || x === places[i - 1]?.x || y === places[i - 1]?.y);
        }
        for (const [end, place] of /** @type {[End, Place][]} */ ([
          [one.from, places[0]],
          [to, places.at(-1)],
        ]))
          assert.ok(isAt(end, place));
      }
    }),
  );
});

test("it goes through neither of its elements, or else its way is found", () => {
  fc.assert(
    fc.property(way, (one) => {
      const bent = bentCornersOf(one);
      const boxes = [boundsOfEnd(one.from), boundsOfEnd(one.to)];
      fc.pre(bent !== null && !overlap(boxes[0], boxes[1]));
      const places = elbow(one.from, one.to, bent);
      if (bentCorners(places) === null) assert.deepEqual(places, elbow(one.from, one.to));
      else
        for (let i = 1; i + 2 < places.length; i++)
          for (const each of boxes)
            assert.ok(!passes(/** @type {Place} */ (places[i]), places[i + 1], each));
    }),
  );
});

test("moved together, its elements take it along; from the other end it is the same", () => {
  fc.assert(
    fc.property(way, whole(-500, 500), whole(-500, 500), (one, dx, dy) => {
      const here = elbow(one.from, one.to, bentCornersOf(one));
      const bent = bentCorners(here);
      fc.pre(bent !== null);
      near(
        elbow(moved(one.from, dx, dy), moved(one.to, dx, dy), bent),
        here.map(({ x, y }) => ({ x: x + dx, y: y + dy })),
      );
      near(elbow(one.to, one.from, bent.toReversed()), here.toReversed());
    }),
  );
});

test("no way that is found is taken for one that somebody has bent", () => {
  fc.assert(fc.property(end, end, (from, to) => bentCorners(elbow(from, to)) === null));
});

// -- on the board ------------------------------------------------------------------------------------------

/** An elbow between two elements, with its one piece between corners at x = 200. */
function table() {
  const one = desk({ [A]: rectangle(0, 0), [B]: rectangle(300, 40) });
  const { editor } = one;
  const sheet = new Sheet(one.document);
  editor.document = sheet;
  editor.session.schema = 4;
  editor.spatial.load([]);
  keepPlaced(sheet, editor.spatial);
  registerToolsNow(editor);
  keepConnected(editor);
  editor.setTool("arrow");
  editor.setStyle({ route: "elbow" });
  editor.setTool("select");
  const connector = connectionBetween(A, B, editor);
  editor.commit([connector], "connect");
  editor.select([connector.key]);
  const shown = () => sheet.get(connector.key) ?? {};
  const corners = () => cornersOfElbow(shown()).map(({ x, y }) => [Math.round(x), Math.round(y)]);
  /** @param {string} key @param {number} dx @param {number} dy */
  const move = (key, dx, dy) => {
    editor.select([key]);
    editor.transformSelection(translation(dx, dy), "move");
    editor.select([connector.key]);
  };
  return {
    ...one,
    editor,
    sheet,
    key: connector.key,
    shown,
    corners,
    move,
    drag: one.drag.bind(one),
  };
}

/** Of the same board. @param {Document} document */
function newPage(document) {
  const elements = structuredClone(Object.fromEntries(document.entries()));
  const other = new Document();
  other.load({ epoch: "f".repeat(22), clock: 0, elements });
  return { other, sheet: new Sheet(other) };
}

test("the piece between two corners is laid elsewhere by its handle", () => {
  const { drag, editor, sheet, key, corners, shown } = table();
  assert.deepEqual(corners(), [
    [105, 30],
    [200, 30],
    [200, 70],
    [295, 70],
  ]);
  const handles = handlesOf(sheet, new Set([key]), 1).filter(({ name }) => name === "between");
  assert.deepEqual(handles, [{ name: "between", index: 1, x: 200, y: 50 }]);
  drag([200, 50], [150, 55], { ctrl: true });
  assert.deepEqual(corners().slice(1, 3), [
    [150, 30],
    [150, 70],
  ]);
  assert.ok(isBent(shown()));
  editor.undo();
  assert.deepEqual(corners()[1], [200, 30]);
  editor.redo();
  assert.deepEqual(corners()[1], [150, 30]);
});

test("it stays as far along when an end moves, whoever moves it, and after undo", () => {
  const { drag, editor, corners, move } = table();
  drag([200, 50], [150, 50], { ctrl: true });
  const part = (150 - 105) / (295 - 105);
  move(B, 200, 100);
  assert.deepEqual(corners().slice(1, 3), [
    [Math.round(105 + part * 390), 30],
    [Math.round(105 + part * 390), 170],
  ]);
  editor.undo();
  assert.deepEqual(corners()[1], [150, 30]);
  move(A, 10, 20);
  move(B, 10, 20);
  assert.deepEqual(corners().slice(1, 3), [
    [160, 50],
    [160, 90],
  ]);
});

test("somebody whose page writes no ways moves an end, and everybody sees it as far along", () => {
  const { drag, document, key } = table();
  drag([200, 50], [150, 50], { ctrl: true });
  const { other, sheet } = newPage(document);
  /** @type {import("../../static/board/core/fold.js").Change[]} */
  const changes = [{ op: "set", key: B, props: { x: 500 } }];
  other.confirm({ author: 2, at: 0, clock: 1, id: "x".repeat(22), changes });
  const [, corner] = cornersOfElbow(sheet.get(key) ?? {});
  assert.ok(Math.abs(Number(corner?.x) - (105 + ((150 - 105) / 190) * 390)) < 0.5);
});

test("a new page shows it as the one on which it was bent", () => {
  const { drag, document, sheet, key, move } = table();
  drag([200, 50], [150, 50], { ctrl: true });
  move(B, -20, 300);
  const [ours, theirs] = [sheet.get(key), newPage(document).sheet.get(key)];
  near(pointsOfPath(ours ?? {}), pointsOfPath(theirs ?? {}), 0.3);
});

test("where its piece would go through an element its way is found, and is as it was bent once it can be", () => {
  const { drag, corners, shown, move } = table();
  drag([200, 50], [120, 50], { ctrl: true });
  move(B, -300, 200);
  assert.equal(isBent(shown()), false);
  move(B, 300, -200);
  assert.deepEqual(corners()[1], [120, 30]);
});

test("laid into its element it is found again, and so by a double click", () => {
  const one = table();
  const { corners, shown } = one;
  one.drag([200, 50], [150, 50], { ctrl: true });
  one.drag([150, 50], [50, 50], { ctrl: true });
  assert.deepEqual(corners()[1], [200, 30]);
  one.drag([200, 50], [150, 50], { ctrl: true });
  one.doubleClick(150, 50);
  assert.deepEqual(corners()[1], [200, 30]);
  assert.equal(isBent(shown()), false);
});

test("an end pulled off and put on again leaves the piece where it is", () => {
  const { drag, corners } = table();
  drag([200, 50], [150, 50], { ctrl: true });
  drag([295, 70], [295, 200], { ctrl: true });
  assert.deepEqual(corners()[1], [150, 30]);
  drag([295, 200], [301, 70]);
  assert.deepEqual(corners()[1]?.[1], 30);
  assert.ok(Math.abs(Number(corners()[1]?.[0]) - 150) < 3);
});

test("keys bend it in steps: an elbow by its longest piece, a curve by its middle", () => {
  const { editor, corners, shown } = table();
  assert.ok(bendBy(editor, -10, 0));
  assert.ok(bendBy(editor, -10, 0));
  assert.deepEqual(corners()[1], [180, 30]);
  assert.equal(bendBy(editor, 0, 10), false, "there is none that goes across between corners");
  assert.ok(unbend(editor));
  assert.deepEqual(corners()[1], [200, 30]);
  editor.setStyle({ route: null, curve: true });
  assert.ok(bendBy(editor, 0, -50));
  const places = pointsOfPath(shown());
  assert.equal(places.length, 3);
  assert.equal(places[1]?.y, 0);
  assert.deepEqual([shown().from, shown().to], [A, B]);
});

// -- to itself -----------------------------------------------------------------------------------------------

test("a line from an element to itself is a loop outside it", () => {
  for (const route of /** @type {const} */ (["straight", "elbow", "curve"]))
    fc.assert(
      fc.property(
        fc.constantFrom(..."rectangle ellipse diamond triangle star cloud note".split(" ")),
        box,
        point,
        point,
        (kind, sides, at, other) => {
          const element = { kind, z: "a0", width: 2, ...sides };
          const [from, to] = [endAt(element, at, WIDTH), endAt(element, other, WIDTH)];
          const places = wayBetween(from, to, { route, between: [], width: WIDTH, loop: true });
          const { xs, ys } = /** @type {{xs: number[], ys: number[]}} */ (from.outline);
          const far = places.map(
            ({ x, y }) => !isWithin(x, y, xs, ys) && distanceToPolyline(x, y, xs, ys),
          );
          assert.ok(Math.max(...far.map(Number)) > 15);
          assert.ok(lengthOf(places) > 20);
        },
      ),
    );
});

test("an element is connected to itself", () => {
  const { editor, sheet } = table();
  const loop = connectionBetween(A, A, editor);
  editor.commit([loop], "connect");
  const places = pointsOfPath(sheet.get(loop.key) ?? {});
  assert.ok(Math.max(...places.map(({ x }) => x)) > 110);
  assert.ok(Math.min(...places.map(({ y }) => y)) < -10);
});

// -- measuring ---------------------------------------------------------------------------------------------------

/** @param {End} end @param {Place} place */
function isAt({ at, outline, fixed }, { x, y }) {
  if (fixed || !outline) return Math.hypot(x - at.x, y - at.y) < 0.02;
  const { minX, minY, maxX, maxY } = boundsOfEnd({ at, outline });
  const away = Math.max(minX - x, minY - y, x - maxX, y - maxY);
  return Math.abs(away) <= WIDTH + 2;
}

/** @param {readonly Place[]} ours @param {readonly Place[]} theirs */
function near(ours, theirs, most = 0.05) {
  assert.equal(ours.length, theirs.length, JSON.stringify([ours, theirs]));
  for (const [i, { x, y }] of ours.entries()) {
    const other = /** @type {Place} */ (theirs[i]);
    assert.ok(Math.hypot(x - other.x, y - other.y) <= most, JSON.stringify([ours, theirs]));
  }
}

/** @param {readonly Place[]} places */
function lengthOf(places) {
  return places.reduce((sum, { x, y }, i) => {
    const before = places[i - 1];
    return before ? sum + Math.hypot(x - before.x, y - before.y) : 0;
  }, 0);
}

/** @param {import("../../static/board/core/geometry.js").Bounds | undefined} a @param {import("../../static/board/core/geometry.js").Bounds | undefined} b */
function overlap(a, b) {
  return !!a && !!b && a.minX < b.maxX && b.minX < a.maxX && a.minY < b.maxY && b.minY < a.maxY;
}

/** @param {Place} a @param {Place | undefined} b @param {import("../../static/board/core/geometry.js").Bounds} box */
function passes(a, b = a, { minX, minY, maxX, maxY }) {
  return (
    Math.max(a.x, b.x) > minX &&
    Math.min(a.x, b.x) < maxX &&
    Math.max(a.y, b.y) > minY &&
    Math.min(a.y, b.y) < maxY
  );
}
