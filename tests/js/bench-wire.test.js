// What the load generator says on the wire is what the page says, byte for byte.

import assert from "node:assert/strict";
import { test } from "node:test";
import { liveFrame, pointsRecord, readPoints, startRecord } from "../../bench/wire.mjs";
import { LiveWriter } from "../../static/board/sync/live.js";

const POINTS = [
  { x: 0, y: 0, pressure: 0.5 },
  { x: -31.26, y: 400.5, pressure: 1 },
];

test("a stroke's start and points are written as the page writes them", () => {
  const start = {
    stroke: 300,
    key: "abcdefghijklmnop",
    x: -12.5,
    y: 99.75,
    width: 4,
    color: "blue",
  };
  const page = new LiveWriter();
  page.strokeStart({ ...start, step: 2, pressure: true });
  page.strokePoints(300, 118, POINTS, 2, true);
  const bench = [...startRecord(start), ...pointsRecord(300, 118, POINTS)];
  assert.deepEqual(bench, [...page.take()]);
});

test("updates are found in a server's frame, whatever stands between them", () => {
  const frame = liveFrame([pointsRecord(1, 2, POINTS), [3, 0], pointsRecord(7, 200, POINTS)], 400);
  /** @type {number[][]} */
  const seen = [];
  readPoints(frame, (...update) => seen.push(update));
  assert.deepEqual(seen, [
    [400, 1, 2],
    [400, 7, 200],
  ]);
});
