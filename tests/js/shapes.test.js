// Closed shapes: their outlines, looks, patterns and dashes, and what is hit of them.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { contains, distanceToPolyline, expand } from "../../static/board/core/geometry.js";
import { rotation, scaling, translation } from "../../static/board/core/matrix.js";
import { withinFrame } from "../../static/board/elements/box.js";
import { kindOf, transformed, withProps } from "../../static/board/elements/index.js";
import { allArrived, arrived, coming, onArrival } from "../../static/board/elements/later.js";
import { SHAPES } from "../../static/board/tools/shape.js";
import { picture, stroke, WaitingWorker } from "./support/picture.js";
import { recordingContext } from "./support/recording-context.js";

/** @typedef {import("../../static/board/elements/kind.js").Element} Element */
/** @typedef {import("../../static/board/elements/kind.js").Place} Place */

const VIEW = /** @type {const} */ ({ theme: "light", scale: 1, left: 0, top: 0 });

/** @param {Record<string, unknown>} [more] @returns {Element} */
function shape(more = {}) {
  const base = { kind: "rectangle", x: 40, y: 30, w: 160, h: 100, z: "a", color: "red", width: 4 };
  return Object.freeze(/** @type {Element} */ ({ ...base, ...more }));
}

/** @param {Element} element @param {Partial<import("../../static/board/elements/kind.js").PaintView>} [view] */
function drawn(element, view = {}) {
  const ctx = recordingContext();
  kindOf(element).draw(ctx, element, { ...VIEW, ...view });
  return ctx;
}

/** The clean outline on the board. @param {Element} element */
function outline(element) {
  const { look: _look, dash: _dash, fill: _fill, ...clean } = element;
  const line = drawn(/** @type {Element} */ (clean)).marks.at(-1)?.lines[0] ?? [];
  return { xs: line.map(({ x }) => x), ys: line.map(({ y }) => y) };
}

const side = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.double({ min: 0, max: 3, noNaN: true }));
const plain = fc.record({
  kind: fc.constantFrom(...SHAPES),
  x: fc.integer({ min: -500, max: 500 }),
  y: fc.integer({ min: -500, max: 500 }),
  w: side,
  h: side,
  angle: fc.double({ min: -3, max: 3, noNaN: true }),
  width: fc.constantFrom(0.7, 2, 4, 24),
  round: fc.boolean(),
});
/** With every look there is. */
const any = fc
  .record({
    plain,
    large: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, fc.constant({ w: 20_000 })),
    more: fc.record(
      {
        flip: fc.constantFrom("x", "y", "xy"),
        fill: fc.constantFrom("blue", "#123456"),
        pattern: fc.constantFrom("solid", "hachure", "cross", "zigzag", "dots"),
        dash: fc.constantFrom("dashed", "dotted"),
        look: fc.constant("drawn"),
        seed: fc.nat({ max: 2 ** 31 - 1 }),
        opacity: fc.double({ min: 0.05, max: 1, noNaN: true }),
      },
      { requiredKeys: [] },
    ),
  })
  .map((parts) => shape({ ...parts.plain, ...parts.more, ...parts.large }));
const middling = fc.record({ plain, flip: fc.constantFrom("x", "y", "xy", "none") }).map((parts) =>
  shape({
    ...parts.plain,
    w: 20 + Number(parts.plain.w),
    h: 20 + Number(parts.plain.h),
    width: 2,
    flip: parts.flip,
  }),
);
const place = fc.record({
  x: fc.double({ min: -0.2, max: 1.2, noNaN: true }),
  y: fc.double({ min: -0.2, max: 1.2, noNaN: true }),
});

/** In its bounds, or near them. @param {Element} element @param {Place} part */
function placeIn(element, { x, y }) {
  const { minX, minY, maxX, maxY } = kindOf(element).bounds(element);
  return { x: minX + x * (maxX - minX), y: minY + y * (maxY - minY) };
}

test("a drawn shape is clean until the hand is there, and then everyone is told", async () => {
  let told = 0;
  const stop = onArrival(() => told++);
  const element = shape({ look: "drawn", seed: 7 });
  const before = drawn(element).places.length;
  await allArrived();
  assert.equal(told, 1);
  assert.ok(drawn(element).places.length > 2 * before);
  stop();
});

test("a pattern is a paler colour until there are patterns", async () => {
  const element = shape({ fill: "blue", pattern: "cross" });
  const ctx = drawn(element);
  assert.equal(ctx.marks[0]?.alpha, 0.2);
  assert.equal(ctx.globalAlpha, 1);
  await allArrived();
  assert.equal(drawn(element).marks[0]?.how, "stroke");
});

