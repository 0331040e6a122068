// The frame around a selection, and the handles on it. Pure: the same for whoever paints them and whoever takes hold.

import { boundsOfFrame, outOfFrame, withinFrame } from "../elements/box.js";
import { bendable, cornersOfElbow } from "../elements/connected.js";
import { kindOf, kindsAreThere } from "../elements/index.js";
import { isSet } from "../elements/kind.js";
import { middleOfPath } from "../elements/path-points.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../elements/kind.js").Frame} Frame
 */

/**
 * What a selection can be taken hold of by. Of `size`, `across` and `down` say which side or corner: -1, 0 or 1.
 * @typedef {{name: "size", across: number, down: number} & Place
 *   | {name: "turn"} & Place
 *   | {name: "point", index: number} & Place
 *   | {name: "between", index: number} & Place} Handle
 */

/** In pixels of the screen: the frame stands off the ink, and is never too small for its handles. */
const GAP = 4;
/** Around a line with handles of its own, so that those of the frame don't come to lie on them. */
const GAP_AROUND_POINTS = 16;
const SIDE_MIN = 28;
/** A side shorter than this has no handle of its own between those of the corners. */
const SIDE_WITH_HANDLE = 48;
const TURN_AWAY = 24;
/** Beyond it a line's points lie closer than handles do. */
const POINTS_MAX = 60;
/** Between two points that lie closer there is no room for a third handle. */
const BETWEEN_MIN = 36;
/** A shorter piece of an elbow can't be told from a corner. */
const PIECE_MIN = 12;
/** How close the pointer has to come: half of what a finger needs. */
const REACH = { mouse: 8, pen: 12, touch: 22 };
const QUARTER = Math.PI / 2;
const STRAIGHT = 1e-4;

/** @type {readonly [number, number][]} */
const CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
];

/** Asked for of all that is selected, at every movement of the pointer. @type {WeakMap<Element, Bounds>} */
const places = new WeakMap();

/** Where an element stands: without the room that its line takes. @param {Element} element @returns {Bounds} */
export function placeOf(element) {
  let place = places.get(element);
  if (!place) {
    place = boundsOfFrame(kindOf(element).frame(element));
    if (kindsAreThere()) places.set(element, place);
  }
  return place;
}

/** @param {Document} document @param {Iterable<string>} keys @returns {Bounds | null} */
export function placeOfAll(document, keys) {
  const all = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const key of keys) {
    const element = document.get(key);
    if (!element) continue;
    const { minX, minY, maxX, maxY } = placeOf(element);
    if (minX < all.minX) all.minX = minX;
    if (minY < all.minY) all.minY = minY;
    if (maxX > all.maxX) all.maxX = maxX;
    if (maxY > all.maxY) all.maxY = maxY;
  }
  return all.minX <= all.maxX ? all : null;
}

/** Of a single element its own, around several an upright one. @param {Document} document @param {ReadonlySet<string>} keys @returns {Frame | null} */
export function selectionFrame(document, keys) {
  const [first] = keys;
  const element = keys.size === 1 ? document.get(first ?? "") : undefined;
  if (element) return kindOf(element).frame(element);
  const bounds = placeOfAll(document, keys);
  return bounds && uprightFrame(bounds);
}

/** @param {Bounds} bounds @returns {Frame} */
export function uprightFrame({ minX, minY, maxX, maxY }) {
  return { x: minX, y: minY, w: maxX - minX, h: maxY - minY, angle: 0 };
}

/** The frame as it is drawn. @param {Frame} frame @param {number} zoom pixels per board unit @param {boolean} hasPoints @returns {Frame} */
export function drawnFrame({ x, y, w, h, angle }, zoom, hasPoints = false) {
  const gap = hasPoints ? GAP_AROUND_POINTS : GAP;
  const across = Math.max(2 * gap, SIDE_MIN - w * zoom) / 2 / zoom;
  const down = Math.max(2 * gap, SIDE_MIN - h * zoom) / 2 / zoom;
  return { x: x - across, y: y - down, w: w + 2 * across, h: h + 2 * down, angle };
}

/** Whether its sides are parallel to the board's. @param {number} angle */
export function isUpright(angle) {
  return Math.abs(angle - Math.round(angle / QUARTER) * QUARTER) < STRAIGHT;
}

/** Boxes can't be slanted, so several of which one is turned keep their proportions; and so do pictures. @param {Document} document @param {ReadonlySet<string>} keys */
export function keepsProportions(document, keys) {
  for (const key of keys) {
    const element = document.get(key);
    if (element?.kind === "image") return true;
    if (keys.size < 2) return false;
    // What has no angle isn't turned, and most elements have none.
    if (element?.angle && !isUpright(kindOf(element).frame(element).angle)) return true;
  }
  return false;
}

/** @param {Document} document @param {ReadonlySet<string>} keys */
export function hasLocked(document, keys) {
  for (const key of keys) if (isSet(document.get(key) ?? {}, "locked")) return true;
  return false;
}

/** Every handle of a selection, those that lie on top last. @param {Document} document @param {ReadonlySet<string>} keys @param {number} zoom @returns {Handle[]} */
export function handlesOf(document, keys, zoom) {
  const frame = selectionFrame(document, keys);
  if (!frame || hasLocked(document, keys)) return [];
  const points = pointsOf(document, keys);
  if (points.length === 0) {
    const all = frameHandles(drawnFrame(frame, zoom), zoom, !keepsProportions(document, keys));
    return areFrames(document, keys) ? all.filter(({ name }) => name !== "turn") : all;
  }
  const around = points.length > 2 ? frameHandles(drawnFrame(frame, zoom, true), zoom, false) : [];
  return [...around, ...pointHandles(document, keys, points, zoom)];
}

