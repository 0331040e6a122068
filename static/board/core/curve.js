// A smooth curve through points, as short straight pieces: what is drawn, hit, cut and measured is the same line. Pure.

/** @typedef {import("./geometry.js").Coordinates} Coordinates */
/** @typedef {{xs: number[], ys: number[]}} Polyline */

const PIECES_MAX = 48;
const CORNER_PIECES = 10;
/** Of a whole curve, however many points a hostile page gives it. */
const PIECES_IN_ALL = 30_000;
/** A handle is a third of its chord, longer where the curve turns much, but never so long that it loops. */
const HANDLE_MAX = 0.62;

/** Whether it ends where it began. @param {Coordinates} xs @param {Coordinates} ys */
export function isClosed(xs, ys) {
  const last = xs.length - 1;
  return last > 2 && xs[0] === xs[last] && ys[0] === ys[last];
}

/** Whether a place is within a closed line: a ray from it meets the line an odd number of times. @param {number} x @param {number} y @param {Coordinates} xs @param {Coordinates} ys */
export function isWithin(x, y, xs, ys) {
  let within = false;
  for (let i = 1; i < xs.length; i++) {
    const [ax, ay] = [at(xs, i - 1), at(ys, i - 1)];
    const [bx, by] = [at(xs, i), at(ys, i)];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
  }
  return within;
}

/**
 * Straight pieces that leave the curve by no more than the tolerance.
 * @param {Coordinates} xs @param {Coordinates} ys @param {number} tolerance
 * @param {number} corner where it turns by more than the angle with this cosine it stays sharp
 * @returns {Polyline}
 */
export function flattened(xs, ys, tolerance, corner = -1) {
  const count = xs.length;
  if (count < 3) return { xs: listed(xs), ys: listed(ys) };
  const handles = handlesThrough(xs, ys, corner);
  const most = Math.max(1, Math.min(PIECES_MAX, Math.floor(PIECES_IN_ALL / count)));
  /** @type {Polyline} */
  const line = { xs: [at(xs, 0)], ys: [at(ys, 0)] };
  for (let i = 1; i < count; i++) {
    const cubicX = cubicOf(xs, handles, i, 0);
    const cubicY = cubicOf(ys, handles, i, 1);
    addCubic(line, cubicX, cubicY, Math.min(most, piecesFor(cubicX, cubicY, tolerance)));
  }
  return line;
}

/**
 * The curve as the canvas has it: for each point but the first [x1, y1, x2, y2, x, y].
 * @param {Coordinates} xs @param {Coordinates} ys
 * @returns {number[][]}
 */
export function curvesThrough(xs, ys) {
  const handles = handlesThrough(xs, ys, -1);
  return Array.from({ length: Math.max(0, xs.length - 1) }, (_, i) => {
    const [, x1, x2, x] = cubicOf(xs, handles, i + 1, 0);
    const [, y1, y2, y] = cubicOf(ys, handles, i + 1, 1);
    return [x1, y1, x2, y2, x, y];
  });
}

/**
 * The same line with its corners rounded off, from so far before them to as far behind, or to the middle of a short
 * side.
 * @param {Coordinates} xs @param {Coordinates} ys @param {number} reach
 * @returns {Polyline}
 */
export function withRoundCorners(xs, ys, reach) {
  const last = xs.length - 1;
  const closed = isClosed(xs, ys);
  if (last < 2) return { xs: listed(xs), ys: listed(ys) };
  /** @type {Polyline} */
  const line = { xs: [], ys: [] };
  if (!closed) add(line, at(xs, 0), at(ys, 0));
  for (let i = 1; i < (closed ? last + 1 : last); i++)
    addRoundCorner(line, xs, ys, [i - 1, i, i === last ? 1 : i + 1], reach);
  if (closed) add(line, at(line.xs, 0), at(line.ys, 0));
  else add(line, at(xs, last), at(ys, last));
  return line;
}

/** @param {Polyline} line @param {Coordinates} xs @param {Coordinates} ys @param {[number, number, number]} three @param {number} reach */
function addRoundCorner(line, xs, ys, [before, i, after], reach) {
  const [x, y] = [at(xs, i), at(ys, i)];
  const [fromX, fromY] = towards(x, y, at(xs, before), at(ys, before), reach);
  const [toX, toY] = towards(x, y, at(xs, after), at(ys, after), reach);
  for (let piece = 0; piece <= CORNER_PIECES; piece++) {
    const t = piece / CORNER_PIECES;
    const s = 1 - t;
    add(
      line,
      s * s * fromX + 2 * s * t * x + t * t * toX,
      s * s * fromY + 2 * s * t * y + t * t * toY,
    );
  }
}

/** @param {number} x @param {number} y @param {number} otherX @param {number} otherY @param {number} reach @returns {[number, number]} */
function towards(x, y, otherX, otherY, reach) {
  const length = Math.hypot(otherX - x, otherY - y);
  const part = length > 0 ? Math.min(1 / 2, reach / length) : 0;
  return [x + (otherX - x) * part, y + (otherY - y) * part];
}

/** @param {Polyline} line @param {number} x @param {number} y */
function add({ xs, ys }, x, y) {
  xs.push(x);
  ys.push(y);
}

/** The four numbers of a piece of the curve, from point to point. @param {Coordinates} numbers @param {Float64Array} handles @param {number} i of its end @param {0 | 1} axis @returns {[number, number, number, number]} */
function cubicOf(numbers, handles, i, axis) {
  const from = at(numbers, i - 1);
  const to = at(numbers, i);
  return [from, from + at(handles, 4 * (i - 1) + 2 + axis), to + at(handles, 4 * i + axis), to];
}

