// Elbows that somebody has bent: their pieces stay where they have been laid, beside and between the ends as far as
// before. A place in the middle of a straight piece says so, which no way has that was found. Pure.

import { boundsOfEnd, exitOf, gapsBetween, hundredths, rounded } from "./routing-outline.js";

/**
 * @typedef {import("./geometry.js").Bounds} Bounds
 * @typedef {import("./geometry.js").Place} Place
 * @typedef {import("./routing.js").End} End
 * @typedef {import("./routing.js").Side} Side
 */

/** In board units: what is written is rounded, and its middle with it. */
const ROUGH = 0.3;
/** Where a shorter piece has a place in its middle, rounding may have put it there. */
const MARKED_MIN = 2;
/** Ends that have moved less haven't. */
const STILL = 0.2;
/** Beyond it nobody has laid it by hand. */
const CORNERS_MAX = 12;

/** The corners, ends included, of an elbow that somebody has bent; null: it finds its way. @param {readonly Place[]} places as they are written @returns {Place[] | null} */
export function bentCorners(places) {
  if (!places.some((place, i) => isMark(places[i - 1], place, places[i + 1]))) return null;
  const corners = cornersOf(places);
  const isElbow = corners.every((place, i) => i === 0 || isAxial(corners[i - 1], place));
  return isElbow && corners.length >= 4 && corners.length <= CORNERS_MAX ? corners : null;
}

