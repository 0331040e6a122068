// Strokes and unknown kinds: where their ink is, how it is drawn, what is left out when it is small.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64 } from "../../static/board/core/bytes.js";
import { extentOf } from "../../static/board/core/extent.js";
import { boundsOfPoints, contains, distanceToPolyline } from "../../static/board/core/geometry.js";
import { decodePoints, encodePoints } from "../../static/board/core/points.js";
import { quickPoints, quickPointsOf } from "../../static/board/core/quick-points.js";
import { simplify } from "../../static/board/core/simplify.js";
import { decimated, thinOut, toleranceOf } from "../../static/board/elements/detail.js";
import { kindOf, looksAlike } from "../../static/board/elements/index.js";
import { contrast, INK_NAMES, inkColor, textColorOn } from "../../static/board/elements/ink.js";
import { outlineOf, widthAt } from "../../static/board/elements/outline.js";
import { coarseContext } from "./support/coarse-canvas.js";
import { stroke } from "./support/picture.js";
import { Chance } from "./support/random.js";

/** @typedef {import("../../static/board/core/points.js").InkPoint} InkPoint */

/** A hand's way: slow turns, some corners, pressure. @param {number} seed */
function handwriting(seed, count = 120, corners = 0.04) {
  const chance = new Chance(seed);
  const points = [{ x: 0, y: 0, pressure: 0.5 }];
  let angle = chance.next() * 6;
  for (let i = 1; i < count; i++) {
    angle += chance.happens(corners) ? chance.between(-2.8, 2.8) : chance.between(-0.25, 0.25);
    const { x, y } = points[i - 1];
    const step = chance.between(0.5, 6);
    points.push({
      x: x + Math.cos(angle) * step,
      y: y + Math.sin(angle) * step,
      pressure: chance.between(0.3, 0.7),
    });
  }
  return points;
}

/** @param {InkPoint[]} points */
function lineOf(points) {
  return {
    xs: Float32Array.from(points, (p) => p.x),
    ys: Float32Array.from(points, (p) => p.y),
    pressures: Float32Array.from(points, (p) => p.pressure),
  };
}

/** @param {InkPoint[]} points */
function element(points) {
  return {
    kind: "stroke",
    x: 100,
    y: -50,
    z: "a1",
    color: "red",
    width: 6,
    points: encodePoints(points, 3, true),
  };
}

test("the box of encoded points is that of the decoded ones", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const text = encodePoints(handwriting(seed, seed), (seed % 19) - 8, seed % 2 === 0);
    const { xs, ys } = decodePoints(text);
    assert.deepEqual(extentOf(text), boundsOfPoints(xs, ys), `seed ${seed}`);
  }
});

test("broken points are read as far as they go, like everywhere", () => {
  const good = encodePoints(handwriting(3, 20), 2, true);
  for (const text of [
    "",
    "A",
    "BAE",
    "é",
    "!!!!",
    good.slice(0, -1),
    `${good}~`,
    good.replace(/.{9}$/, "/////////"),
  ]) {
    const { xs, ys } = decodePoints(text);
    assert.deepEqual(extentOf(text), boundsOfPoints(xs, ys), text);
  }
});

test("all ink of a stroke lies within its bounds", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const one = element(handwriting(seed));
    const bounds = kindOf(one).bounds(one);
    const { xs, ys, pressures } = decodePoints(one.points);
    const outline = outlineOf({ xs, ys, pressures }, one.width);
    for (let i = 0; i < outline.length; i += 2) {
      const [x, y] = [outline[i] + one.x, outline[i + 1] + one.y];
      assert.ok(
        contains(bounds, { minX: x, minY: y, maxX: x, maxY: y }),
        `seed ${seed} at ${x}, ${y}`,
      );
    }
  }
});

test("the ink follows the pointer: no outline point is farther from its way than half the width and a little", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const line = lineOf(handwriting(seed));
    const outline = outlineOf(line, 6);
    for (let i = 0; i < outline.length; i += 2) {
      const away = distanceToPolyline(outline[i], outline[i + 1], line.xs, line.ys);
      assert.ok(away <= 3 + 6 / 8, `seed ${seed}: ${away}`);
    }
  }
});