/** @param {[number, number, number, number]} xs @param {[number, number, number, number]} ys @param {number} tolerance */
function piecesFor(xs, ys, tolerance) {
  const bend = Math.max(
    Math.hypot(xs[0] - 2 * xs[1] + xs[2], ys[0] - 2 * ys[1] + ys[2]),
    Math.hypot(xs[1] - 2 * xs[2] + xs[3], ys[1] - 2 * ys[2] + ys[3]),
  );
  return Math.max(1, Math.ceil(Math.sqrt((0.75 * bend) / tolerance)));
}

/** @param {Polyline} line @param {[number, number, number, number]} x @param {[number, number, number, number]} y @param {number} pieces */
function addCubic(line, x, y, pieces) {
  for (let i = 1; i <= pieces; i++) {
    add(line, along(x, i / pieces), along(y, i / pieces));
  }
}

/** @param {[number, number, number, number]} cubic @param {number} t */
function along([a, b, c, d], t) {
  if (t === 1) return d;
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

/** Four numbers for each point: the handle towards it and the one away from it. @param {Coordinates} xs @param {Coordinates} ys @param {number} corner */
function handlesThrough(xs, ys, corner) {
  const count = xs.length;
  const handles = new Float64Array(count * 4);
  const tangents = tangentsOf(xs, ys, corner);
  for (let i = 1; i < count; i++) {
    const dx = at(xs, i) - at(xs, i - 1);
    const dy = at(ys, i) - at(ys, i - 1);
    const chord = Math.hypot(dx, dy);
    if (chord === 0) continue;
    const out = 2 * (i - 1);
    const into = 2 * i;
    const away = handleLength(chord, (at(tangents, out) * dx + at(tangents, out + 1) * dy) / chord);
    const towards = handleLength(
      chord,
      (at(tangents, into) * dx + at(tangents, into + 1) * dy) / chord,
    );
    handles[4 * (i - 1) + 2] = at(tangents, out) * away;
    handles[4 * (i - 1) + 3] = at(tangents, out + 1) * away;
    handles[4 * i] = -at(tangents, into) * towards;
    handles[4 * i + 1] = -at(tangents, into + 1) * towards;
  }
  return handles;
}

/** That of a circle's arc with this chord. @param {number} chord @param {number} cosine of the angle between chord and tangent */
function handleLength(chord, cosine) {
  return chord * Math.min(HANDLE_MAX, 2 / (3 * Math.max(0.1, 1 + cosine)));
}

/** Directions of length one, those of the circles through neighbours. @param {Coordinates} xs @param {Coordinates} ys @param {number} corner */
function tangentsOf(xs, ys, corner) {
  const last = xs.length - 1;
  const tangents = new Float64Array(2 * (last + 1));
  const set = (
    /** @type {number} */ i,
    /** @type {number} */ before,
    /** @type {number} */ after,
  ) => setTangent(tangents.subarray(2 * i, 2 * i + 2), xs, ys, [before, i, after], corner);
  for (let i = 1; i < last; i++) set(i, i - 1, i + 1);
  if (isClosed(xs, ys)) {
    set(0, last - 1, 1);
    tangents.copyWithin(2 * last, 0, 2);
  } else {
    mirrorTangent(tangents, 0, 1, xs, ys);
    mirrorTangent(tangents, last, last - 1, xs, ys);
  }
  return tangents;
}

/** @param {Float64Array} tangent @param {Coordinates} xs @param {Coordinates} ys @param {[number, number, number]} three @param {number} corner */
function setTangent(tangent, xs, ys, [before, i, after], corner) {
  const ax = at(xs, i) - at(xs, before);
  const ay = at(ys, i) - at(ys, before);
  const bx = at(xs, after) - at(xs, i);
  const by = at(ys, after) - at(ys, i);
  const a = Math.hypot(ax, ay) || 1;
  const b = Math.hypot(bx, by) || 1;
  if ((ax * bx + ay * by) / (a * b) < corner) return;
  const x = (ax / a) * b + (bx / b) * a;
  const y = (ay / a) * b + (by / b) * a;
  const length = Math.hypot(x, y);
  // A line that turns straight back has a point there and no tangent.
  if (length < 1e-9 * (a + b)) return;
  tangent[0] = x / length;
  tangent[1] = y / length;
}

/** An end goes on as its neighbour came: an arc, not a straight piece that begins to bend. @param {Float64Array} tangents @param {number} end @param {number} next @param {Coordinates} xs @param {Coordinates} ys */
function mirrorTangent(tangents, end, next, xs, ys) {
  const dx = at(xs, next) - at(xs, end);
  const dy = at(ys, next) - at(ys, end);
  const squared = dx * dx + dy * dy;
  if (squared === 0) return;
  const tx = at(tangents, 2 * next);
  const ty = at(tangents, 2 * next + 1);
  const twice = (2 * (tx * dx + ty * dy)) / squared;
  tangents[2 * end] = twice * dx - tx;
  tangents[2 * end + 1] = twice * dy - ty;
}

/** @param {Coordinates} numbers @returns {number[]} */
function listed(numbers) {
  return Array.from(numbers);
}

/** @param {Coordinates} numbers @param {number} index */
function at(numbers, index) {
  return /** @type {number} */ (numbers[index]);
}
