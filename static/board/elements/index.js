// Every kind of element there is. A new kind is a new file, its name here, and a line in others.js. Strokes are there
// from the start; a page fetches the other kinds when its board has one, or once it has come in.

import { arrived, awaited } from "./later.js";
import { stroke } from "./stroke.js";
import { unknown } from "./unknown.js";
import { waiting } from "./waiting.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("./kind.js").Kind} Kind
 */

/** Names of those that this version knows. */
export const KIND_NAMES = /** @type {const} */ ([
  "stroke",
  "highlight",
  "line",
  "arrow",
  "rectangle",
  "ellipse",
  "diamond",
  "triangle",
  "hexagon",
  "star",
  "cloud",
  "bubble",
  "text",
  "note",
  "image",
  "frame",
]);
/** Without a connection they can't come now, and it is asked again. */
const AGAIN_AFTER_MS = 3000;

/** @type {Map<unknown, Kind>} */
const kinds = new Map([
  ...KIND_NAMES.map((name) => /** @type {[string, Kind]} */ ([name, waiting])),
  ["stroke", stroke],
]);
/** What makes a kind one of elements within a frame, once it has come. @type {((kind: Kind) => Kind) | null} */
let clipped = null;
let askedAt = Number.NEGATIVE_INFINITY;
let underWay = false;

/** @param {Readonly<Partial<Record<typeof KIND_NAMES[number], Kind>>>} added */
export function addKinds(added) {
  for (const [name, kind] of Object.entries(added)) kinds.set(name, kind);
  arrived();
}

/** @param {(kind: Kind) => Kind} cut */
export function addClipping(cut) {
  clipped = cut;
}

export function kindsAreThere() {
  return kinds.get("note") !== waiting;
}

/** Whether elements will soon be seen that aren't yet. */
export function kindsAreComing() {
  return underWay;
}

export function fetchKinds() {
  if (kindsAreThere() || underWay || Date.now() < askedAt + AGAIN_AFTER_MS) return;
  askedAt = Date.now();
  underWay = true;
  awaited(
    import("./others.js")
      .catch(() => {})
      .then(() => {
        underWay = false;
        arrived();
      }),
  );
}

/** Kinds of a newer version are shown as labelled boxes (R15). @param {Element} element @returns {Kind} */
export function kindOf(element) {
  const kind = kinds.get(element.kind) ?? unknown;
  if (kind === waiting) fetchKinds();
  return element.clip === undefined ? kind : cutKind(kind);
}

/** @param {Kind} kind */
function cutKind(kind) {
  if (!clipped) fetchKinds();
  return clipped?.(kind) ?? kind;
}

/** Whether two states of an element look alike: all that its receipt adds is the author. @param {Element} a @param {Element} b */
export function looksAlike(a, b) {
  if (a === b) return true;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  names.delete("author");
  for (const name of names) if (a[name] !== b[name]) return false;
  return true;
}

/** The element as it is once its kind has put it where a matrix says. @param {Element} element @param {import("../core/matrix.js").Matrix} matrix @returns {Element} */
export function transformed(element, matrix) {
  return withProps(element, kindOf(element).transform(element, matrix));
}

/** The element after a `set` of these. @param {Element} element @param {import("./kind.js").Patch} patch @returns {Element} */
export function withProps(element, patch) {
  const entries = Object.entries({ ...element, ...patch }).filter(([, value]) => value !== null);
  return Object.freeze(/** @type {Element} */ (Object.fromEntries(entries)));
}