test("what fails to come tells nobody", async () => {
  let told = 0;
  const stop = onArrival(() => told++);
  coming(Promise.reject(new Error("offline")));
  await allArrived();
  assert.equal(told, 0);
  stop();
});

test("all ink of a shape lies within its bounds", () => {
  fc.assert(
    fc.property(any, (element) => {
      const bounds = kindOf(element).bounds(element);
      for (const { lines, width } of drawn(element).marks) {
        const reach = expand(bounds, 1e-3 - width / 2);
        for (const { x, y } of lines.flat())
          assert.ok(contains(reach, { minX: x, minY: y, maxX: x, maxY: y }), `${x}, ${y}`);
      }
    }),
    { numRuns: 300 },
  );
});

test("an outline touches every side of its box", () => {
  for (const kind of SHAPES) {
    for (const [w, h] of [
      [160, 100],
      [30, 200],
      [400, 20],
    ]) {
      const { xs, ys } = outline(shape({ kind, w, h }));
      const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
      const wanted = [40, 30, 40 + Number(w), 30 + Number(h)];
      // The regular star and the hexagon leave nothing free either.
      for (let i = 0; i < 4; i++)
        assert.ok(Math.abs(Number(box[i]) - Number(wanted[i])) < 1.5, `${kind} ${w} ${h}: ${box}`);
    }
  }
});

test("a drawing leaves the context as it found it", () => {
  fc.assert(
    fc.property(any, fc.double({ min: 0.1, max: 1, noNaN: true }), (element, alpha) => {
      const ctx = recordingContext();
      ctx.globalAlpha = alpha;
      const before = ctx.state;
      kindOf(element).draw(ctx, element, VIEW);
      assert.deepEqual(ctx.state, before);
    }),
  );
});

test("an element's opacity multiplies what is there already", () => {
  const ctx = recordingContext();
  ctx.globalAlpha = 0.5;
  const element = shape({ opacity: 0.5, fill: "blue" });
  kindOf(element).draw(ctx, element, VIEW);
  assert.deepEqual(
    ctx.marks.map(({ alpha }) => alpha),
    [0.25, 0.25],
  );
});

test("the same seed is the same drawing, another seed another one", () => {
  for (const kind of SHAPES) {
    const one = shape({ kind, look: "drawn", seed: 12, fill: "blue", pattern: "hachure" });
    assert.deepEqual(drawn(one).places, drawn(shape({ ...one })).places);
    assert.notDeepEqual(drawn(one).places, drawn(shape({ ...one, seed: 13 })).places);
    assert.deepEqual(drawn(one).places, drawn(one).places);
  }
});

test("a drawn shape is drawn alike at every size", () => {
  const one = shape({ x: 0, y: 0, look: "drawn", seed: 5 });
  const twice = shape({ x: 0, y: 0, w: 320, h: 200, width: 8, look: "drawn", seed: 5 });
  const places = drawn(twice).places;
  drawn(one).places.forEach(({ x, y }, i) => {
    assert.ok(Math.abs(Number(places[i]?.x) - 2 * x) < 1e-3);
    assert.ok(Math.abs(Number(places[i]?.y) - 2 * y) < 1e-3);
  });
});

test("what a hand has drawn is handed on when only place and colours change", () => {
  const from = shape({ look: "drawn", seed: 3, fill: "blue", pattern: "cross" });
  const to = shape({ ...from, color: "blue", x: 50 });
  const other = shape({ ...from, w: 161 });
  const before = drawn(from).places;
  kindOf(to).inherit?.(from, to);
  kindOf(other).inherit?.(from, other);
  assert.deepEqual(
    drawn(to).places.map(({ x, y }) => ({ x: x - 10, y })),
    before,
  );
  assert.notDeepEqual(drawn(other).places, before);
});

test("inside is what the outline goes around, and a filled shape is hit there", () => {
  fc.assert(
    fc.property(middling, place, (element, part) => {
      const { x, y } = placeIn(element, part);
      const { xs, ys } = outline(element);
      const away = distanceToPolyline(x, y, xs, ys);
      // The outline is compared in pieces, which lie a little beside its curves.
      if (away < 2) return;
      const inside = crossings(x, y, xs, ys) % 2 === 1;
      const kind = kindOf(element);
      assert.equal(kind.inside?.(element, x, y), inside);
      assert.equal(kind.hit(shape({ ...element, fill: "red" }), x, y, 0), inside);
      assert.equal(kind.hit(element, x, y, 0), false);
      assert.equal(kind.hit(element, x, y, away + 1), true);
      assert.equal(kind.hit(element, x, y, Math.max(0, away - 2.5)), false);
    }),
    { numRuns: 400 },
  );
});

