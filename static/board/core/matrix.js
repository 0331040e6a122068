// Affine matrices as the canvas has them: (x, y) goes to (a x + c y + e, b x + d y + f). Pure.

/** @typedef {readonly [a: number, b: number, c: number, d: number, e: number, f: number]} Matrix */
/** @typedef {import("./geometry.js").Bounds} Bounds */
/** @typedef {import("./geometry.js").Place} Place */

/** @type {Matrix} */
export const IDENTITY = [1, 0, 0, 1, 0, 0];

/** @param {number} dx @param {number} dy @returns {Matrix} */
export function translation(dx, dy) {
  return [1, 0, 0, 1, dx, dy];
}

/** Around a place that stays. @param {number} sx @param {number} sy @param {Place} fixed @returns {Matrix} */
export function scaling(sx, sy, { x, y }) {
  return [sx, 0, 0, sy, x - sx * x, y - sy * y];
}

/** Around a place that stays, clockwise on the screen. @param {number} angle in radians @param {Place} fixed @returns {Matrix} */
export function rotation(angle, { x, y }) {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
}

/** First the second, then the first, as in `m(n(place))`. @param {Matrix} m @param {Matrix} n @returns {Matrix} */
export function multiply([a, b, c, d, e, f], [na, nb, nc, nd, ne, nf]) {
  return [
    a * na + c * nb,
    b * na + d * nb,
    a * nc + c * nd,
    b * nc + d * nd,
    a * ne + c * nf + e,
    b * ne + d * nf + f,
  ];
}

/** @param {Matrix} m @param {number} x @param {number} y @returns {Place} */
export function moved([a, b, c, d, e, f], x, y) {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** Whether it only shifts. @param {Matrix} m */
export function isTranslation([a, b, c, d]) {
  return a === 1 && b === 0 && c === 0 && d === 1;
}

/** The part by which lengths grow, in the mean. @param {Matrix} m */
export function growth([a, b, c, d]) {
  return Math.sqrt(Math.abs(a * d - b * c));
}

/** The box around a box that was moved. @param {Matrix} m @param {Bounds} bounds @returns {Bounds} */
export function boundsMoved(m, { minX, minY, maxX, maxY }) {
  const corners = [
    moved(m, minX, minY),
    moved(m, maxX, minY),
    moved(m, maxX, maxY),
    moved(m, minX, maxY),
  ];
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return {
    minX: Math.min(...xs),
    minY: Math.min(...ys),
    maxX: Math.max(...xs),
    maxY: Math.max(...ys),
  };
}
