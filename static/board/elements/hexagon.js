// The hexagon, with a corner at either side.

import { cornered } from "./closed.js";

/** With it the sides are at right angles to those of a regular one, however wide it gets. */
const SLANT = 1 / (2 * Math.sqrt(3));

/** How far the upper side begins from the left. @param {number} w @param {number} h */
function inset(w, h) {
  return Math.min(w / 4, h * SLANT);
}

export const hexagon = cornered({
  corners(w, h) {
    const from = inset(w, h);
    return [
      { x: from, y: 0 },
      { x: w - from, y: 0 },
      { x: w, y: h / 2 },
      { x: w - from, y: h },
      { x: from, y: h },
      { x: 0, y: h / 2 },
    ];
  },
  // Three quarters of the height fit between the middles of the slanted sides and a little more.
  room(w, h) {
    const from = (inset(w, h) * 3) / 4;
    return { x: from, y: h / 8, w: w - 2 * from, h: (h * 3) / 4 };
  },
});
