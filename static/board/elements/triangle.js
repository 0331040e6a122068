// The triangle, standing on its base.

import { cornered } from "./closed.js";

export const triangle = cornered({
  corners: (w, h) => [
    { x: w / 2, y: 0 },
    { x: w, y: h },
    { x: 0, y: h },
  ],
  room: (w, h) => ({ x: w / 4, y: h / 2, w: w / 2, h: h / 2 }),
});
