// Putting elements elsewhere by a matrix: what a kind makes of it, and what others see of it meanwhile.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { moved, multiply, rotation, scaling, translation } from "../../static/board/core/matrix.js";
import { decodePoints, encodePoints } from "../../static/board/core/points.js";
import { cornersOf } from "../../static/board/elements/box.js";
import { kindOf, transformed } from "../../static/board/elements/index.js";

const RECTANGLE = {
  kind: "rectangle",
  x: 10,
  y: 20,
  z: "a1",
  w: 100,
  h: 60,
  color: "red",
  width: 4,
};
const STROKE = {
  kind: "stroke",
  x: 5,
  y: -7,
  z: "a1",
  color: "red",
  width: 4,
  points: encodePoints(
    [
      { x: 0, y: 0, pressure: 0.5 },
      { x: 30, y: 12, pressure: 0.6 },
      { x: 55, y: -40, pressure: 0.4 },
    ],
    2,
    true,
  ),
};

/** @param {import("../../static/board/core/matrix.js").Matrix} matrix @param {import("../../static/board/elements/kind.js").Element} element */
function cornersAfter(matrix, element) {
  return cornersOf(kindOf(element).frame(transformed(element, matrix)));
}

const similar = fc
  .record({
    angle: fc.double({ min: -3, max: 3, noNaN: true }),
    scale: fc.double({ min: 0.2, max: 5, noNaN: true }),
    mirror: fc.boolean(),
    dx: fc.integer({ min: -500, max: 500 }),
    dy: fc.integer({ min: -500, max: 500 }),
  })
  .map(({ angle, scale, mirror, dx, dy }) =>
    multiply(
      translation(dx, dy),
      multiply(
        rotation(angle, { x: 3, y: 4 }),
        scaling(mirror ? -scale : scale, scale, { x: 8, y: 9 }),
      ),
    ),
  );

test("a box goes where a matrix without a slant puts its corners", () => {
  fc.assert(
    fc.property(similar, (matrix) => {
      const wanted = cornersOf(kindOf(RECTANGLE).frame(RECTANGLE)).map(({ x, y }) =>
        moved(matrix, x, y),
      );
      for (const corner of cornersAfter(matrix, RECTANGLE)) {
        const nearest = Math.min(
          ...wanted.map(({ x, y }) => Math.hypot(x - corner.x, y - corner.y)),
        );
        assert.ok(nearest < 0.05, `${nearest} from any corner`);
      }
    }),
  );
});

test("a box mirrored twice is itself again", () => {
  const over = scaling(-1, 1, { x: 200, y: 0 });
  const once = transformed(RECTANGLE, over);
  assert.equal(once.flip, "x");
  assert.deepEqual(transformed(once, over), RECTANGLE);
  const down = scaling(1, -1, { x: 0, y: 0 });
  assert.equal(transformed(RECTANGLE, down).flip, "y");
  assert.equal(transformed(RECTANGLE, down).angle, undefined);
});

test("a stroke's points go where a matrix puts them, and its ink grows with it", () => {
  fc.assert(
    fc.property(similar, (matrix) => {
      const after = transformed(STROKE, matrix);
      const was = decodePoints(STROKE.points);
      const is = decodePoints(String(after.points));
      assert.equal(is.count, was.count);
      for (let i = 0; i < was.count; i++) {
        const wanted = moved(matrix, STROKE.x + was.xs[i], STROKE.y + was.ys[i]);
        const off = Math.hypot(
          wanted.x - Number(after.x) - is.xs[i],
          wanted.y - Number(after.y) - is.ys[i],
        );
        assert.ok(off < 1, `${off} off`);
      }
    }),
  );
  assert.equal(transformed(STROKE, scaling(2, 2, { x: 0, y: 0 })).width, 8);
});

test("what only moves keeps all but its place", () => {
  for (const element of [RECTANGLE, STROKE, { kind: "later", x: 1, y: 2, z: "a", text: "?" }]) {
    const after = transformed(element, translation(7, -3));
    assert.deepEqual(after, { ...element, x: element.x + 7, y: element.y - 3 });
  }
});
