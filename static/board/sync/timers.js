// Timers by name: starting one anew stops the one before. The clock can be another's, as in tests.

/**
 * @typedef {object} Clock
 * @property {() => number} now in ms, never going back
 * @property {(act: () => void, ms: number) => unknown} setTimeout
 * @property {(timer: any) => void} clearTimeout
 */

/** @type {Clock} */
export const REAL_CLOCK = {
  now: () => performance.now(),
  setTimeout: (act, ms) => setTimeout(act, ms),
  clearTimeout: (timer) => clearTimeout(timer),
};

export class Timers {
  /** @type {Map<string, unknown>} */
  #running = new Map();
  #clock;

  /** @param {Clock} [clock] */
  constructor(clock = REAL_CLOCK) {
    this.#clock = clock;
  }

  now() {
    return this.#clock.now();
  }

  /** @param {string} name */
  runs(name) {
    return this.#running.has(name);
  }

  /** @param {string} name @param {number} ms @param {() => void} act */
  start(name, ms, act) {
    this.stop(name);
    const timer = this.#clock.setTimeout(() => {
      this.#running.delete(name);
      act();
    }, ms);
    this.#running.set(name, timer);
  }

  /** @param {string} name */
  stop(name) {
    if (!this.#running.has(name)) return;
    this.#clock.clearTimeout(this.#running.get(name));
    this.#running.delete(name);
  }

  clear() {
    for (const name of [...this.#running.keys()]) this.stop(name);
  }
}
