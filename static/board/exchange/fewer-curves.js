// Outlines of ink in far fewer curves that look the same: long runs of quadratic ones become few cubic ones, each as
// near to the places it stands for as its handles can bring it (least squares), halved where that isn't near enough.
// Pure.

import { SIZES, STEP } from "./recording-path.js";

/** @typedef {[ax: number, ay: number, bx: number, by: number, cx: number, cy: number, dx: number, dy: number]} Cubic */

/** Of a unit: at 100 % an eighth of a pixel, which edges that are smoothed don't show. */
const UNSEEN = 1 / 8;
/** Fewer quadratic curves than this are left as they are. */
const RUN_MIN = 6;
/** So many at once are never one cubic curve. */
const RUN_MAX = 16;
/** Worse by more than this, other places along the curve won't help. */
const HOPEFUL = 16;
const TRIES = 3;
const QUAD = 1 + SIZES[STEP.quad];

/** @param {readonly number[]} path @param {number} [tolerance] @returns {readonly number[]} the same one where there is nothing to win */
export function withFewerCurves(path, tolerance = UNSEEN) {
  if (path.length < RUN_MIN * QUAD) return path;
  /** @type {number[]} */
  const made = [];
  for (let at = 0; at < path.length; ) {
    const end = endOfRun(path, at);
    if (end - at >= RUN_MIN * QUAD) new Run(path, at, end, tolerance).addTo(made);
    else for (let i = at; i < end; i++) made.push(Number(path[i]));
    at = end;
  }
  return made;
}

/** Quadratic curves one after the other, or one step of another sort. @param {readonly number[]} path @param {number} at */
function endOfRun(path, at) {
  let end = at;
  while (end < path.length && path[end] === STEP.quad) end += QUAD;
  return end > at ? end : at + 1 + (SIZES[Number(path[at])] ?? 0);
}

/** Places along a run: where its curves meet (even ones), and in the middle of each. */
class Run {
  /** @param {readonly number[]} path @param {number} at @param {number} end @param {number} tolerance */
  constructor(path, at, end, tolerance) {
    this.path = path;
    this.at = at;
    this.square = tolerance * tolerance;
    this.last = (2 * (end - at)) / QUAD;
    this.xs = new Float64Array(this.last + 1);
    this.ys = new Float64Array(this.last + 1);
    this.lengths = new Float64Array(this.last + 1);
    this.parts = new Float64Array(this.last + 1);
    this.#places();
  }

