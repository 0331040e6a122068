// At which edge the panel of styles stands.

import assert from "node:assert/strict";
import { test } from "node:test";

import { sideFor } from "../../static/board/ui/style-side.js";

const PANEL = { width: 268 };
const VIEW = { width: 1024, height: 768 };

/** @param {number} minX @param {number} maxX @param {import("../../static/board/ui/style-side.js").Side} now */
const side = (minX, maxX, now = "right") =>
  sideFor({ minX, minY: 200, maxX, maxY: 300 }, PANEL, VIEW, now);

test("the panel is at the right edge where nothing selected is", () => {
  assert.equal(side(100, 300), "right");
  assert.equal(side(400, 600), "right");
});

test("it gives way to what is selected there", () => {
  assert.equal(side(700, 900), "left");
  assert.equal(side(100, 200, "left"), "right");
});

test("it stays where it is while that is free, and where neither edge is", () => {
  assert.equal(side(400, 600, "left"), "left");
  assert.equal(side(20, 1000, "right"), "right");
  assert.equal(side(20, 1000, "left"), "left");
});

test("what is out of sight is in nobody's way", () => {
  assert.equal(
    sideFor({ minX: 900, minY: -90, maxX: 990, maxY: -10 }, PANEL, VIEW, "right"),
    "right",
  );
});
