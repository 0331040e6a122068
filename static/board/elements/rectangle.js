// The rectangle.

import { cornered } from "./closed.js";

export const rectangle = cornered({
  corners: (w, h) => [
    { x: 0, y: 0 },
    { x: w, y: 0 },
    { x: w, y: h },
    { x: 0, y: h },
  ],
  room: (w, h) => ({ x: 0, y: 0, w, h }),
});
