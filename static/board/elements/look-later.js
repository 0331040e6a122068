// The parts of a look that most boards do without: fetched when an element first needs them.

import { coming } from "./later.js";

/** Null until it is there. @template T @param {() => Promise<T>} fetch @returns {() => T | null} */
function whenNeeded(fetch) {
  /** @type {T | null} */
  let part = null;
  let isAsked = false;
  return () => {
    if (isAsked) return part;
    isAsked = true;
    coming(
      fetch().then((fetched) => {
        part = fetched;
      }),
    );
    return null;
  };
}

export const sketching = whenNeeded(() => import("./look-sketch.js"));
export const patterns = whenNeeded(() => import("./look-pattern.js"));
