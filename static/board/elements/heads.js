// What is at the ends of lines: arrowheads and their like, as lines that are drawn with the same pen. Pure.

import { lengthOf } from "../core/cutting.js";

/** @typedef {import("../core/geometry.js").Place} Place */
/** @typedef {{xs: ArrayLike<number>, ys: ArrayLike<number>}} Polyline */

/**
 * @typedef {object} Head
 * @property {Place[][]} lines with the width of the line they belong to
 * @property {number} covers so much of the line's end lies under it
 */

/** As long as this many widths, and a little more where the line is thin. */
const LENGTH = 3.4;
const LENGTH_MORE = 5;
/** A short line keeps a part that is no head. */
const ROOM = 0.7;
const BARB = 0.52;
const TRIANGLE = 0.5;
const DOT = 0.32;
const DIAMOND_LENGTH = 1.1;
const DIAMOND = 0.4;
const BAR = 0.48;
/** So much of its own length the head looks back along the line: what covers the line's end must begin on it. */
const LOOKS_BACK = new Map([
  ["arrow", 0.4],
  ["bar", 0.2],
  ["triangle", 0.9],
]);
/** Neighbouring lines of a filled head reach into each other, so that no gap shows between them. */
const FILLING = 0.68;
const DOT_CORNERS = 24;

/** @param {number} width */
function headLength(width) {
  return LENGTH * width + Math.min(LENGTH_MORE, LENGTH_MORE * width);
}

/**
 * The head at the last place of a line, null where there is none.
 * @param {string} name as in the protocol
 * @param {Polyline} line
 * @param {{width: number, shared: boolean}} how `shared`: the other end has one too
 * @returns {Head | null}
 */
export function headAt(name, line, { width, shared }) {
  const make = HEADS.get(name);
  if (!make || line.xs.length < 2) return null;
  const room = lengthOf(line) * (shared ? ROOM / 2 : ROOM);
  const length = Math.min(headLength(width), room);
  if (!(length > 0)) return null;
  const frame = frameAtEnd(line, length * (LOOKS_BACK.get(name) ?? 1));
  return frame && make(frame, length, width);
}

/** A place so far before the tip and so far to its side. @typedef {(back: number, aside: number) => Place} EndFrame */

/** The head looks along the last part of the line, not along its last trembling. @param {Polyline} line @param {number} reach @returns {EndFrame | null} */
function frameAtEnd({ xs, ys }, reach) {
  const last = xs.length - 1;
  const x = Number(xs[last]);
  const y = Number(ys[last]);
  let from = last - 1;
  while (from > 0 && Math.hypot(x - Number(xs[from]), y - Number(ys[from])) < reach) from--;
  const dx = x - Number(xs[from]);
  const dy = y - Number(ys[from]);
  const length = Math.hypot(dx, dy);
  if (length === 0) return null;
  const ux = dx / length;
  const uy = dy / length;
  return (back, aside) => ({ x: x - ux * back - uy * aside, y: y - uy * back + ux * aside });
}

/** @type {ReadonlyMap<string, (at: EndFrame, length: number, width: number) => Head>} */
const HEADS = new Map([
  [
    "arrow",
    (at, length) => ({
      lines: [[at(length, -BARB * length), at(0, 0), at(length, BARB * length)]],
      covers: 0,
    }),
  ],
  [
    "triangle",
    (at, length, width) => {
      const side = TRIANGLE * length;
      // Twice the area by the way around: the circle that touches all sides.
      const radius = (side * length) / (side + Math.hypot(side, length));
      const corners = [at(0, 0), at(length, -side), at(length, side)];
      return { lines: filled(corners, at(length - radius, 0), radius, width), covers: length };
    },
  ],
  [
    "dot",
    (at, length, width) => {
      const radius = Math.max(DOT * length, width / 2);
      const corners = Array.from({ length: DOT_CORNERS }, (_, i) => {
        const angle = (2 * Math.PI * i) / DOT_CORNERS;
        return at(radius * Math.cos(angle), radius * Math.sin(angle));
      });
      return { lines: filled(corners, at(0, 0), radius, width), covers: radius };
    },
  ],
  [
    "diamond",
    (at, length, width) => {
      const half = (DIAMOND_LENGTH * length) / 2;
      const side = DIAMOND * length;
      const radius = (half * side) / Math.hypot(half, side);
      const corners = [at(0, 0), at(half, -side), at(2 * half, 0), at(half, side)];
      return { lines: filled(corners, at(half, 0), radius, width), covers: 2 * half };
    },
  ],
  ["bar", (at, length) => ({ lines: [[at(0, -BAR * length), at(0, BAR * length)]], covers: 0 })],
]);

/**
 * A filled shape is its outline and smaller ones within it: drawn with the line in one go, so that what is
 * see-through isn't darker where head and line meet.
 * @param {Place[]} corners @param {Place} middle @param {number} radius of the largest circle within @param {number} width
 */
function filled(corners, middle, radius, width) {
  /** @type {Place[][]} */
  const lines = [];
  for (let inset = 0; inset < radius; inset += FILLING * width) {
    const part = (radius - inset) / radius;
    const loop = corners.map(({ x, y }) => ({
      x: middle.x + (x - middle.x) * part,
      y: middle.y + (y - middle.y) * part,
    }));
    lines.push([...loop, .../** @type {Place[]} */ (loop.slice(0, 1))]);
  }
  return [...lines, [middle, middle]];
}
