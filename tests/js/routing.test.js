// The ways of connectors: they end at outlines, go around elements, and are the same whoever works them out.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { distanceToPolyline } from "../../static/board/core/geometry.js";
import { freeEnd, wayBetween } from "../../static/board/core/routing.js";
import { boundsOfEnd, gapsBetween } from "../../static/board/core/routing-outline.js";
import { endAt, outlineOf, pointOn } from "../../static/board/elements/anchor.js";

/**
 * @typedef {import("../../static/board/core/geometry.js").Bounds} Bounds
 * @typedef {import("../../static/board/core/geometry.js").Place} Place
 * @typedef {import("../../static/board/core/routing.js").End} End
 */

const CLOSED_KINDS = "rectangle ellipse diamond triangle hexagon star cloud bubble".split(" ");
const WIDTH = 4;
const GAP = WIDTH + 1;
const whole = (/** @type {number} */ least, /** @type {number} */ most) =>
  fc.integer({ min: least, max: most });
const box = fc.record({
  kind: fc.constantFrom(...CLOSED_KINDS, "note", "text"),
  x: whole(-400, 400),
  y: whole(-400, 400),
  w: whole(20, 200),
  h: whole(20, 200),
  angle: fc.constantFrom(0, 0, 0.4, Math.PI / 2, 2),
  flip: fc.constantFrom(undefined, "x"),
});
const point = fc.constantFrom(
  null,
  null,
  { u: 0, v: 0.5 },
  { u: 1, v: 0.5 },
  { u: 0.5, v: 0 },
  { u: 0.5, v: 1 },
  { u: 0.3, v: 0.6 },
);
const stuck = fc
  .record({ box, point })
  .map(({ box: { flip, ...props }, point: at }) =>
    endAt(
      { ...props, ...(flip && { flip }), color: "black", width: 2, z: "a0", text: "Abc", size: 20 },
      at,
      WIDTH,
    ),
  );
const free = fc.record({ x: whole(-400, 400), y: whole(-400, 400) }).map(freeEnd);
const end = fc.oneof({ weight: 4, arbitrary: stuck }, { weight: 1, arbitrary: free });
const route = fc.constantFrom(.../** @type {const} */ (["straight", "curve", "elbow"]));

/** @param {End} from @param {End} to @param {import("../../static/board/core/routing.js").Route} kind */
function way(from, to, kind) {
  return wayBetween(from, to, { route: kind, between: [], width: WIDTH });
}

/** @param {End} from @param {End} to */
function areApart(from, to) {
  const { x, y } = gapsBetween(boundsOfEnd(from), boundsOfEnd(to));
  return Math.max(x, y) > 0;
}

test("a way begins and ends at the outlines, as near as its gap, or at the points it is fixed at", () => {
  fc.assert(
    fc.property(end, end, route, (from, to, kind) => {
      fc.pre(areApart(from, to));
      const places = way(from, to, kind);
      for (const [one, place] of /** @type {[End, Place][]} */ ([
        [from, places[0]],
        [to, places.at(-1)],
      ])) {
        if (one.fixed) {
          assert.ok(Math.hypot(place.x - one.at.x, place.y - one.at.y) < 0.02);
          continue;
        }
        const { xs, ys } = /** @type {{xs: number[], ys: number[]}} */ (one.outline);
        assert.ok(distanceToPolyline(place.x, place.y, xs, ys) <= GAP + 0.02);
      }
    }),
  );
});

test("no way has a place that is no number, nor too many of them, wherever the elements lie", () => {
  const size = fc.constantFrom(0, 0.001, 5, 1e6);
  const anything = fc.record({
    kind: fc.constantFrom("rectangle", "ellipse", "star", "line", "frame", "of-tomorrow"),
    x: fc.constantFrom(0, 0.1, -1e6, 1e6),
    y: fc.constantFrom(0, 3, -1e6, 1e6),
    w: size,
    h: size,
  });
  fc.assert(
    fc.property(anything, anything, point, point, route, (a, b, at, other, kind) => {
      const places = way(
        endAt({ ...a, z: "a0" }, at, WIDTH),
        endAt({ ...b, z: "a0" }, other, WIDTH),
        kind,
      );
      assert.ok(places.length >= 2 && places.length <= 60);
      for (const { x, y } of places) assert.ok(Number.isFinite(x) && Number.isFinite(y));
    }),
  );
});

test("an elbow goes across and down alone, with few corners", () => {
  fc.assert(
    fc.property(end, end, (from, to) => {
      const places = way(from, to, "elbow");
      for (const [a, b] of segments(places)) assert.ok(a.x === b.x || a.y === b.y);
      assert.ok(!areApart(from, to) || places.length <= 8);
    }),
  );
});