/** How often a ray to the right meets the line. @param {number} x @param {number} y @param {number[]} xs @param {number[]} ys */
function crossings(x, y, xs, ys) {
  let count = 0;
  for (let i = 1; i < xs.length; i++) {
    const [ax, ay, bx, by] = [xs[i - 1], ys[i - 1], xs[i], ys[i]].map(Number);
    if (ay > y === by > y) continue;
    if (x < ax + ((y - ay) / (by - ay)) * (bx - ax)) count++;
  }
  return count;
}

test("the outline itself is hit", () => {
  fc.assert(
    fc.property(middling, fc.nat(), (element, n) => {
      const { xs, ys } = outline(element);
      const i = n % xs.length;
      assert.equal(kindOf(element).hit(element, Number(xs[i]), Number(ys[i]), 0), true);
    }),
  );
});

test("a box crosses a shape where it has ink: on its line, or within if it is filled", () => {
  fc.assert(
    fc.property(middling, place, fc.integer({ min: 1, max: 40 }), (element, part, size) => {
      const { x, y } = placeIn(element, part);
      const box = { minX: x, minY: y, maxX: x + size, maxY: y + size };
      const { xs, ys } = outline(element);
      const far = distanceToPolyline(x, y, xs, ys) > 2 * size + 4;
      const { crosses } = kindOf(element);
      if (far) {
        assert.equal(crosses(element, box), false);
        const filled = shape({ ...element, fill: "red" });
        assert.equal(crosses(filled, box), crossings(x, y, xs, ys) % 2 === 1);
      } else if (xs.some((px, i) => contains(box, spot(px, Number(ys[i]))))) {
        assert.equal(crosses(element, box), true);
      }
    }),
    { numRuns: 400 },
  );
});

/** @param {number} x @param {number} y */
function spot(x, y) {
  return { minX: x, minY: y, maxX: x, maxY: y };
}

test("there and back again a shape is what it was", () => {
  fc.assert(
    fc.property(middling, fc.double({ min: -3, max: 3, noNaN: true }), (element, angle) => {
      const fixed = { x: 11, y: -7 };
      const ways = [
        [translation(30, -12), translation(-30, 12)],
        [rotation(angle, fixed), rotation(-angle, fixed)],
        [scaling(-1, 1, fixed), scaling(-1, 1, fixed)],
        [scaling(2, 2, fixed), scaling(0.5, 0.5, fixed)],
      ];
      for (const [there, back] of ways) {
        if (!there || !back) continue;
        const after = outline(transformed(transformed(element, there), back));
        const before = outline(element);
        const away = before.xs.map((x, i) =>
          Math.hypot(Number(after.xs[i]) - x, Number(after.ys[i]) - Number(before.ys[i])),
        );
        assert.ok(Math.max(...away) < 0.05, `${Math.max(...away)}`);
      }
    }),
  );
});

test("there is room for text within every outline", () => {
  fc.assert(
    fc.property(middling, (element) => {
      const kind = kindOf(element);
      const frame = kind.textFrame?.(element);
      assert.ok(frame && frame.w > 0 && frame.h > 0);
      const { angle: _angle, ...upright } = frame;
      const middle = { x: upright.x + upright.w / 2, y: upright.y + upright.h / 2 };
      assert.equal(kind.inside?.(element, middle.x, middle.y), true);
      const within = withinFrame(kind.frame(element), middle.x, middle.y);
      assert.ok(within.x > 0 && within.x < Number(element.w));
    }),
  );
});

test("dashes begin and end each side of a rectangle with half a dash", () => {
  const { marks } = drawn(shape({ dash: "dashed" }));
  assert.equal(marks.length, 4);
  for (const { dash, dashOffset, lines } of marks) {
    const [a, b] = /** @type {Place[]} */ (lines[0]);
    const length = Math.hypot(Number(b?.x) - Number(a?.x), Number(b?.y) - Number(a?.y));
    const period = Number(dash[0]) + Number(dash[1]);
    assert.ok(Math.abs(length / period - Math.round(length / period)) < 1e-9);
    assert.equal(dashOffset, Number(dash[0]) / 2);
  }
});

