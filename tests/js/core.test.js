// The small pure parts of the core: geometry, camera, points, order, simplify, ids, limits, translate.

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteWriter, fromBase64, toBase64 } from "../../static/board/core/bytes.js";
import { Camera, ZOOM_MAX, ZOOM_MIN } from "../../static/board/core/camera.js";
import * as geometry from "../../static/board/core/geometry.js";
import { elementKey, transactionId } from "../../static/board/core/ids.js";
import { transactionsOf, utf8Length } from "../../static/board/core/limits.js";
import { compareElements, keyBetween } from "../../static/board/core/order.js";
import { decodePoints, encodePoints } from "../../static/board/core/points.js";
import { simplify, toleranceWithin } from "../../static/board/core/simplify.js";
import { SpatialIndex } from "../../static/board/core/spatial.js";
import { setCatalogue, t, tn } from "../../static/board/core/translate.js";

const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const inkPoint = fc.record({
  x: fc.double({ min: -500, max: 500, noNaN: true }),
  y: fc.double({ min: -500, max: 500, noNaN: true }),
  pressure: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe("points", () => {
  test("come back within half a step, pressure within half of 1/255", () => {
    fc.assert(
      fc.property(fc.array(inkPoint), fc.integer({ min: -8, max: 10 }), (points, step) => {
        const { xs, ys, pressures, count } = decodePoints(encodePoints(points, step, true));
        assert.equal(count, points.length);
        points.forEach((point, i) => {
          assert.ok(Math.abs((xs[i] ?? NaN) - point.x) <= 2 ** -step / 2 + 1e-3);
          assert.ok(Math.abs((ys[i] ?? NaN) - point.y) <= 2 ** -step / 2 + 1e-3);
          assert.ok(Math.abs((pressures?.[i] ?? NaN) - point.pressure) <= 0.5 / 255 + 1e-6);
        });
      }),
    );
  });

  test("are written as docs/protocol.md says", () => {
    const points = [
      { x: 0, y: 0, pressure: 1 },
      { x: 1, y: -1, pressure: 0.5 },
    ];
    // s = 1 (zig-zag 2), no flags, then 0 0, then 2 steps and -2 steps (zig-zag 4 and 3).
    assert.equal(encodePoints(points, 1, false), toBase64(Uint8Array.of(2, 0, 0, 0, 4, 3)));
    const withPressure = Uint8Array.of(2, 1, 0, 0, 255, 4, 3, 128);
    assert.equal(encodePoints(points, 1, true), toBase64(withPressure));
    assert.equal(decodePoints(encodePoints(points, 1, false)).pressures, null);
  });

  test("that can't be read give what can be, and never throw (S17)", () => {
    fc.assert(fc.property(fc.string(), (text) => void decodePoints(text)));
    const whole = encodePoints(
      [
        { x: 1, y: 1, pressure: 1 },
        { x: 900, y: 9, pressure: 1 },
      ],
      3,
      true,
    );
    assert.equal(decodePoints(whole.slice(0, -2)).count, 1);
    assert.equal(decodePoints("").count, 0);
  });
});

describe("bytes", () => {
  test("varint and zig-zag come back for all 32 bits", () => {
    const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(fc.array(whole), (numbers) => {
        const writer = new ByteWriter();
        for (const number of numbers) writer.zigzag(number);
        for (const number of numbers) writer.varint(number >>> 0);
        const reader = new ByteReader(writer.take());
        assert.deepEqual(
          numbers.map(() => reader.zigzag()),
          numbers,
        );
        assert.deepEqual(
          numbers.map(() => reader.varint()),
          numbers.map((number) => number >>> 0),
        );
        assert.ok(reader.ok && reader.left === 0);
      }),
    );
  });

  test("an endless varint and a read beyond the end say so", () => {
    for (const bytes of [[128, 128, 128, 128, 128, 1], [255, 255, 255, 255, 31], [128], []]) {
      const reader = new ByteReader(Uint8Array.from(bytes));
      reader.varint();
      assert.equal(reader.ok, false);
    }
  });

  test("base64 is the standard's without padding", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = Buffer.from(bytes).toString("base64").replace(/=+$/, "");
        assert.equal(toBase64(bytes), text);
        assert.deepEqual([...fromBase64(text)], [...bytes]);
      }),
    );
  });
});

