// Snapping: by how much a box has to move to be in line with others, or as far from them as they are from each
// other, and the lines that show it. Pure.

/**
 * @typedef {import("./geometry.js").Bounds} Bounds
 */

/** A line that shows what something is in line with, or a gap that is as wide as another. @typedef {{x1: number, y1: number, x2: number, y2: number, gap?: true}} Guide */
/** Null: nothing to snap to in this direction. @typedef {{dx: number | null, dy: number | null, guides: Guide[]}} Snapped */
/** One direction: a box is a span along it, and a span across it. @typedef {"x" | "y"} Axis */
/** @typedef {{min: number, max: number}} Span */
/** @typedef {{from: number, to: number, at: number}} Gap */

/** In line is what is nearer than the protocol's hundredths. */
const SAME = 0.02;

/** @param {number} value @param {number} grid */
export function toGrid(value, grid) {
  return Math.round(value / grid) * grid || 0;
}

/** Edges and middle of a box that is moved. @param {Bounds} box @param {readonly Bounds[]} others @param {number} reach @returns {Snapped} */
export function snapBox(box, others, reach) {
  const lines = { x: linesOf(box, "x"), y: linesOf(box, "y") };
  const dx = nearest([...lineShifts(lines.x, others, "x"), ...gapShifts(box, others, "x")], reach);
  const dy = nearest([...lineShifts(lines.y, others, "y"), ...gapShifts(box, others, "y")], reach);
  const there = shifted(box, dx ?? 0, dy ?? 0);
  return {
    dx,
    dy,
    guides: [
      ...(dx === null ? [] : guidesOf(there, others, "x")),
      ...(dy === null ? [] : guidesOf(there, others, "y")),
    ],
  };
}

/**
 * Single lines of a box that changes its size, or a place, which is a box without any.
 * @param {{x: number | null, y: number | null}} edges those that move @param {Bounds} box for the guides
 * @param {readonly Bounds[]} others @param {number} reach @returns {Snapped}
 */
export function snapEdges({ x, y }, box, others, reach) {
  const dx = x === null ? null : nearest(lineShifts([x], others, "x"), reach);
  const dy = y === null ? null : nearest(lineShifts([y], others, "y"), reach);
  return {
    dx,
    dy,
    guides: [
      ...(dx === null ? [] : lineGuides(box, [Number(x) + dx], others, "x")),
      ...(dy === null ? [] : lineGuides(box, [Number(y) + dy], others, "y")),
    ],
  };
}

/** @param {Bounds} box @param {Axis} axis @returns {Span} */
function spanOf(box, axis) {
  return axis === "x" ? { min: box.minX, max: box.maxX } : { min: box.minY, max: box.maxY };
}

/** @param {Axis} axis @returns {Axis} */
function across(axis) {
  return axis === "x" ? "y" : "x";
}

/** @param {Bounds} box @param {Axis} axis */
function linesOf(box, axis) {
  const { min, max } = spanOf(box, axis);
  return [min, (min + max) / 2, max];
}

/** @param {readonly number[]} lines @param {readonly Bounds[]} others @param {Axis} axis */
function lineShifts(lines, others, axis) {
  const shifts = [];
  for (const other of others)
    for (const there of linesOf(other, axis)) for (const line of lines) shifts.push(there - line);
  return shifts;
}

/** The smallest of them; null where none is within reach. @param {readonly number[]} shifts @param {number} reach */
function nearest(shifts, reach) {
  let best = null;
  for (const shift of shifts) {
    const way = Math.abs(shift);
    if (way <= reach && (best === null || way < Math.abs(best))) best = shift;
  }
  return best;
}

/** What stands beside the box, on its way along the axis, from the least to the greatest. @param {Bounds} box @param {readonly Bounds[]} others @param {Axis} axis */
function rowOf(box, others, axis) {
  const { min, max } = spanOf(box, across(axis));
  return others
    .filter((other) => {
      const span = spanOf(other, across(axis));
      return span.min < max && span.max > min;
    })
    .map((other) => ({ ...spanOf(other, axis), cross: spanOf(other, across(axis)) }))
    .sort((a, b) => a.min - b.min);
}

