// Long work in slices, so that the page stays alive meanwhile and whoever doesn't want it any more is heard.

const SLICE_MS = 8;
/** Looking at the clock costs more than a small stroke. */
const STEPS_PER_LOOK = 4;

export class Pace {
  #until = performance.now() + SLICE_MS;
  #steps = 0;

  /** @param {AbortSignal | undefined} signal */
  constructor(signal) {
    this.signal = signal;
    /** Called whenever others have their turn. */
    this.onRest = () => {};
  }

  /** Throws once it isn't wanted any more. */
  async rest() {
    if (++this.#steps % STEPS_PER_LOOK === 0) await this.restNow();
  }

  /** After a step that may have been long. */
  async restNow() {
    if (performance.now() < this.#until) return;
    this.signal?.throwIfAborted();
    this.onRest();
    await nextTask();
    this.#until = performance.now() + SLICE_MS;
    this.signal?.throwIfAborted();
  }
}

/** After what others have waited with. Timers would make it wait longer each time, and a second in pages out of sight. */
function nextTask() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}
