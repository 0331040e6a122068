// Has tiles painted in a worker, which is kept informed of every element.

import { arrived } from "../elements/later.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 * @typedef {import("./tiles.js").Tile} Tile
 */

/**
 * To the worker. Elements go before the tiles that need them; null: no longer there.
 * @typedef {{type: "elements", revision: number, changes: [string, Element | null][]}
 *   | {type: "paint", job: number, scale: number, left: number, top: number, theme: PaintView["theme"]}} Order
 */

/**
 * From the worker: which state of the scene it has painted, and that it would paint some of it better now.
 * @typedef {{type: "ready"} | {type: "arrived"} | {type: "painted", job: number, revision: number, bitmap: ImageBitmap}} Answer
 */

/**
 * What is needed of a Worker.
 * @typedef {object} WorkerLike
 * @property {(order: Order) => void} postMessage
 * @property {() => void} terminate
 * @property {((event: {data: Answer}) => void) | null} onmessage
 * @property {((event: unknown) => void) | null} onerror
 */

/** Copying so many takes about two milliseconds of a frame. */
const ELEMENTS_PER_FRAME = 1000;
/** One being painted and one waiting; what is wanted most can change with every frame. */
const JOBS_MAX = 2;

export class WorkerPainter {
  /** @type {WorkerLike | null} */
  #worker = null;
  #ready = false;
  /** @type {Map<string, Element | null>} */
  #unsent = new Map();
  /** Whether it has to hear of a state of the scene that no element has brought about. */
  #untold = false;
  /** @type {Map<number, Tile>} */
  #jobs = new Map();
  #lastJob = 0;

  /** @param {{start: () => WorkerLike | null, onChange: () => void}} parts told when a tile is done or the worker's state is another */
  constructor({ start, onChange }) {
    this.onChange = onChange;
    try {
      this.#worker = start();
    } catch {
      // Blocked, or too old for modules: the page paints on its own.
      return;
    }
    if (!this.#worker) return;
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onerror = () => this.#fail();
  }

  /** Whether it can be asked for tiles of the present state. */
  get ready() {
    return this.#ready && this.#unsent.size === 0;
  }

  /** Whether a next frame has something to send. */
  get behind() {
    return this.#ready && this.#unsent.size > 0;
  }

  get idle() {
    return this.#jobs.size === 0;
  }

  /** @param {string} key @param {Element | undefined} element */
  change(key, element) {
    if (this.#worker) this.#unsent.set(key, element ?? null);
  }

  /** The elements are the same, what it paints of them is not. */
  changeLooks() {
    this.#untold = true;
  }

  /** Sends what fits into a frame. @param {number} revision */
  send(revision) {
    if (!this.#ready || (this.#unsent.size === 0 && !this.#untold)) return;
    this.#untold = false;
    /** @type {[string, Element | null][]} */
    const changes = [];
    for (const change of this.#unsent) {
      changes.push(change);
      if (changes.length >= ELEMENTS_PER_FRAME) break;
    }
    for (const [key] of changes) this.#unsent.delete(key);
    this.#worker?.postMessage({ type: "elements", revision, changes });
  }

  /** @param {readonly Tile[]} wanted first things first @param {PaintView["theme"]} theme */
  paint(wanted, theme) {
    for (const tile of wanted) {
      if (this.#jobs.size >= JOBS_MAX) return;
      if (tile.busy) continue;
      const job = ++this.#lastJob;
      tile.beginPainting();
      this.#jobs.set(job, tile);
      const { scale, left, top } = tile;
      this.#worker?.postMessage({ type: "paint", job, scale, left, top, theme });
    }
  }

  /** What is under way is of no use any more. */
  giveUp() {
    for (const tile of this.#jobs.values()) tile.since = null;
    this.#jobs.clear();
  }

  stop() {
    this.#worker?.terminate();
    this.#fail();
  }

  /** @param {Answer} answer */
  #receive(answer) {
    if (answer.type === "ready") this.#ready = true;
    else if (answer.type === "arrived") arrived();
    else this.#painted(answer);
    this.onChange();
  }

  /** @param {Answer & {type: "painted"}} answer */
  #painted({ job, revision, bitmap }) {
    const tile = this.#jobs.get(job);
    this.#jobs.delete(job);
    // Given up or forgotten meanwhile.
    if (!tile?.busy) bitmap.close();
    else tile.endPainting(bitmap, revision);
  }

  #fail() {
    this.giveUp();
    this.#worker = null;
    this.#ready = false;
    this.#unsent.clear();
    this.onChange();
  }
}
