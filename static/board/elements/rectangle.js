// The rectangle, with round corners if wanted.

import { closedShape } from "./closed.js";

export const rectangle = closedShape({
  trace: (ctx, w, h) => ctx.rect(0, 0, w, h),
  polygon: (w, h) => [
    { x: 0, y: 0 },
    { x: w, y: 0 },
    { x: w, y: h },
    { x: 0, y: h },
  ],
});
