// The line of a shape or of a way between points, in straight and curved pieces, in whatever units. Pure.

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("./kind.js").Context} Context
 */

/** From the end of the piece before: [x, y] straight, or [x1, y1, x2, y2, x, y] as the canvas has curves. @typedef {readonly number[]} Piece */

/**
 * @typedef {object} Contour
 * @property {Place} start
 * @property {readonly Piece[]} pieces of a closed one the last ends at the start
 * @property {boolean} closed
 */

/** A stretch without a corner; a loop is closed and has none at all. @typedef {{start: Place, pieces: readonly Piece[], loop: boolean}} Run */

/** What turns less than this, as a cosine, isn't a corner. */
const SMOOTH = 0.97;
/** Rounding takes no more of a side than this, so that some of it stays straight. */
const SIDE_TAKEN = 0.45;
const STEPS_MIN = 4;
const STEPS_MAX = 48;

/** @param {readonly Place[]} corners @returns {Contour} */
export function polygon(corners) {
  const [start = { x: 0, y: 0 }, ...rest] = corners;
  return { start, pieces: [...rest, start].map(({ x, y }) => [x, y]), closed: true };
}

/** @param {readonly Place[]} corners @param {number} reach how far from a corner its rounding begins @returns {Contour} */
export function roundedPolygon(corners, reach) {
  /** @type {Piece[]} */
  const pieces = [];
  corners.forEach((corner, i) => {
    const before = at(corners, i - 1);
    const after = at(corners, i + 1);
    const from = towards(corner, before, reach);
    const to = towards(corner, after, reach);
    const pull = arcPull(corner, before, after);
    const [c1, c2] = [between(from, corner, pull), between(to, corner, pull)];
    pieces.push([from.x, from.y], [c1.x, c1.y, c2.x, c2.y, to.x, to.y]);
  });
  const { x, y } = endOf(pieces.at(-1));
  return { start: { x, y }, pieces, closed: true };
}

/** @param {readonly Place[]} corners @param {number} i */
function at(corners, i) {
  return /** @type {Place} */ (corners[(i + corners.length) % corners.length]);
}

/** @param {Place} corner @param {Place} other @param {number} reach */
function towards(corner, other, reach) {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  return between(corner, other, length > 0 ? Math.min(SIDE_TAKEN, reach / length) : 0);
}

/** How far towards the corner the curve is pulled to be the arc of a circle. @param {Place} corner @param {Place} before @param {Place} after */
function arcPull(corner, before, after) {
  const opening = Math.abs(
    Math.atan2(after.y - corner.y, after.x - corner.x) -
      Math.atan2(before.y - corner.y, before.x - corner.x),
  );
  const turn = Math.abs(Math.PI - opening);
  return turn < 1e-6 ? 0.5 : ((4 / 3) * Math.tan(turn / 4)) / Math.tan(turn / 2);
}

/** @param {Place} a @param {Place} b @param {number} t */
function between(a, b, t) {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

/** @param {Piece | undefined} piece @returns {Place} */
export function endOf(piece) {
  return { x: Number(piece?.at(-2)), y: Number(piece?.at(-1)) };
}

/** Adds it to the path. @param {Pick<Context, "moveTo" | "lineTo" | "bezierCurveTo" | "closePath">} ctx @param {Pick<Contour, "start" | "pieces"> & {closed?: boolean}} contour */
export function traceContour(ctx, { start, pieces, closed = false }) {
  ctx.moveTo(start.x, start.y);
  for (const [x1 = 0, y1 = 0, x2, y2 = 0, x = 0, y = 0] of pieces) {
    if (x2 === undefined) ctx.lineTo(x1, y1);
    else ctx.bezierCurveTo(x1, y1, x2, y2, x, y);
  }
  if (closed) ctx.closePath();
}

/** The same in straight pieces only, from the start to the end. @param {Pick<Contour, "start" | "pieces">} contour */
export function flattened({ start, pieces }) {
  const xs = [start.x];
  const ys = [start.y];
  for (const piece of pieces) {
    const from = { x: Number(xs.at(-1)), y: Number(ys.at(-1)) };
    if (piece.length > 2) flattenCurve(xs, ys, from, piece);
    const end = endOf(piece);
    xs.push(end.x);
    ys.push(end.y);
  }
  return { xs, ys };
}

/** All but its ends. @param {number[]} xs @param {number[]} ys @param {Place} from @param {Piece} piece */
function flattenCurve(xs, ys, from, [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x = 0, y = 0]) {
  const length =
    Math.hypot(x1 - from.x, y1 - from.y) +
    Math.hypot(x2 - x1, y2 - y1) +
    Math.hypot(x - x2, y - y2);
  // What is cut off goes with the square of a step: a fifth of a unit, but for what is very large.
  const steps = Math.min(STEPS_MAX, Math.max(STEPS_MIN, Math.ceil(Math.sqrt(length))));
  for (let i = 1; i < steps; i++) {
    const t = i / steps;
    xs.push(cubic(from.x, x1, x2, x, t));
    ys.push(cubic(from.y, y1, y2, y, t));
  }
}

/** @param {number} a @param {number} b @param {number} c @param {number} d @param {number} t */
function cubic(a, b, c, d, t) {
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

/** @param {Pick<Contour, "start" | "pieces">} contour */
export function lengthOf(contour) {
  const { xs, ys } = flattened(contour);
  let length = 0;
  for (let i = 1; i < xs.length; i++)
    length += Math.hypot(Number(xs[i]) - Number(xs[i - 1]), Number(ys[i]) - Number(ys[i - 1]));
  return length;
}

/** From corner to corner. @param {Contour} contour @returns {Run[]} */
export function runsOf({ start, pieces, closed }) {
  const starts = pieces.map((_, i) => (i === 0 ? start : endOf(pieces[i - 1])));
  const isCorner = pieces.map((piece, i) => {
    const before = i === 0 ? pieces.length - 1 : i - 1;
    if (i === 0 && !closed) return true;
    return turnsAt(/** @type {Place} */ (starts[before]), pieces[before], piece);
  });
  const first = isCorner.indexOf(true);
  if (first < 0) return pieces.length > 0 ? [{ start, pieces, loop: true }] : [];
  /** @type {{start: Place, pieces: Piece[], loop: boolean}[]} */
  const runs = [];
  for (let n = 0; n < pieces.length; n++) {
    const i = (first + n) % pieces.length;
    if (isCorner[i])
      runs.push({ start: /** @type {Place} */ (starts[i]), pieces: [], loop: false });
    runs.at(-1)?.pieces.push(/** @type {Piece} */ (pieces[i]));
  }
  return runs;
}

/** Whether there is a corner between two pieces. @param {Place} start of the first @param {Piece | undefined} before @param {Piece} after */
function turnsAt(start, before, after) {
  const end = endOf(before);
  const from = before && before.length > 2 ? { x: Number(before[2]), y: Number(before[3]) } : start;
  const to = { x: Number(after[0]), y: Number(after[1]) };
  const ax = end.x - from.x;
  const ay = end.y - from.y;
  const bx = to.x - end.x;
  const by = to.y - end.y;
  return ax * bx + ay * by < SMOOTH * Math.hypot(ax, ay) * Math.hypot(bx, by);
}