/** @param {Bounds} box @param {readonly Bounds[]} others @param {Axis} axis */
function neighboursOf(box, others, axis) {
  const { min, max } = spanOf(box, axis);
  const middle = (min + max) / 2;
  const row = rowOf(box, others, axis);
  const before = row
    .filter((each) => (each.min + each.max) / 2 < middle)
    .sort((a, b) => b.max - a.max);
  const after = row.filter((each) => (each.min + each.max) / 2 > middle);
  return { before, after, span: { min, max } };
}

/** Into the middle between two, or as far from one as that is from the next. @param {Bounds} box @param {readonly Bounds[]} others @param {Axis} axis */
function gapShifts(box, others, axis) {
  const { before, after, span } = neighboursOf(box, others, axis);
  const [left, farLeft] = before;
  const [right, farRight] = after;
  const shifts = [];
  if (left && right && right.min - left.max > span.max - span.min)
    shifts.push((left.max + right.min) / 2 - (span.min + span.max) / 2);
  if (left && farLeft && left.min > farLeft.max)
    shifts.push(left.max + (left.min - farLeft.max) - span.min);
  if (right && farRight && farRight.min > right.max)
    shifts.push(right.min - (farRight.min - right.max) - span.max);
  return shifts;
}

/** @param {Bounds} box where it has snapped @param {readonly Bounds[]} others @param {Axis} axis @returns {Guide[]} */
function guidesOf(box, others, axis) {
  const { min, max } = spanOf(box, axis);
  const edges = lineGuides(box, min === max ? [min] : [min, max], others, axis);
  // Where both edges are in line, the middle is of course.
  const middle = edges.length > 1 ? [] : lineGuides(box, [(min + max) / 2], others, axis);
  return [...edges, ...middle, ...gapGuides(box, others, axis)];
}

/** One guide for each line that others share, as long as all of them together. @param {Bounds} box @param {readonly number[]} lines @param {readonly Bounds[]} others @param {Axis} axis @returns {Guide[]} */
function lineGuides(box, lines, others, axis) {
  const own = spanOf(box, across(axis));
  return lines.flatMap((line) => {
    const there = others.filter((other) => linesOf(other, axis).some((at) => isSame(at, line)));
    if (there.length === 0) return [];
    const spans = there.map((other) => spanOf(other, across(axis)));
    const min = Math.min(own.min, ...spans.map((span) => span.min));
    const max = Math.max(own.max, ...spans.map((span) => span.max));
    return [axis === "x" ? guide(line, min, line, max) : guide(min, line, max, line)];
  });
}

/** @param {Bounds} box @param {readonly Bounds[]} others @param {Axis} axis @returns {Guide[]} */
function gapGuides(box, others, axis) {
  const { before, after, span } = neighboursOf(box, others, axis);
  const own = { ...span, cross: spanOf(box, across(axis)) };
  const [left, farLeft] = before;
  const [right, farRight] = after;
  const toLeft = left ? gapBetween(left, own) : null;
  const toRight = right ? gapBetween(own, right) : null;
  const pairs = [
    [toLeft, toRight],
    [farLeft && left ? gapBetween(farLeft, left) : null, toLeft],
    [toRight, right && farRight ? gapBetween(right, farRight) : null],
  ];
  /** @type {Set<Gap>} */
  const shown = new Set();
  for (const [a, b] of pairs)
    if (a && b && isSame(a.to - a.from, b.to - b.from)) shown.add(a).add(b);
  return [...shown].map(({ from, to, at }) =>
    axis === "x"
      ? { ...guide(from, at, to, at), gap: true }
      : { ...guide(at, from, at, to), gap: true },
  );
}

/** Shown in the middle of where both stand. @param {Span & {cross: Span}} a @param {Span & {cross: Span}} b @returns {Gap | null} */
function gapBetween(a, b) {
  if (b.min <= a.max) return null;
  const from = Math.max(a.cross.min, b.cross.min);
  const to = Math.min(a.cross.max, b.cross.max);
  return { from: a.max, to: b.min, at: (from + to) / 2 };
}

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @returns {Guide} */
function guide(x1, y1, x2, y2) {
  return { x1, y1, x2, y2 };
}

/** @param {number} a @param {number} b */
function isSame(a, b) {
  return Math.abs(a - b) < SAME;
}

/** @param {Bounds} box @param {number} dx @param {number} dy @returns {Bounds} */
function shifted({ minX, minY, maxX, maxY }, dx, dy) {
  return { minX: minX + dx, minY: minY + dy, maxX: maxX + dx, maxY: maxY + dy };
}
