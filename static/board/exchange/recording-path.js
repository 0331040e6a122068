// A path as a canvas takes it, kept as numbers for whoever writes it down. Pure.

/** @typedef {readonly [a: number, b: number, c: number, d: number, e: number, f: number]} Matrix */

/** What a step of a path is; how many numbers follow it stands in SIZES. */
export const STEP = /** @type {const} */ ({ move: 0, line: 1, quad: 2, cube: 3, close: 4 });
export const SIZES = /** @type {const} */ ([2, 2, 4, 6, 0]);
/** Of a quarter of a circle, in radii: how far its handles stand off. */
const QUARTER = 0.5522847498;
/** Curves of more than this of a circle would leave it. */
const ARC_MAX = Math.PI / 2;
const WHOLE = 2 * Math.PI;

/** @param {Matrix} m @param {number} x @param {number} y @returns {[number, number]} */
export function through([a, b, c, d, e, f], x, y) {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** First the second, then the first. @param {Matrix} m @param {Matrix} n @returns {Matrix} */
export function times(m, n) {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    ...through(m, n[4], n[5]),
  ];
}

/** How much longer lines become, whatever their direction. @param {Matrix} m */
export function growthOf([a, b, c, d]) {
  return Math.sqrt(Math.abs(a * d - b * c));
}

/** Steps and their numbers, one after the other, in units of the page. */
export class Path {
  /** @type {number[]} */
  numbers = [];
  #x = 0;
  #y = 0;
  #open = false;

  /** @param {Matrix} m @param {number} x @param {number} y */
  moveTo(m, x, y) {
    this.#add(STEP.move, m, x, y);
    this.#x = x;
    this.#y = y;
    this.#open = true;
  }

  /** @param {Matrix} m @param {number} x @param {number} y */
  lineTo(m, x, y) {
    if (!this.#open) this.moveTo(m, x, y);
    else this.#add(STEP.line, m, x, y);
  }

  /** @param {Matrix} m @param {number} cx @param {number} cy @param {number} x @param {number} y */
  quadraticCurveTo(m, cx, cy, x, y) {
    if (!this.#open) this.moveTo(m, cx, cy);
    this.#add(STEP.quad, m, cx, cy, x, y);
  }

  /** @param {Matrix} m @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} x @param {number} y */
  bezierCurveTo(m, ax, ay, bx, by, x, y) {
    if (!this.#open) this.moveTo(m, ax, ay);
    this.#add(STEP.cube, m, ax, ay, bx, by, x, y);
  }

  /** @param {Matrix} m */
  closePath(m) {
    if (!this.#open) return;
    this.numbers.push(STEP.close);
    // What follows goes on from where it began.
    this.#open = false;
    this.#next = [m, this.#x, this.#y];
  }

  /** @type {[Matrix, number, number] | null} */
  #next = null;

  /** @param {Matrix} m @param {number} x @param {number} y @param {number} w @param {number} h */
  rect(m, x, y, w, h) {
    this.moveTo(m, x, y);
    this.lineTo(m, x + w, y);
    this.lineTo(m, x + w, y + h);
    this.lineTo(m, x, y + h);
    this.closePath(m);
  }

  /** @param {Matrix} m @param {number} x @param {number} y @param {number} w @param {number} h @param {number} radius the same at all corners */
  roundRect(m, x, y, w, h, radius) {
    const r = Math.max(0, Math.min(radius, Math.abs(w) / 2, Math.abs(h) / 2));
    if (r === 0) {
      this.rect(m, x, y, w, h);
      return;
    }
    const off = r * (1 - QUARTER);
    const [right, bottom] = [x + w, y + h];
    this.moveTo(m, x + r, y);
    this.lineTo(m, right - r, y);
    this.bezierCurveTo(m, right - off, y, right, y + off, right, y + r);
    this.lineTo(m, right, bottom - r);
    this.bezierCurveTo(m, right, bottom - off, right - off, bottom, right - r, bottom);
    this.lineTo(m, x + r, bottom);
    this.bezierCurveTo(m, x + off, bottom, x, bottom - off, x, bottom - r);
    this.lineTo(m, x, y + r);
    this.bezierCurveTo(m, x, y + off, x + off, y, x + r, y);
    this.closePath(m);
  }

  /**
   * @param {Matrix} m @param {{x: number, y: number, across: number, down: number, turn: number}} ellipse
   * @param {number} from @param {number} to @param {boolean} back anticlockwise
   */
  ellipse(m, { x, y, across, down, turn }, from, to, back) {
    const place = times(m, [Math.cos(turn), Math.sin(turn), -Math.sin(turn), Math.cos(turn), x, y]);
    const sweep = sweepOf(from, to, back);
    const pieces = Math.max(1, Math.ceil(Math.abs(sweep) / ARC_MAX - 1e-9));
    const each = sweep / pieces;
    const handle = (4 / 3) * Math.tan(each / 4);
    this.lineTo(place, across * Math.cos(from), down * Math.sin(from));
    for (let i = 0; i < pieces; i++) {
      const [a, b] = [from + i * each, from + (i + 1) * each];
      this.bezierCurveTo(
        place,
        across * (Math.cos(a) - handle * Math.sin(a)),
        down * (Math.sin(a) + handle * Math.cos(a)),
        across * (Math.cos(b) + handle * Math.sin(b)),
        down * (Math.sin(b) - handle * Math.cos(b)),
        across * Math.cos(b),
        down * Math.sin(b),
      );
    }
  }

  /** @param {number} step @param {Matrix} m @param {...number} places */
  #add(step, m, ...places) {
    if (this.#next && step !== STEP.move) {
      const [matrix, x, y] = this.#next;
      this.numbers.push(STEP.move, ...through(matrix, x, y));
      this.#open = true;
    }
    this.#next = null;
    this.numbers.push(step);
    for (let i = 0; i < places.length; i += 2)
      this.numbers.push(...through(m, Number(places[i]), Number(places[i + 1])));
  }
}

/** As a canvas has it. @param {number} from @param {number} to @param {boolean} back */
function sweepOf(from, to, back) {
  const turn = back ? from - to : to - from;
  const sweep = turn >= WHOLE ? WHOLE : ((turn % WHOLE) + WHOLE) % WHOLE;
  return back ? -sweep : sweep;
}

/** Each step with its numbers. @param {readonly number[]} numbers @param {(step: number, at: number) => void} each `at`: where its numbers begin */
export function eachStep(numbers, each) {
  for (let at = 0; at < numbers.length; ) {
    const step = Number(numbers[at]);
    each(step, at + 1);
    at += 1 + (SIZES[step] ?? 0);
  }
}
