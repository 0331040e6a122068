// The way of a pointer between the places that come: a little behind, straight from one to the next, never beyond. Pure.

/** @typedef {{x: number, y: number}} Place */

/** Two places are nearly always known so long before now, at 30 a second. */
export const BEHIND_MS = 80;
/** Whoever sets out after a rest was where they were until a moment ago. */
const GAP_MS = 34;
const KEPT = 16;

export class Glide {
  /** @type {(Place & {at: number})[]} */
  #places = [];

  /** @param {Place} place @param {number} now */
  add({ x, y }, now) {
    const last = this.#places.at(-1);
    if (last && last.x === x && last.y === y) return;
    if (last && now - last.at > 2 * GAP_MS) this.#places.push({ ...last, at: now - GAP_MS });
    this.#places.push({ x, y, at: now });
    if (this.#places.length > KEPT) this.#places.shift();
  }

  /** Where it is shown now, and whether it goes on. @param {number} now @returns {Place & {moving: boolean}} */
  at(now) {
    const then = now - BEHIND_MS;
    const i = this.#places.findIndex(({ at }) => at > then);
    const after = this.#places[i];
    const before = this.#places[i - 1];
    if (!after) return { ...placeOf(this.#places.at(-1)), moving: false };
    if (!before) return { ...placeOf(after), moving: this.#places.length > 1 };
    const share = (then - before.at) / (after.at - before.at);
    return {
      x: before.x + (after.x - before.x) * share,
      y: before.y + (after.y - before.y) * share,
      moving: true,
    };
  }
}

/** @param {Place | undefined} place @returns {Place} */
function placeOf(place) {
  return { x: place?.x ?? 0, y: place?.y ?? 0 };
}
