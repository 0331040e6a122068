// From points with pressure to the outline of the ink: a smooth curve through the points, then
// perfect-freehand around it. The growing and the finished stroke come from here alike. Pure.

import { getStrokeOutlinePoints } from "../../npm/perfect-freehand.js";

/** @typedef {ArrayLike<number>} Numbers */
/** @typedef {{xs: Numbers, ys: Numbers, pressures: Numbers | null}} Line in board units */
/** @typedef {[x: number, y: number, pressure: number]} Sample */

// Samples are read by index: taking arrays apart is ten times as slow until the code is warm, and the first view of a
// board is drawn before that.

/** How much thinner than at full pressure: none at all is a quarter, a middling one about two thirds. */
const THINNING = 0.6;
/** perfect-freehand has a length of its own (it drops the last 3 units): every stroke is outlined at this width. */
const NORMAL_WIDTH = 16;
/** Turns beyond this are corners and stay sharp, smaller ones are a curve's (cosine of 55°). */
const CORNER_COSINE = 0.57;
/** The curve leaves the straight line between two points at most by this part of the width: simplifying took no more. */
const BULGE = 1 / 8;
/** perfect-freehand rounds every vertex by up to a half of its neighbours' distance; so much of the width is fine. */
const ROUNDING = 1 / 16;
const PIECES_MAX = 8;

/** The part of the full width at a pressure of 0 to 1, as perfect-freehand draws it. @param {number} pressure */
export function widthAt(pressure) {
  return (1 - THINNING * (1 - 2 * pressure)) / (1 + THINNING);
}

/**
 * @param {Line} line
 * @param {number} width of the ink at full pressure
 * @returns {Float32Array} x and y of the outline's points in turn; its edge is smooth through their midpoints
 */
export function outlineOf(line, width) {
  const scale = NORMAL_WIDTH / width;
  const samples = withinRounding(curveThrough(scaled(line, scale)));
  const outline = getStrokeOutlinePoints(directed(samples), {
    size: NORMAL_WIDTH / (1 + THINNING),
    thinning: THINNING,
    smoothing: 0.15,
    simulatePressure: false,
    last: true,
  });
  const flat = new Float32Array(outline.length * 2);
  for (let i = 0; i < outline.length; i++) {
    const place = /** @type {number[]} */ (outline[i]);
    flat[2 * i] = at(place, 0) / scale;
    flat[2 * i + 1] = at(place, 1) / scale;
  }
  return flat;
}

/**
 * What perfect-freehand makes of points first. Its own way smooths and drops points by how densely they lie,
 * and simplifying changes just that: a finished stroke would differ from the growing one.
 * @param {Sample[]} samples
 * @returns {import("../../npm/perfect-freehand.js").StrokePoint[]}
 */
function directed(samples) {
  let runningLength = 0;
  return samples.map((sample, i) => {
    // The first one looks where the second does, backwards as all of them.
    const from = /** @type {Sample} */ (samples[Math.max(0, i - 1)]);
    const to = i === 0 ? (samples[1] ?? from) : sample;
    const dx = from[0] - to[0];
    const dy = from[1] - to[1];
    const length = Math.hypot(dx, dy) || 1;
    const distance = i === 0 ? 0 : length;
    runningLength += distance;
    return {
      point: [sample[0], sample[1]],
      pressure: sample[2],
      vector: [dx / length, dy / length],
      distance,
      runningLength,
    };
  });
}

/** Repeated points say nothing about the direction. @param {Line} line @param {number} scale @returns {Sample[]} */
function scaled({ xs, ys, pressures }, scale) {
  /** @type {Sample[]} */
  const samples = [];
  let last = null;
  for (let i = 0; i < xs.length; i++) {
    const x = at(xs, i) * scale;
    const y = at(ys, i) * scale;
    if (last && last[0] === x && last[1] === y) continue;
    last = /** @type {Sample} */ ([x, y, pressures ? at(pressures, i) : 1]);
    samples.push(last);
  }
  return samples;
}

/** A cubic from point to point, its tangents those of the circles through neighbours. @param {Sample[]} points @returns {Sample[]} */
function curveThrough(points) {
  if (points.length < 3) return points;
  const handles = handlesOf(points);
  /** @type {Sample[]} */
  const samples = [/** @type {Sample} */ (points[0])];
  for (let i = 1; i < points.length; i++) {
    const from = /** @type {Sample} */ (points[i - 1]);
    const to = /** @type {Sample} */ (points[i]);
    const out = 4 * (i - 1) + 2;
    const into = 4 * i;
    addCubic(
      samples,
      from,
      to,
      at(handles, out),
      at(handles, out + 1),
      at(handles, into),
      at(handles, into + 1),
    );
  }
  return samples;
}

