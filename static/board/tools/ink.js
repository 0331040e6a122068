// From the way of a pointer to stroke elements: step, simulated pressure, simplifying, splitting. Pure.

import { encodePoints } from "../core/points.js";
import { simplify, toleranceWithin } from "../core/simplify.js";

/** @typedef {import("../core/points.js").InkPoint} InkPoint */

/** What a transaction can hold with room to spare: the protocol takes 10,000 points and 64 KiB. */
const POINTS_PER_ELEMENT = 8_000;
const CHARACTERS_PER_ELEMENT = 48 * 1024;

/** Coordinates are rounded this finely, and simplifying may take the rest of the allowed error. */
const STEP_PIXELS = 0.25;
export const ERROR_PIXELS = 0.5;

/** Drawing beyond what the protocol takes stops at the edge of the world. */
const EDGE = 1_000_000;

/** A mouse has no pressure: slow is firm, fast is light, and the hand changes within this many ms. */
const FIRM = 0.72;
const LIGHT = 0.38;
const FAST_PIXELS_PER_MS = 3;
const HAND_INERTIA_MS = 70;

/** The protocol's `s`: one step is 2^-s board units. @param {number} zoom */
export function stepExponent(zoom) {
  return Math.min(10, Math.max(-8, Math.ceil(Math.log2(zoom / STEP_PIXELS))));
}

/** @param {number} value */
export function inside(value) {
  return Math.min(EDGE, Math.max(-EDGE, value));
}

/** Whole steps, so that the origin is the same number live and stored. @param {number} value @param {number} step */
export function onGrid(value, step) {
  return Math.round(value * 2 ** step) / 2 ** step || 0;
}

/** Feels for a pressure where the device has none. */
export class SimulatedPressure {
  #pressure = (FIRM + LIGHT) / 2;
  #px = 0;
  #py = 0;
  #time = Number.NaN;

  /** @param {{px: number, py: number, time: number}} sample */
  at({ px, py, time }) {
    const passed = time - this.#time;
    if (passed > 0) {
      const speed = Math.hypot(px - this.#px, py - this.#py) / passed;
      const wanted = FIRM - (FIRM - LIGHT) * Math.min(1, speed / FAST_PIXELS_PER_MS);
      this.#pressure += (wanted - this.#pressure) * (1 - Math.exp(-passed / HAND_INERTIA_MS));
    }
    this.#px = px;
    this.#py = py;
    this.#time = time;
    return this.#pressure;
  }
}

/**
 * The elements of a finished stroke; more than one where it is too long for one.
 * @param {{x: number, y: number, color: string, width: number, opacity?: number | undefined, points: readonly InkPoint[]}} stroke points relative to its origin
 * @param {{zoom: number, z: string}} how
 * @returns {{kind: "stroke", x: number, y: number, z: string, color: string, width: number, opacity?: number, points: string}[]}
 */
export function strokeElements({ x, y, color, width, opacity, points }, { zoom, z }) {
  const step = stepExponent(zoom);
  const kept = simplify(points, toleranceWithin(ERROR_PIXELS / zoom, step));
  return pieces(kept, step, true).map((encoded) => ({
    kind: "stroke",
    x,
    y,
    z,
    color,
    width,
    ...(opacity === undefined ? {} : { opacity }),
    points: encoded,
  }));
}

/** Neighbours share a point, so that the line has no gap. @param {readonly InkPoint[]} points @param {number} step @param {boolean} withPressure @returns {string[]} */
export function pieces(points, step, withPressure) {
  if (points.length <= POINTS_PER_ELEMENT) {
    const encoded = encodePoints(points, step, withPressure);
    if (encoded.length <= CHARACTERS_PER_ELEMENT) return [encoded];
  }
  const middle = points.length >> 1;
  return [
    ...pieces(points.slice(0, middle + 1), step, withPressure),
    ...pieces(points.slice(middle), step, withPressure),
  ];
}
