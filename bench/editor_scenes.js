// Boards to measure on: the same numbers on every machine. Pure.

import { encodePoints } from "../static/board/core/points.js";
import { KIND_NAMES } from "../static/board/elements/index.js";

/** @typedef {import("../static/board/core/fold.js").Element} Element */

const COLORS = ["black", "red", "blue", "green", "orange", "violet", "teal", "pink"];
const WIDTHS = [2, 4, 8];
/** About a hundred strokes in a view of 1440 by 900 at 100 %. */
const AREA_PER_ELEMENT = (1440 * 900) / 100;
const POINTS = 60;

/** mulberry32 @param {number} seed */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** @typedef {() => number} Random */

/** A wandering line with pressure. @param {Random} random */
function points(random) {
  let last = { x: 0, y: 0, pressure: 0.5 };
  const line = [last];
  let angle = random() * 6.3;
  while (line.length < POINTS) {
    angle += (random() - 0.5) * 0.9;
    const step = 2 + random() * 5;
    last = {
      x: last.x + Math.cos(angle) * step,
      y: last.y + Math.sin(angle) * step,
      pressure: Math.min(1, Math.max(0.1, last.pressure + (random() - 0.5) * 0.15)),
    };
    line.push(last);
  }
  return encodePoints(line, 2, true);
}

/** @template T @param {Random} random @param {readonly T[]} list @returns {T} */
function one(random, list) {
  return /** @type {T} */ (list[Math.floor(random() * list.length)]);
}

/** Where the i-th of so many lies, and its looks. @param {Random} random @param {number} i @param {number} count */
function common(random, i, count) {
  const side = Math.sqrt(count * AREA_PER_ELEMENT);
  return {
    x: Math.round((random() - 0.5) * side),
    y: Math.round((random() - 0.5) * side),
    z: `a${String(i).padStart(7, "0")}`,
    color: one(random, COLORS),
    width: one(random, WIDTHS),
  };
}

/** @param {number} count @param {number} seed @returns {[string, Element][]} */
export function strokes(count, seed = 1) {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, i) => [
    `s${seed}-${String(i).padStart(8, "0")}`,
    { kind: "stroke", ...common(random, i, count), points: points(random) },
  ]);
}

/** What each kind needs beside its place; kinds of later are boxes like most. @type {Record<string, (random: Random) => Record<string, string | number | boolean>>} */
const OWN = {
  stroke: (random) => ({ points: points(random) }),
  highlight: (random) => ({ points: points(random), width: 24 }),
  line: (random) => ({ points: points(random) }),
  arrow: (random) => ({ points: points(random), head: "arrow" }),
  text: (random) => ({ text: words(random, 6), size: 20 }),
  note: (random) => ({ text: words(random, 12), w: 200, h: 200, fill: "yellow" }),
};

/** @param {Random} random */
function box(random) {
  return {
    w: 40 + Math.round(random() * 160),
    h: 40 + Math.round(random() * 120),
    ...(random() < 0.3 ? { fill: one(random, COLORS) } : {}),
  };
}

/** @param {Random} random @param {number} count */
function words(random, count) {
  const from = ["board", "stroke", "칠판", "수업", "idea", "question", "together", "그림"];
  return Array.from({ length: count }, () => one(random, from)).join(" ");
}

/** Elements of all kinds that there are, in turn. @param {number} count @param {number} seed @returns {[string, Element][]} */
export function mixed(count, seed = 2) {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, i) => {
    const kind = String(KIND_NAMES[i % KIND_NAMES.length]);
    return [
      `m${seed}-${String(i).padStart(8, "0")}`,
      { kind, ...common(random, i, count), ...(OWN[kind] ?? box)(random) },
    ];
  });
}

export const SCENES = {
  10000: () => strokes(10_000),
  100000: () => strokes(100_000),
  1000: () => strokes(1000),
  mixed: () => mixed(5000),
};
