// The ellipse.

import { closedShape } from "./closed.js";

/** The part of a half axis by which the handles of a quarter's curve are long. */
const PULL = (4 / 3) * Math.tan(Math.PI / 8);
/** The largest box in an ellipse. */
const INNER = Math.SQRT1_2;

export const ellipse = closedShape({
  contour(w, h) {
    const [x, y] = [w / 2, h / 2];
    const [px, py] = [x * PULL, y * PULL];
    const pieces = [
      [x + px, 0, w, y - py, w, y],
      [w, y + py, x + px, h, x, h],
      [x - px, h, 0, y + py, 0, y],
      [0, y - py, x - px, 0, x, 0],
    ];
    return { start: { x, y: 0 }, pieces, closed: true };
  },
  room: (w, h) => ({
    x: (w * (1 - INNER)) / 2,
    y: (h * (1 - INNER)) / 2,
    w: w * INNER,
    h: h * INNER,
  }),
});
