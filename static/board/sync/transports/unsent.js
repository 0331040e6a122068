// Frames that the other side has not taken yet, numbered 1, 2, 3 and so on. Pure.

import { utf8Length } from "../../core/limits.js";

/** Of one request: the server takes 1,024. */
const FRAMES = 512;

export class Unsent {
  /** Number of the first of them. */
  first = 1;
  bytes = 0;
  /** @type {{json: string, bytes: number, binary: boolean}[]} */
  #frames = [];

  get length() {
    return this.#frames.length;
  }

  /** @param {string} json @param {boolean} binary */
  push(json, binary) {
    const bytes = utf8Length(json) + 1;
    this.#frames.push({ json, bytes, binary });
    this.bytes += bytes;
  }

  /** The body of the next request: at least one, and as many as go into so many bytes. @param {number} most */
  next(most) {
    const jsons = [];
    let size = 0;
    for (const { json, bytes } of this.#frames) {
      size += bytes;
      if ((size > most && jsons.length > 0) || jsons.length === FRAMES) break;
      jsons.push(json);
    }
    return `{"first":${this.first},"frames":[${jsons.join(",")}]}`;
  }

  /** Returns how many messages of text are among those taken. @param {number} last number of the last frame that the other side has */
  taken(last) {
    const taken = this.#frames.splice(0, last + 1 - this.first);
    this.first += taken.length;
    for (const { bytes } of taken) this.bytes -= bytes;
    return taken.filter(({ binary }) => !binary).length;
  }

  clear() {
    this.#frames = [];
    this.bytes = 0;
  }
}