/** Those are never turned. @param {Document} document @param {ReadonlySet<string>} keys */
function areFrames(document, keys) {
  for (const key of keys) if (document.get(key)?.kind !== "frame") return false;
  return true;
}

/** The points of a line that is selected alone; none of other things. @param {Document} document @param {ReadonlySet<string>} keys @returns {Place[]} */
export function pointsOf(document, keys) {
  const [first] = keys;
  const element = keys.size === 1 ? document.get(first ?? "") : undefined;
  if (!element) return [];
  const kind = kindOf(element);
  const points =
    (kind.withHandles && kind.handles?.(handled(document, first ?? "", element))) ?? [];
  return points.length <= POINTS_MAX ? points : [];
}

/** @param {Document} document @param {string} key @param {Element} shown */
function handled(document, key, shown) {
  return bendable(shown, document.written?.(key) ?? shown);
}

/** @param {Frame} drawn @param {number} zoom @param {boolean} sides @returns {Handle[]} */
function frameHandles(drawn, zoom, sides) {
  const at = (/** @type {number} */ across, /** @type {number} */ down) =>
    outOfFrame(drawn, ((across + 1) / 2) * drawn.w, ((down + 1) / 2) * drawn.h);
  /** @type {[number, number][]} */
  const middles = [];
  if (sides && drawn.w * zoom >= SIDE_WITH_HANDLE) middles.push([0, -1], [0, 1]);
  if (sides && drawn.h * zoom >= SIDE_WITH_HANDLE) middles.push([-1, 0], [1, 0]);
  const sizes = [...middles, ...CORNERS].map(
    ([across, down]) => /** @type {Handle} */ ({ name: "size", across, down, ...at(across, down) }),
  );
  return [{ name: "turn", ...outOfFrame(drawn, drawn.w / 2, -TURN_AWAY / zoom) }, ...sizes];
}

/** @param {Document} document @param {ReadonlySet<string>} keys @param {readonly Place[]} points @param {number} zoom @returns {Handle[]} */
function pointHandles(document, keys, points, zoom) {
  const [key] = keys;
  const element = document.get(key ?? "");
  const kind = element && kindOf(element);
  // An elbow finds its corners itself, and a curve that does is drawn out in the middle of its own way.
  if (element?.route === "elbow")
    return [...pieceHandles(element, zoom), ...points.map(pointHandle)];
  const isFound = element && handled(document, key ?? "", element) !== element;
  const halfway = isFound
    ? [middleOfPath(element)]
    : ((element && kind?.betweens?.(element)) ?? []);
  /** @type {Handle[]} */
  const between = [];
  for (let i = 1; kind?.withPointAdded && i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    if (!a || !b || Math.hypot(b.x - a.x, b.y - a.y) * zoom < BETWEEN_MIN) continue;
    const { x, y } = halfway[i - 1] ?? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    between.push({ name: "between", index: i, x, y });
  }
  return [...between, ...points.map(pointHandle)];
}

/** Of an elbow's pieces between its corners: each can be laid elsewhere. @param {Element} element @param {number} zoom @returns {Handle[]} */
function pieceHandles(element, zoom) {
  const corners = cornersOfElbow(element);
  return corners.slice(0, -2).flatMap((a, i) => {
    const b = corners[i + 1];
    if (i === 0 || !b || Math.hypot(b.x - a.x, b.y - a.y) * zoom < PIECE_MIN) return [];
    return [{ name: "between", index: i, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }];
  });
}

/** @param {Place} place @param {number} index @returns {Handle} */
function pointHandle({ x, y }, index) {
  return { name: "point", index, x, y };
}

/**
 * The handle nearest to a pointer that is within its reach. Inside the frame it reaches less far, so that the middle
 * of something small can still be moved.
 * @param {readonly Handle[]} handles @param {Frame} frame @param {Place & {pointerType: "mouse" | "pen" | "touch"}} at
 * @param {number} zoom @returns {Handle | null}
 */
export function handleAt(handles, frame, at, zoom) {
  const drawn = drawnFrame(frame, zoom);
  const inner = Math.max(5, (Math.min(drawn.w, drawn.h) * zoom) / 4);
  const reach = REACH[at.pointerType];
  const within = isWithin(drawn, at) ? Math.min(reach, inner) : reach;
  let nearest = null;
  let least = Infinity;
  for (const handle of handles) {
    const isPoint = handle.name === "point" || handle.name === "between";
    const away = Math.hypot(handle.x - at.x, handle.y - at.y) * zoom;
    if (away <= (isPoint ? reach : within) && away <= least) [nearest, least] = [handle, away];
  }
  return nearest;
}

/** @param {Frame} frame @param {Place} place */
export function isWithin(frame, { x, y }) {
  const inside = withinFrame(frame, x, y);
  return inside.x >= 0 && inside.y >= 0 && inside.x <= frame.w && inside.y <= frame.h;
}

const SIZE_CURSORS = /** @type {const} */ ([
  "ew-resize",
  "nwse-resize",
  "ns-resize",
  "nesw-resize",
]);

/** The arrows of a turned frame's cursors point along its sides. @param {Handle} handle @param {Frame} frame */
export function cursorOf(handle, frame) {
  if (handle.name === "turn") return "grab";
  if (handle.name !== "size") return "move";
  const angle = Math.atan2(handle.down, handle.across) + frame.angle;
  const eighths = Math.round(angle / (Math.PI / 4));
  return SIZE_CURSORS[((eighths % 4) + 4) % 4] ?? "ew-resize";
}