test("patterns have lines or dots in the colour of the filling, and none is outside", () => {
  for (const kind of SHAPES) {
    for (const pattern of ["hachure", "cross", "dots"]) {
      const element = shape({ kind, fill: "blue", pattern });
      const [filling] = drawn(element).marks;
      assert.equal(filling?.how, "stroke");
      assert.equal(filling?.color, "#1971c2");
      assert.ok(Number(filling?.lines.length) > 4, `${kind} ${pattern}`);
      for (const { x, y } of filling?.lines.flat() ?? [])
        assert.ok(kindOf(element).hit(shape({ ...element, pattern: "solid" }), x, y, 0.5));
    }
  }
});

test("far away patterns are a paler colour, and hands draw clean lines", () => {
  const element = shape({ fill: "blue", pattern: "hachure", look: "drawn", seed: 4 });
  const [filling, line] = drawn(element, { scale: 0.1 }).marks;
  assert.equal(filling?.how, "fill");
  assert.ok(Number(filling?.alpha) < 0.2);
  assert.equal(line?.lines.length, 1);
});

test("whatever comes is drawn with bounded work and without a fault", () => {
  const odd = fc.constantFrom(0, -5, 0.01, 1e6, Number.NaN, Infinity, "wide", null, true);
  const hostile = fc.record({
    kind: fc.constantFrom(...SHAPES),
    ...Object.fromEntries(
      ["x", "y", "w", "h", "width", "angle", "seed", "opacity", "size"].map((name) => [name, odd]),
    ),
    look: fc.constantFrom("drawn", 3),
    fill: fc.constantFrom("blue", "constructor", 7),
    pattern: fc.constantFrom("hachure", "cross", "zigzag", "dots", "stars", null),
    dash: fc.constantFrom("dashed", "dotted", "long", 1),
    flip: fc.constantFrom("x", "sideways", 0),
    round: fc.constantFrom(true, "very"),
  });
  fc.assert(
    fc.property(hostile, fc.constantFrom(0.01, 1, 32), (props, scale) => {
      const element = /** @type {Element} */ (/** @type {unknown} */ (props));
      const kind = kindOf(element);
      assert.ok(drawn(element, { scale }).places.length < 100_000);
      for (const value of Object.values(kind.bounds(element))) assert.ok(Number.isFinite(value));
      kind.hit(element, 3, 4, 5);
      kind.crosses(element, { minX: 0, minY: 0, maxX: 9, maxY: 9 });
      assert.ok(kind.textFrame?.(element));
    }),
    { numRuns: 400 },
  );
});

test("a person may choose round corners where there are corners to be rounded", () => {
  for (const kind of SHAPES) {
    const [sharp, round] = [outline(shape({ kind })), outline(shape({ kind, round: true }))];
    const may = kindOf({ kind }).styles.includes("round");
    assert.equal(may, JSON.stringify(sharp) !== JSON.stringify(round), kind);
  }
  assert.ok(kindOf({ kind: "rectangle" }).styles.includes("round"));
});

test("whatever arrives has the picture painted anew, by the page and by the worker", () => {
  const worker = new WaitingWorker();
  const board = picture({ worker, elements: { "stroke-1": stroke({ x: 40, y: 40 }) } });
  worker.ready();
  board.rest();
  const { revision } = board.renderer.state;
  arrived();
  board.frame();
  assert.equal(board.renderer.settled, false);
  board.rest();
  assert.equal(worker.revision, revision + 1);
  worker.onmessage?.({ data: { type: "arrived" } });
  board.rest();
  assert.equal(worker.revision, revision + 2);
});

test("each shape can be made high enough for its text, and is left alone where it is", () => {
  for (const kind of SHAPES) {
    const { grownForText, bounds } = kindOf({ kind });
    const small = {
      kind,
      x: 10,
      y: 20,
      z: "a0",
      w: 120,
      h: 40,
      color: "black",
      width: 2,
      size: 20,
    };
    assert.deepEqual(grownForText?.({ ...small, text: "" }), {});
    const full = { ...small, text: "one two three four five six seven" };
    const grown = withProps(full, grownForText?.(full) ?? {});
    assert.ok(Number(grown.h) > 40, kind);
    assert.equal(grown.y, 20);
    assert.deepEqual(grownForText?.(grown), {}, `${kind} has room now`);
    assert.ok(bounds(grown).maxY <= 20 + Number(grown.h) + 2);
  }
});
