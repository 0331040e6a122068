// Fewer curves for the same outline: nowhere further from it than can't be seen.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { distanceToPolyline } from "../../static/board/core/geometry.js";
import { outlineOf } from "../../static/board/elements/outline.js";
import { traceOutline } from "../../static/board/elements/trace.js";
import { withFewerCurves } from "../../static/board/exchange/fewer-curves.js";
import { Recording } from "../../static/board/exchange/recording.js";
import { eachStep, STEP } from "../../static/board/exchange/recording-path.js";

const ruler = { font: "", textBaseline: "", measureText: () => ({ width: 0 }) };
const FINE = 16;

/** @param {number[]} xs @param {number[]} ys @param {number[]} pressures @param {number} width */
function inked(xs, ys, pressures, width) {
  const ctx = new Recording(ruler, 1);
  const context = /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (ctx));
  ctx.beginPath();
  traceOutline(context, outlineOf({ xs, ys, pressures }, width));
  ctx.fill();
  const [mark] = ctx.take();
  return mark?.type === "fill" ? mark.path : [];
}

/** Places along a path, near to each other. @param {readonly number[]} path */
function places(path) {
  /** @type {[number, number][]} */
  const all = [];
  let [x, y] = [0, 0];
  eachStep(path, (step, at) => {
    if (step === STEP.close) return;
    const n = path.slice(at, at + (step === STEP.cube ? 6 : step === STEP.quad ? 4 : 2));
    const [endX, endY] = [Number(n.at(-2)), Number(n.at(-1))];
    const [a, b, c, d] =
      step === STEP.cube
        ? n.map(Number)
        : [(x + 2 * Number(n[0])) / 3, (y + 2 * Number(n[1])) / 3].concat(
            (endX + 2 * Number(n[0])) / 3,
            (endY + 2 * Number(n[1])) / 3,
          );
    for (let i = 1; i <= FINE; i++) {
      const [t, s] = [i / FINE, 1 - i / FINE];
      const along = (/** @type {number[]} */ [p = 0, q = 0, r = 0, u = 0]) =>
        s * s * s * p + 3 * s * s * t * q + 3 * s * t * t * r + t * t * t * u;
      all.push([along([x, Number(a), Number(c), endX]), along([y, Number(b), Number(d), endY])]);
    }
    [x, y] = [endX, endY];
  });
  return all;
}

/** @param {readonly number[]} path @param {readonly number[]} other */
function farthest(path, other) {
  const line = places(other);
  const [xs, ys] = [line.map(([x]) => x), line.map(([, y]) => y)];
  return Math.max(...places(path).map(([x, y]) => distanceToPolyline(x, y, xs, ys)));
}

/** @param {number} count @param {(i: number) => number} make */
const row = (count, make) => Array.from({ length: count }, (_, i) => make(i));

describe("fewer curves", () => {
  test("are a fraction of what handwriting had, and look the same", () => {
    const xs = row(100, (i) => i * 1.2 + 8 * Math.cos(i / 4));
    const ys = row(100, (i) => 12 * Math.sin(i / 4));
    const path = inked(
      xs,
      ys,
      row(100, (i) => 0.5 + 0.3 * Math.sin(i / 9)),
      4,
    );
    const fewer = withFewerCurves(path);
    assert.ok(fewer.length < path.length / 3, `${fewer.length} of ${path.length}`);
    assert.ok(farthest(fewer, path) < 0.2);
    assert.ok(farthest(path, fewer) < 0.2);
  });

  test("are near whatever was drawn, and finite", () => {
    const place = fc.double({ noNaN: true, min: -60, max: 60 });
    const drawn = fc.array(fc.tuple(place, place, fc.double({ noNaN: true, min: 0, max: 1 })), {
      minLength: 3,
      maxLength: 12,
    });
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 24 }), (some, width) => {
        const path = inked(
          some.map(([x]) => x),
          some.map(([, y]) => y),
          some.map(([, , pressure]) => pressure),
          width,
        );
        const fewer = withFewerCurves(path);
        assert.ok(fewer.every(Number.isFinite));
        assert.ok(fewer.length === 0 || farthest(fewer, path) < 0.6);
        assert.ok(fewer.length === 0 || farthest(path, fewer) < 0.6);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  test("aren't made of what has few, or none", () => {
    const path = [0, 0, 0, 1, 5, 0, 1, 5, 5, 4];
    assert.equal(withFewerCurves(path), path);
    const long = [0, 0, 0, ...row(40, (i) => i).flatMap((i) => [1, i, i % 3])];
    assert.deepEqual(withFewerCurves(long), long);
  });
});
