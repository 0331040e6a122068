// Copies that name each other: what an original said of another original, its copy says of that one's copy.

import { withProps } from "../elements/index.js";
import { textOf } from "../elements/kind.js";

/** @typedef {import("../core/fold.js").Element} Element */

/** Of a connector. */
const ENDS = "from to".split(" ");
/** Of a place that a connector sticks to, what comes after the key. */
const BESIDE = "@";

/** @param {Element} element @param {ReadonlyMap<string, string>} names of the copies, by those of the originals @returns {Element} */
export function remapped(element, names) {
  /** @type {Record<string, string | null>} */
  const patch = {};
  for (const name of ENDS) {
    const [key = "", ...place] = textOf(element, name).split(BESIDE);
    const copy = names.get(key);
    if (copy !== undefined) patch[name] = [copy, ...place].join(BESIDE);
  }
  // In a frame that isn't copied with it, it is only if it comes to lie there.
  if (Object.hasOwn(element, "frame")) patch.frame = names.get(textOf(element, "frame")) ?? null;
  return Object.keys(patch).length > 0 ? withProps(element, patch) : element;
}