describe("ids", () => {
  test("R2: 22 and 16 signs of base64url, never the same", () => {
    const ids = Array.from({ length: 500 }, transactionId);
    const keys = Array.from({ length: 500 }, elementKey);
    for (const id of ids) assert.match(id, /^[A-Za-z0-9_-]{22}$/);
    for (const key of keys) assert.match(key, /^[A-Za-z0-9_-]{16}$/);
    assert.equal(new Set([...ids, ...keys]).size, 1000);
  });
});

describe("geometry", () => {
  const box = { minX: 0, minY: 0, maxX: 10, maxY: 10 };

  test("boxes", () => {
    const other = { minX: 5, minY: -5, maxX: 20, maxY: 5 };
    assert.deepEqual(geometry.union(box, other), { minX: 0, minY: -5, maxX: 20, maxY: 10 });
    assert.equal(geometry.intersects(box, other), true);
    assert.equal(geometry.intersects(box, { ...other, minX: 11 }), false);
    assert.equal(geometry.contains(box, { minX: 1, minY: 1, maxX: 10, maxY: 2 }), true);
    assert.equal(geometry.contains(box, other), false);
    assert.deepEqual(geometry.expand(box, 2), { minX: -2, minY: -2, maxX: 12, maxY: 12 });
    assert.deepEqual(geometry.boundsOfPoints([1, 3], [4, 2]), {
      minX: 1,
      minY: 2,
      maxX: 3,
      maxY: 4,
    });
    assert.equal(geometry.boundsOfPoints([], []), null);
    assert.equal(geometry.containsPoint(box, { x: 10, y: 0 }), true);
  });

  test("distances", () => {
    assert.equal(geometry.distanceToSegment(5, 3, 0, 0, 10, 0), 3);
    assert.equal(geometry.distanceToSegment(13, 4, 0, 0, 10, 0), 5);
    assert.equal(geometry.distanceToSegment(3, 4, 0, 0, 0, 0), 5);
    assert.equal(geometry.distanceToPolyline(10, 5, [0, 10, 10], [0, 0, 10]), 0);
    assert.equal(geometry.distanceToPolyline(3, 4, [0], [0]), 5);
    assert.equal(geometry.distanceToPolyline(3, 4, [], []), Infinity);
  });

  test("a line crosses a box also where no point of it is inside", () => {
    assert.equal(geometry.segmentCrosses(-5, 5, 15, 5, box), true);
    assert.equal(geometry.segmentCrosses(-5, 0, 0, 20, box), false);
    assert.equal(geometry.segmentCrosses(2, 2, 3, 3, box), true);
    assert.equal(geometry.segmentCrosses(11, 0, 11, 10, box), false);
    assert.equal(geometry.polylineCrosses([-5, -5, 15], [-5, 5, 5], box), true);
    assert.equal(geometry.polylineCrosses([5], [5], box), true);
  });

  test("a segment crosses a box just if some place on it is inside", () => {
    const small = fc.integer({ min: -20, max: 30 });
    fc.assert(
      fc.property(small, small, small, small, (ax, ay, bx, by) => {
        const inside = Array.from({ length: 1001 }, (_, i) => i / 1000).some((part) =>
          geometry.containsPoint(box, { x: ax + (bx - ax) * part, y: ay + (by - ay) * part }),
        );
        if (inside) assert.equal(geometry.segmentCrosses(ax, ay, bx, by, box), true);
      }),
    );
  });
});