/** Four numbers for each point: the handle towards it and the one away from it; none at ends and corners. @param {Sample[]} points */
function handlesOf(points) {
  const handles = new Float64Array(points.length * 4);
  for (let i = 1; i < points.length - 1; i++) {
    const from = /** @type {Sample} */ (points[i - 1]);
    const point = /** @type {Sample} */ (points[i]);
    const to = /** @type {Sample} */ (points[i + 1]);
    const before = Math.hypot(point[0] - from[0], point[1] - from[1]);
    const after = Math.hypot(to[0] - point[0], to[1] - point[1]);
    const ux = (point[0] - from[0]) / before;
    const uy = (point[1] - from[1]) / before;
    const vx = (to[0] - point[0]) / after;
    const vy = (to[1] - point[1]) / after;
    if (ux * vx + uy * vy < CORNER_COSINE) continue;
    // The circle through three points turns from chord to chord in proportion to their lengths.
    const sumX = ux * after + vx * before;
    const sumY = uy * after + vy * before;
    const length = Math.hypot(sumX, sumY);
    const tx = sumX / length;
    const ty = sumY / length;
    // As long as the shorter chord allows: a long one that ends in a small curl stays straight.
    const chord = Math.min(before, after);
    const into = handleLength(chord, tx * uy - ty * ux);
    const out = handleLength(chord, tx * vy - ty * vx);
    handles[4 * i] = tx * into;
    handles[4 * i + 1] = ty * into;
    handles[4 * i + 2] = tx * out;
    handles[4 * i + 3] = ty * out;
  }
  return handles;
}

/** A cubic with a handle on one side leaves its chord by 4/9 of what the handle stands off it. @param {number} chord @param {number} sine of the angle between the two */
function handleLength(chord, sine) {
  const off = Math.abs(sine);
  const most = off > 0 ? (BULGE * NORMAL_WIDTH * 9) / (4 * off) : Infinity;
  return Math.min(chord / 3, most);
}

/**
 * @param {Sample[]} samples
 * @param {Sample} from @param {Sample} to
 * @param {number} fromX @param {number} fromY @param {number} toX @param {number} toY the handles
 */
function addCubic(samples, from, to, fromX, fromY, toX, toY) {
  const ax = from[0];
  const ay = from[1];
  const bx = to[0];
  const by = to[1];
  const pressure = from[2];
  const length = Math.hypot(bx - ax, by - ay);
  const bend =
    (Math.abs(fromX * (by - ay) - fromY * (bx - ax)) +
      Math.abs(toX * (by - ay) - toY * (bx - ax))) /
    length;
  // A polyline in n pieces is off by about bend / n²: nobody sees a hundredth of the width.
  const pieces = Math.min(PIECES_MAX, Math.ceil(Math.sqrt(bend / (NORMAL_WIDTH / 100))));
  for (let i = 1; i < pieces; i++) {
    const t = i / pieces;
    const s = 1 - t;
    const start = s * s * (1 + 2 * t);
    const hold = 3 * s * s * t;
    const pull = 3 * s * t * t;
    samples.push([
      ax * start + bx * (1 - start) + hold * fromX - pull * toX,
      ay * start + by * (1 - start) + hold * fromY - pull * toY,
      pressure + (to[2] - pressure) * t,
    ]);
  }
  samples.push(to);
}

/** Neighbours so near to each vertex that rounding it can't be seen. @param {Sample[]} points @returns {Sample[]} */
function withinRounding(points) {
  if (points.length < 3) return points;
  /** @type {Sample[]} */
  const samples = [/** @type {Sample} */ (points[0])];
  let reach = Infinity;
  for (let i = 1; i < points.length; i++) {
    const from = /** @type {Sample} */ (points[i - 1]);
    const to = /** @type {Sample} */ (points[i]);
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const next = reachOf(points, i);
    if (reach < length / 2) samples.push(between(from, to, reach / length));
    if (next < length / 2) samples.push(between(from, to, 1 - next / length));
    samples.push(to);
    reach = next;
  }
  return samples;
}

/** How far neighbours may be; rounding cuts d × sin(turn / 2) / 2 off. @param {Sample[]} points @param {number} i */
function reachOf(points, i) {
  if (i === points.length - 1) return Infinity;
  const from = /** @type {Sample} */ (points[i - 1]);
  const point = /** @type {Sample} */ (points[i]);
  const to = /** @type {Sample} */ (points[i + 1]);
  const inX = point[0] - from[0];
  const inY = point[1] - from[1];
  const outX = to[0] - point[0];
  const outY = to[1] - point[1];
  const cosine = (inX * outX + inY * outY) / (Math.hypot(inX, inY) * Math.hypot(outX, outY));
  const halfSine = Math.sqrt(Math.max(0, (1 - cosine) / 2));
  return halfSine > 0 ? (2 * ROUNDING * NORMAL_WIDTH) / halfSine : Infinity;
}

/** @param {Sample} a @param {Sample} b @param {number} t @returns {Sample} */
function between(a, b, t) {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** @param {Numbers} numbers @param {number} index */
function at(numbers, index) {
  return /** @type {number} */ (numbers[index]);
}
