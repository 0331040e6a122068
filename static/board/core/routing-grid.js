// The cheapest way on a grid of a few lines: short, with few corners, through no element if that can be. Pure.

import { SIDES } from "./routing-outline.js";

/**
 * @typedef {import("./geometry.js").Bounds} Bounds
 * @typedef {import("./geometry.js").Place} Place
 * @typedef {import("./routing-elbow.js").Port} Port
 * @typedef {import("./routing.js").Side} Side
 */

/** @typedef {{xs: number[], ys: number[], middleX: number | null, middleY: number | null}} Grid */
/** @typedef {{from: readonly Port[], to: readonly Port[], around: readonly [Bounds, Bounds]}} Wanted */

/** In board units of way. */
const CORNER = 60;
/** Corners lie in the middle between two elements rather than at one of them. */
const OFF_MIDDLE = 1;
/** So near to an element a corner leaves no more room than for a head: two others are better. */
const NEAR_ELEMENT = 75;
const THROUGH = 2000;
const THROUGH_FACTOR = 20;
const DIRECTIONS = 4;

/** All its corners, and perhaps places between. @param {Wanted} wanted @returns {Place[]} */
export function cheapestWay(wanted) {
  const search = new Search(wanted);
  const end = search.run();
  return search.wayTo(end);
}

class Search {
  /** @type {number[]} */
  #costs;
  /** By state: where it was come from. @type {number[]} */
  #before;
  /** Reached, and not gone on from. @type {number[]} */
  #open = [];
  /** Places where a way turns right at its element. @type {ReadonlySet<number>} */
  #near;
  /** Ports by the place at which the way ends. @type {Map<number, Port[]>} */
  #endings = new Map();

  /** @param {Wanted} wanted */
  constructor(wanted) {
    this.wanted = wanted;
    this.grid = gridOf(wanted);
    const states = this.grid.xs.length * this.grid.ys.length * DIRECTIONS;
    this.#costs = Array(states).fill(Infinity);
    this.#before = Array(states).fill(-1);
    const sided = [...wanted.from, ...wanted.to].filter(({ side }) => side);
    this.#near = new Set(sided.map(({ turn }) => this.#stateAt(turn, 0)));
    for (const port of wanted.to) {
      const node = this.#stateAt(port.turn, 0);
      this.#endings.set(node, [...(this.#endings.get(node) ?? []), port]);
    }
    for (const port of wanted.from)
      for (let direction = 0; direction < DIRECTIONS; direction++)
        if (!port.side || direction === directionOf(port.side))
          this.#improve(this.#stateAt(port.turn, direction), port.cost, -1);
  }

