// What templates are drawn with: elements in the order in which they come, lowest first.

import { elementKey } from "../../core/ids.js";
import { encodePoints } from "../../core/points.js";

/**
 * @typedef {import("../../core/fold.js").Element} Element
 * @typedef {import("../../protocol").Properties} Properties
 * @typedef {readonly [x: number, y: number]} Spot
 */

/** Quarters of a unit: nobody sees finer ones, and positions stay short. */
const STEP = 2;
const INK = "black";
const LINE = 2;
/** Digits of an order key: enough for the largest template. */
const ORDER_DIGITS = 3;

/** A drawing around no particular place, in board units; whoever puts it on a board moves it there. */
export class Drawing {
  /** @type {[string, Element][]} */
  elements = [];
  #shared;

  /** @param {Properties} shared properties that all of it has */
  constructor(shared = {}) {
    this.#shared = shared;
  }

  /** @param {string} kind @param {Properties} props @returns {string} its key */
  add(kind, props) {
    const key = elementKey();
    const z = `a${String(this.elements.length).padStart(ORDER_DIGITS, "0")}V`;
    this.elements.push([key, Object.freeze({ kind, z, ...this.#shared, ...props })]);
    return key;
  }

  /** @param {string} kind a closed one @param {number} x @param {number} y @param {number} w @param {number} h @param {Properties} props */
  shape(kind, x, y, w, h, props = {}) {
    return this.add(kind, { x, y, w, h, color: INK, width: LINE, ...props });
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h @param {Properties} props */
  box(x, y, w, h, props = {}) {
    return this.shape("rectangle", x, y, w, h, props);
  }

  /** @param {readonly Spot[]} spots @param {Properties} props */
  line(spots, props = {}) {
    return this.#along("line", spots, props);
  }

  /** @param {readonly Spot[]} spots @param {Properties} props */
  arrow(spots, props = {}) {
    return this.#along("arrow", spots, { head: "arrow", ...props });
  }

  /** From the outline of one to that of another. @param {string} from @param {string} to keys @param {readonly Spot[]} spots where it goes as long as nobody moves them @param {Properties} props */
  connector(from, to, spots, props = {}) {
    return this.arrow(spots, { from, to, ...props });
  }

  /** One line or some, from a corner on. @param {number} x @param {number} y @param {string} text @param {Properties} props */
  text(x, y, text, props = {}) {
    return this.add("text", { x, y, text, color: INK, size: 20, ...props });
  }

  /** In the middle of a width. @param {number} x @param {number} y @param {number} w @param {string} text @param {Properties} props */
  heading(x, y, w, text, props = {}) {
    return this.text(x, y, text, { w, wrap: true, align: "center", bold: true, ...props });
  }

  /** @param {number} x @param {number} y @param {string} fill @param {string} text @param {number} side */
  note(x, y, fill, text = "", side = 140) {
    return this.add("note", { x, y, w: side, h: side, fill, text, size: 18 });
  }

  /** @param {string} kind @param {readonly Spot[]} spots @param {Properties} props */
  #along(kind, spots, props) {
    const [[x, y] = [0, 0]] = spots;
    const points = spots.map(([px, py]) => ({ x: px - x, y: py - y, pressure: 1 }));
    return this.add(kind, {
      ...{ x, y, color: INK, width: LINE },
      points: encodePoints(points, STEP, false),
      ...props,
    });
  }
}
