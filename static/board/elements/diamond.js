// The diamond.

import { cornered } from "./closed.js";

export const diamond = cornered({
  corners: (w, h) => [
    { x: w / 2, y: 0 },
    { x: w, y: h / 2 },
    { x: w / 2, y: h },
    { x: 0, y: h / 2 },
  ],
  room: (w, h) => ({ x: w / 4, y: h / 4, w: w / 2, h: h / 2 }),
});
