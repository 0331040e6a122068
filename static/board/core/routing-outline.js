// Where lines meet the outline of an element. Pure.

/**
 * @typedef {import("./geometry.js").Bounds} Bounds
 * @typedef {import("./geometry.js").Place} Place
 * @typedef {import("./routing.js").End} End
 * @typedef {import("./routing.js").Outline} Outline
 */

/** Clockwise. @type {readonly import("./routing.js").Side[]} */
export const SIDES = [
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 0, y: -1 },
];
/** A line never gives more than this part of itself for a gap. */
const GAP_PART = 1 / 3;

/** The last place at which a line crosses an outline. @param {Outline} outline @param {Place} from @param {Place} to @returns {Place | null} */
export function crossing({ xs, ys }, from, to) {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  let last = -1;
  for (let i = 1; i < xs.length; i++) {
    const ax = Number(xs[i - 1]) - from.x;
    const ay = Number(ys[i - 1]) - from.y;
    const ex = Number(xs[i]) - Number(xs[i - 1]);
    const ey = Number(ys[i]) - Number(ys[i - 1]);
    const across = dx * ey - dy * ex;
    if (across === 0) continue;
    const along = (ax * ey - ay * ex) / across;
    const side = (ax * dy - ay * dx) / across;
    if (along >= 0 && along <= 1 && side >= 0 && side <= 1 && along > last) last = along;
  }
  return last < 0 ? null : { x: from.x + dx * last, y: from.y + dy * last };
}

/** So far on the way to another place. @param {Place} from @param {Place} to @param {number} length @returns {Place} */
export function towards(from, to, length) {
  const whole = Math.hypot(to.x - from.x, to.y - from.y);
  if (whole === 0) return from;
  const part = Math.min(length / whole, GAP_PART);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** Where a straight line leaves an element on one of its sides, with the gap. @param {End} end @param {import("./routing.js").Side} side @returns {Place} */
export function exitOf({ at, outline, fixed, gap }, side) {
  if (fixed || !outline) return at;
  const { minX, minY, maxX, maxY } = boundsOfEnd({ at, outline });
  const far = maxX - minX + maxY - minY + 1;
  const cut = crossing(outline, at, { x: at.x + side.x * far, y: at.y + side.y * far }) ?? at;
  // On the same line as the aim, whatever the last digits of the crossing are.
  return side.x === 0
    ? { x: at.x, y: hundredths(cut.y + side.y * gap) }
    : { x: hundredths(cut.x + side.x * gap), y: at.y };
}

/** @param {Pick<End, "at" | "outline">} end @returns {Bounds} */
export function boundsOfEnd({ at, outline }) {
  const bounds = { minX: at.x, minY: at.y, maxX: at.x, maxY: at.y };
  for (let i = 0; outline && i < outline.xs.length; i++) {
    const x = hundredths(Number(outline.xs[i]));
    const y = hundredths(Number(outline.ys[i]));
    if (x < bounds.minX) bounds.minX = x;
    if (y < bounds.minY) bounds.minY = y;
    if (x > bounds.maxX) bounds.maxX = x;
    if (y > bounds.maxY) bounds.maxY = y;
  }
  return bounds;
}

/** How far apart along each axis; negative where they share some of it. @param {Bounds} a @param {Bounds} b */
export function gapsBetween(a, b) {
  return {
    x: Math.max(b.minX - a.maxX, a.minX - b.maxX),
    y: Math.max(b.minY - a.maxY, a.minY - b.maxY),
  };
}

/** Machines differ in the last digits of a sine: what is decided by numbers is decided by rounded ones. @param {number} value */
export function hundredths(value) {
  return Math.round(value * 100) / 100 || 0;
}

/** @param {End} end @returns {End} */
export function rounded(end) {
  return { ...end, at: { x: hundredths(end.at.x), y: hundredths(end.at.y) } };
}
