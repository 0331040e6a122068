// Lines, arrows and the highlighter: where their ink is, what stands at their ends, and how they are changed.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { flattened, withRoundCorners } from "../../static/board/core/curve.js";
import { contains, distanceToPolyline } from "../../static/board/core/geometry.js";
import { rotation } from "../../static/board/core/matrix.js";
import { decodePoints, encodePoints } from "../../static/board/core/points.js";
import { headAt } from "../../static/board/elements/heads.js";
import { kindOf, transformed, withProps } from "../../static/board/elements/index.js";
import {
  pointsOfPath,
  withPointAdded,
  withPointRemoved,
} from "../../static/board/elements/path-points.js";
import { CoarseContext } from "./support/coarse-canvas.js";

/** @typedef {import("../../static/board/core/fold.js").Element} Element */
/** @typedef {[x: number, y: number]} Point */

const HEADS = ["arrow", "triangle", "dot", "diamond", "bar"];

/** @param {string} kind @param {Point[]} places @param {object} [more] @returns {Element} */
function element(kind, places, more = {}) {
  const points = places.map(([x, y]) => ({ x, y, pressure: 1 }));
  const encoded = encodePoints(points, 3, false);
  return { kind, x: 0, y: 0, z: "a1", color: "red", width: 4, points: encoded, ...more };
}

const places = fc
  .array(fc.tuple(fc.integer({ min: -200, max: 200 }), fc.integer({ min: -200, max: 200 })), {
    minLength: 2,
    maxLength: 8,
  })
  .map((all) => /** @type {Point[]} */ (all));
const options = fc.record({
  curve: fc.boolean(),
  round: fc.boolean(),
  head: fc.constantFrom("none", ...HEADS),
  tail: fc.constantFrom("none", ...HEADS),
});

test("a curve goes through its points and hardly leaves the tolerance", () => {
  fc.assert(
    fc.property(places, (all) => {
      const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
      const [coarse, fine] = [flattened(xs, ys, 1), flattened(xs, ys, 0.01)];
      for (const [x, y] of all) assert.ok(distanceToPolyline(x, y, coarse.xs, coarse.ys) < 1e-9);
      for (let i = 0; i < fine.xs.length; i += 3) {
        const [x, y] = [Number(fine.xs[i]), Number(fine.ys[i])];
        assert.ok(distanceToPolyline(x, y, coarse.xs, coarse.ys) < 2.5);
      }
    }),
  );
});

test("three points of a circle make its arc", () => {
  const { xs, ys } = flattened([-100, 0, 100], [0, -100, 0], 0.05);
  for (let i = 0; i < xs.length; i++)
    assert.ok(Math.abs(Math.hypot(Number(xs[i]), Number(ys[i])) - 100) < 0.5);
});

test("round corners keep the ends, and a closed line closed", () => {
  const open = withRoundCorners([0, 100, 100], [0, 0, 100], 20);
  assert.deepEqual([open.xs[0], open.ys.at(-1)], [0, 100]);
  assert.ok(distanceToPolyline(100, 0, open.xs, open.ys) > 5);
  const closed = withRoundCorners([0, 100, 100, 0], [0, 0, 100, 0], 20);
  assert.deepEqual([closed.xs[0], closed.ys[0]], [closed.xs.at(-1), closed.ys.at(-1)]);
});

test("bounds hold all ink, heads and curves too", () => {
  fc.assert(
    fc.property(places, options, (all, more) => {
      const arrow = element("arrow", all, more);
      const { bounds, hit } = kindOf(arrow);
      const { minX, minY, maxX, maxY } = bounds(arrow);
      for (let i = 0; i <= 40; i++) {
        const [x, y] = [minX + ((maxX - minX) * i) / 40, minY + ((maxY - minY) * i) / 40];
        for (const [px, py] of [
          [x, minY - 1],
          [x, maxY + 1],
          [minX - 1, y],
          [maxX + 1, y],
        ])
          assert.equal(hit(arrow, Number(px), Number(py), 0), false);
      }
    }),
  );
});

test("an arrow is hit on its shaft and on its head, not beside them", () => {
  const arrow = element(
    "arrow",
    [
      [0, 0],
      [100, 0],
    ],
    { head: "arrow" },
  );
  const { hit, crosses } = kindOf(arrow);
  assert.equal(hit(arrow, 50, 1, 0), true);
  assert.equal(hit(arrow, 50, 8, 0), false);
  assert.equal(hit(arrow, 86, 7, 0), true);
  assert.equal(
    hit(
      element("line", [
        [0, 0],
        [100, 0],
      ]),
      86,
      7,
      0,
    ),
    false,
  );
  assert.equal(crosses(arrow, { minX: 82, minY: 6, maxX: 90, maxY: 10 }), true);
  assert.equal(crosses(arrow, { minX: 40, minY: 6, maxX: 60, maxY: 10 }), false);
});

