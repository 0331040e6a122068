// Chance from a seed, so that a failing run can be had again.

export class Chance {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** 0 to 1 (mulberry32). */
  next = () => {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  /** @param {number} probability */
  happens(probability) {
    return this.next() < probability;
  }

  /** @param {number} from @param {number} to */
  between(from, to) {
    return from + this.next() * (to - from);
  }

  /** @param {number} below */
  whole(below) {
    return Math.floor(this.next() * below);
  }

  /** @template T @param {readonly T[]} some @returns {T} */
  one(some) {
    return /** @type {T} */ (some[this.whole(some.length)]);
  }
}
