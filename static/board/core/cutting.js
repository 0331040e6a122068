// Cutting a line where an eraser went: what is left of it, to the exact place where the eraser's edge was (R16). Pure.

import { distanceToSegment } from "./geometry.js";

/** @typedef {import("./geometry.js").Coordinates} Coordinates */
/** @typedef {{xs: Coordinates, ys: Coordinates, pressures: Coordinates | null}} Line */
/** The way of an eraser's middle, and how far it reaches. @typedef {{xs: Coordinates, ys: Coordinates, radius: number}} Sweep */

/**
 * A part of a line that is left.
 * @typedef {object} Run
 * @property {number[]} xs
 * @property {number[]} ys
 * @property {number[] | null} pressures
 * @property {boolean} first whether it has the line's first point
 * @property {boolean} last whether it has the line's last point
 */

/** What is cut of one segment, as parts of its length. @typedef {{from: number, to: number}} Gap */

/** A shorter gap is the rounding of an earlier cut. */
const GAP_MIN = 1e-6;

/** @param {Line} line @param {Sweep} sweep @returns {Run[] | null} null where nothing of it is cut */
export function cutLine(line, sweep) {
  const last = line.xs.length - 1;
  if (last < 0) return null;
  if (last === 0) return isSwept(at(line.xs, 0), at(line.ys, 0), sweep) ? [] : null;
  const runs = new Runs(line);
  for (let i = 0; i < last; i++) runs.follow(i, gapsIn(line, i, sweep));
  return runs.cut ? runs.done : null;
}

/** How long a part is, from point to point. @param {{xs: Coordinates, ys: Coordinates}} line */
export function lengthOf({ xs, ys }) {
  let length = 0;
  for (let i = 1; i < xs.length; i++)
    length += Math.hypot(at(xs, i) - at(xs, i - 1), at(ys, i) - at(ys, i - 1));
  return length;
}

/** @param {number} x @param {number} y @param {Sweep} sweep */
export function isSwept(x, y, { xs, ys, radius }) {
  for (let i = 0; i < xs.length; i++) {
    const from = Math.max(0, i - 1);
    if (distanceToSegment(x, y, at(xs, from), at(ys, from), at(xs, i), at(ys, i)) <= radius)
      return true;
  }
  return false;
}

/** Gathers what is left while it goes along a line. */
class Runs {
  /** @type {Run[]} */
  done = [];
  cut = false;
  /** @type {Run | null} */
  #open = null;

  /** @param {Line} line */
  constructor(line) {
    this.line = line;
  }

  /** @param {number} i of the segment's first point @param {readonly Gap[]} gaps in order, apart from each other */
  follow(i, gaps) {
    if (gaps.length > 0) this.cut = true;
    let reached = 0;
    for (const { from, to } of gaps) {
      if (from > reached) this.#keep(i, reached, from);
      this.#open = null;
      reached = to;
    }
    if (reached < 1) this.#keep(i, reached, 1);
    else this.#open = null;
  }

  /** @param {number} i @param {number} from @param {number} to */
  #keep(i, from, to) {
    if (!this.#open) {
      const first = i === 0 && from === 0;
      const pressures = this.line.pressures ? [] : null;
      this.#open = { xs: [], ys: [], pressures, first, last: false };
      this.done.push(this.#open);
      this.#add(this.#open, i, from);
    }
    this.#add(this.#open, i, to);
    if (to === 1 && i === this.line.xs.length - 2) this.#open.last = true;
  }

  /** @param {Run} run @param {number} i @param {number} t along the segment that begins there */
  #add(run, i, t) {
    const { xs, ys, pressures } = this.line;
    run.xs.push(between(xs, i, t));
    run.ys.push(between(ys, i, t));
    if (pressures) run.pressures?.push(between(pressures, i, t));
  }
}

/** @param {Line} line @param {number} i @param {Sweep} sweep @returns {Gap[]} */
function gapsIn({ xs, ys }, i, sweep) {
  const ax = at(xs, i);
  const ay = at(ys, i);
  const dx = at(xs, i + 1) - ax;
  const dy = at(ys, i + 1) - ay;
  const length = Math.hypot(dx, dy);
  /** @type {Gap[]} */
  const gaps = [];
  for (let j = 0; j < sweep.xs.length; j++) {
    if (j === 0 && sweep.xs.length > 1) continue;
    const gap = gapAcross({ ax, ay, dx, dy }, sweep, Math.max(0, j - 1), j);
    if (gap && (gap.to - gap.from === 1 || (gap.to - gap.from) * length > GAP_MIN)) gaps.push(gap);
  }
  return gaps.length > 1 ? merged(gaps) : gaps;
}