// Simplifying may take half a unit, and the curve between fewer points as much again.
test("simplifying leaves the outline where it was, so a finished stroke doesn't jump", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const points = handwriting(seed, 120, 0).map((p) => ({ ...p, pressure: 0.5 }));
    const before = outlineOf(lineOf(points), 8);
    const after = outlineOf(lineOf(simplify(points, 0.5)), 8);
    const xs = before.filter((_, i) => i % 2 === 0);
    const ys = before.filter((_, i) => i % 2 === 1);
    for (let i = 0; i < after.length; i += 2) {
      const away = distanceToPolyline(after[i], after[i + 1], xs, ys);
      assert.ok(away < 1.1, `seed ${seed}: ${away}`);
    }
  }
});

test("a stroke is as wide at full pressure as it says, and thinner with less", () => {
  assert.equal(widthAt(1), 1);
  const line = (/** @type {number} */ pressure) =>
    lineOf([0, 20, 40, 60].map((x) => ({ x, y: 0, pressure })));
  const height = (/** @type {number} */ pressure) =>
    Math.max(...outlineOf(line(pressure), 10).filter((_, i) => i % 2 === 1)) * 2;
  assert.ok(Math.abs(height(1) - 10) < 0.01, String(height(1)));
  assert.ok(Math.abs(height(0.2) - 10 * widthAt(0.2)) < 0.01, String(height(0.2)));
});

test("outlines are the same at every size", () => {
  const points = handwriting(5);
  const large = outlineOf(lineOf(points), 8);
  const small = outlineOf(lineOf(points.map((p) => ({ ...p, x: p.x / 64, y: p.y / 64 }))), 8 / 64);
  assert.equal(large.length, small.length);
  for (let i = 0; i < large.length; i++) assert.ok(Math.abs(large[i] / 64 - small[i]) < 1e-4);
});

test("what is left out at a scale is nearer to the line than a quarter of its pixel", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const line = lineOf(handwriting(seed, 300));
    for (const level of [-6, -3, -1, 0, 2]) {
      const less = decimated(line, toleranceOf(level));
      assert.ok(less.xs.length <= line.xs.length);
      for (let i = 0; i < line.xs.length; i++) {
        const away = distanceToPolyline(line.xs[i], line.ys[i], less.xs, less.ys);
        // First by distance, then by deviation: each may take its share.
        assert.ok(away <= 2 * toleranceOf(level) + 1e-3, `seed ${seed} level ${level}: ${away}`);
      }
    }
  }
});

test("what a thin line leaves out is nearer to it than a quarter of a pixel, and its ends stay", () => {
  for (let seed = 1; seed <= 40; seed++) {
    // Some wander, some tremble about one place.
    const all = handwriting(seed, 300, seed % 2 === 0 ? 0.04 : 0.5);
    const { xs, ys } = lineOf(all);
    for (const level of [-6, -3, -1, 0, 2]) {
      const less = { xs: xs.slice(), ys: ys.slice() };
      const left = thinOut(less.xs, less.ys, xs.length, toleranceOf(level));
      const kept = [less.xs.subarray(0, left), less.ys.subarray(0, left)];
      assert.deepEqual([kept[0][0], kept[1][0]], [xs[0], ys[0]]);
      assert.deepEqual([kept[0][left - 1], kept[1][left - 1]], [xs.at(-1), ys.at(-1)]);
      for (let i = 0; i < xs.length; i++) {
        const away = distanceToPolyline(xs[i], ys[i], kept[0], kept[1]);
        assert.ok(away <= 2 * toleranceOf(level) + 1e-3, `seed ${seed} level ${level}: ${away}`);
      }
    }
  }
});

