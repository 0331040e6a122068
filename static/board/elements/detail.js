// Detail by size: how many of a line's points can be told apart at a scale. Pure.

/** @typedef {import("./outline.js").Line} Line */

/** What is nearer to the drawn line than this, in pixels, can be left out unseen. */
const TOLERANCE_PIXELS = 0.25;

/** Scales between two powers of two share the detail of the larger one. @param {number} scale pixels per board unit */
export function detailLevel(scale) {
  return Math.ceil(Math.log2(scale));
}

/** @param {number} level */
export function toleranceOf(level) {
  return TOLERANCE_PIXELS / 2 ** level;
}

/**
 * The line with only the points that matter: first by distance, which is cheap, then by deviation.
 * @param {Line} line
 * @param {number} tolerance in the line's units
 * @returns {Line} the same one where nothing can go
 */
export function decimated(line, tolerance) {
  const near = farApart(line, tolerance);
  const kept = deviating(line, near, tolerance);
  if (kept.length === line.xs.length) return line;
  return {
    xs: picked(line.xs, kept),
    ys: picked(line.ys, kept),
    pressures: line.pressures && picked(line.pressures, kept),
  };
}

/** Indices of points at least so far from the last one kept; the ends always. @param {Line} line @param {number} distance */
function farApart({ xs, ys }, distance) {
  const last = xs.length - 1;
  const kept = [0];
  let x = Number(xs[0]);
  let y = Number(ys[0]);
  for (let i = 1; i < last; i++) {
    const dx = Number(xs[i]) - x;
    const dy = Number(ys[i]) - y;
    if (dx * dx + dy * dy < distance * distance) continue;
    kept.push(i);
    x += dx;
    y += dy;
  }
  if (last > 0) kept.push(last);
  return kept;
}

/** Ramer, Douglas and Peucker over a row of indices. @param {Line} line @param {number[]} row @param {number} tolerance */
function deviating(line, row, tolerance) {
  const keep = new Uint8Array(row.length);
  keep[0] = keep[row.length - 1] = 1;
  const stack = [0, row.length - 1];
  while (stack.length > 0) {
    const to = /** @type {number} */ (stack.pop());
    const from = /** @type {number} */ (stack.pop());
    const worst = worstBetween(line, row, from, to, tolerance);
    if (worst < 0) continue;
    keep[worst] = 1;
    stack.push(from, worst, worst, to);
  }
  return row.filter((_, i) => keep[i] === 1);
}

/** @param {Line} line @param {number[]} row @param {number} from @param {number} to @param {number} tolerance */
function worstBetween({ xs, ys }, row, from, to, tolerance) {
  const a = Number(row[from]);
  const b = Number(row[to]);
  const ax = Number(xs[a]);
  const ay = Number(ys[a]);
  const dx = Number(xs[b]) - ax;
  const dy = Number(ys[b]) - ay;
  const length = dx * dx + dy * dy;
  let farthest = tolerance * tolerance;
  let worst = -1;
  for (let i = from + 1; i < to; i++) {
    const at = Number(row[i]);
    const x = Number(xs[at]) - ax;
    const y = Number(ys[at]) - ay;
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / length));
    const off = (x - dx * t) ** 2 + (y - dy * t) ** 2;
    if (off <= farthest) continue;
    farthest = off;
    worst = i;
  }
  return worst;
}

/** @param {ArrayLike<number>} numbers @param {number[]} indices */
function picked(numbers, indices) {
  const some = new Float32Array(indices.length);
  for (let i = 0; i < indices.length; i++) some[i] = Number(numbers[Number(indices[i])]);
  return some;
}
