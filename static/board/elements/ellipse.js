// The ellipse.

import { closedShape } from "./closed.js";

/** Straight pieces instead of the curve: a thousandth of the size is seen by nobody who points at it. */
const PIECES = 48;

export const ellipse = closedShape({
  trace: (ctx, w, h) => ctx.ellipse(w / 2, h / 2, w / 2, h / 2, 0, 0, 2 * Math.PI),
  polygon: (w, h) =>
    Array.from({ length: PIECES }, (_, i) => {
      const angle = (2 * Math.PI * i) / PIECES;
      return { x: (w / 2) * (1 + Math.cos(angle)), y: (h / 2) * (1 + Math.sin(angle)) };
    }),
});