test("points read quickly are the points, from text and from bytes", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const points = handwriting(seed);
    // A jump takes more bytes than the quick way reads.
    if (seed % 4 === 0) points.push({ x: 5000, y: 1e6, pressure: 1 });
    const text = encodePoints(points, 2, seed % 3 > 0);
    const { xs, ys, pressures, count } = decodePoints(text);
    for (const read of [quickPoints(text), quickPointsOf(fromBase64(text))]) {
      if (read === null && seed % 4 === 0) continue;
      assert.deepEqual(read?.xs.slice(0, read.count), xs);
      assert.deepEqual(read?.ys.slice(0, read.count), ys);
      assert.equal(read?.count, count);
      const mean = pressures ? pressures.reduce((sum, one) => sum + one, 0) / count : 1;
      assert.ok(Math.abs(Number(read?.pressure) - mean) < 1e-6);
    }
  }
  for (const text of ["", "A", "AA", "AAAA", "!!", "BAGAgID", "////////"])
    assert.equal(quickPoints(text).count, decodePoints(text).count, text);
});

test("far away few points are left", () => {
  const line = lineOf(handwriting(1, 300));
  assert.ok(decimated(line, toleranceOf(-5)).xs.length < 30);
});

test("a tap is a dot, and a stroke without points is nothing", () => {
  /** @type {[InkPoint[], number][]} */
  const cases = [
    [[{ x: 0, y: 0, pressure: 0.5 }], 1],
    [[], 0],
  ];
  for (const scale of [0.1, 1, 8]) {
    for (const [points, painted] of cases) {
      const ctx = coarseContext();
      const one = element(points);
      kindOf(one).draw(ctx, one, { theme: "light", scale, left: 0, top: -500 });
      assert.equal(ctx.painted, painted);
      assert.ok(Number.isFinite(kindOf(one).bounds(one).minX));
    }
  }
});

test("a hit is on the ink, not in its box", () => {
  const one = stroke({ across: 100, down: 100 });
  const { hit } = kindOf(one);
  assert.equal(hit(one, 50, 50, 1), true);
  assert.equal(hit(one, 50, 56, 1), false);
  assert.equal(hit(one, 50, 56, 6), true);
  assert.equal(hit(one, 90, 10, 6), false);
});

test("a box crosses where there is ink, not where there is only its box", () => {
  const one = stroke({ across: 100, down: 100 });
  const { crosses } = kindOf(one);
  assert.equal(crosses(one, { minX: 40, minY: 40, maxX: 60, maxY: 60 }), true);
  assert.equal(crosses(one, { minX: 60, minY: 5, maxX: 95, maxY: 40 }), false);
});

test("a kind of a newer version is a labelled box that can be hit (R15)", () => {
  const one = { kind: "sticky-note", x: 10, y: 20, z: "a", w: 200, h: 100 };
  const ctx = coarseContext();
  kindOf(one).draw(ctx, one, { theme: "light", scale: 1, left: 0, top: 0 });
  assert.deepEqual(ctx.texts, ["sticky-note"]);
  assert.equal(kindOf(one).hit(one, 100, 60, 0), true);
  assert.ok(contains(kindOf(one).bounds(one), { minX: 10, minY: 20, maxX: 210, maxY: 120 }));
  assert.ok(Number.isFinite(kindOf({ kind: "?" }).bounds({ kind: "?", x: "left" }).maxX));
});

test("names of the prototype are no kinds and no colours (S19)", () => {
  assert.equal(inkColor("constructor", "light"), inkColor("black", "light"));
  const one = { kind: "__proto__", x: 0, y: 0, z: "a" };
  assert.ok(kindOf(one).bounds(one));
});

test("custom colours are as they are, anything else is black", () => {
  assert.equal(inkColor("#12ab34", "dark"), "#12ab34");
  assert.equal(inkColor("url(x)", "dark"), inkColor("black", "dark"));
});

test("names beside pointers can be read on every ink, in both themes", () => {
  for (const theme of /** @type {const} */ (["light", "dark"])) {
    for (const name of INK_NAMES) {
      const ink = inkColor(name, theme);
      assert.ok(contrast(ink, textColorOn(ink)) >= 4.5, `${name} ${theme}`);
    }
  }
});

test("only the author's receipt makes no difference to the eye", () => {
  const one = stroke();
  assert.equal(looksAlike(one, { ...one, author: 3 }), true);
  assert.equal(looksAlike(one, { ...one, x: 3 }), false);
  assert.equal(looksAlike(one, { ...one, glow: true }), false);
});
