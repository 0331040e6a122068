// What is dragged out of its frame is seen whole on its way: only what goes with its frame stays cut off.

import { unclipped } from "../elements/clipped.js";

/** @typedef {import("./moving.js").Movement} Movement */

/** @param {Movement} movement @returns {Movement} */
export function loosened(movement) {
  if (movement.landing) return movement;
  const keys = movement.keys instanceof Set ? movement.keys : new Set(movement.keys);
  return {
    ...movement,
    keys,
    get(key) {
      const element = movement.get(key);
      if (element?.clip === undefined || keys.has(element.frame)) return element;
      return unclipped(element);
    },
  };
}
