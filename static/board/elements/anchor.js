// Where the end of a connector sticks to an element, as it is written: "key", or "key@u,v" for a point of its box. Pure.

import { SIDES } from "../core/routing-outline.js";
import { cornersOf, outOfFrame } from "./box.js";
import { kindOf, kindsAreThere } from "./index.js";
import { lineWidth } from "./look.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../core/routing.js").End} End
 * @typedef {import("../core/routing.js").Outline} Outline
 * @typedef {import("../core/routing.js").Side} Side
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Frame} Frame
 */

/** A point of the box; null: the outline, aimed at the middle. @typedef {{key: string, point: {u: number, v: number} | null}} Anchor */

const ANCHOR = /^([\w-]{8,32})(?:@([\d.]+),([\d.]+))?$/;
/** Points so near to a side of the box, as a part of it, are on it. */
const ON_SIDE = 0.02;
const DIGITS = 4;

/** @type {WeakMap<Element, Outline>} */
const outlines = new WeakMap();

/** @param {unknown} written @returns {Anchor | null} */
export function anchorOf(written) {
  if (typeof written !== "string") return null;
  const [, key, u, v] = ANCHOR.exec(written) ?? [];
  if (!key) return null;
  const point = { u: Number(u), v: Number(v) };
  const isFixed = within(point.u) && within(point.v);
  return { key, point: isFixed ? point : null };
}

/** @param {number} part */
function within(part) {
  return part >= 0 && part <= 1;
}

/** @param {Anchor} anchor */
export function writtenAnchor({ key, point }) {
  if (!point) return key;
  const part = (/** @type {number} */ value) => Number(value.toFixed(DIGITS));
  return `${key}@${part(point.u)},${part(point.v)}`;
}

/** The closed line on the board at which connectors end. @param {Element} element @returns {Outline} */
export function outlineOf(element) {
  let outline = outlines.get(element);
  if (outline) return outline;
  const kind = kindOf(element);
  outline = kind.outline?.(element) ?? around(kind.frame(element));
  // Text has another size once its font is there.
  if (kindsAreThere() && kind.outline) outlines.set(element, outline);
  return outline;
}

/** @param {Frame} frame @returns {Outline} */
function around(frame) {
  const [first, ...others] = cornersOf(frame);
  const corners = [first, ...others, first];
  return { xs: corners.map(({ x }) => x), ys: corners.map(({ y }) => y) };
}

/** @param {Element} element @param {{u: number, v: number}} point @returns {Place} on the board */
export function pointOn(element, { u, v }) {
  const frame = kindOf(element).frame(element);
  return outOfFrame(frame, u * frame.w, v * frame.h);
}

/** @param {Element} element that it sticks to @param {Anchor["point"]} point @param {number} width of the connector @returns {End} */
export function endAt(element, point, width) {
  const { angle } = kindOf(element).frame(element);
  return {
    at: pointOn(element, point ?? { u: 1 / 2, v: 1 / 2 }),
    outline: outlineOf(element),
    fixed: point !== null,
    sides: point ? sidesAt(point, angle) : SIDES,
    gap: width + (Object.hasOwn(element, "width") ? lineWidth(element) / 2 : 0),
  };
}

/** Where a line may leave from a point: out of the side that it is on. @param {{u: number, v: number}} point @param {number} angle @returns {readonly Side[]} */
function sidesAt({ u, v }, angle) {
  /** @type {Side[]} */
  const on = [];
  if (u >= 1 - ON_SIDE) on.push(turned(0, angle));
  if (v >= 1 - ON_SIDE) on.push(turned(1, angle));
  if (u <= ON_SIDE) on.push(turned(2, angle));
  if (v <= ON_SIDE) on.push(turned(3, angle));
  return on.length > 0 ? on : SIDES;
}

/** The nearest direction along an axis. @param {number} side @param {number} angle */
function turned(side, angle) {
  const quarters = Math.round(angle / (Math.PI / 2));
  return /** @type {Side} */ (SIDES[(((side + quarters) % 4) + 4) % 4]);
}
