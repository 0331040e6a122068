// Where pictures that are brought in come to lie: one in the middle of what is seen, several in a tidy grid around it.
// Pure.

/** @typedef {import("../core/geometry.js").Bounds} Bounds */
/** @typedef {import("../core/geometry.js").Place} Place */
/** In board units. @typedef {{x: number, y: number, w: number, h: number}} Box */
/** @typedef {{width: number, height: number}} Size */

/** So much of the view one picture takes at most, and several together. */
const PART = { one: 0.6, several: 0.85 };
/** Between them, as a part of a cell. */
const GAP = 0.06;
/** A row of cells is so much lower than wide, as most photos are. */
const LOW = 0.75;
/** What nothing is known of yet. */
const UNREAD = { width: 4, height: 3 };
const EDGE = 1_000_000;
const SIDE_MIN = 1;

/**
 * A cell for each, in the order of reading.
 * @param {number} count @param {Place} middle @param {Bounds} view @returns {Box[]}
 */
export function cellsFor(count, middle, view) {
  const across = Math.ceil(Math.sqrt(count));
  const down = Math.ceil(count / across);
  const part = count === 1 ? PART.one : PART.several;
  const width = (part * (view.maxX - view.minX)) / (across + GAP * (across - 1));
  const height = (part * (view.maxY - view.minY)) / (down + GAP * (down - 1));
  const w = count === 1 ? width : Math.min(width, height / LOW);
  const h = count === 1 ? height : w * LOW;
  const gap = GAP * w;
  const left = middle.x - (across * w + (across - 1) * gap) / 2;
  const top = middle.y - (down * h + (down - 1) * gap) / 2;
  return Array.from({ length: count }, (_, i) => ({
    x: left + (i % across) * (w + gap),
    y: top + Math.floor(i / across) * (h + gap),
    w,
    h,
  }));
}

/** As large as it is on a screen, unless its cell is smaller. @param {Box} cell @param {Size | null} size in pixels; null: not read yet @param {number} zoom @returns {Box} */
export function boxIn(cell, size, zoom) {
  const { width, height } = size ?? UNREAD;
  const fits = Math.min(cell.w / width, cell.h / height);
  const scale = size ? Math.min(fits, 1 / zoom) : fits;
  const w = sideOf(width * scale);
  const h = sideOf(height * scale);
  return {
    x: inWorld(cell.x + (cell.w - w) / 2),
    y: inWorld(cell.y + (cell.h - h) / 2),
    w,
    h,
  };
}

/** @param {number} length */
function sideOf(length) {
  return Math.min(EDGE, Math.max(SIDE_MIN, Math.round(length * 100) / 100));
}

/** @param {number} place */
function inWorld(place) {
  return Math.min(EDGE, Math.max(-EDGE, Math.round(place * 100) / 100)) || 0;
}