describe("camera", () => {
  const looking = () => {
    const camera = new Camera();
    camera.resize(800, 600);
    return camera;
  };

  test("screen and board are each other's inverse", () => {
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        fc.double({ min: 0.01, max: 32, noNaN: true }),
        (x, y, zoom) => {
          const camera = looking();
          camera.setZoom(zoom);
          const back = camera.toBoard(camera.toScreen({ x, y }));
          assert.ok(Math.hypot(back.x - x, back.y - y) < 1e-6);
        },
      ),
    );
  });

  test("zooming keeps what is under the pointer there", () => {
    const camera = looking();
    camera.panBy(-120, 40);
    const before = camera.toBoard({ x: 200, y: 100 });
    camera.zoomAt(200, 100, 3);
    const after = camera.toBoard({ x: 200, y: 100 });
    assert.ok(Math.hypot(after.x - before.x, after.y - before.y) < 1e-9);
    assert.equal(camera.zoom, 3);
  });

  test("zoom stays within its bounds", () => {
    const camera = looking();
    camera.zoomAt(0, 0, 1e9);
    assert.equal(camera.zoom, ZOOM_MAX);
    camera.setZoom(1e-9);
    assert.equal(camera.zoom, ZOOM_MIN);
  });

  test("panning moves the board with the hand", () => {
    const camera = looking();
    camera.setZoom(2);
    const { x, y } = camera;
    camera.panBy(10, -20);
    assert.deepEqual([camera.x - x, camera.y - y], [-5, 10]);
  });

  test("fitting shows all of the bounds, in the middle", () => {
    const camera = looking();
    const bounds = { minX: 1000, minY: -500, maxX: 5000, maxY: 500 };
    camera.fit(bounds, 50);
    assert.ok(geometry.contains(camera.viewBounds(), bounds));
    const { x, y } = camera.toScreen({ x: 3000, y: 0 });
    assert.ok(Math.hypot(x - 400, y - 300) < 1e-6);
    camera.fit({ minX: 0, minY: 0, maxX: 10, maxY: 1000 }, { top: 20, bottom: 120, side: 10 });
    assert.ok(Math.abs(camera.toScreen({ x: 0, y: 0 }).y - 20) < 1e-6);
    assert.ok(Math.abs(camera.toScreen({ x: 0, y: 1000 }).y - (camera.height - 120)) < 1e-6);
    camera.fit({ minX: 5, minY: 5, maxX: 5, maxY: 5 }, 50);
    assert.ok(camera.zoom <= 2);
  });

  test("the view can't leave the coordinates of the protocol", () => {
    const camera = looking();
    camera.panBy(-1e12, 1e12);
    const middle = camera.toBoard({ x: 400, y: 300 });
    assert.deepEqual(middle, { x: 1e6, y: -1e6 });
  });

  test("tells only of changes", () => {
    const camera = looking();
    let heard = 0;
    camera.subscribe(() => heard++);
    camera.panBy(0, 0);
    camera.resize(800, 600);
    assert.equal(heard, 0);
    camera.panBy(1, 0);
    assert.equal(heard, 1);
  });
});

describe("order", () => {
  test("R12: a new index lies between its neighbours and is what the protocol takes", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), (places) => {
        /** @type {string[]} */
        const keys = [];
        for (const place of places) {
          const at = place % (keys.length + 1);
          const [low, high] = [keys[at - 1] ?? null, keys[at] ?? null];
          const key = keyBetween(low, high);
          assert.match(key, /^[0-9A-Za-z]{1,64}$/);
          assert.ok(low === null || low < key, `${low} < ${key}`);
          assert.ok(high === null || key < high, `${key} < ${high}`);
          keys.splice(at, 0, key);
        }
      }),
    );
  });

  test("R12: indices stay short while drawing on top", () => {
    let top = keyBetween(null, null);
    for (let i = 0; i < 3000; i++) top = keyBetween(top, null);
    assert.ok(top.length <= 8, top);
  });

  test("R12: two people in the same place get different indices", () => {
    const keys = new Set(Array.from({ length: 100 }, () => keyBetween("a0", null)));
    assert.ok(keys.size > 90);
  });

  test("R12: without room left, or between strangers' indices, an equal one is taken at worst", () => {
    const strange = fc.stringMatching(/^[0-9A-Za-z]{1,64}$/);
    fc.assert(
      fc.property(fc.option(strange), fc.option(strange), (a, b) => {
        const key = keyBetween(a, b);
        assert.match(key, /^[0-9A-Za-z]{1,64}$/);
        if (a !== null && (b === null || a <= b)) assert.ok(a <= key);
        if (b !== null && a !== null && a <= b) assert.ok(key <= b);
      }),
    );
  });

  test("R12: equal indices are ordered by element key", () => {
    /** @type {[string, any][]} */
    const entries = [
      ["b", { z: "a1" }],
      ["c", { z: "a0" }],
      ["a", { z: "a1" }],
      ["d", { z: "Zz" }],
    ];
    assert.deepEqual(
      entries.sort(compareElements).map(([key]) => key),
      ["d", "c", "a", "b"],
    );
  });
});

