// Tiles: which are touched, what is forgotten; where pictures and the worker's address come from.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pictureFrame } from "../../static/board/view/picture.js";
import { coarseScale, gestureScale, tilesSeen } from "../../static/board/view/plan.js";
import { startWorker } from "../../static/board/view/start-worker.js";
import { Tiles } from "../../static/board/view/tiles.js";

const MIB = 2 ** 20;

function bitmap() {
  const fake = {
    closed: false,
    close() {
      this.closed = true;
    },
  };
  return /** @type {ImageBitmap & {closed: boolean}} */ (/** @type {unknown} */ (fake));
}

test("only tiles that the bounds touch are painted anew, at every scale", () => {
  const tiles = new Tiles();
  const near = tiles.at(1, 0, 0);
  const far = tiles.at(1, 3, 0);
  const small = tiles.at(0.25, 0, 0);
  for (const tile of [near, far, small]) tile.show(bitmap(), 1);
  tiles.spoil({ minX: 10, minY: 10, maxX: 20, maxY: 20 }, 2);
  assert.deepEqual([near.fresh, far.fresh, small.fresh], [false, true, false]);
});

test("a tile that is painted while something comes keeps it", () => {
  const tiles = new Tiles();
  const tile = tiles.at(1, 0, 0);
  const bounds = { minX: 0, minY: 0, maxX: 10, maxY: 10 };
  tile.beginPainting();
  tiles.add("early", bounds, 1, false);
  tiles.add("late", bounds, 2, false);
  tile.endPainting(bitmap(), 1);
  assert.deepEqual([...tile.added.keys()], ["late"]);
});

test("what was looked at longest ago is forgotten first, and its bitmap closed", () => {
  const tiles = new Tiles();
  const bitmaps = [0, 1, 2, 3].map((x) => {
    const tile = tiles.at(1, x, 0);
    const shown = bitmap();
    tile.show(shown, 1);
    tile.used = x;
    return shown;
  });
  tiles.forget(3 * MIB, (tile) => tile.x === 0);
  assert.deepEqual(
    bitmaps.map((one) => one.closed),
    [false, true, false, false],
  );
  assert.equal(tiles.bytes, 3 * MIB);
});

test("the middle of the view comes first", () => {
  const seen = { scale: 1, left: 0, top: 0, width: 1536, height: 1536 };
  const [first, ...rest] = tilesSeen(new Tiles(), seen, 1, 0);
  assert.deepEqual([first.x, first.y, rest.length], [1, 1, 8]);
});

test("a gesture uses powers of two near its scale", () => {
  for (let scale = 0.01; scale < 64; scale *= 1.07) {
    const tile = gestureScale(scale);
    assert.ok(Number.isInteger(Math.log2(tile)));
    assert.ok(scale / tile < 1.25 && scale / tile > 0.6);
  }
});

test("the coarse picture has the whole board on few tiles", () => {
  assert.equal(coarseScale(null), null);
  assert.equal(coarseScale({ minX: 0, minY: 0, maxX: 100_000, maxY: 10 }), 2 ** -7);
  assert.equal(coarseScale({ minX: 0, minY: 0, maxX: 10, maxY: 10 }), 1);
});

test("a picture of a huge board gets smaller instead of failing", () => {
  const huge = pictureFrame({ minX: -1e6, minY: -1e6, maxX: 1e6, maxY: 1e6 }, 2);
  assert.ok(huge.width <= 8192 && huge.height <= 8192 && huge.width * huge.height <= 34e6);
  const plain = pictureFrame({ minX: 0, minY: 0, maxX: 300, maxY: 200 }, 2);
  assert.deepEqual([plain.width, plain.height, plain.scale], [600, 400, 2]);
});

test("the policy starts this site's worker and nothing else (S23)", (context) => {
  /** @typedef {Parameters<import("../../static/board/view/start-worker.js").TrustedTypes["createPolicy"]>} Policy */
  /** @type {unknown[]} */
  const started = [];
  /** @type {{name: Policy[0], rules: Policy[1]}[]} */
  const policies = [];
  const fakes = {
    OffscreenCanvas: class {},
    location: { href: "http://board.test/boards/1/", origin: "http://board.test" },
    trustedTypes: {
      /** @param {Policy[0]} name @param {Policy[1]} rules */
      createPolicy(name, rules) {
        policies.push({ name, rules });
        return rules;
      },
    },
    Worker: class {
      /** @param {string} url @param {WorkerOptions} options */
      constructor(url, options) {
        started.push([url, options.type]);
      }
    },
  };
  for (const [name, value] of Object.entries(fakes)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    context.after(() => {
      if (before) Object.defineProperty(globalThis, name, before);
      else Reflect.deleteProperty(globalThis, name);
    });
  }
  startWorker("/static/board/worker.js");
  assert.deepEqual(started, [["/static/board/worker.js", "module"]]);
  assert.equal(policies[0].name, "whiteboard");
  assert.throws(() => policies[0].rules.createScriptURL("/static/other.js"), TypeError);
  assert.throws(() => startWorker("https://elsewhere.test/worker.js"), TypeError);
  assert.equal(startWorker(""), null);
});
