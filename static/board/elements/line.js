// The line: from point to point, straight or curved.

import { path } from "./path.js";

export const line = path;
