// R16: what an eraser leaves of a line, to the place where its edge was.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cutLine, isSwept, lengthOf } from "../../static/board/core/cutting.js";
import { Document } from "../../static/board/core/document.js";
import { distanceToPolyline } from "../../static/board/core/geometry.js";
import { decodePoints, encodePoints } from "../../static/board/core/points.js";
import { kindOf, withProps } from "../../static/board/elements/index.js";

const coordinate = fc.double({ min: -100, max: 100, noNaN: true });
const place = fc.tuple(coordinate, coordinate);
const lines = fc
  .array(fc.tuple(coordinate, coordinate, fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 2,
    maxLength: 12,
  })
  .map((points) => ({
    xs: points.map(([x]) => x),
    ys: points.map(([, y]) => y),
    pressures: points.map(([, , pressure]) => pressure),
  }));
const sweeps = fc
  .tuple(
    fc.array(place, { minLength: 1, maxLength: 5 }),
    fc.double({ min: 0.5, max: 30, noNaN: true }),
  )
  .map(([places, radius]) => ({
    xs: places.map(([x]) => x),
    ys: places.map(([, y]) => y),
    radius,
  }));
const EPSILON = 1e-6;

/** Many places along a line. @param {{xs: ArrayLike<number>, ys: ArrayLike<number>}} line */
function along({ xs, ys }) {
  const places = [];
  for (let i = 1; i < xs.length; i++) {
    for (let t = 0; t <= 1; t += 1 / 16) {
      const x = Number(xs[i - 1]) + (Number(xs[i]) - Number(xs[i - 1])) * t;
      const y = Number(ys[i - 1]) + (Number(ys[i]) - Number(ys[i - 1])) * t;
      places.push({ x, y });
    }
  }
  return places;
}

test("nothing that is left lies within the sweep", () => {
  fc.assert(
    fc.property(lines, sweeps, (line, sweep) => {
      const inner = { ...sweep, radius: sweep.radius - EPSILON };
      for (const run of cutLine(line, sweep) ?? [line])
        for (const { x, y } of along(run)) assert.ok(!isSwept(x, y, inner), `${x} ${y}`);
    }),
  );
});

test("everything outside the sweep is left", () => {
  fc.assert(
    fc.property(lines, sweeps, (line, sweep) => {
      const runs = cutLine(line, sweep) ?? [line];
      const outer = { ...sweep, radius: sweep.radius + EPSILON };
      for (const { x, y } of along(line)) {
        if (isSwept(x, y, outer)) continue;
        const nearest = Math.min(...runs.map(({ xs, ys }) => distanceToPolyline(x, y, xs, ys)));
        assert.ok(nearest < EPSILON, `${x} ${y} is ${nearest} away`);
      }
    }),
  );
});

test("pieces are in order, no longer than the line, and their pressure is the line's", () => {
  fc.assert(
    fc.property(lines, sweeps, (line, sweep) => {
      const runs = cutLine(line, sweep);
      if (!runs) return;
      const left = runs.reduce((sum, run) => sum + lengthOf(run), 0);
      assert.ok(left <= lengthOf(line) + EPSILON);
      const [low, high] = [Math.min(...line.pressures), Math.max(...line.pressures)];
      for (const { pressures } of runs)
        for (const each of pressures ?? [])
          assert.ok(each >= low - EPSILON && each <= high + EPSILON);
      assert.ok(runs.slice(1).every(({ first }) => !first));
      assert.ok(runs.slice(0, -1).every(({ last }) => !last));
    }),
  );
});

test("the same sweep again cuts nothing more", () => {
  fc.assert(
    fc.property(lines, sweeps, (line, sweep) => {
      for (const run of cutLine(line, sweep) ?? []) {
        const again = cutLine(run, sweep);
        const left = again ? again.reduce((sum, each) => sum + lengthOf(each), 0) : lengthOf(run);
        assert.ok(Math.abs(left - lengthOf(run)) < EPSILON);
      }
    }),
  );
});

test("a cut through the middle leaves exactly the radius free on either side", () => {
  const line = { xs: [0, 100], ys: [0, 0], pressures: [0, 1] };
  const runs = cutLine(line, { xs: [50, 50], ys: [-20, 20], radius: 10 });
  assert.deepEqual(
    runs?.map(({ xs, pressures, first, last }) => ({ xs, pressures, first, last })),
    [
      { xs: [0, 40], pressures: [0, 0.4], first: true, last: false },
      { xs: [60, 100], pressures: [0.6, 1], first: false, last: true },
    ],
  );
});

/** @param {string} kind @param {[number, number][]} places @param {object} [more] @returns {import("../../static/board/core/fold.js").Element} */
function element(kind, places, more = {}) {
  const points = places.map(([x, y]) => ({ x, y, pressure: 0.5 }));
  const encoded = encodePoints(points, 3, kind === "stroke");
  return { kind, x: 10, y: 20, z: "a1", color: "red", width: 4, points: encoded, ...more };
}

/** Across x = 60 on the board. */
const ACROSS = { xs: [60, 60], ys: [0, 40], radius: 8 };
const STRAIGHT = /** @type {[number, number][]} */ ([
  [0, 0],
  [100, 0],
]);

