// A layer of changed elements over others, which stay as they are: pending work over what is confirmed.

/**
 * @typedef {import("./fold.js").Element} Element
 * @typedef {import("./fold.js").ReadonlyElements} ReadonlyElements
 */

export class Layer {
  /** Undefined: removed here, whatever lies below. @type {Map<string, Element | undefined>} */
  #over = new Map();
  #below;

  /** @param {ReadonlyElements} below */
  constructor(below) {
    this.#below = below;
  }

  /** @param {string} key */
  get(key) {
    // Most of the time nothing is pending, and everything lies below.
    return this.#over.size > 0 && this.#over.has(key) ? this.#over.get(key) : this.#below.get(key);
  }

  /** @param {string} key */
  has(key) {
    return this.get(key) !== undefined;
  }

  /** @param {string} key @param {Element} element */
  set(key, element) {
    this.#over.set(key, element);
  }

  /** @param {string} key */
  delete(key) {
    this.#over.set(key, undefined);
  }

  /** Forgets what this layer says about an element, so that the one below shows again. @param {string} key */
  lift(key) {
    this.#over.delete(key);
  }

  /** What this layer changes, removed ones included. @returns {ReadonlyMap<string, Element | undefined>} */
  get changed() {
    return this.#over;
  }

  *keys() {
    if (this.#over.size === 0) {
      yield* this.#below.keys();
      return;
    }
    for (const key of this.#below.keys()) if (!this.#over.has(key)) yield key;
    for (const [key, element] of this.#over) if (element) yield key;
  }
}
