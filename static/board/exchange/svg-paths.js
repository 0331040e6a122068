// The points along a path of an SVG: corners, and of curves the points that they lead to. Pure.

/** @typedef {import("../core/geometry.js").Place} Place */
/** @typedef {{name: string, numbers: number[]}} Step */

/** How many numbers each letter takes. */
const TAKES = new Map(
  Object.entries({ m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7, z: 0 }),
);
const PIECE = /([MLHVCSQTAZ])|(-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/gi;

/** @param {string} d @returns {Step[]} */
export function stepsOf(d) {
  /** @type {Step[]} */
  const steps = [];
  for (const [, letter, number] of d.matchAll(PIECE)) {
    if (letter) steps.push({ name: letter, numbers: [] });
    else takeNumber(steps, Number(number));
  }
  return steps.filter(
    ({ name, numbers }) => numbers.length === (TAKES.get(name.toLowerCase()) ?? 0),
  );
}

/** Numbers beyond those of a letter repeat it; after a move come lines. @param {Step[]} steps @param {number} number */
function takeNumber(steps, number) {
  const last = steps.at(-1);
  if (!last) return;
  const takes = TAKES.get(last.name.toLowerCase()) ?? 0;
  if (last.numbers.length < takes) last.numbers.push(number);
  else if (takes > 0) {
    const name = last.name === "M" ? "L" : last.name === "m" ? "l" : last.name;
    steps.push({ name, numbers: [number] });
  }
}

/** Each part that is drawn without lifting. @param {readonly Step[]} steps @returns {Place[][]} */
export function pointsAlong(steps) {
  /** @type {Place[][]} */
  const parts = [];
  let here = { x: 0, y: 0 };
  for (const step of steps) {
    const kind = step.name.toLowerCase();
    const part = parts.at(-1);
    if (kind === "z") {
      if (part?.[0]) part.push(part[0]);
      here = part?.[0] ?? here;
      continue;
    }
    here = after(step, here);
    if (kind === "m" || !part) parts.push([here]);
    else part.push(here);
  }
  return parts;
}

/** @param {Step} step @param {Place} here @returns {Place} */
function after({ name, numbers }, here) {
  const kind = name.toLowerCase();
  const from = name === kind ? here : { x: 0, y: 0 };
  const last = numbers.at(-1) ?? 0;
  if (kind === "h") return { x: from.x + last, y: here.y };
  if (kind === "v") return { x: here.x, y: from.y + last };
  return { x: from.x + (numbers.at(-2) ?? 0), y: from.y + last };
}