/** The same way, known as bent: with the middle of its longest piece between two corners. @param {readonly Place[]} corners @returns {Place[]} */
export function markedBent(corners) {
  let longest = MARKED_MIN;
  let at = -1;
  for (let i = 1; i + 2 < corners.length; i++) {
    const length = lengthOf(corners, i);
    if (length > longest) [longest, at] = [length, i];
  }
  const [a, b] = [corners[at], corners[at + 1]];
  if (!a || !b) return [...corners];
  return corners.toSpliced(at + 1, 0, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
}

/** The corners with one piece laid elsewhere. @param {readonly Place[]} corners @param {number} piece the index of its first corner @param {Place} to @returns {Place[]} */
export function withPieceAt(corners, piece, to) {
  const [a, b] = [corners[piece], corners[piece + 1]];
  if (!a || !b) return [...corners];
  const moved = isUpright(a, b) ? { x: to.x } : { y: to.y };
  return corners.with(piece, { ...a, ...moved }).with(piece + 1, { ...b, ...moved });
}

/** Whether a piece goes up or down. @param {Place} a @param {Place} b */
export function isUpright(a, b) {
  return Math.abs(b.x - a.x) < Math.abs(b.y - a.y);
}

/**
 * The way between ends that may have been moved since it was bent; null where it would go through what it joins, or
 * leave it on a side where it can't.
 * @param {End} from @param {End} to @param {readonly Place[]} corners @returns {Place[] | null}
 */
export function bentBetween(from, to, corners) {
  const first = leaving(rounded(from), corners);
  const last = leaving(rounded(to), corners.toReversed());
  const moved = movedCorners(corners, first, last);
  const start = exitTowards(rounded(from), moved[0], isFlat(corners, 0));
  const end = exitTowards(rounded(to), moved.at(-1), isFlat(corners, corners.length - 2));
  if (!start || !end) return null;
  const all = [start, ...aligned(moved, corners, { start, end }), end];
  return isFree(all, from, to) ? all : null;
}

/** Where it would leave on the side that it has left on: where it is still, its first piece may just have been laid on the other one. @param {End} end @param {readonly Place[]} corners from there @returns {Place} */
function leaving(end, [a, b]) {
  if (!a || !b) return end.at;
  const side = sideTo(a, b, isUpright(a, b));
  const other = exitOf(end, sideTo(b, a, isUpright(a, b)));
  return Math.hypot(other.x - a.x, other.y - a.y) < STILL ? other : exitOf(end, side);
}

/** Those between the ends. @param {readonly Place[]} corners @param {Place} start @param {Place} end @returns {Place[]} */
function movedCorners(corners, start, end) {
  const [a, b] = [corners[0], corners.at(-1)];
  if (!a || !b) return [];
  return corners.slice(1, -1).map(({ x, y }) => ({
    x: movedAlong(x, { a: a.x, b: b.x, start: start.x, end: end.x }),
    y: movedAlong(y, { a: a.y, b: b.y, start: start.y, end: end.y }),
  }));
}

/** Between the ends in the same part of the way, beyond one of them as far from it. @param {number} at @param {{a: number, b: number, start: number, end: number}} ends as they were, and as they are */
function movedAlong(at, { a, b, start, end }) {
  if (Math.abs(start - a) < STILL && Math.abs(end - b) < STILL) return at;
  const part = (at - a) / (b - a);
  if (part > 0 && part < 1) return hundredths(start + part * (end - start));
  return hundredths(Math.abs(at - a) <= Math.abs(at - b) ? at + start - a : at + end - b);
}

/** Where a straight line to the first piece leaves the element, on one side or the other. @param {End} end @param {Place | undefined} to @param {boolean} flat whether across @returns {Place | null} */
function exitTowards(end, to, flat) {
  if (!to) return null;
  const side = sideTo(end.at, to, !flat);
  if (!end.sides.some(({ x, y }) => x === side.x && y === side.y)) return null;
  const exit = exitOf(end, side);
  const along = flat ? (to.x - exit.x) * side.x : (to.y - exit.y) * side.y;
  return along >= 0 ? exit : null;
}

/** @param {Place} from @param {Place} to @param {boolean} upright @returns {Side} */
function sideTo(from, to, upright) {
  if (upright) return to.y < from.y ? { x: 0, y: -1 } : { x: 0, y: 1 };
  return to.x < from.x ? { x: -1, y: 0 } : { x: 1, y: 0 };
}

/** The first and the last piece come to where the ends are. @param {readonly Place[]} moved @param {readonly Place[]} corners @param {{start: Place, end: Place}} ends @returns {Place[]} */
function aligned(moved, corners, { start, end }) {
  const [first, last] = [moved[0], moved.at(-1)];
  if (!first || !last) return [];
  const head = isFlat(corners, 0) ? { ...first, y: start.y } : { ...first, x: start.x };
  const all = moved.with(0, head);
  const tail = all[all.length - 1] ?? head;
  const isAcross = isFlat(corners, corners.length - 2);
  return all.with(-1, isAcross ? { ...tail, y: end.y } : { ...tail, x: end.x });
}

/** @param {readonly Place[]} corners @param {number} piece */
function isFlat(corners, piece) {
  const [a, b] = [corners[piece], corners[piece + 1]];
  return a !== undefined && b !== undefined && !isUpright(a, b);
}

/** Whether it goes through neither of its elements; where they lie over each other there is no other way. @param {readonly Place[]} all @param {End} from @param {End} to */
function isFree(all, from, to) {
  const boxes = { from: boundsOfEnd(from), to: boundsOfEnd(to) };
  const { x, y } = gapsBetween(boxes.from, boxes.to);
  if (x < 0 && y < 0) return true;
  const last = all.length - 2;
  return all
    .slice(1)
    .every(
      (place, i) =>
        (i === 0 || !meets(all[i], place, from.outline && boxes.from)) &&
        (i === last || !meets(all[i], place, to.outline && boxes.to)),
    );
}

/** @param {Place | undefined} a @param {Place} b @param {Bounds | null} box */
function meets(a, b, box) {
  if (!a || !box) return false;
  return (
    Math.max(a.x, b.x) > box.minX &&
    Math.min(a.x, b.x) < box.maxX &&
    Math.max(a.y, b.y) > box.minY &&
    Math.min(a.y, b.y) < box.maxY
  );
}

/** @param {Place | undefined} before @param {Place} place @param {Place | undefined} after */
function isMark(before, place, after) {
  if (!before || !after || !isStraight(before, place, after)) return false;
  const { x, y } = { x: (before.x + after.x) / 2, y: (before.y + after.y) / 2 };
  const length = Math.hypot(after.x - before.x, after.y - before.y);
  return length > MARKED_MIN && Math.hypot(place.x - x, place.y - y) <= ROUGH;
}

/** @param {readonly Place[]} places @returns {Place[]} without those on a straight piece */
export function cornersOf(places) {
  /** @type {Place[]} */
  const corners = [];
  for (const place of places) {
    const [before, last] = [corners.at(-2), corners.at(-1)];
    if (last && isSame(last, place)) continue;
    if (before && last && isStraight(before, last, place)) corners.pop();
    corners.push(place);
  }
  return corners;
}

/** @param {Place} a @param {Place} b @param {Place} c */
function isStraight(a, b, c) {
  return (a.x === b.x && b.x === c.x) || (a.y === b.y && b.y === c.y);
}

/** @param {Place | undefined} a @param {Place} b */
function isAxial(a, b) {
  return a !== undefined && (a.x === b.x || a.y === b.y);
}

/** @param {Place} a @param {Place} b */
function isSame(a, b) {
  return a.x === b.x && a.y === b.y;
}

/** @param {readonly Place[]} corners @param {number} i */
function lengthOf(corners, i) {
  const [a, b] = [corners[i], corners[i + 1]];
  return a && b ? Math.abs(b.x - a.x) + Math.abs(b.y - a.y) : 0;
}