  /** @returns {number} the state at which the way ends */
  run() {
    let best = { state: 0, cost: Infinity };
    for (let state = this.#next(); state >= 0; state = this.#next()) {
      const cost = Number(this.#costs[state]);
      if (cost >= best.cost) break;
      const whole = cost + this.#costOfEnding(state);
      if (whole < best.cost) best = { state, cost: whole };
      for (let direction = 0; direction < DIRECTIONS; direction++) this.#step(state, direction);
    }
    return best.state;
  }

  /** @param {number} end @returns {Place[]} */
  wayTo(end) {
    /** @type {Place[]} */
    const places = [];
    for (let state = end; state >= 0; state = Number(this.#before[state]))
      places.unshift(this.#placeOf(state));
    const [first] = places;
    const last = places.at(-1);
    const from = this.wanted.from.find(
      ({ turn, side }) => isAt(turn, first) && this.#leaves(end, side),
    );
    const to = this.#bestEnding(end)?.port;
    if (from && !isAt(from.start, first)) places.unshift(from.start);
    if (to && !isAt(to.start, last)) places.push(to.start);
    return places;
  }

  /** Whether the way that ends there has begun in this direction. @param {number} end @param {Side | null} side */
  #leaves(end, side) {
    let state = end;
    while (Number(this.#before[state]) >= 0) state = Number(this.#before[state]);
    return side === null || state % DIRECTIONS === directionOf(side);
  }

  /** The cheapest one that can be gone on from; of several the first, so that it is the same one everywhere. */
  #next() {
    let at = -1;
    let least = -1;
    for (let i = 0; i < this.#open.length; i++) {
      const state = Number(this.#open[i]);
      const cost = Number(this.#costs[state]);
      const best = least < 0 ? Infinity : Number(this.#costs[least]);
      if (cost < best || (cost === best && state < least)) [at, least] = [i, state];
    }
    if (at >= 0) this.#open.splice(at, 1);
    return least;
  }

  /** @param {number} state @param {number} direction */
  #step(state, direction) {
    const now = state % DIRECTIONS;
    if ((now + 2) % DIRECTIONS === direction) return;
    const { x, y } = /** @type {Side} */ (SIDES[direction]);
    const { xs, ys } = this.grid;
    const node = (state - now) / DIRECTIONS;
    const across = node % xs.length;
    const down = (node - across) / xs.length;
    const nextAcross = across + x;
    const nextDown = down + y;
    if (nextAcross < 0 || nextDown < 0 || nextAcross >= xs.length || nextDown >= ys.length) return;
    const next = (nextDown * xs.length + nextAcross) * DIRECTIONS + direction;
    const turning = now === direction ? 0 : this.#costOfCorner(state);
    const here = { x: Number(xs[across]), y: Number(ys[down]) };
    const way = this.#costOfWay(here, Number(xs[nextAcross]), Number(ys[nextDown]));
    this.#improve(next, Number(this.#costs[state]) + turning + way, state);
  }

  /** @param {number} state @param {number} cost @param {number} before */
  #improve(state, cost, before) {
    if (state < 0 || cost >= Number(this.#costs[state])) return;
    if (this.#costs[state] === Infinity) this.#open.push(state);
    this.#costs[state] = cost;
    this.#before[state] = before;
  }

  /** @param {number} state */
  #costOfCorner(state) {
    const { x, y } = this.#placeOf(state);
    const { middleX, middleY } = this.grid;
    const isShort = this.#near.has(state - (state % DIRECTIONS));
    return (
      CORNER + (x === middleX || y === middleY ? 0 : OFF_MIDDLE) + (isShort ? NEAR_ELEMENT : 0)
    );
  }

  /** @param {Place} a @param {number} x @param {number} y the next crossing of lines */
  #costOfWay(a, x, y) {
    const length = Math.abs(x - a.x) + Math.abs(y - a.y);
    const [one, other] = this.wanted.around;
    const middleX = (a.x + x) / 2;
    const middleY = (a.y + y) / 2;
    if (!isInside(middleX, middleY, one) && !isInside(middleX, middleY, other)) return length;
    return THROUGH + length * THROUGH_FACTOR;
  }

  /** @param {number} state */
  #costOfEnding(state) {
    return this.#bestEnding(state)?.cost ?? Infinity;
  }

  /** @param {number} state */
  #bestEnding(state) {
    const direction = state % DIRECTIONS;
    /** @type {{port: Port, cost: number} | null} */
    let best = null;
    for (const port of this.#endings.get(state - direction) ?? []) {
      const out = port.side && directionOf(port.side);
      if (out === direction) continue;
      const isStraight = out === null || (out + 2) % DIRECTIONS === direction;
      const cost = port.cost + (isStraight ? 0 : this.#costOfCorner(state));
      if (!best || cost < best.cost) best = { port, cost };
    }
    return best;
  }

  /** @param {number} state */
  #lines(state) {
    const node = Math.floor(state / DIRECTIONS);
    const count = this.grid.xs.length;
    return { across: node % count, down: Math.floor(node / count) };
  }

  /** @param {number} state @returns {Place} */
  #placeOf(state) {
    const { across, down } = this.#lines(state);
    return { x: Number(this.grid.xs[across]), y: Number(this.grid.ys[down]) };
  }

  /** @param {Place} place @param {number} direction */
  #stateAt({ x, y }, direction) {
    const { xs, ys } = this.grid;
    return (ys.indexOf(y) * xs.length + xs.indexOf(x)) * DIRECTIONS + direction;
  }
}

/** @param {number} x @param {number} y @param {Bounds} bounds */
function isInside(x, y, { minX, minY, maxX, maxY }) {
  return x > minX && x < maxX && y > minY && y < maxY;
}

/** @param {Wanted} wanted @returns {Grid} */
function gridOf({ from, to, around: [a, b] }) {
  const middleX = middleBetween(a.minX, a.maxX, b.minX, b.maxX);
  const middleY = middleBetween(a.minY, a.maxY, b.minY, b.maxY);
  const turns = [...from, ...to].map(({ turn }) => turn);
  return {
    xs: inOrder([a.minX, a.maxX, b.minX, b.maxX, middleX, ...turns.map(({ x }) => x)]),
    ys: inOrder([a.minY, a.maxY, b.minY, b.maxY, middleY, ...turns.map(({ y }) => y)]),
    middleX,
    middleY,
  };
}

/** @param {number} min @param {number} max @param {number} otherMin @param {number} otherMax */
function middleBetween(min, max, otherMin, otherMax) {
  if (max <= otherMin) return (max + otherMin) / 2;
  return otherMax <= min ? (otherMax + min) / 2 : null;
}

/** @param {(number | null)[]} values */
function inOrder(values) {
  const all = values.filter((value) => value !== null);
  return [...new Set(all)].sort((a, b) => a - b);
}

/** @param {Side} side */
function directionOf(side) {
  return SIDES.findIndex(({ x, y }) => x === side.x && y === side.y);
}

/** @param {Place} a @param {Place | undefined} b */
function isAt(a, b) {
  return b !== undefined && a.x === b.x && a.y === b.y;
}
