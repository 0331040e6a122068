// What has been worked out for elements, of the latest ones only: a board has more of them than anybody looks at.

/**
 * Like a WeakMap, but what hasn't been asked for while so many others were goes. Two generations do it: the older one
 * is dropped when the younger is full.
 * @template {object} Key @template Value
 */
export class Recent {
  /** @type {WeakMap<Key, Value>} */
  #young = new WeakMap();
  /** @type {WeakMap<Key, Value>} */
  #old = new WeakMap();
  #count = 0;

  /** @param {number} most at least so many are kept, at most twice as many */
  constructor(most) {
    this.most = most;
  }

  /** @param {Key} key */
  get(key) {
    const value = this.#young.get(key);
    if (value !== undefined) return value;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  /** @param {Key} key @param {Value} value */
  set(key, value) {
    if (this.#count >= this.most) {
      this.#old = this.#young;
      this.#young = new WeakMap();
      this.#count = 0;
    }
    this.#young.set(key, value);
    this.#count++;
  }
}
