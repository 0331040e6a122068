// The star of five points.

import { cornered } from "./closed.js";

/** How far the inner corners are from the middle: a little fuller than where straight lines would meet. */
const INNER = 0.43;
/** Of a regular one with the radius 1, which doesn't fill a square. */
const WIDTH = 2 * Math.cos(Math.PI / 10);
const HEIGHT = 1 + Math.cos(Math.PI / 5);

export const star = cornered({
  corners: (w, h) =>
    Array.from({ length: 10 }, (_, i) => {
      const angle = (i * Math.PI) / 5;
      const radius = i % 2 === 0 ? 1 : INNER;
      return {
        x: w * (0.5 + (radius * Math.sin(angle)) / WIDTH),
        y: (h * (1 - radius * Math.cos(angle))) / HEIGHT,
      };
    }),
  // The box in the inner pentagon, which is a little wider than high.
  room: (w, h) => ({ x: w * 0.29, y: h * 0.37, w: w * 0.42, h: h * 0.36 }),
});
