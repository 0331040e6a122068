// Pictures as elements: drawn as far as they are cropped, turned and mirrored; cropped where they are seen.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isElement } from "../../static/board/core/schema.js";
import { keepsProportions } from "../../static/board/editor/selecting-frame.js";
import { frameOf, outOfFrame } from "../../static/board/elements/box.js";
import { cropOf, image, UNCROPPED } from "../../static/board/elements/image.js";
import { kindOf, withProps } from "../../static/board/elements/index.js";
import {
  croppedTo,
  edgeMoved,
  partMoved,
  seenPart,
  wholeFrame,
} from "../../static/board/tools/crop-rectangle.js";
import { PictureState } from "../../static/board/view/picture-state.js";
import { Tiles } from "../../static/board/view/tiles.js";

/** @param {Record<string, string | number | boolean>} [more] */
const picture = (more = {}) => ({
  kind: "image",
  x: 100,
  y: 50,
  z: "a0",
  w: 400,
  h: 200,
  asset: "a".repeat(22),
  ...more,
});

/** @param {number} a @param {number} b @param {string} what */
const near = (a, b, what) => assert.ok(Math.abs(a - b) < 0.05, `${what}: ${a} and ${b}`);

test("it is one of the kinds, hit all over, and keeps its proportions", () => {
  const element = picture();
  assert.equal(kindOf(element), image);
  assert.ok(isElement(element));
  assert.ok(image.hit(element, 300, 150, 0));
  assert.ok(!image.hit(element, 300, 260, 0));
  const board = /** @type {any} */ ({ get: () => element });
  assert.equal(keepsProportions(board, new Set(["one"])), true);
});

describe("a crop", () => {
  test("that can't be is all of the picture", () => {
    for (const crop of ["", "0.5", "0,0,0,0", "a,b,c,d", "0,0,1,1,1", "-1,0,1,1", "0,0,2,1"])
      assert.deepEqual(cropOf(picture({ crop })), UNCROPPED, crop);
    assert.deepEqual(cropOf(picture({ crop: "0.25,0,0.5,1" })), { l: 0.25, t: 0, w: 0.5, h: 1 });
  });

  test("by an edge leaves the opposite one, and never nothing", () => {
    const left = edgeMoved(UNCROPPED, { across: -1, down: 0 }, 0.25, 0.9);
    assert.deepEqual(left, { l: 0.25, t: 0, w: 0.75, h: 1 });
    const { w, h } = edgeMoved(left, { across: 1, down: 1 }, -5, -5);
    assert.ok(w > 0 && h > 0);
    assert.deepEqual(partMoved({ l: 0, t: 0, w: 0.5, h: 0.5 }, 3, -3), {
      l: 0.5,
      t: 0,
      w: 0.5,
      h: 0.5,
    });
  });

  test("shows what was seen there, however the picture is turned and mirrored", () => {
    const part = fc.integer({ min: 0, max: 70 }).map((n) => n / 100);
    const side = fc.integer({ min: 10, max: 30 }).map((n) => n / 100);
    fc.assert(
      fc.property(
        fc.constantFrom("", "x", "y", "xy"),
        fc.integer({ min: -300, max: 300 }).map((turn) => turn / 100 || 0),
        part,
        part,
        side,
        side,
        (flip, angle, l, t, w, h) => {
          const element = picture({ angle, ...(flip && { flip }), crop: "0.1,0.2,0.5,0.5" });
          const whole = wholeFrame(element);
          const seen = { l, t, w, h };
          const cropped = withProps(element, croppedTo(element, seen));
          assert.ok(isElement(cropped));
          // The whole picture is where it was, and the part is where it was seen.
          const after = wholeFrame(cropped);
          for (const name of /** @type {const} */ (["x", "y", "w", "h"]))
            assert.ok(Math.abs(after[name] - whole[name]) < 0.5, name);
          const corner = outOfFrame(whole, l * whole.w, t * whole.h);
          const now = outOfFrame(frameOf(cropped), 0, 0);
          near(now.x, corner.x, "x");
          near(now.y, corner.y, "y");
          const back = seenPart(cropped, cropOf(cropped));
          near(back.l, l, "left");
          near(back.t, t, "top");
        },
      ),
    );
  });

  test("of everything is none", () => {
    const element = picture({ crop: "0.25,0.25,0.5,0.5" });
    const { crop, w, h, x, y } = croppedTo(element, UNCROPPED);
    assert.deepEqual({ crop, w, h, x, y }, { crop: null, w: 800, h: 400, x: -100, y: -50 });
  });
});

test("without its pixels it draws a paper, and leaves the canvas as it was", () => {
  /** @type {string[]} */
  const calls = [];
  const state = { globalAlpha: 0.5 };
  const ctx = /** @type {any} */ (
    new Proxy(state, {
      get: (target, name) =>
        name in target
          ? target[/** @type {keyof typeof target} */ (name)]
          : () => void calls.push(String(name)),
      set: (target, name, value) => Reflect.set(target, name, value),
    })
  );
  image.draw(ctx, picture({ opacity: 0.5, round: true }), {
    theme: "light",
    scale: 1,
    left: 0,
    top: 0,
  });
  assert.equal(ctx.globalAlpha, 0.5);
  assert.ok(calls.includes("fillRect"));
  assert.equal(calls.filter((name) => name === "save").length, 1);
  assert.equal(calls.filter((name) => name === "restore").length, 1);
});

test("a picture that has come is painted where it is, and nothing else is", () => {
  const elements = new Map([
    ["one", picture({ x: 10, y: 10 })],
    ["other", picture({ x: 3000, y: 3000, asset: "b".repeat(22) })],
  ]);
  const tiles = new Tiles();
  const worker = /** @type {any} */ ({ change() {}, changeAll() {}, changeLooks() {} });
  const scene = /** @type {any} */ ({
    keys: () => elements.keys(),
    entries: () => elements.entries(),
    get: (/** @type {string} */ key) => elements.get(key),
  });
  const state = new PictureState({ scene, tiles, worker });
  state.note(null);
  state.flush();
  const [here, there] = [tiles.at(1, 0, 0), tiles.at(1, 6, 6)];
  for (const tile of [here, there]) tile.show(null, state.revision);
  state.changePictures(new Set(["a".repeat(22)]));
  assert.equal(here.fresh, false);
  assert.equal(there.fresh, true);
});
