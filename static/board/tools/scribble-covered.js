// What a scribble covers: elements whose ink its legs cross again and again, and that lie mostly below it.

import { boundsOfPoints, expand, intersects, union } from "../core/geometry.js";
import { kindOf } from "../elements/index.js";
import { isSet } from "../elements/kind.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./scribble.js").Leg} Leg
 */

/** Where a leg turns it may just touch what it was drawn within: hatching ends at outlines. */
const INNER = { from: 0.12, to: 0.88 };
const LOOKS_PER_LEG = 14;
const CROSSED_MIN = 3;
/** Of an element's width and of its height. */
const COVERED = 0.6;
/** The legs' ends say too little of how far a hand meant to go. */
const GENEROUS = 0.15;
/** Whoever scribbles in an overview of thousands means none of them; and a frame is short. */
const CANDIDATES_MAX = 150;

/** Counts leg by leg: what has been looked at isn't looked at again. */
export class Coverage {
  /** How often each element is crossed, by how many of the legs. @type {Map<string, {crossed: number, looked: number}>} */
  #counts = new Map();
  /** @type {readonly Leg[]} */
  #legs = [];
  /** Around so many of the legs. @type {Bounds | null} */
  #box = null;
  #boxed = 0;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {readonly Leg[]} legs more of them than before, or others @param {number} reach how near to its ink is on it @returns {Set<string>} */
  by(legs, reach) {
    const box = this.#boxOf(legs);
    /** @type {Set<string>} */
    const covered = new Set();
    const candidates = box ? this.editor.spatial.search(box) : [];
    if (!box || candidates.length > CANDIDATES_MAX) return covered;
    const generous = expand(box, GENEROUS * Math.max(box.maxX - box.minX, box.maxY - box.minY));
    for (const key of candidates) {
      const element = this.editor.document.get(key);
      if (!element || isSet(element, "locked") || !this.editor.mayChange(key)) continue;
      if (!liesBelow(kindOf(element).bounds(element), generous)) continue;
      if (this.#crossed(key, element, reach) >= CROSSED_MIN) covered.add(key);
    }
    return covered;
  }

  /** @param {readonly Leg[]} legs */
  #boxOf(legs) {
    if (legs !== this.#legs) {
      this.#counts.clear();
      this.#box = null;
    }
    const more = boxAround(this.#box ? legs.slice(this.#boxed) : legs);
    this.#box = this.#box && more ? union(this.#box, more) : (this.#box ?? more);
    this.#boxed = legs.length;
    this.#legs = legs;
    return this.#box;
  }

  /** @param {string} key @param {Element} element @param {number} reach */
  #crossed(key, element, reach) {
    const count = this.#counts.get(key) ?? { crossed: 0, looked: 0 };
    this.#counts.set(key, count);
    for (; count.looked < this.#legs.length && count.crossed < CROSSED_MIN; count.looked++) {
      const leg = /** @type {Leg} */ (this.#legs[count.looked]);
      if (crosses(leg, element, reach)) count.crossed++;
    }
    return count.crossed;
  }
}

/** @param {readonly Leg[]} legs */
function boxAround(legs) {
  const places = legs.flatMap(({ from, to }) => [from, to]);
  return boundsOfPoints(
    places.map(({ x }) => x),
    places.map(({ y }) => y),
  );
}

/** @param {Bounds} bounds @param {Bounds} box */
function liesBelow(bounds, box) {
  if (!intersects(bounds, box)) return false;
  const across = Math.min(bounds.maxX, box.maxX) - Math.max(bounds.minX, box.minX);
  const down = Math.min(bounds.maxY, box.maxY) - Math.max(bounds.minY, box.minY);
  return (
    across >= COVERED * (bounds.maxX - bounds.minX) && down >= COVERED * (bounds.maxY - bounds.minY)
  );
}

/** @param {Leg} leg @param {Element} element @param {number} reach */
function crosses({ from, to }, element, reach) {
  const { bounds, hit } = kindOf(element);
  const way = boxAround([{ from, to }]);
  if (!way || !intersects(expand(bounds(element), reach), way)) return false;
  for (let i = 0; i <= LOOKS_PER_LEG; i++) {
    const t = INNER.from + ((INNER.to - INNER.from) * i) / LOOKS_PER_LEG;
    if (hit(element, from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t, reach))
      return true;
  }
  return false;
}
