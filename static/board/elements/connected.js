// The way of a connector: a line or an arrow whose ends stick to elements. What is written of it is where it was when
// somebody last moved it; what is shown is worked out from where the elements are.

import { freeEnd, wayBetween } from "../core/routing.js";
import { anchorOf, endAt } from "./anchor.js";
import { isSet, numberOf, textOf } from "./kind.js";
import { isClosedPath, pathThrough, pointsOfPath, stepOfPath } from "./path-points.js";
import { FIRST_PAGE } from "./sheet.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../core/routing.js").End} End
 * @typedef {import("../core/routing.js").Route} Route
 * @typedef {import("./derived.js").Derivation} Derivation
 * @typedef {import("./derived.js").Get} Get
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Patch} Patch
 */

const EDGE = 1_000_000;
/** As in the protocol: however coarsely the line was drawn, it comes to its elements this finely. */
const FINENESS = 3;

/** @param {Element} element */
export function isConnector(element) {
  const { kind } = element;
  return (kind === "line" || kind === "arrow") && targetsOfConnector(element).length > 0;
}

/** @param {Element} element @returns {string[]} */
export function targetsOfConnector({ from, to }) {
  return [from, to].flatMap((end) => anchorOf(end)?.key ?? []);
}

/** @param {Element} element @returns {Route} */
export function routeOf(element) {
  if (textOf(element, "route") === "elbow") return "elbow";
  return isSet(element, "curve") ? "curve" : "straight";
}

/** Whether nobody has drawn the way itself: it is found anew whenever an end moves. @param {Element} written */
export function findsItsWay(written) {
  const route = routeOf(written);
  if (route === "curve") return isConnector(written) && pointsOfPath(written).length <= 2;
  return route === "elbow";
}

/** The properties of its place and way; empty where they are as they are written. @param {Element} element @param {Get} get @returns {Patch} */
export function wayOf(element, get) {
  const { kind } = element;
  if ((kind !== "line" && kind !== "arrow") || isClosedPath(element)) return {};
  const places = pointsOfPath(element);
  const [first] = places;
  const last = places.at(-1);
  if (!first || !last) return {};
  const width = numberOf(element, "width", 1);
  const from = endOf(element, "from", get, width);
  const to = endOf(element, "to", get, width);
  if (!from && !to) return {};
  const way = wayBetween(from ?? freeEnd(first), to ?? freeEnd(last), {
    route: routeOf(element),
    between: places.slice(1, -1),
    width,
  });
  return pathThrough(way.map(onBoard), Math.max(FINENESS, stepOfPath(element)), false);
}

/** Null where it doesn't stick to anything that is there. @param {Element} element @param {"from" | "to"} name @param {Get} get @param {number} width @returns {End | null} */
function endOf(element, name, get, width) {
  const anchor = anchorOf(element[name]);
  const target = anchor && get(anchor.key);
  if (!target || target.kind === "page") return null;
  const { page = FIRST_PAGE } = element;
  if ((target.page ?? FIRST_PAGE) !== page) return null;
  return endAt(target, anchor.point, width);
}

/** @param {Place} place @returns {Place} */
function onBoard({ x, y }) {
  return { x: Math.min(EDGE, Math.max(-EDGE, x)), y: Math.min(EDGE, Math.max(-EDGE, y)) };
}

/** @type {Derivation} */
export const connected = {
  names: ["from", "to"],
  targets: targetsOfConnector,
  derive(element, get) {
    const way = wayOf(element, get);
    const isNew = Object.entries(way).some(([name, value]) => element[name] !== value);
    return isNew ? way : {};
  },
};