/** @param {Gap[]} gaps */
function merged(gaps) {
  gaps.sort((a, b) => a.from - b.from);
  /** @type {Gap[]} */
  const apart = [];
  for (const gap of gaps) {
    const before = apart.at(-1);
    if (before && gap.from <= before.to) before.to = Math.max(before.to, gap.to);
    else apart.push({ ...gap });
  }
  return apart;
}

/** @typedef {{ax: number, ay: number, dx: number, dy: number}} Segment */

/**
 * Where a segment is within reach of one straight piece of the sweep: within a circle at either end of it or the
 * rectangle between. Together they are convex, so it is one gap.
 * @param {Segment} segment @param {Sweep} sweep @param {number} from @param {number} to
 * @returns {Gap | null}
 */
function gapAcross(segment, { xs, ys, radius }, from, to) {
  const px = at(xs, from);
  const py = at(ys, from);
  const qx = at(xs, to);
  const qy = at(ys, to);
  if (isApart(segment, px, py, qx, qy, radius)) return null;
  let gap = inCircle(segment, px, py, radius);
  if (px === qx && py === qy) return gap;
  gap = joined(gap, inCircle(segment, qx, qy, radius));
  return joined(gap, inRectangle(segment, px, py, qx, qy, radius));
}

/** Most pieces of a line are nowhere near. @param {Segment} segment @param {number} px @param {number} py @param {number} qx @param {number} qy @param {number} radius */
function isApart({ ax, ay, dx, dy }, px, py, qx, qy, radius) {
  return (
    Math.max(ax, ax + dx) < Math.min(px, qx) - radius ||
    Math.min(ax, ax + dx) > Math.max(px, qx) + radius ||
    Math.max(ay, ay + dy) < Math.min(py, qy) - radius ||
    Math.min(ay, ay + dy) > Math.max(py, qy) + radius
  );
}

/** @param {Segment} segment @param {number} cx @param {number} cy @param {number} radius @returns {Gap | null} */
function inCircle({ ax, ay, dx, dy }, cx, cy, radius) {
  const fx = ax - cx;
  const fy = ay - cy;
  const a = dx * dx + dy * dy;
  const c = fx * fx + fy * fy - radius * radius;
  if (a === 0) return c <= 0 ? { from: 0, to: 1 } : null;
  const b = fx * dx + fy * dy;
  const root = b * b - a * c;
  if (root < 0) return null;
  const half = Math.sqrt(root);
  return within((-b - half) / a, (-b + half) / a);
}

/** @param {Segment} segment @param {number} px @param {number} py @param {number} qx @param {number} qy @param {number} radius @returns {Gap | null} */
function inRectangle({ ax, ay, dx, dy }, px, py, qx, qy, radius) {
  const length = Math.hypot(qx - px, qy - py);
  const ux = (qx - px) / length;
  const uy = (qy - py) / length;
  const along = range((ax - px) * ux + (ay - py) * uy, dx * ux + dy * uy, 0, length);
  if (!along) return null;
  const across = range((ay - py) * ux - (ax - px) * uy, dy * ux - dx * uy, -radius, radius);
  if (!across) return null;
  return within(Math.max(along.from, across.from), Math.min(along.to, across.to));
}

/** Where `start + t × way` lies between two numbers. @param {number} start @param {number} way @param {number} min @param {number} max @returns {Gap | null} */
function range(start, way, min, max) {
  if (way === 0) return min <= start && start <= max ? { from: 0, to: 1 } : null;
  const a = (min - start) / way;
  const b = (max - start) / way;
  return { from: Math.min(a, b), to: Math.max(a, b) };
}

/** @param {number} from @param {number} to @returns {Gap | null} */
function within(from, to) {
  const gap = { from: Math.max(0, from), to: Math.min(1, to) };
  return gap.from < gap.to ? gap : null;
}

/** @param {Gap | null} a @param {Gap | null} b @returns {Gap | null} */
function joined(a, b) {
  if (!a || !b) return a ?? b;
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}

/** @param {Coordinates} numbers @param {number} i @param {number} t */
function between(numbers, i, t) {
  const from = at(numbers, i);
  if (t === 0) return from;
  const to = at(numbers, i + 1);
  return t === 1 ? to : from + (to - from) * t;
}

/** @param {Coordinates} numbers @param {number} index */
function at(numbers, index) {
  return /** @type {number} */ (numbers[index]);
}
