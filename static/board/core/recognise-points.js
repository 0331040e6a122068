// The points of a stroke as recognising needs them: evenly apart, and where it turns. Pure.

/** @typedef {import("./geometry.js").Place} Place */

/** @param {readonly Place[]} points @param {number} count @returns {{places: Place[], length: number} | null} null where there is no way between them */
export function resampled(points, count) {
  const along = [0];
  for (let i = 1; i < points.length; i++)
    along.push(Number(along[i - 1]) + distance(at(points, i - 1), at(points, i)));
  const length = along.at(-1) ?? 0;
  if (!(length > 0)) return null;
  /** @type {Place[]} */
  const places = [];
  let i = 1;
  for (let n = 0; n < count; n++) {
    const wanted = (length * n) / (count - 1);
    while (i < points.length - 1 && Number(along[i]) < wanted) i++;
    const step = Number(along[i]) - Number(along[i - 1]);
    const t = step > 0 ? Math.min(1, (wanted - Number(along[i - 1])) / step) : 1;
    places.push(between(at(points, i - 1), at(points, i), t));
  }
  return { places, length };
}

/**
 * Indices of ends and corners: what lies off the straight line between others by more than a part of the whole size.
 * @param {readonly Place[]} places @param {number} part
 */
export function cornersAlong(places, part) {
  const tolerance = part * sizeOf(places);
  const kept = new Set([0, places.length - 1]);
  const spans = [[0, places.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = /** @type {[number, number]} */ (span);
    const worst = farthestBetween(places, from, to);
    if (worst.beside <= tolerance) continue;
    kept.add(worst.index);
    spans.push([from, worst.index], [worst.index, to]);
  }
  return [...kept].sort((a, b) => a - b);
}

/** @param {readonly Place[]} places @param {number} from @param {number} to */
function farthestBetween(places, from, to) {
  let worst = { index: from, beside: 0 };
  for (let i = from + 1; i < to; i++) {
    const beside = distanceTo(at(places, i), at(places, from), at(places, to));
    if (beside > worst.beside) worst = { index: i, beside };
  }
  return worst;
}

/** From a place to a straight line between two. @param {Place} place @param {Place} a @param {Place} b */
export function distanceTo(place, a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const squared = dx * dx + dy * dy;
  const along = squared > 0 ? ((place.x - a.x) * dx + (place.y - a.y) * dy) / squared : 0;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(place.x - a.x - t * dx, place.y - a.y - t * dy);
}

/** Across the box around them. @param {readonly Place[]} places */
export function sizeOf(places) {
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  return Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
}

/** @param {Place} a @param {Place} b */
export function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** @param {Place} a @param {Place} b @param {number} t @returns {Place} */
function between(a, b, t) {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

/** @param {readonly Place[]} places @param {number} i */
function at(places, i) {
  return /** @type {Place} */ (places[i]);
}
