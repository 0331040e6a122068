// What a hand meant: clean shapes from shaky ones, and nothing from what is none of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { recognise } from "../../static/board/core/recognise.js";
import { Chance } from "./support/random.js";

/** @typedef {import("../../static/board/core/geometry.js").Place} Place */

/** Corners joined by many points. @param {[number, number][]} corners @returns {Place[]} */
function along(corners, pieces = 20) {
  return corners.slice(1).flatMap(([x, y], i) => {
    const [fromX, fromY] = corners[i] ?? [0, 0];
    return Array.from({ length: pieces + 1 }, (_, n) => ({
      x: fromX + ((x - fromX) * n) / pieces,
      y: fromY + ((y - fromY) * n) / pieces,
    }));
  });
}

/** @param {number} rx @param {number} ry @param {number} turns */
function round(rx, ry, turns) {
  return Array.from({ length: 90 }, (_, i) => {
    const angle = (2 * Math.PI * turns * i) / 89;
    return { x: rx * Math.cos(angle), y: ry * Math.sin(angle) };
  });
}

/** As a hand draws it: it drifts off and comes back. @param {Place[]} places @param {number} seed @param {number} turn */
function byHand(places, seed, turn) {
  const chance = new Chance(seed);
  let [dx, dy] = [0, 0];
  return places.map(({ x, y }) => {
    dx = dx * 0.85 + chance.between(-2, 2);
    dy = dy * 0.85 + chance.between(-2, 2);
    const [px, py] = [x + dx, y + dy];
    return {
      x: px * Math.cos(turn) - py * Math.sin(turn),
      y: px * Math.sin(turn) + py * Math.cos(turn),
    };
  });
}

/** @type {Record<string, Place[]>} */
const SHAPES = {
  line: along([
    [0, 0],
    [200, 30],
  ]),
  arrow: along([
    [0, 0],
    [200, 0],
    [160, -28],
    [200, 0],
    [160, 28],
  ]),
  rectangle: along([
    [0, 0],
    [220, 0],
    [220, 130],
    [0, 130],
    [0, 0],
  ]),
  triangle: along([
    [100, 0],
    [200, 160],
    [0, 160],
    [100, 0],
  ]),
  ellipse: round(110, 70, 1.04),
};

for (const [kind, places] of Object.entries(SHAPES)) {
  test(`a shaky ${kind} is a clean one, at any angle`, () => {
    let right = 0;
    for (let seed = 1; seed <= 60; seed++)
      if (recognise(byHand(places, seed, seed / 9))?.kind === kind) right++;
    assert.ok(right >= 57, `${right} of 60`);
  });
}

test("what is nearly level or upright becomes so, what is nearly round a circle", () => {
  const line = recognise([
    { x: 0, y: 0 },
    { x: 100, y: 1 },
    { x: 200, y: 5 },
  ]);
  assert.deepEqual(line, { kind: "line", from: { x: 0, y: 0 }, to: { x: 200, y: 0 } });
  const box = recognise(byHand(SHAPES.rectangle ?? [], 3, 0.05));
  assert.equal(box?.kind === "rectangle" && box.angle, 0);
  const circle = recognise(byHand(round(100, 95, 1), 4, 0));
  assert.ok(circle?.kind === "ellipse" && circle.w === circle.h && circle.angle === 0);
});

test("a rectangle has the place and the size that the hand gave it", () => {
  const box = recognise(byHand(SHAPES.rectangle ?? [], 8, 0));
  assert.ok(box?.kind === "rectangle");
  assert.ok(Math.abs(box.w - 220) < 12 && Math.abs(box.h - 130) < 12);
  assert.ok(Math.abs(box.middle.x - 110) < 8 && Math.abs(box.middle.y - 65) < 8);
});

test("coils, waves, hooks and letters are none of them", () => {
  const wave = Array.from({ length: 120 }, (_, i) => ({ x: i * 2, y: 30 * Math.sin(i / 6) }));
  const coil = round(80, 60, 2.6);
  const hook = along([
    [0, 0],
    [0, 120],
    [70, 120],
  ]);
  const letter = along([
    [0, 0],
    [25, 100],
    [50, 30],
    [75, 100],
    [100, 0],
  ]);
  for (const places of [wave, coil, hook, letter])
    for (let seed = 1; seed <= 10; seed++) assert.equal(recognise(byHand(places, seed, 0)), null);
});

test("a dot, or no points at all, is nothing", () => {
  assert.equal(recognise([]), null);
  assert.equal(recognise([{ x: 3, y: 3 }]), null);
  assert.equal(recognise(Array.from({ length: 9 }, () => ({ x: 3, y: 3 }))), null);
});
