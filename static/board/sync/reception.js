// Counts what a connection has received, for the server to know how much is on its way (R10). Pure.

/** The protocol's most frames between two confirmations. */
const FRAMES = 32;
/** A slow client's frame of the log: at 3 KB/s it confirms every 6 s, and the server gives up after 10. */
const BYTES = 16 * 1024;

export class Reception {
  #frames = 0;
  #confirmed = 0;
  #bytes = 0;

  /** Returns the number of frames to confirm, or null while it isn't worth a message. @param {number} bytes */
  received(bytes) {
    this.#frames += 1;
    this.#bytes += bytes;
    if (this.#frames - this.#confirmed < FRAMES && this.#bytes < BYTES) return null;
    this.#confirmed = this.#frames;
    this.#bytes = 0;
    return this.#frames;
  }
}
