// The parts that the picture of a board is made of: elements as bytes, what is remembered of them, paper.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { encodePoints } from "../../static/board/core/points.js";
import { decimated } from "../../static/board/elements/detail.js";
import { Recent } from "../../static/board/elements/recent.js";
import { Packer } from "../../static/board/view/packed.js";
import { PackedElements, unpacked } from "../../static/board/view/packed-elements.js";
import { linesAt, PAPER_NAMES, paintPaper, rowsAt } from "../../static/board/view/paper.js";
import { PostedScene } from "../../static/board/view/scene.js";
import { coarseContext } from "./support/coarse-canvas.js";
import { picture, stroke, WaitingWorker } from "./support/picture.js";

/** @typedef {import("../../static/board/core/fold.js").Element} Element */

const value = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number || 0),
  fc.boolean(),
);
const ink = fc
  .array(fc.record({ x: fc.integer(), y: fc.integer(), pressure: fc.constant(0.5) }))
  .map((points) => encodePoints(points, 0, true));
const element = fc
  .tuple(fc.dictionary(fc.string({ maxLength: 9 }), value), fc.option(fc.oneof(ink, fc.string())))
  .map(([rest, points]) => /** @type {Element} */ (points === null ? rest : { ...rest, points }));
const BOX = { minX: 1, minY: 2, maxX: 3, maxY: 4 };

/** @param {readonly (readonly [string, Element | undefined])[]} changes */
function parcel(changes) {
  const packer = new Packer();
  for (const [key, one] of changes) packer.add(key, one, BOX);
  return packer.take();
}

describe("elements as bytes", () => {
  test("come out as they went in, whatever they are", () => {
    fc.assert(
      fc.property(fc.array(element), (elements) => {
        const { sizes, shapes, texts, points } = parcel(elements.map((one, i) => [`k${i}`, one]));
        let [text, point] = [0, 0];
        elements.forEach((one, i) => {
          const textEnd = text + Number(sizes[2 * i]);
          const pointEnd = point + Number(sizes[2 * i + 1]);
          const out = unpacked(
            texts.subarray(text, textEnd),
            points.subarray(point, pointEnd),
            shapes,
          );
          assert.deepEqual({ ...out }, { ...one });
          [text, point] = [textEnd, pointEnd];
        });
        assert.deepEqual([text, point], [texts.length, points.length]);
      }),
    );
  });

  test("are found by key, the latest of each, after any changes", () => {
    const key = fc.constantFrom("a", "b", "c", "d");
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.option(element, { nil: undefined }))), (changes) => {
        const scene = new PostedScene();
        const packer = new Packer();
        const naive = new Map();
        for (const [name, one] of changes) {
          packer.add(name, one, BOX);
          scene.apply(packer.take());
          if (one) naive.set(name, one);
          else naive.delete(name);
        }
        for (const name of ["a", "b", "c", "d"]) {
          const found = scene.get(name);
          assert.deepEqual(found && { ...found }, naive.get(name) && { ...naive.get(name) });
        }
        const inside = scene.inside(BOX).map(([name]) => name);
        assert.deepEqual(inside.sort(), [...naive.keys()].sort());
      }),
    );
  });

  test("that are gone give their room back", () => {
    const elements = new PackedElements();
    elements.shapes.push(["text"]);
    const text = new TextEncoder().encode(JSON.stringify([0, "x".repeat(300_000)]));
    for (let i = 0; i < 40; i++) elements.set(`k${i % 4}`, text, new Uint8Array(0));
    for (let i = 0; i < 4; i++) assert.equal(String(elements.get(`k${i}`)?.text).length, 300_000);
    assert.ok(elements.bytes <= 8 * 2 ** 20, `${elements.bytes} bytes for 1.2 MB`);
  });
});

test("only the latest are remembered, and those that are asked for", () => {
  const recent = new Recent(10);
  const keys = Array.from({ length: 100 }, (_, i) => ({ i }));
  const first = /** @type {{i: number}} */ (keys[0]);
  for (const key of keys) {
    recent.set(key, key.i + 1);
    assert.equal(recent.get(first), 1);
  }
  const kept = keys.filter((key) => recent.get(key) !== undefined);
  assert.ok(kept.length >= 10 && kept.length <= 21, `${kept.length} of 100`);
  assert.equal(recent.get(/** @type {{i: number}} */ (keys[99])), 100);
});

test("a line loses only points that nobody would miss, and keeps its ends", () => {
  const places = fc.array(fc.tuple(fc.integer({ max: 500 }), fc.integer({ max: 500 })), {
    minLength: 1,
  });
  fc.assert(
    fc.property(places, fc.double({ min: 0.01, max: 50, noNaN: true }), (line, tolerance) => {
      const xs = Float32Array.from(line, ([x]) => Number(x));
      const ys = Float32Array.from(line, ([, y]) => Number(y));
      const less = decimated({ xs, ys, pressures: null }, tolerance);
      assert.ok(less.xs.length <= xs.length && less.xs.length === less.ys.length);
      assert.deepEqual([less.xs[0], less.ys[0]], [xs[0], ys[0]]);
      assert.deepEqual(
        [Array.from(less.xs).at(-1), Array.from(less.ys).at(-1)],
        [xs.at(-1), ys.at(-1)],
      );
    }),
  );
});

describe("paper", () => {
  test("has lines no denser than eight pixels and not too far apart, at every zoom", () => {
    const step = fc.constantFrom(10, 20, 32, 40);
    fc.assert(
      fc.property(step, fc.double({ min: 0.01, max: 1, noNaN: true }), (finest, scale) => {
        const [fine, strong] = rowsAt(finest, scale);
        assert.ok(fine.step * scale >= 8 - 1e-9);
        assert.ok(fine.step === finest || fine.step * scale < 40 + 1e-9);
        assert.equal(strong.step, fine.step * 5);
      }),
    );
  });

  test("has its lines where the neighbouring tile has them", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 8, noNaN: true }),
        fc.integer({ min: -900, max: 900 }),
        (scale, from) => {
          const whole = linesAt(rowsAt(20, scale)[0].step, scale, from, 1024).map(
            (at) => at + from,
          );
          const halves = [from, from + 512].flatMap((left) =>
            linesAt(rowsAt(20, scale)[0].step, scale, left, 512).map((at) => at + left),
          );
          assert.deepEqual(halves, whole);
        },
      ),
    );
  });

  test("is painted of every name, and of a newer one not at all", () => {
    for (const paper of [...PAPER_NAMES, "papyrus", "toString"]) {
      const ctx = coarseContext();
      paintPaper(ctx, { theme: "dark", scale: 1, left: 0, top: 0, paper }, 512, 512);
      assert.equal(
        ctx.painted > 0,
        PAPER_NAMES.slice(1).some((name) => name === paper),
        paper,
      );
      assert.equal(ctx.globalAlpha, 1);
    }
  });

  for (const worker of [null, new WaitingWorker()]) {
    test(`lies beneath the elements and where there are none (${worker ? "worker" : "page"})`, () => {
      const board = picture({ worker, elements: { "stroke-1": stroke({ x: 40, y: 40 }) } });
      worker?.ready();
      board.rest();
      const blank = board.pixels();
      board.renderer.setPaper("grid");
      board.rest();
      assert.equal(board.canvas.ctx.cells.get("60,40"), "#1c1b1a");
      assert.equal(board.canvas.ctx.cells.get("3,3"), "#e03131");
      board.renderer.setPaper("blank");
      board.rest();
      assert.equal(board.pixels(), blank);
    });
  }
});