  #places() {
    const { path, at, xs, ys, lengths, last } = this;
    let x = Number(path[at - 2]);
    let y = Number(path[at - 1]);
    xs[0] = x;
    ys[0] = y;
    for (let i = 2, k = at; i <= last; i += 2, k += QUAD) {
      const nextX = Number(path[k + 3]);
      const nextY = Number(path[k + 4]);
      xs[i - 1] = (x + 2 * Number(path[k + 1]) + nextX) / 4;
      ys[i - 1] = (y + 2 * Number(path[k + 2]) + nextY) / 4;
      xs[i] = x = nextX;
      ys[i] = y = nextY;
    }
    for (let i = 1; i <= last; i++)
      lengths[i] =
        of(lengths, i - 1) + Math.hypot(of(xs, i) - of(xs, i - 1), of(ys, i) - of(ys, i - 1));
  }

  /** @param {number[]} made */
  addTo(made) {
    /** What is still to be done, the next last. @type {[from: number, to: number][]} */
    const spans = [[0, this.last]];
    for (let span = spans.pop(); span; span = spans.pop()) {
      const [from, to] = span;
      const found = to - from > 2 * RUN_MAX ? middle(from, to) : this.#fitted(from, to);
      if (typeof found === "number") spans.push([found, to], [from, found]);
      else made.push(STEP.cube, ...found.slice(2));
    }
  }

  /** One curve for these places; or where to halve them. @param {number} from @param {number} to @returns {Cubic | number} */
  #fitted(from, to) {
    if (to - from === 2) return this.#raised(from);
    const { lengths, parts } = this;
    const whole = of(lengths, to) - of(lengths, from) || 1;
    for (let i = from; i <= to; i++) parts[i] = (of(lengths, i) - of(lengths, from)) / whole;
    for (let tries = 0; ; tries++) {
      const cubic = this.#nearest(from, to);
      const { worst, off } = this.#worst(cubic, from, to);
      if (off <= this.square) return cubic;
      if (tries === TRIES || off > HOPEFUL * this.square) return inside(worst, from, to);
      this.#improve(cubic, from, to);
    }
  }

  /** A quadratic curve as the cubic one that it is. @param {number} from @returns {Cubic} */
  #raised(from) {
    const { path, at, xs, ys } = this;
    const k = at + (from / 2) * QUAD;
    const [ax, ay, dx, dy] = [of(xs, from), of(ys, from), of(xs, from + 2), of(ys, from + 2)];
    const [x, y] = [Number(path[k + 1]), Number(path[k + 2])];
    const third = (/** @type {number} */ end, /** @type {number} */ pull) => (end + 2 * pull) / 3;
    return [ax, ay, third(ax, x), third(ay, y), third(dx, x), third(dy, y), dx, dy];
  }

  /** Where the run leads to from one of its places, and back from it: of length 1. @param {number} i @param {1 | -1} way */
  #direction(i, way) {
    const k = this.at + ((way > 0 ? i : i - 2) / 2) * QUAD;
    let x = Number(this.path[k + 1]) - of(this.xs, i);
    let y = Number(this.path[k + 2]) - of(this.ys, i);
    if (x === 0 && y === 0) {
      x = of(this.xs, i + way) - of(this.xs, i);
      y = of(this.ys, i + way) - of(this.ys, i);
    }
    const length = Math.hypot(x, y) || 1;
    return [x / length, y / length];
  }

  /** The curve with these ends and directions that comes nearest. @param {number} from @param {number} to @returns {Cubic} */
  #nearest(from, to) {
    const { xs, ys, parts } = this;
    const [ax, ay, dx, dy] = [of(xs, from), of(ys, from), of(xs, to), of(ys, to)];
    const [outX = 0, outY = 0] = this.#direction(from, 1);
    const [backX = 0, backY = 0] = this.#direction(to, -1);
    const turn = outX * backX + outY * backY;
    let [aa, ab, bb, a, b] = [0, 0, 0, 0, 0];
    for (let i = from + 1; i < to; i++) {
      const t = of(parts, i);
      const s = 1 - t;
      const one = 3 * s * s * t;
      const two = 3 * s * t * t;
      const start = s * s * s + one;
      const offX = of(xs, i) - ax * start - dx * (1 - start);
      const offY = of(ys, i) - ay * start - dy * (1 - start);
      aa += one * one;
      ab += one * two * turn;
      bb += two * two;
      a += one * (offX * outX + offY * outY);
      b += two * (offX * backX + offY * backY);
    }
    const [out, back] = handles({ aa, ab, bb, a, b }, Math.hypot(dx - ax, dy - ay));
    return [ax, ay, ax + outX * out, ay + outY * out, dx + backX * back, dy + backY * back, dx, dy];
  }

  /** @param {Cubic} cubic @param {number} from @param {number} to */
  #worst([ax, ay, bx, by, cx, cy, dx, dy], from, to) {
    const { xs, ys, parts } = this;
    let [worst, off] = [from, 0];
    for (let i = from + 1; i < to; i++) {
      const t = of(parts, i);
      const s = 1 - t;
      const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
      const x = a * ax + b * bx + c * cx + d * dx - of(xs, i);
      const y = a * ay + b * by + c * cy + d * dy - of(ys, i);
      const square = x * x + y * y;
      if (square > off) [worst, off] = [i, square];
    }
    return { worst, off };
  }

  /** Moves each place along the curve to where the curve is nearest to it (one step of Newton's). @param {Cubic} cubic @param {number} from @param {number} to */
  #improve([ax, ay, bx, by, cx, cy, dx, dy], from, to) {
    const { xs, ys, parts } = this;
    // By powers of t.
    const [x1, y1] = [3 * (bx - ax), 3 * (by - ay)];
    const [x2, y2] = [3 * (cx - 2 * bx + ax), 3 * (cy - 2 * by + ay)];
    const [x3, y3] = [dx - 3 * cx + 3 * bx - ax, dy - 3 * cy + 3 * by - ay];
    for (let i = from + 1; i < to; i++) {
      const t = of(parts, i);
      const offX = ax + t * (x1 + t * (x2 + t * x3)) - of(xs, i);
      const offY = ay + t * (y1 + t * (y2 + t * y3)) - of(ys, i);
      const [goX, goY] = [x1 + t * (2 * x2 + 3 * t * x3), y1 + t * (2 * y2 + 3 * t * y3)];
      const bend =
        goX * goX + goY * goY + offX * (2 * x2 + 6 * t * x3) + offY * (2 * y2 + 6 * t * y3);
      const better = bend === 0 ? t : t - (offX * goX + offY * goY) / bend;
      parts[i] = Math.min(1, Math.max(0, better));
    }
  }
}

/** How long the handles are: never backwards, never so long that the curve would loop. @param {Record<"aa" | "ab" | "bb" | "a" | "b", number>} sums @param {number} chord */
function handles({ aa, ab, bb, a, b }, chord) {
  const whole = aa * bb - ab * ab;
  const [out, back] = [(a * bb - b * ab) / whole, (aa * b - ab * a) / whole];
  const isGood = (/** @type {number} */ each) => each > chord / 1000 && each < 3 * chord;
  return isGood(out) && isGood(back) ? [out, back] : [chord / 3, chord / 3];
}

/** @param {number} from @param {number} to */
function middle(from, to) {
  return from + 2 * Math.round((to - from) / 4);
}

/** The nearest place where curves meet that isn't an end. @param {number} place @param {number} from @param {number} to */
function inside(place, from, to) {
  return Math.min(to - 2, Math.max(from + 2, place + (place % 2)));
}

/** @param {Float64Array} numbers @param {number} index */
function of(numbers, index) {
  return /** @type {number} */ (numbers[index]);
}
