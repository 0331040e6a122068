// Scribbling: a pen that goes to and fro over something wants it gone. Told point by point, at the cost of a few
// comparisons each.

/** @typedef {{x: number, y: number}} Place */
/** @typedef {{x: number, y: number, px: number, py: number, time: number}} Sample */
/** From turn to turn, in board units. @typedef {{from: Place, to: Place}} Leg */

/** In pixels of the screen: less is trembling. */
const TURN_PIXELS = 5;
const LEG_PIXELS = 16;
/** Each leg goes back nearly where the one before came from (cosine). */
const BACK = -0.75;
/** A leg's own way is hardly longer than it is straight. */
const BENT = 1.3;
/** Letters have three or four such strokes in a row, a scribble more. */
const LEGS_MIN = 6;
/** And then it is done: hatching goes on. */
const LEGS_MAX = 120;
/** Together they are so many times as long as the box around them, or they are writing, or hatching. */
const DENSE = 3.4;
/** Nobody writes so fast, in pixels per millisecond. */
const FAST = 0.45;
/** Most of the stroke is such legs. */
const MOST = 0.75;

export class Scribble {
  /** The last legs in a row that go to and fro. @type {Leg[]} */
  legs = [];
  #way = 0;
  #legsWay = 0;
  #began = 0;
  #now = 0;
  /** @type {Sample | null} */
  #start = null;
  /** @type {Sample | null} */
  #farthest = null;
  /** @type {Sample | null} */
  #last = null;
  /** From the start of this leg to its farthest place, and on from there. */
  #wayThere = 0;
  #wayOn = 0;
  #box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };

  /** @param {Sample} sample @returns {boolean} whether a leg has ended here */
  add(sample) {
    const last = this.#last;
    this.#last = sample;
    this.#now = sample.time;
    grow(this.#box, sample);
    if (!last || !this.#start || !this.#farthest) {
      this.#start = this.#farthest = sample;
      this.#began = sample.time;
      return false;
    }
    const step = apart(last, sample);
    this.#way += step;
    this.#wayOn += step;
    if (apart(this.#start, sample) > apart(this.#start, this.#farthest)) {
      this.#farthest = sample;
      this.#wayThere += this.#wayOn;
      this.#wayOn = 0;
      return false;
    }
    return apart(this.#farthest, sample) > TURN_PIXELS && this.#turn(sample);
  }

  /** @param {Sample} sample on the way back */
  #turn(sample) {
    const from = /** @type {Sample} */ (this.#start);
    const to = /** @type {Sample} */ (this.#farthest);
    const length = apart(from, to);
    const isLeg = length >= LEG_PIXELS && this.#wayThere <= BENT * length;
    const before = this.legs.at(-1);
    if (!isLeg || (before && cosine(before, { from, to }) > BACK)) {
      this.legs = [];
      this.#legsWay = 0;
    }
    if (isLeg) {
      this.legs.push({ from, to });
      this.#legsWay += length;
    }
    this.#start = to;
    this.#farthest = sample;
    this.#wayThere = this.#wayOn;
    this.#wayOn = 0;
    return isLeg;
  }

  /** Whether all of it so far looks like wanting something gone. */
  get isOne() {
    const { minX, minY, maxX, maxY } = this.#box;
    return (
      this.legs.length >= LEGS_MIN &&
      this.legs.length <= LEGS_MAX &&
      this.#legsWay >= MOST * this.#way &&
      this.#way >= DENSE * Math.hypot(maxX - minX, maxY - minY) &&
      this.#way >= FAST * (this.#now - this.#began)
    );
  }
}

/** @param {{minX: number, minY: number, maxX: number, maxY: number}} box @param {Sample} sample */
function grow(box, { px, py }) {
  box.minX = Math.min(box.minX, px);
  box.minY = Math.min(box.minY, py);
  box.maxX = Math.max(box.maxX, px);
  box.maxY = Math.max(box.maxY, py);
}

/** @param {Sample} a @param {Sample} b */
function apart(a, b) {
  return Math.hypot(a.px - b.px, a.py - b.py);
}

/** Of the angle between two legs. @param {Leg} a @param {Leg} b */
function cosine(a, b) {
  const [ax, ay] = [a.to.x - a.from.x, a.to.y - a.from.y];
  const [bx, by] = [b.to.x - b.from.x, b.to.y - b.from.y];
  return (ax * bx + ay * by) / (Math.hypot(ax, ay) * Math.hypot(bx, by) || 1);
}
