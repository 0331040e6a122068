// The cloud: bows along an oval, larger and smaller in turn.

import { closedShape } from "./closed.js";
import { flattened } from "./contour.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("./contour.js").Contour} Contour
 * @typedef {import("./contour.js").Piece} Piece
 */

/** How far each bow goes along the oval, beside the others. */
const SIZES = [1.25, 0.95, 1.15, 0.85];
/** What part of a circle a bow is, in radians. */
const BEND = 2.3;
/** For a box as high as wide; a longer one has more of them. */
const BOWS = 8;
const BOWS_MAX = 20;
/** Bows lean out of the oval that their ends are on. */
const STEPS = 240;

/** @param {number} w @param {number} h @returns {Contour} */
function contour(w, h) {
  if (w <= 0 || h <= 0)
    return {
      start: { x: 0, y: 0 },
      pieces: [
        [w, h],
        [0, 0],
      ],
      closed: true,
    };
  const places = bowEnds(w, h);
  const start = /** @type {Place} */ (places[0]);
  const pieces = places.map((from, i) => bow(from, places[(i + 1) % places.length] ?? start));
  return fitted({ start, pieces, closed: true }, w, h);
}

/** On an oval of the box's proportions, equally far apart but for their sizes. @param {number} w @param {number} h @returns {Place[]} */
function bowEnds(w, h) {
  const long = Math.max(w, h) / Math.min(w, h);
  const count = Math.min(BOWS_MAX, 2 * Math.round((BOWS * (1 + long)) / 4));
  const way = [0];
  for (let i = 1; i <= STEPS; i++) {
    const [a, b] = [onOval(w, h, (i - 1) / STEPS), onOval(w, h, i / STEPS)];
    way.push(Number(way.at(-1)) + Math.hypot(b.x - a.x, b.y - a.y));
  }
  const sizes = Array.from({ length: count }, (_, i) => Number(SIZES[i % SIZES.length]));
  const unit = Number(way.at(-1)) / sizes.reduce((sum, size) => sum + size, 0);
  let along = (-unit * Number(sizes[0])) / 2;
  return sizes.map((size) => {
    const place = onOval(w, h, fractionAt(way, along));
    along += size * unit;
    return place;
  });
}

/** From the top clockwise. @param {number} w @param {number} h @param {number} part of a turn */
function onOval(w, h, part) {
  const angle = 2 * Math.PI * part;
  return { x: (w / 2) * (1 + Math.sin(angle)), y: (h / 2) * (1 - Math.cos(angle)) };
}

/** The part of a turn after so long a way. @param {readonly number[]} way @param {number} along */
function fractionAt(way, along) {
  const length = Number(way.at(-1));
  const wanted = (along + length) % length;
  const i = way.findIndex((reached) => reached > wanted);
  const [before, after] = [Number(way[i - 1]), Number(way[i])];
  return (i - 1 + (wanted - before) / (after - before)) / STEPS;
}

/** The arc of a circle, to the left of the way from one end to the other. @param {Place} from @param {Place} to @returns {Piece} */
function bow(from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const handle = ((4 / 3) * Math.tan(BEND / 4)) / (2 * Math.sin(BEND / 2));
  const [along, off] = [handle * Math.cos(BEND / 2), handle * Math.sin(BEND / 2)];
  return [
    from.x + dx * along + dy * off,
    from.y + dy * along - dx * off,
    to.x - dx * along + dy * off,
    to.y - dy * along - dx * off,
    to.x,
    to.y,
  ];
}

/** So that it touches all sides of its box. @param {Contour} line @param {number} w @param {number} h @returns {Contour} */
function fitted(line, w, h) {
  const { xs, ys } = flattened(line);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const across = w / (Math.max(...xs) - left);
  const down = h / (Math.max(...ys) - top);
  const fit = (/** @type {number} */ value, /** @type {number} */ i) =>
    i % 2 === 0 ? (value - left) * across : (value - top) * down;
  return {
    start: { x: fit(line.start.x, 0), y: fit(line.start.y, 1) },
    pieces: line.pieces.map((piece) => piece.map(fit)),
    closed: true,
  };
}

export const cloud = closedShape({
  contour,
  room: (w, h) => ({ x: w * 0.17, y: h * 0.19, w: w * 0.66, h: h * 0.62 }),
});