describe("simplify", () => {
  test("no point is farther from the simplified and rounded line than allowed", () => {
    const line = fc.array(inkPoint, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(line, fc.integer({ min: 2, max: 5 }), (points, step) => {
        const kept = simplify(points, toleranceWithin(0.5, step));
        const { xs, ys } = decodePoints(encodePoints(kept, step, true));
        for (const { x, y } of points) {
          assert.ok(geometry.distanceToPolyline(x, y, xs, ys) <= 0.5 + 1e-3);
        }
      }),
    );
  });

  test("pressure stays within its tolerance, ends stay", () => {
    const points = Array.from({ length: 21 }, (_, i) => ({
      x: i,
      y: 0,
      pressure: i === 10 ? 1 : 0.5,
    }));
    const kept = simplify(points, 0.5, 0.1);
    assert.deepEqual(
      kept.map(({ x }) => x),
      [0, 9, 10, 11, 20],
    );
    assert.equal(simplify(points, 0.5, 1).length, 2);
    assert.equal(simplify(points.slice(0, 1), 0.5).length, 1);
  });

  test("10,000 points on a spiral need no deep stack", () => {
    const points = Array.from({ length: 10_000 }, (_, i) => ({
      x: Math.cos(i / 50) * i,
      y: Math.sin(i / 50) * i,
      pressure: 0.5,
    }));
    assert.ok(simplify(points, 0.5).length < 10_000);
  });
});

describe("spatial index", () => {
  test("finds what a search of all would", () => {
    const bounds = fc
      .tuple(fc.nat(100), fc.nat(100), fc.nat(9), fc.nat(9))
      .map(([minX, minY, w, h]) => ({ minX, minY, maxX: minX + w, maxY: minY + h }));
    const step = fc.tuple(fc.constantFrom("a", "b", "c", "d", "e", "f"), fc.option(bounds));
    fc.assert(
      fc.property(fc.array(step), bounds, (steps, wanted) => {
        const index = new SpatialIndex();
        const naive = new Map();
        for (const [key, place] of steps) {
          if (place) index.insert(key, place);
          else index.remove(key);
          if (place) naive.set(key, place);
          else naive.delete(key);
        }
        const found = [...naive]
          .filter(([, place]) => geometry.intersects(place, wanted))
          .map(([key]) => key);
        assert.deepEqual(index.search(wanted).sort(), found.sort());
        assert.equal(index.size, naive.size);
        const all = naive.size > 0 ? [...naive.values()].reduce(geometry.union) : null;
        assert.deepEqual(index.all(), all);
      }),
    );
  });

  test("loads in one go", () => {
    const index = new SpatialIndex();
    index.insert("old", { minX: 0, minY: 0, maxX: 1, maxY: 1 });
    index.load([["a", { minX: 5, minY: 5, maxX: 6, maxY: 6 }]]);
    assert.deepEqual(index.search({ minX: 0, minY: 0, maxX: 9, maxY: 9 }), ["a"]);
    index.remove("a");
    assert.equal(index.all(), null);
  });
});

describe("limits", () => {
  test("the length in UTF-8 is the true one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        assert.equal(utf8Length(text), Buffer.byteLength(text));
      }),
    );
  });

  test("R11: changes over the limits become several transactions, in order", () => {
    const small = Array.from({ length: 2500 }, (_, i) => ({
      op: /** @type {const} */ ("remove"),
      key: `element${i}`,
    }));
    assert.deepEqual(
      transactionsOf(small).map((some) => some.length),
      [1000, 1000, 500],
    );
    assert.deepEqual(transactionsOf(small).flat(), small);
    const large = Array.from({ length: 5 }, (_, i) => ({
      op: /** @type {const} */ ("put"),
      key: `element${i}`,
      element: { kind: "stroke", points: "A".repeat(25_000) },
    }));
    assert.deepEqual(
      transactionsOf(large).map((some) => some.length),
      [2, 2, 1],
    );
    assert.deepEqual(transactionsOf([]), []);
  });
});

describe("translate", () => {
  afterEach(() => setCatalogue({}));

  test("without a catalogue it is the English sentence", () => {
    assert.equal(t("{count} of {total}", { count: 1, total: 2 }), "1 of 2");
    assert.equal(tn("{count} stroke", "{count} strokes", 1), "1 stroke");
    assert.equal(tn("{count} stroke", "{count} strokes", 3), "3 strokes");
    assert.equal(t("{unknown} stays"), "{unknown} stays");
  });

  test("with one it is the reader's, with plural forms or without", () => {
    setCatalogue({
      Saved: "저장됨",
      "{count} stroke": "획 {count}개",
      "{count} dot": ["ein {count}", "viele {count}"],
      Empty: "",
    });
    assert.equal(t("Saved"), "저장됨");
    assert.equal(tn("{count} stroke", "{count} strokes", 5), "획 5개");
    assert.equal(tn("{count} dot", "{count} dots", 1), "ein 1");
    assert.equal(tn("{count} dot", "{count} dots", 2), "viele 2");
    assert.equal(t("Empty"), "Empty");
    assert.equal(t("constructor"), "constructor");
  });
});
