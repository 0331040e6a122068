// Arrows: lines that have heads.

import { Line } from "./line.js";

export class Arrow extends Line {
  /** @override */
  name = "arrow";
  /** @override @type {"line" | "arrow"} */
  kind = "arrow";
}
