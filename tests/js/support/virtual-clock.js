// A clock that goes only when told to, and then at once.

/** @typedef {{at: number, order: number, act: () => void}} Timer */

export class VirtualClock {
  #now = 0;
  #order = 0;
  /** @type {Set<Timer>} */
  #timers = new Set();

  now = () => this.#now;

  /** @param {() => void} act @param {number} ms @returns {Timer} */
  setTimeout = (act, ms) => {
    const timer = { at: this.#now + Math.max(0, ms), order: this.#order++, act };
    this.#timers.add(timer);
    return timer;
  };

  /** @param {Timer} timer */
  clearTimeout = (timer) => void this.#timers.delete(timer);

  /** Runs what is due in this time, with what promises add to it; `after` is called after each step. @param {number} ms @param {() => void} [after] */
  async run(ms, after) {
    const until = this.#now + ms;
    await settled();
    for (let timer = this.#next(); timer && timer.at <= until; timer = this.#next()) {
      this.#timers.delete(timer);
      this.#now = timer.at;
      timer.act();
      await settled();
      after?.();
    }
    this.#now = until;
  }

  #next() {
    /** @type {Timer | null} */
    let first = null;
    for (const timer of this.#timers) {
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer;
    }
    return first;
  }
}

/** Lets promises that are kept already come through. */
export async function settled() {
  for (let i = 0; i < 6; i++) await undefined;
}
