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
  const { xs, ys, pressures } = line;
  if (xs.length > row.length) makeRoom(xs.length);
  const near = farApart(line, tolerance);
  const kept = deviating(line, near, tolerance);
  if (kept === xs.length) return line;
  const some = roomFor(kept, pressures !== null);
  for (let i = 0; i < kept; i++) {
    const at = Number(row[i]);
    some.xs[i] = Number(xs[at]);
    some.ys[i] = Number(ys[at]);
    if (some.pressures && pressures) some.pressures[i] = Number(pressures[at]);
  }
  return some;
}

/** Up to so many numbers V8 keeps with the array itself, which is thirty times as fast to make. */
const SMALL = 16;

/** @param {number} count @param {boolean} withPressures */
function roomFor(count, withPressures) {
  if (count <= SMALL) {
    return {
      xs: new Float32Array(count),
      ys: new Float32Array(count),
      pressures: withPressures ? new Float32Array(count) : null,
    };
  }
  const all = new Float32Array(count * (withPressures ? 3 : 2));
  return {
    xs: all.subarray(0, count),
    ys: all.subarray(count, 2 * count),
    pressures: withPressures ? all.subarray(2 * count) : null,
  };
}

// Ten thousand lines are decimated for one overview: what is worked with is allocated once.
/** Indices of points, those that are kept first. */
let row = new Int32Array(0);
let keep = new Uint8Array(0);
/** Pairs of places in the row; each line is divided at most so often. */
let stack = new Int32Array(0);

/** @param {number} points */
function makeRoom(points) {
  const size = Math.max(1024, points);
  row = new Int32Array(size);
  keep = new Uint8Array(size);
  stack = new Int32Array(4 * size);
}

/** Rows those at least so far from the last one kept; the ends always. @param {Line} line @param {number} distance @returns {number} how many */
function farApart({ xs, ys }, distance) {
  const last = xs.length - 1;
  let count = 1;
  row[0] = 0;
  let x = Number(xs[0]);
  let y = Number(ys[0]);
  for (let i = 1; i < last; i++) {
    const dx = Number(xs[i]) - x;
    const dy = Number(ys[i]) - y;
    if (dx * dx + dy * dy < distance * distance) continue;
    row[count++] = i;
    x += dx;
    y += dy;
  }
  if (last > 0) row[count++] = last;
  return count;
}

/** Ramer, Douglas and Peucker over the row; closes it up. @param {Line} line @param {number} count @param {number} tolerance @returns {number} how many are left */
function deviating(line, count, tolerance) {
  keep.fill(0, 0, count);
  keep[0] = keep[count - 1] = 1;
  let top = 0;
  stack[top++] = 0;
  stack[top++] = count - 1;
  while (top > 0) {
    const to = Number(stack[--top]);
    const from = Number(stack[--top]);
    const worst = worstBetween(line, from, to, tolerance);
    if (worst < 0) continue;
    keep[worst] = 1;
    stack[top++] = from;
    stack[top++] = worst;
    stack[top++] = worst;
    stack[top++] = to;
  }
  let kept = 0;
  for (let i = 0; i < count; i++) if (keep[i] === 1) row[kept++] = Number(row[i]);
  return kept;
}

/** @param {Line} line @param {number} from @param {number} to @param {number} tolerance */
function worstBetween({ xs, ys }, from, to, tolerance) {
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

/**
 * Drops what is as good as on the way between others, in place and in one pass, which is a third of what `decimated`
 * costs: from the last kept point goes a wedge, as narrow as all that were left out since demand.
 * @param {Float32Array} xs @param {Float32Array} ys @param {number} count @param {number} tolerance
 * @returns {number} how many are left
 */
export function thinOut(xs, ys, count, tolerance) {
  if (count < 3) return count;
  let kept = 1;
  let ax = Number(xs[0]);
  let ay = Number(ys[0]);
  // How far it has come, and the wedge's two sides; before it has come anywhere there is none.
  let far = 0;
  let leftX = 0;
  let leftY = 0;
  let rightX = 0;
  let rightY = 0;
  for (let i = 1; i < count; i++) {
    let dx = Number(xs[i]) - ax;
    let dy = Number(ys[i]) - ay;
    let square = dx * dx + dy * dy;
    const back = far - tolerance;
    const outside = rightX * dy < rightY * dx || dx * leftY < dy * leftX;
    if (outside || (back > 0 && square < back * back)) {
      ax = Number(xs[i - 1]);
      ay = Number(ys[i - 1]);
      xs[kept] = ax;
      ys[kept++] = ay;
      dx = Number(xs[i]) - ax;
      dy = Number(ys[i]) - ay;
      square = dx * dx + dy * dy;
      far = leftX = leftY = rightX = rightY = 0;
    }
    if (square <= tolerance * tolerance) continue;
    const along = Math.sqrt(square - tolerance * tolerance);
    const none = far === 0;
    far = Math.max(far, Math.sqrt(square));
    const lx = along * dx - tolerance * dy;
    const ly = along * dy + tolerance * dx;
    const rx = along * dx + tolerance * dy;
    const ry = along * dy - tolerance * dx;
    if (none || lx * leftY > ly * leftX) {
      leftX = lx;
      leftY = ly;
    }
    if (none || rightX * ry > rightY * rx) {
      rightX = rx;
      rightY = ry;
    }
  }
  xs[kept] = Number(xs[count - 1]);
  ys[kept++] = Number(ys[count - 1]);
  return kept;
}
