// What a shape is filled with: the lines or dots of a pattern within an outline. Pure.

/** @typedef {{xs: readonly number[], ys: readonly number[]}} Polygon */
/** Numbers, four to a line: x, y, x, y; a dot is a line to where it begins. @typedef {number[]} Lines */

/** Rising to the right, as most hands do it. */
const SLOPE = -Math.PI / 4;
/** A large shape gets wider gaps rather than more lines. */
const LINES_MAX = 350;
const DOTS_MAX = 4000;
/** A small one is still seen to have a pattern. */
const LINES_MIN = 6;
/** Gaps in widths of the outline; lines and dots in gaps. */
const GAP = 4;
const LINE = 1 / 8;
const DOT = 1 / 3;
/** Dots stand closer than lines, or they look lost. */
const DOT_GAP = 0.72;

/**
 * How wide the gaps are, and how thick lines or dots. @param {string} pattern @param {number} width of the outline
 * @param {number} w @param {number} h
 */
export function patternSize(pattern, width, w, h) {
  const wanted = Math.min(GAP * width, Math.min(w, h) / LINES_MIN);
  const gap = Math.max(wanted, (w + h) / LINES_MAX);
  if (pattern !== "dots") return { gap, thick: gap * LINE };
  const apart = Math.max(gap * DOT_GAP, Math.sqrt((w * h) / DOTS_MAX));
  return { gap: apart, thick: apart * DOT };
}

/** The part of the area that it covers, for when it is too small to be seen. @param {string} pattern */
export function coverage(pattern) {
  if (pattern === "dots") return (Math.PI * DOT * DOT) / 4 / 0.87;
  return pattern === "cross" ? 2 * LINE : LINE;
}

/** @param {Polygon} polygon closed @param {string} pattern @param {{gap: number, thick: number}} size @returns {Lines} */
export function patternLines(polygon, pattern, { gap, thick }) {
  if (!(gap > 0)) return [];
  if (pattern === "dots") return dots(polygon, gap, thick);
  if (pattern === "zigzag") return zigzag(rows(polygon, gap, SLOPE), SLOPE);
  const lines = straight(rows(polygon, gap, SLOPE), SLOPE);
  if (pattern !== "cross") return lines;
  return [...lines, ...straight(rows(polygon, gap, SLOPE + Math.PI / 2), SLOPE + Math.PI / 2)];
}

/** Where rows, turned by an angle, lie within the outline. @typedef {{y: number, stretches: [from: number, to: number][]}} Row */

/** @param {Polygon} polygon @param {number} gap @param {number} angle @returns {Row[]} */
function rows({ xs, ys }, gap, angle) {
  const turned = xs.map((x, i) => turn(x, Number(ys[i]), -angle));
  const top = Math.min(...turned.map(({ y }) => y));
  const height = Math.max(...turned.map(({ y }) => y)) - top;
  const count = Math.max(1, Math.round(height / gap));
  return Array.from({ length: count }, (_, i) => {
    const y = top + (height * (i + 0.5)) / count;
    return { y, stretches: stretchesAt(turned, y) };
  });
}

/** @param {readonly {x: number, y: number}[]} places @param {number} y @returns {[number, number][]} */
function stretchesAt(places, y) {
  /** @type {number[]} */
  const cuts = [];
  for (let i = 1; i < places.length; i++) {
    const [a, b] = [places[i - 1], places[i]];
    if (a && b && a.y > y !== b.y > y) cuts.push(a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y));
  }
  cuts.sort((a, b) => a - b);
  /** @type {[number, number][]} */
  const stretches = [];
  for (let i = 1; i < cuts.length; i += 2) stretches.push([Number(cuts[i - 1]), Number(cuts[i])]);
  return stretches;
}

/** @param {Row[]} all @param {number} angle @returns {Lines} */
function straight(all, angle) {
  return all.flatMap(({ y, stretches }) =>
    stretches.flatMap(([from, to]) => {
      const a = turn(from, y, angle);
      const b = turn(to, y, angle);
      return [a.x, a.y, b.x, b.y];
    }),
  );
}

/** From side to side and back, as long as the outline has the same number of stretches. @param {Row[]} all @param {number} angle @returns {Lines} */
function zigzag(all, angle) {
  /** @type {Lines} */
  const lines = [];
  for (let i = 1; i < all.length; i++) {
    const [before, row] = [/** @type {Row} */ (all[i - 1]), /** @type {Row} */ (all[i])];
    if (before.stretches.length !== row.stretches.length) continue;
    row.stretches.forEach((stretch, n) => {
      const side = i % 2;
      const a = turn(Number(before.stretches[n]?.[side]), before.y, angle);
      const b = turn(Number(stretch[1 - side]), row.y, angle);
      lines.push(a.x, a.y, b.x, b.y);
    });
  }
  return lines;
}

/** In rows that are set off by half a gap, none cut by the outline. @param {Polygon} polygon @param {number} gap @param {number} thick @returns {Lines} */
function dots(polygon, gap, thick) {
  const middle = (Math.min(...polygon.xs) + Math.max(...polygon.xs)) / 2;
  return rows(polygon, gap * 0.87, 0).flatMap(({ y, stretches }, row) =>
    stretches.flatMap(([from, to]) => {
      const off = middle + (row % 2 === 0 ? 0 : gap / 2);
      const first = Math.ceil((from + thick - off) / gap);
      const last = Math.floor((to - thick - off) / gap);
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
        const x = off + (first + i) * gap;
        return [x, y, x, y];
      }).flat();
    }),
  );
}

/** @param {number} x @param {number} y @param {number} angle */
function turn(x, y, angle) {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return { x: x * cos - y * sin, y: x * sin + y * cos };
}