test("heads look the way the line goes, and leave a short line some of itself", () => {
  for (const name of HEADS) {
    const head = headAt(name, { xs: [0, 100], ys: [0, 0] }, { width: 4, shared: false });
    const xs = head?.lines.flat().map(({ x }) => x) ?? [];
    assert.ok(Math.max(...xs) <= 108 && Math.min(...xs) > 70, name);
    const short = headAt(name, { xs: [0, 10], ys: [0, 0] }, { width: 4, shared: true });
    assert.ok(Math.min(...(short?.lines.flat().map(({ x }) => x) ?? [0])) >= 5, name);
  }
  assert.equal(headAt("none", { xs: [0, 9], ys: [0, 0] }, { width: 4, shared: false }), null);
  assert.equal(headAt("bow", { xs: [0, 9], ys: [0, 0] }, { width: 4, shared: false }), null);
  assert.equal(headAt("arrow", { xs: [5, 5], ys: [1, 1] }, { width: 4, shared: false }), null);
});

test("only a closed line is filled, and has an inside", () => {
  const corners = /** @type {Point[]} */ ([
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
  ]);
  const open = element("line", corners, { fill: "blue" });
  const closed = element("line", [...corners, [0, 0]], { fill: "blue" });
  assert.deepEqual(
    [kindOf(open).hit(open, 40, 60, 0), kindOf(closed).hit(closed, 40, 60, 0)],
    [false, true],
  );
  assert.equal(kindOf(closed).inside?.(closed, 40, 60), true);
  assert.equal(kindOf(open).inside?.(open, 40, 60), false);
  const hollow = element("line", [...corners, [0, 0]]);
  assert.equal(kindOf(hollow).hit(hollow, 40, 60, 0), false);
});

test("points can be moved one by one; that of a closed line's end is its first", () => {
  const line = element(
    "line",
    [
      [0, 0],
      [50, 20],
      [100, 0],
    ],
    { x: 7, y: 9 },
  );
  const handles = kindOf(line).handles?.(line) ?? [];
  assert.deepEqual(handles[1], { x: 57, y: 29 });
  const bent = withProps(
    line,
    kindOf(line).withHandles?.(line, handles.with(0, { x: -3, y: 4 })) ?? {},
  );
  assert.deepEqual(pointsOfPath(bent), [
    { x: -3, y: 4 },
    { x: 57, y: 29 },
    { x: 107, y: 9 },
  ]);
  const closed = element("line", [
    [0, 0],
    [50, 0],
    [50, 50],
    [0, 0],
  ]);
  const corners = kindOf(closed).handles?.(closed) ?? [];
  assert.equal(corners.length, 3);
  const moved = withProps(
    closed,
    kindOf(closed).withHandles?.(closed, corners.with(0, { x: 9, y: 9 })) ?? {},
  );
  const { xs } = decodePoints(String(moved.points));
  assert.equal(xs[0], xs[3]);
});

test("points come and go, but never the last two, or three of a closed line", () => {
  const line = element("line", [
    [0, 0],
    [100, 0],
  ]);
  const longer = withProps(line, withPointAdded(line, 1, { x: 50, y: 30 }));
  assert.deepEqual(pointsOfPath(longer)[1], { x: 50, y: 30 });
  assert.deepEqual(
    pointsOfPath(withProps(longer, withPointRemoved(longer, 1) ?? {})),
    pointsOfPath(line),
  );
  assert.equal(withPointRemoved(line, 0), null);
  const closed = element("line", [
    [0, 0],
    [50, 0],
    [50, 50],
    [0, 0],
  ]);
  assert.equal(withPointRemoved(closed, 0), null);
});

test("a turned line has turned points, and its width", () => {
  const line = element("line", [
    [0, 0],
    [100, 0],
  ]);
  const turned = transformed(line, rotation(Math.PI / 2, { x: 0, y: 0 }));
  const [, end] = pointsOfPath(turned);
  assert.ok(Math.abs(Number(end?.x)) < 0.2 && Math.abs(Number(end?.y) - 100) < 0.2);
  assert.equal(turned.width, 4);
});

