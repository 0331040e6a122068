// The arrow: a line that leads somewhere. It differs by its name, and by what its tool puts at its end.

import { path } from "./path.js";

export const arrow = path;
