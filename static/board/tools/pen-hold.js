// Holding still: a pen that stays where it is for a while, but for its trembling.

/** @typedef {import("../editor.js").PointerSample} PointerSample */

const HOLD_MS = 500;
const HOLD_PIXELS = 4;

export class Hold {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {PointerSample | null} */
  #rest = null;

  /** @param {(at: PointerSample) => void} onHeld */
  constructor(onHeld) {
    this.onHeld = onHeld;
  }

  /** @param {PointerSample} at */
  moved(at) {
    if (this.#rest && Math.hypot(at.px - this.#rest.px, at.py - this.#rest.py) <= HOLD_PIXELS)
      return;
    this.#rest = at;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.onHeld(at), HOLD_MS);
  }

  /** Whether it is still where it was then. @param {PointerSample} at */
  restsAt(at) {
    return this.#rest === at;
  }

  stop() {
    clearTimeout(this.#timer);
    this.#rest = null;
  }
}
