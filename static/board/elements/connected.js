// The way of a connector: a line or an arrow whose ends stick to elements. What is written of it is where it was when
// somebody last moved it; what is shown is worked out from where the elements are.

import { distanceToPolyline } from "../core/geometry.js";
import { encodePoints } from "../core/points.js";
import { freeEnd, wayBetween } from "../core/routing.js";
import { bentCorners, cornersOf, markedBent, withPieceAt } from "../core/routing-bent.js";
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
/** In board units. */
const NEAR = 1;
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

/** @param {Element} element */
function isElbow(element) {
  return routeOf(element) === "elbow";
}

/** Whether somebody has laid its corners. @param {Element} element */
export function isBent(element) {
  return isElbow(element) && bentCorners(pointsOfPath(element)) !== null;
}

/** The corners of an elbow, its ends included. @param {Element} shown @returns {Place[]} */
export function cornersOfElbow(shown) {
  return isElbow(shown) ? cornersOf(pointsOfPath(shown)) : [];
}

/** An elbow with one of its pieces laid elsewhere. @param {Element} shown @param {number} piece the index of its first corner @param {Place} to @returns {Patch} */
export function withPieceMoved(shown, piece, to) {
  return writtenWay(shown, markedBent(withPieceAt(cornersOfElbow(shown), piece, to)));
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
  const start = endOf(element, element.from, get);
  const end = endOf(element, element.to, get);
  if (!start && !end) return {};
  // Where one of its elements has gone it stays as it was, until the other one moves.
  if (!start && end && element.from !== undefined && isAt(end, last)) return {};
  if (!end && start && element.to !== undefined && isAt(start, first)) return {};
  const way = wayBetween(start ?? freeEnd(first), end ?? freeEnd(last), {
    route: routeOf(element),
    between: places.slice(1, -1),
    width: widthOf(element),
    bent: isElbow(element) ? bentCorners(places) : null,
    loop: anchorOf(element.from)?.key === anchorOf(element.to)?.key,
  });
  return writtenWay(element, way);
}

/** Whether a line that ends there sticks to its element already. @param {End} end @param {Place} place */
function isAt({ at, outline, fixed, gap }, { x, y }) {
  if (fixed || !outline) return Math.hypot(x - at.x, y - at.y) <= NEAR;
  return Math.abs(distanceToPolyline(x, y, outline.xs, outline.ys) - gap) <= gap + NEAR;
}

/**
 * What makes these the places of its way. Its origin stays, if it can: then it is one property that says where the
 * way is, and two people who change it don't mix theirs.
 * @param {Element} element @param {readonly Place[]} places @returns {Patch}
 */
export function writtenWay(element, places) {
  const step = Math.max(FINENESS, stepOfPath(element));
  const x = numberOf(element, "x", 0);
  const y = numberOf(element, "y", 0);
  const all = places.map(onBoard);
  if (all.some((place) => Math.abs(place.x - x) > EDGE || Math.abs(place.y - y) > EDGE))
    return pathThrough(all, step, false);
  const points = all.map((place) => ({ x: place.x - x, y: place.y - y, pressure: 1 }));
  return { points: encodePoints(points, step, false) };
}

/** @param {Element} element */
function widthOf(element) {
  return numberOf(element, "width", 1);
}

/** Null where it doesn't stick to anything that is there. @param {Element} element @param {unknown} written @param {Get} get @returns {End | null} */
function endOf(element, written, get) {
  const anchor = anchorOf(written);
  const target = anchor && get(anchor.key);
  if (!target || target.kind === "page") return null;
  const { page = FIRST_PAGE } = element;
  if ((target.page ?? FIRST_PAGE) !== page) return null;
  return endAt(target, anchor.point, widthOf(element));
}

/** @param {Place} place @returns {Place} */
function onBoard({ x, y }) {
  return { x: Math.min(EDGE, Math.max(-EDGE, x)), y: Math.min(EDGE, Math.max(-EDGE, y)) };
}

/**
 * The way as it is kept for readers who don't find it themselves. Of a curve that finds its own only the ends are: its
 * places would be taken for ones that somebody has drawn.
 * @param {Element} element @param {Get} get @returns {Patch}
 */
export function cachedWay(element, get) {
  const way = wayOf(element, get);
  // What has been laid by hand is remembered where it can't be gone just now.
  if (isBent(element) && !isBent(withWay(element, way))) return {};
  if (routeOf(element) !== "curve" || !findsItsWay(element) || !way.points) return way;
  return writtenWay(element, endsOf(pointsOfPath(withWay(element, way))));
}

/** What else changes where somebody chooses another route. @param {Element} shown as it was @param {Element} written as it is going to be @returns {Patch} */
export function routeChanged(shown, written) {
  const [before, after] = [routeOf(shown), routeOf(written)];
  if (before === after || isClosedPath(shown)) return {};
  const ends = endsOf(pointsOfPath(shown));
  if (after !== "elbow") return before === "elbow" ? writtenWay(written, ends) : {};
  return writtenWay(written, elbowThrough(written, ends));
}

/** An elbow that hangs on nothing. @param {Element} element @param {readonly Place[]} ends @param {Place[] | null} [bent] @returns {Place[]} */
export function elbowThrough(element, ends, bent = null) {
  const [first, last] = [ends[0], ends.at(-1)];
  if (!first || !last) return [...ends];
  const line = {
    route: /** @type {const} */ ("elbow"),
    between: [],
    width: widthOf(element),
    bent,
  };
  return wayBetween(freeEnd(first), freeEnd(last), line);
}

/** With the points that can be moved one by one: of a way that is found those are its ends. @param {Element} shown @param {Element} written @returns {Element} */
export function bendable(shown, written) {
  if (!findsItsWay(written)) return shown;
  return withWay(shown, writtenWay(shown, endsOf(pointsOfPath(shown))));
}

/** An end of an elbow has been moved: where it hangs on nothing nobody else finds its way. @param {Element} element @param {Patch} patch @param {Element} [shown] as it was, with all its corners @returns {Patch} */
export function bentWay(element, patch, shown = element) {
  if (!isElbow(element)) return patch;
  const moved = withWay(element, patch);
  const corners = bentCorners(pointsOfPath(shown));
  const way = elbowThrough(moved, endsOf(pointsOfPath(moved)), corners);
  return { ...patch, ...writtenWay(moved, way) };
}

/** What takes it off the elements that it hangs on. @param {Element} element @returns {Patch} */
export function withoutEnds({ from, to }) {
  return { ...(from !== undefined && { from: null }), ...(to !== undefined && { to: null }) };
}

/** @param {readonly Place[]} places @returns {Place[]} */
function endsOf(places) {
  const last = places.at(-1);
  return places[0] && last ? [places[0], last] : [];
}

/** @param {Element} element @param {Patch} way */
function withWay(element, way) {
  return /** @type {Element} */ ({ ...element, ...way });
}

/** @type {Derivation} */
export const connected = {
  names: "from to".split(" "),
  targets: targetsOfConnector,
  derive(element, get) {
    const way = wayOf(element, get);
    const isNew = Object.entries(way).some(([name, value]) => element[name] !== value);
    return isNew ? way : {};
  },
};