test("the highlighter is as wide as it is, and drawn in one go, so that it is no darker where it crosses itself", () => {
  const loop = element(
    "highlight",
    [
      [0, 0],
      [100, 0],
      [50, 60],
      [50, -60],
    ],
    { width: 20 },
  );
  assert.equal(kindOf(loop).hit(loop, 30, 9, 0), true);
  const ctx = new Film();
  kindOf(loop).draw(/** @type {any} */ (ctx), loop, { theme: "light", scale: 1, left: 0, top: 0 });
  assert.deepEqual(ctx.strokes, ["multiply 0.55"]);
  kindOf(loop).draw(
    /** @type {any} */ (ctx),
    { ...loop, opacity: 0.5 },
    { theme: "dark", scale: 1, left: 0, top: 0 },
  );
  assert.deepEqual(ctx.strokes.at(-1), "screen 0.21");
  assert.deepEqual([ctx.globalAlpha, ctx.globalCompositeOperation], [1, "source-over"]);
});

/** Says how it was stroked. */
class Film extends CoarseContext {
  globalCompositeOperation = "source-over";
  /** @type {string[]} */
  strokes = [];

  /** @override */
  stroke = () => void this.strokes.push(`${this.globalCompositeOperation} ${this.globalAlpha}`);
}

test("broken and hostile elements are drawn as far as they go, and throw nothing", () => {
  const ctx = /** @type {any} */ (new Film());
  const view = /** @type {const} */ ({ theme: "light", scale: 1, left: 0, top: 0 });
  for (const kind of ["line", "arrow", "highlight"]) {
    for (const more of [
      { points: "" },
      { points: "!!" },
      { points: 7 },
      { width: -5 },
      { width: "x", x: null },
      { curve: "yes", head: 3, tail: "__proto__", dash: "wavy", opacity: 9 },
      { points: encodePoints([{ x: 1, y: 1, pressure: 1 }], 3, false), head: "arrow", curve: true },
    ]) {
      const broken = /** @type {Element} */ (
        /** @type {unknown} */ ({
          ...element(kind, [
            [0, 0],
            [9, 9],
          ]),
          ...more,
        })
      );
      const { bounds, hit, crosses, draw, frame, transform } = kindOf(broken);
      const box = bounds(broken);
      assert.ok(Object.values(box).every(Number.isFinite));
      hit(broken, 0, 0, 5);
      crosses(broken, box);
      draw(ctx, broken, view);
      assert.ok(contains(box, { minX: box.minX, minY: box.minY, maxX: box.maxX, maxY: box.maxY }));
      frame(broken);
      transform(broken, [2, 0, 0, 2, 0, 0]);
    }
  }
});

test("a label stands at the middle of the way, and is hit there", () => {
  const labelled = element(
    "arrow",
    [
      [0, 0],
      [400, 0],
    ],
    { text: "yes", size: 20 },
  );
  const { bounds, hit, crosses, textFrame, frame } = kindOf(labelled);
  const around = /** @type {import("../../static/board/elements/kind.js").Frame} */ (
    textFrame?.(labelled)
  );
  assert.equal(around.x + around.w / 2, 200);
  assert.equal(around.y + around.h / 2, 0);
  assert.equal(hit(labelled, 200, 10, 0), true);
  assert.equal(hit(labelled, 120, 10, 0), false);
  assert.equal(crosses(labelled, { minX: 198, minY: 8, maxX: 202, maxY: 10 }), true);
  assert.ok(bounds(labelled).maxY > 12);
  assert.ok(frame(labelled).h < 12, "what is resized is the line");
});

test("the line leaves room for its label, also while that is being written", () => {
  const places = /** @type {Point[]} */ ([
    [0, 100],
    [400, 100],
  ]);
  const inked = (/** @type {object} */ more) => {
    /** @type {(string | symbol)[]} */
    const calls = [];
    const state = /** @type {any} */ ({ globalAlpha: 1 });
    const ctx = new Proxy(state, { get: (all, name) => all[name] ?? (() => calls.push(name)) });
    const line = element("line", places, more);
    kindOf(line).draw(ctx, line, { theme: "light", scale: 1, left: 0, top: 0 });
    return calls;
  };
  assert.ok(!inked({}).includes("clip"));
  assert.ok(inked({ text: "yes" }).includes("clip") && inked({ text: "yes" }).includes("fillText"));
  const writing = inked({ text: "yes", unlettered: true });
  assert.ok(writing.includes("clip") && !writing.includes("fillText"));
});

test("a closed line has no label", () => {
  const ring = element("line", [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 0],
  ]);
  assert.equal(kindOf(ring).textFrame?.(ring), null);
});
