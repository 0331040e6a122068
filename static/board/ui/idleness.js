// Whether somebody has done nothing for a while. The clock is another's; pure.

import { Timers } from "../sync/timers.js";

export const IDLE_MS = 60_000;

export class Idleness {
  idle = false;
  #last;
  #changed;
  #timers;

  /** @param {{changed: () => void, clock?: import("../sync/timers.js").Clock}} parts */
  constructor({ changed, clock }) {
    this.#timers = new Timers(clock);
    this.#changed = changed;
    this.#last = this.#timers.now();
    this.#watch(IDLE_MS);
  }

  /** Called with every move of the pointer: a timer is only looked at when it is due. */
  active() {
    this.#last = this.#timers.now();
    if (!this.idle) return;
    this.idle = false;
    this.#changed();
    this.#watch(IDLE_MS);
  }

  /** @param {number} ms */
  #watch(ms) {
    this.#timers.start("idle", ms, () => {
      const left = this.#last + IDLE_MS - this.#timers.now();
      if (left > 0) {
        this.#watch(left);
        return;
      }
      this.idle = true;
      this.#changed();
    });
  }
}
