// Boxes, and how far a place is from a line. Pure.

/** @typedef {{minX: number, minY: number, maxX: number, maxY: number}} Bounds */
/** @typedef {{x: number, y: number}} Place */
/** @typedef {ArrayLike<number>} Coordinates */

/** @param {Bounds} a @param {Bounds} b @returns {Bounds} */
export function union(a, b) {
  return {
    minX: Math.min(a.minX, b.minX),
    minY: Math.min(a.minY, b.minY),
    maxX: Math.max(a.maxX, b.maxX),
    maxY: Math.max(a.maxY, b.maxY),
  };
}

/** Touching counts. @param {Bounds} a @param {Bounds} b */
export function intersects(a, b) {
  return a.minX <= b.maxX && b.minX <= a.maxX && a.minY <= b.maxY && b.minY <= a.maxY;
}

/** Whether the second lies wholly in the first. @param {Bounds} outer @param {Bounds} inner */
export function contains(outer, inner) {
  return (
    outer.minX <= inner.minX &&
    outer.minY <= inner.minY &&
    inner.maxX <= outer.maxX &&
    inner.maxY <= outer.maxY
  );
}

/** @param {Bounds} bounds @param {Place} place */
export function containsPoint(bounds, { x, y }) {
  return bounds.minX <= x && x <= bounds.maxX && bounds.minY <= y && y <= bounds.maxY;
}

/** @param {Bounds} bounds @param {number} by @returns {Bounds} */
export function expand(bounds, by) {
  return {
    minX: bounds.minX - by,
    minY: bounds.minY - by,
    maxX: bounds.maxX + by,
    maxY: bounds.maxY + by,
  };
}

/** The box of a line; null where it has no points. @param {Coordinates} xs @param {Coordinates} ys @returns {Bounds | null} */
export function boundsOfPoints(xs, ys) {
  if (xs.length === 0) return null;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i < xs.length; i++) {
    const x = /** @type {number} */ (xs[i]);
    const y = /** @type {number} */ (ys[i]);
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return { minX, minY, maxX, maxY };
}

/**
 * How far along a segment (0 to 1) the place nearest to (x, y) is.
 * @param {number} x @param {number} y
 * @param {number} ax @param {number} ay @param {number} bx @param {number} by
 */
export function alongSegment(x, y, ax, ay, bx, by) {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  if (length === 0) return 0;
  return Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
}

/**
 * @param {number} x @param {number} y
 * @param {number} ax @param {number} ay @param {number} bx @param {number} by
 */
export function distanceToSegment(x, y, ax, ay, bx, by) {
  const t = alongSegment(x, y, ax, ay, bx, by);
  return Math.hypot(x - (ax + (bx - ax) * t), y - (ay + (by - ay) * t));
}

/**
 * Infinity where the line has no points; one point is a place.
 * @param {number} x @param {number} y
 * @param {Coordinates} xs @param {Coordinates} ys
 */
export function distanceToPolyline(x, y, xs, ys) {
  let nearest = Infinity;
  for (let i = 0; i < xs.length; i++) {
    const from = Math.max(0, i - 1);
    const distance = distanceToSegment(x, y, at(xs, from), at(ys, from), at(xs, i), at(ys, i));
    if (distance < nearest) nearest = distance;
  }
  return nearest;
}

/**
 * Whether a segment has a place in the box: cuts it against each side in turn.
 * @param {number} ax @param {number} ay @param {number} bx @param {number} by
 * @param {Bounds} bounds
 */
export function segmentCrosses(ax, ay, bx, by, bounds) {
  const across = clip(ax, bx - ax, bounds.minX, bounds.maxX, 0, 1);
  if (!across) return false;
  return clip(ay, by - ay, bounds.minY, bounds.maxY, across.from, across.to) !== null;
}

/**
 * The part of a segment between two sides.
 * @param {number} start @param {number} way @param {number} min @param {number} max
 * @param {number} from @param {number} to
 */
function clip(start, way, min, max, from, to) {
  if (way === 0) return min <= start && start <= max ? { from, to } : null;
  const a = (min - start) / way;
  const b = (max - start) / way;
  const part = { from: Math.max(from, Math.min(a, b)), to: Math.min(to, Math.max(a, b)) };
  return part.from <= part.to ? part : null;
}

/** @param {Coordinates} xs @param {Coordinates} ys @param {Bounds} bounds */
export function polylineCrosses(xs, ys, bounds) {
  for (let i = 0; i < xs.length; i++) {
    const from = Math.max(0, i - 1);
    if (segmentCrosses(at(xs, from), at(ys, from), at(xs, i), at(ys, i), bounds)) return true;
  }
  return false;
}

/** @param {Coordinates} numbers @param {number} index */
function at(numbers, index) {
  return /** @type {number} */ (numbers[index]);
}
