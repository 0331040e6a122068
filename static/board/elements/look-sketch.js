// The hand-drawn look: contours as a hand would draw them, twice over and not quite straight. The same seed gives
// the same lines everywhere.

import { endOf, runsOf } from "./contour.js";
import { coming } from "./later.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("./contour.js").Contour} Contour
 * @typedef {import("./contour.js").Run} Run
 * @typedef {import("./kind.js").Context} Context
 */

/** @typedef {ReturnType<typeof import("../../npm/roughjs.js").default.generator>} Generator */
/** @typedef {NonNullable<Parameters<Generator["line"]>[4]>} Options */

/** Curves, each of eight numbers: from x, y by two handles to x, y. @typedef {Float32Array} Sketch */

/** How a hand draws: for a line of the width 2 as it is, for others larger or smaller with it. */
const NORMAL_WIDTH = 2;
/** The farthest that a hand goes off, in normal widths: what is added to offset and bow at their most. */
const REACH = 3.5;
/** Small things are drawn with more care. */
const CAREFUL_BELOW = 60;
/** A long line bows no more than one of this length. */
const BOW_LENGTH = 120;
const OFFSET = 1.6;
/** Lines that go on in a curve. */
const JOINED = { preserveVertices: true, disableMultiStroke: true };

/** @type {Generator | null} */
let generator = null;
let isAsked = false;

/** Null until it is there; the first call fetches it. */
export function roughGenerator() {
  if (generator || isAsked) return generator;
  isAsked = true;
  coming(
    import("../../npm/roughjs.js").then(({ default: rough }) => {
      generator = rough.generator();
    }),
  );
  return null;
}

/** How far the ink of a sketch may be from its contour. @param {number} width */
export function sketchReach(width) {
  return (REACH * width) / NORMAL_WIDTH;
}

/**
 * @param {Generator} rough @param {readonly Contour[]} contours
 * @param {{width: number, seed: number, once: boolean}} hand `once`: with a single line instead of two
 * @returns {Sketch}
 */
export function sketched(rough, contours, { width, seed, once }) {
  const unit = width / NORMAL_WIDTH;
  /** @type {number[]} */
  const curves = [];
  let part = 0;
  for (const contour of contours) {
    for (const run of runsOf(contour)) {
      const hand = { rough, unit, seed: mixed(seed, ++part) };
      if (run.pieces.every((piece) => piece.length === 2)) sketchLines(curves, run, hand, once);
      else for (const turn of once ? [0] : [0, 1]) sketchCurves(curves, run, hand, turn);
    }
  }
  return Float32Array.from(curves);
}

/** @typedef {{rough: Generator, unit: number, seed: number}} Hand */

/** @param {number[]} curves @param {Run} run @param {Hand} hand @param {boolean} once */
function sketchLines(curves, { start, pieces }, hand, once) {
  let from = start;
  pieces.forEach((piece, i) => {
    const to = endOf(piece);
    const seed = mixed(hand.seed, i);
    addLine(curves, [from.x, from.y, to.x, to.y], { ...hand, seed }, { disableMultiStroke: once });
    from = to;
  });
}

/**
 * @param {number[]} curves @param {readonly number[]} line x, y, x, y
 * @param {Hand} hand @param {Options} options
 */
export function addLine(curves, [x1 = 0, y1 = 0, x2 = 0, y2 = 0], { rough, unit, seed }, options) {
  const length = Math.hypot(x2 - x1, y2 - y1) / unit;
  const drawn = rough.line(0, 0, (x2 - x1) / unit, (y2 - y1) / unit, {
    seed,
    maxRandomnessOffset: OFFSET,
    roughness: care(length),
    bowing: Math.min(1, BOW_LENGTH / Math.max(1, length)),
    ...options,
  });
  addOps(curves, drawn.sets[0]?.ops ?? [], unit, { x: x1, y: y1 });
}

/** A run with curves stays in one line: its joints are moved, and the pieces between them drawn anew. A loop's end is moved apart from its start, as a hand never meets it. @param {number[]} curves @param {Run} run @param {Hand} hand @param {number} turn */
function sketchCurves(curves, { start, pieces }, hand, turn) {
  const { unit } = hand;
  const seed = mixed(hand.seed, turn);
  const chance = chanceOf(seed);
  let from = start;
  let off = offsets(pieces[0], from, unit, chance);
  pieces.forEach((piece, i) => {
    const end = endOf(piece);
    const next = offsets(piece, from, unit, chance);
    const ends = [from.x + off.x, from.y + off.y, end.x + next.x, end.y + next.y];
    const [x1 = 0, y1 = 0, x2, y2 = 0] = piece;
    if (x2 === undefined) addLine(curves, ends, { ...hand, seed: mixed(seed, i) }, JOINED);
    else addCurve(curves, ends, [x1 + 2 * off.x, y1 + 2 * off.y, x2 + 2 * next.x, y2 + 2 * next.y]);
    off = next;
    from = end;
  });
}

/** @param {number[]} curves @param {readonly number[]} ends @param {readonly number[]} handles */
function addCurve(curves, [x1 = 0, y1 = 0, x2 = 0, y2 = 0], handles) {
  curves.push(x1, y1, ...handles, x2, y2);
}

/** Of a short piece less than of a long one. @param {readonly number[] | undefined} piece @param {Place} from @param {number} unit @param {() => number} chance */
function offsets(piece, from, unit, chance) {
  const end = endOf(piece);
  const length = Math.hypot(end.x - from.x, end.y - from.y) / unit;
  const most = Math.min(OFFSET, length / 16);
  return { x: most * (2 * chance() - 1), y: most * (2 * chance() - 1) };
}

/** @param {number[]} curves @param {readonly {op: string, data: number[]}[]} ops @param {number} unit @param {Place} origin */
function addOps(curves, ops, unit, { x, y }) {
  let from = [x, y];
  for (const { op, data } of ops) {
    const places = data.map((value, i) => value * unit + (i % 2 === 0 ? x : y));
    if (op === "bcurveTo") curves.push(...from, ...places);
    from = places.slice(-2);
  }
}

/** @param {number} length in normal widths */
function care(length) {
  return Math.min(1, Math.max(0.4, length / CAREFUL_BELOW));
}

/** A seed of its own for each part: neighbouring seeds would begin alike. Never 0, which stands for no seed. @param {number} seed @param {number} part */
export function mixed(seed, part) {
  let mix = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(part + 1, 0xc2b2ae35);
  mix = Math.imul(mix ^ (mix >>> 15), 0x2c1b3c6d);
  return ((mix ^ (mix >>> 13)) & 0x7fffffff) | 1;
}

/** 0 to 1. @param {number} seed */
function chanceOf(seed) {
  let part = 0;
  return () => mixed(seed, ++part) / 0x80000000;
}

/** Adds it to the path. @param {Pick<Context, "moveTo" | "bezierCurveTo">} ctx @param {Sketch} sketch */
export function traceSketch(ctx, sketch) {
  let x = Number.NaN;
  let y = Number.NaN;
  for (let i = 0; i < sketch.length; i += 8) {
    const [fromX, fromY] = [Number(sketch[i]), Number(sketch[i + 1])];
    if (fromX !== x || fromY !== y) ctx.moveTo(fromX, fromY);
    x = Number(sketch[i + 6]);
    y = Number(sketch[i + 7]);
    ctx.bezierCurveTo(
      Number(sketch[i + 2]),
      Number(sketch[i + 3]),
      Number(sketch[i + 4]),
      Number(sketch[i + 5]),
      x,
      y,
    );
  }
}
