// The canvas over the picture. One that is touched is put on the screen anew, as large as it is: while nothing is
// painted on it, it is left alone.

import { contextOf } from "./surroundings.js";

export class Overlay {
  #ctx;
  /** Whether there is anything on it. */
  #inked = false;
  #cleared = false;
  #lent = false;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.#ctx = contextOf(canvas, { alpha: true });
  }

  /** Asked for by whoever has something to paint. */
  get ctx() {
    if (!this.#cleared) this.#clear();
    if (!this.#lent) this.#ctx.save();
    this.#lent = true;
    return this.#ctx;
  }

  /** The next painter finds it as this one did. */
  giveBack() {
    if (this.#lent) this.#ctx.restore();
    this.#lent = false;
  }

  /** What the last frame has left is taken away, if this one had nothing. */
  endFrame() {
    if (this.#inked && !this.#cleared) {
      this.#clear();
      this.#cleared = false;
    }
    this.#inked = this.#cleared;
    this.#cleared = false;
  }

  #clear() {
    const { width, height } = this.canvas;
    this.#ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.#ctx.clearRect(0, 0, width, height);
    this.#cleared = true;
  }
}