test("an elbow goes through neither of its elements but where it leaves them", () => {
  fc.assert(
    fc.property(stuck, end, (from, to) => {
      fc.pre(areApart(from, to) && [from, to].every((one) => !isInside(one)));
      const ways = segments(way(from, to, "elbow"));
      const [a, b] = [boundsOfEnd(from), boundsOfEnd(to)];
      ways.forEach((one, i) => {
        if (i > 0) assert.ok(!passes(one, a), `${JSON.stringify(ways)} through the first`);
        if (i < ways.length - 1) assert.ok(!passes(one, b), "through the second");
      });
    }),
  );
});

test("an elbow leaves a side at a right angle, outwards", () => {
  fc.assert(
    fc.property(stuck, end, (from, to) => {
      fc.pre(areApart(from, to) && from.fixed && from.sides.length === 1);
      const [a, b] = /** @type {[Place, Place]} */ (way(from, to, "elbow"));
      const [side] = from.sides;
      assert.equal(Math.sign(b.x - a.x), side?.x);
      assert.equal(Math.sign(b.y - a.y), side?.y);
    }),
  );
});

test("from the other end it is the same way backwards", () => {
  fc.assert(
    fc.property(end, end, route, (from, to, kind) => {
      near(way(from, to, kind), way(to, from, kind).reverse());
    }),
  );
});

test("moved together, elements take the way between them along", () => {
  fc.assert(
    fc.property(end, end, route, whole(-500, 500), whole(-500, 500), (from, to, kind, dx, dy) => {
      const there = way(movedEnd(from, dx, dy), movedEnd(to, dx, dy), kind);
      near(
        there,
        way(from, to, kind).map(({ x, y }) => ({ x: x + dx, y: y + dy })),
        0.03,
      );
    }),
  );
});

test("elements side by side are joined by one straight line, those at an angle by one corner", () => {
  const at = (/** @type {number} */ x, /** @type {number} */ y) =>
    endAt({ kind: "rectangle", x, y, w: 100, h: 60, z: "a0", width: 2 }, null, 2);
  assert.deepEqual(way(at(0, 0), at(300, 0), "elbow"), [
    { x: 103, y: 30 },
    { x: 297, y: 30 },
  ]);
  assert.equal(way(at(0, 0), at(300, 300), "elbow").length, 3);
  assert.equal(way(at(0, 0), at(300, 40), "elbow").length, 4);
  assert.equal(way(at(0, 0), at(300, 50), "elbow").length, 4, "no corner right at an element");
});

test("what somebody has drawn between the ends stays, and the ends are aimed at it", () => {
  const from = endAt({ kind: "ellipse", x: 0, y: 0, w: 100, h: 100, z: "a0" }, null, 2);
  const between = [{ x: 50, y: 300 }];
  const [start, middle, last] = wayBetween(from, freeEnd({ x: 400, y: 300 }), {
    route: "straight",
    between,
    width: 2,
  });
  assert.ok(start && Math.abs(start.x - 50) < 0.01 && Math.abs(start.y - 102) < 0.5);
  assert.deepEqual([middle, last], [...between, { x: 400, y: 300 }]);
});

test("a point of a turned element turns with it", () => {
  const element = { kind: "rectangle", x: 0, y: 0, w: 100, h: 40, angle: Math.PI / 2, z: "a0" };
  const { x, y } = pointOn(element, { u: 1, v: 0.5 });
  assert.ok(Math.abs(x - 50) < 1e-9 && Math.abs(y - 70) < 1e-9);
  assert.deepEqual(endAt(element, { u: 1, v: 0.5 }, 2).sides, [{ x: 0, y: 1 }]);
  const { xs, ys } = outlineOf(element);
  assert.ok(distanceToPolyline(x, y, xs, ys) < 1e-9);
});

/** @param {End} one */
function isInside({ fixed, sides }) {
  return fixed && sides.length === 4;
}

/** @param {readonly Place[]} places @returns {[Place, Place][]} */
function segments(places) {
  return places.slice(1).map((place, i) => [/** @type {Place} */ (places[i]), place]);
}

/** @param {[Place, Place]} segment @param {Bounds} bounds */
function passes([a, b], { minX, minY, maxX, maxY }) {
  const edge = 0.02;
  return (
    Math.max(a.x, b.x) > minX + edge &&
    Math.min(a.x, b.x) < maxX - edge &&
    Math.max(a.y, b.y) > minY + edge &&
    Math.min(a.y, b.y) < maxY - edge
  );
}

/** @param {End} one @param {number} dx @param {number} dy @returns {End} */
function movedEnd({ at, outline, ...others }, dx, dy) {
  const moved = outline && {
    xs: Array.from(outline.xs, (x) => x + dx),
    ys: Array.from(outline.ys, (y) => y + dy),
  };
  return { ...others, at: { x: at.x + dx, y: at.y + dy }, outline: moved };
}

/** @param {readonly Place[]} is @param {readonly Place[]} should @param {number} [by] */
function near(is, should, by = 1e-6) {
  assert.equal(is.length, should.length);
  is.forEach(({ x, y }, i) => {
    const other = /** @type {Place} */ (should[i]);
    assert.ok(Math.abs(x - other.x) <= by && Math.abs(y - other.y) <= by);
  });
}
