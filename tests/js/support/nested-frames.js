// A thing in a frame in a frame, for whatever is done to frames.

/** @typedef {import("../../../static/board/core/fold.js").Element} Element */

export const OUTER = "frame-01";
export const INNER = "frame-02";
export const THING = "thing-01";

/** @param {number} x @param {number} y @param {number} side @param {Record<string, string | number>} [more] @returns {Element} */
export function frame(x, y, side, more = {}) {
  return { kind: "frame", x, y, w: side, h: side, z: "a0", ...more };
}

/** @param {number} x @param {number} y @param {Record<string, string | number>} [more] @returns {Element} */
export function box(x, y, more = {}) {
  const size = { w: 40, h: 40 };
  return {
    kind: "rectangle",
    x,
    y,
    ...size,
    z: "a3",
    color: "black",
    width: 2,
    fill: "red",
    ...more,
  };
}

/** @returns {Record<string, Element>} */
export function nested() {
  return {
    [OUTER]: frame(0, 0, 400),
    [INNER]: frame(100, 100, 200, { z: "a1", frame: OUTER }),
    [THING]: box(120, 120, { frame: INNER }),
  };
}