test("ink ends at the eraser's edge: half its width is cut with the line", () => {
  for (const kind of ["highlight", "line"]) {
    const pieces = kindOf({ kind }).cut?.(element(kind, STRAIGHT), ACROSS);
    const [left, right] = (pieces ?? []).map((piece) => decodePoints(String(piece.points)));
    assert.deepEqual([...(left?.xs ?? [])], [0, 40]);
    assert.deepEqual([pieces?.[1]?.x, ...(right?.xs ?? [])], [70, 0, 40]);
  }
});

test("a stroke keeps its pressure, and what is not touched is not cut", () => {
  const stroke = element("stroke", STRAIGHT);
  const pieces = kindOf(stroke).cut?.(stroke, ACROSS) ?? [];
  assert.equal(pieces.length, 2);
  for (const piece of pieces) {
    const { pressures } = decodePoints(String(piece.points));
    assert.ok(pressures?.every((each) => Math.abs(each - 0.5) < 0.01));
  }
  assert.equal(kindOf(stroke).cut?.(stroke, { xs: [60], ys: [90], radius: 8 }), null);
});

test("heads stay at the ends that are left", () => {
  const arrow = element("arrow", STRAIGHT, { head: "arrow", tail: "dot" });
  const pieces = kindOf(arrow).cut?.(arrow, ACROSS) ?? [];
  assert.deepEqual(
    pieces.map(({ head, tail }) => ({ head, tail })),
    [
      { head: "none", tail: undefined },
      { head: undefined, tail: "none" },
    ],
  );
});

test("a closed line that is cut once is one open line", () => {
  const square = element("line", [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
    [0, 0],
  ]);
  const pieces = kindOf(square).cut?.(square, ACROSS) ?? [];
  assert.equal(pieces.length, 1);
  const { xs, ys } = decodePoints(String(pieces[0]?.points));
  assert.equal(xs.length, 6);
  assert.notDeepEqual([xs[0], ys[0]], [xs[5], ys[5]]);
});

test("a curve is cut where it is seen to be", () => {
  const curve = element(
    "line",
    [
      [0, 0],
      [50, -40],
      [100, 0],
    ],
    { curve: true },
  );
  const pieces = kindOf(curve).cut?.(curve, { xs: [60], ys: [-20], radius: 6 }) ?? [];
  assert.equal(pieces.length, 2);
  for (const piece of pieces) {
    const { xs, ys } = decodePoints(String(piece.points));
    for (let i = 0; i < xs.length; i++) {
      const [x, y] = [Number(xs[i]) + Number(piece.x), Number(ys[i]) + Number(piece.y)];
      assert.ok(kindOf(curve).hit(curve, x, y, 0.5));
    }
  }
});

test("of more than two hundred pieces the longest stay", () => {
  const zigzag = Array.from(
    { length: 500 },
    (_, i) => /** @type {[number, number]} */ ([i * 4, (i % 2) * 100]),
  );
  const line = element("stroke", zigzag, { width: 1 });
  const pieces = kindOf(line).cut?.(line, { xs: [0, 3000], ys: [70, 70], radius: 2 }) ?? [];
  assert.equal(pieces.length, 200);
});

test("R16: two who cut the same stroke at once don't double its ink", () => {
  const source = element("stroke", STRAIGHT);
  const cutAt = (/** @type {number} */ x, /** @type {string} */ name) => {
    const pieces = kindOf(source).cut?.(source, { xs: [x], ys: [20], radius: 5 }) ?? [];
    const into = pieces.map((props, i) => ({ key: `${name}-piece-${i}`, props }));
    return /** @type {const} */ ({ op: "split", key: "the-stroke", into });
  };
  const [ann, bob] = [cutAt(40, "ann"), cutAt(80, "bob")];
  const boards = [new Document(), new Document()];
  for (const board of boards)
    board.load({ epoch: "e", clock: 0, elements: { "the-stroke": source } });
  const mine = [ann, bob].map((change, i) => boards[i]?.propose([change]));
  mine.forEach((transaction, i) => {
    if (!transaction) return;
    const committed = { ...transaction, clock: i + 1, author: i + 1, at: 0 };
    for (const board of boards) board.confirm(/** @type {any} */ (committed));
  });
  for (const board of boards) {
    assert.deepEqual([...board.keys()].sort(), ["ann-piece-0", "ann-piece-1"]);
    assert.deepEqual(
      [...board.entries()].map(([, piece]) => piece.points),
      ann.into.map(({ props }) => props.points),
    );
  }
});

test("pieces of pieces are as if cut in one go", () => {
  const source = element("stroke", STRAIGHT);
  const cut = (
    /** @type {import("../../static/board/core/fold.js").Element} */ from,
    /** @type {number} */ x,
  ) =>
    (kindOf(from).cut?.(from, { xs: [x], ys: [20], radius: 5 }) ?? [{}]).map((props) =>
      withProps(from, props),
    );
  const twice = cut(source, 40).flatMap((piece) => cut(piece, 80));
  const once = cut(source, 80).flatMap((piece) => cut(piece, 40));
  const placed = (/** @type {typeof twice} */ pieces) =>
    pieces.map(({ x, points }) =>
      [...decodePoints(String(points)).xs].map((each) => each + Number(x)),
    );
  assert.deepEqual(placed(twice), placed(once));
});
