// The transforms of an SVG as matrices. Pure.

import { IDENTITY, multiply, rotation, scaling, translation } from "../core/matrix.js";

/** @typedef {import("../core/matrix.js").Matrix} Matrix */

const ORIGIN = { x: 0, y: 0 };
const ONE = /(matrix|translate|scale|rotate)\s*\(([^)]*)\)/g;
/** More in a row has nobody written. */
const MOST = 20;

/** @param {string | undefined} text @returns {Matrix} */
export function transformOf(text) {
  /** @type {Matrix} */
  let matrix = IDENTITY;
  for (const [, name = "", written = ""] of [...(text ?? "").matchAll(ONE)].slice(0, MOST))
    matrix = multiply(
      matrix,
      one(
        name,
        written
          .split(/[\s,]+/)
          .filter(Boolean)
          .map(Number),
      ),
    );
  return matrix.every(Number.isFinite) ? matrix : IDENTITY;
}

/** @param {string} name @param {number[]} numbers @returns {Matrix} */
function one(name, numbers) {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers;
  switch (name) {
    case "matrix":
      return [a, b, c, d, e, f];
    case "translate":
      return translation(a, b);
    case "scale":
      return scaling(a, numbers[1] ?? a, ORIGIN);
    default:
      return rotation((a * Math.PI) / 180, { x: b, y: c });
  }
}
