// Recorded strokes for the load: synthetic handwriting, or real ink where INK names a file of it.

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { strokeElements } from "../static/board/tools/ink.js";

/** @typedef {import("./wire.mjs").InkPoint} InkPoint */

const COLORS = ["black", "blue", "red", "green", "violet"];

/** Same seed, same ink: runs and systems get identical work. @param {number} seed */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Strokes of exactly `points` points as a pen at 60 points/s records them, origin at 0, 0.
 * @param {{count: number, points: number, seed: number}} how @returns {InkPoint[][]}
 */
export function recordedStrokes({ count, points, seed }) {
  const chance = random(seed);
  const real = process.env.INK ? readInk(process.env.INK) : null;
  return Array.from({ length: count }, (_, i) =>
    real ? joined(real, i, points) : handwriting(points, chance),
  );
}

/** Loops and waves moving to the right, slow in the turns, a trembling hand; as dense as real ink is. @param {number} points @param {() => number} chance @returns {InkPoint[]} */
function handwriting(points, chance) {
  const height = 6 + chance() * 11;
  const loop = 0.4 + chance() * 0.9;
  const advance = 8 + chance() * 12;
  const slant = chance() * 0.5;
  const letters = points / (25 + chance() * 15);
  const tremble = () => (chance() - 0.5) * 0.3;
  const path = [];
  for (let i = 0; i < points; i += 1) {
    const turn = (i / points) * letters * 2 * Math.PI;
    // The sine inside slows the hand at the top and bottom, where people slow down.
    const phase = turn + 0.35 * Math.sin(2 * turn);
    const rise = height * (0.75 + 0.25 * Math.sin(turn / 3)) * Math.sin(phase);
    path.push({
      x:
        (advance * turn) / (2 * Math.PI) +
        loop * height * 0.5 * Math.cos(phase) +
        slant * rise +
        tremble(),
      y: -rise + tremble(),
      pressure: pressureAt(i / points, turn),
    });
  }
  const first = /** @type {InkPoint} */ (path[0]);
  return path.map(({ x, y, pressure }) => ({ x: x - first.x, y: y - first.y, pressure }));
}

/** Light where the pen lands and leaves, heavier on the way down. @param {number} progress @param {number} turn */
function pressureAt(progress, turn) {
  const ends = Math.min(1, progress * 12, (1 - progress) * 8);
  return Math.max(0.05, Math.min(1, (0.55 + 0.18 * Math.cos(turn)) * ends));
}

/** @param {string} path @returns {InkPoint[][]} */
function readInk(path) {
  /** @type {{strokes: {points: [number, number][], pressures?: number[]}[]}} */
  const { strokes } = JSON.parse(readFileSync(path, "utf8"));
  return strokes.map(({ points, pressures }) =>
    points.map(([x, y], i) => ({
      x,
      y,
      pressure: Math.max(0, Math.min(1, pressures?.[i] ?? 0.5)),
    })),
  );
}

/** Real strokes have any length: one after the other is written on until there are enough points. @param {InkPoint[][]} strokes @param {number} start @param {number} points @returns {InkPoint[]} */
function joined(strokes, start, points) {
  /** @type {InkPoint[]} */
  const whole = [];
  for (let i = start; whole.length < points; i += 1) {
    const stroke = strokes[i % strokes.length] ?? [];
    const last = whole.at(-1) ?? { x: 0, y: 0 };
    whole.push(...stroke.map(({ x, y, pressure }) => ({ x: last.x + x, y: last.y + y, pressure })));
  }
  return whole.slice(0, points);
}

/** 16 characters as the page makes them. */
export function elementKey() {
  return randomBytes(12).toString("base64url");
}

/** 22 characters as the page makes them. */
export function transactionId() {
  return randomBytes(16).toString("base64url");
}

/**
 * The element that the pen commits for a recorded stroke: simplified and encoded by the page's own code.
 * @param {readonly InkPoint[]} points @param {{x: number, y: number, z: string, index: number}} at
 */
export function finishedStroke(points, { x, y, z, index }) {
  const color = COLORS[index % COLORS.length] ?? "black";
  const [element] = strokeElements({ x, y, color, width: 4, points }, { zoom: 1, z });
  if (!element) throw new Error("a recorded stroke became no element");
  return element;
}
