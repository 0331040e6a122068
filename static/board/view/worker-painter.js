// Has tiles painted in a worker, which is kept informed of every element.

import { arrived, picturesArrived } from "../elements/later.js";
import { Packer } from "./packed.js";

/**
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 * @typedef {import("./packed.js").Parcel} Parcel
 * @typedef {import("./scene.js").DocumentScene} DocumentScene
 * @typedef {import("./tiles.js").Tile} Tile
 */

/** What is the same for all of the picture. @typedef {Pick<PaintView, "theme" | "paper" | "ratio">} Look */

/**
 * To the worker. Elements go before the tiles that need them. `patient`: there is something to be seen there, and pictures
 * that are nearly there are waited for.
 * @typedef {{type: "elements", revision: number, parcel: Parcel}
 *   | {type: "paint", job: number, scale: number, left: number, top: number, look: Look, patient: boolean}} Order
 */

/**
 * From the worker: which state of the scene it has painted, and that it would paint some of it better now.
 * @typedef {{type: "ready"} | {type: "arrived"} | {type: "pictures", assets: ReadonlySet<string>} | {type: "painted", job: number, revision: number, bitmap: ImageBitmap}} Answer
 */

/**
 * What is needed of a Worker.
 * @typedef {object} WorkerLike
 * @property {(order: Order, transfer?: Transferable[]) => void} postMessage
 * @property {() => void} terminate
 * @property {((event: {data: Answer}) => void) | null} onmessage
 * @property {((event: unknown) => void) | null} onerror
 */

/** So much of a frame goes into telling the worker of a whole board. */
const PACKING_MS = 8;
/** Looking at the clock costs as much as an element. */
const ELEMENTS_PER_LOOK = 32;
/** One being painted and one waiting; what is wanted most can change with every frame. */
const JOBS_MAX = 2;

export class WorkerPainter {
  /** @type {WorkerLike | null} */
  #worker = null;
  #start;
  #begun = false;
  #ready = false;
  /** Keys of what it doesn't know yet. @type {Set<string>} */
  #unsent = new Set();
  /** The rest of a board that has just been opened. @type {Iterator<string> | null} */
  #rest = null;
  #packer = new Packer();
  /** Whether it has to hear of a state of the scene that no element has brought about. */
  #untold = false;
  /** @type {Map<number, Tile>} */
  #jobs = new Map();
  #lastJob = 0;

  /** @param {{start: () => WorkerLike | null, scene: DocumentScene, now: () => number, onChange: () => void}} parts told when a tile is done or the worker's state is another */
  constructor({ start, scene, now, onChange }) {
    this.scene = scene;
    this.now = now;
    this.onChange = onChange;
    this.#start = start;
  }

  /** Until then the page paints, and what has changed is noted. */
  begin() {
    try {
      this.#worker = this.#start();
    } catch {
      // Blocked, or too old for modules: the page paints on its own.
    }
    this.#begun = true;
    if (!this.#worker) {
      this.#fail();
      return;
    }
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onerror = () => this.#fail();
  }

  /** Whether it can be asked for tiles of the present state. */
  get ready() {
    return this.#ready && this.#knowsAll;
  }

  /** Whether a next frame has something to send. */
  get behind() {
    return this.#ready && !this.#knowsAll;
  }

  get #knowsAll() {
    return this.#unsent.size === 0 && this.#rest === null;
  }

  /** Whether it isn't there yet, but will be. */
  get expected() {
    return !this.#begun || (this.#worker !== null && !this.ready);
  }

  get idle() {
    return this.#jobs.size === 0;
  }

  /** An element is another, or gone. @param {string} key */
  change(key) {
    if (this.#worker || !this.#begun) this.#unsent.add(key);
  }

  /** The board has just been opened: the worker hears of all that there is. */
  changeAll() {
    if (this.#worker || !this.#begun) this.#rest = this.scene.keys();
  }

  /** The elements are the same, what it paints of them is not. */
  changeLooks() {
    this.#untold = true;
  }

  /** Sends what fits into a frame. @param {number} revision */
  send(revision) {
    if (!this.behind && !(this.#ready && this.#untold)) return;
    this.#untold = false;
    const end = this.now() + PACKING_MS;
    do {
      for (let i = 0; i < ELEMENTS_PER_LOOK && this.#packNext(); i++);
    } while (!this.#knowsAll && this.now() < end);
    const parcel = this.#packer.take();
    const { texts, points, boxes, sizes } = parcel;
    const transfer = [texts.buffer, points.buffer, boxes.buffer, sizes.buffer];
    this.#worker?.postMessage({ type: "elements", revision, parcel }, transfer);
  }

  /** @returns {boolean} whether there was one */
  #packNext() {
    const key = this.#nextKey();
    if (key === undefined) return false;
    this.#packer.add(key, this.scene.get(key), this.scene.boundsOf(key));
    return true;
  }

  #nextKey() {
    const next = this.#rest?.next();
    if (next && !next.done) return next.value;
    this.#rest = null;
    const [key] = this.#unsent;
    if (key !== undefined) this.#unsent.delete(key);
    return key;
  }

  /** @param {readonly Tile[]} wanted first things first @param {Look} look */
  paint(wanted, look) {
    for (const tile of wanted) {
      if (this.#jobs.size >= JOBS_MAX) return;
      if (tile.busy) continue;
      const job = ++this.#lastJob;
      tile.beginPainting();
      this.#jobs.set(job, tile);
      const { scale, left, top, shown: patient } = tile;
      this.#worker?.postMessage({ type: "paint", job, scale, left, top, look, patient });
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
    else if (answer.type === "pictures") picturesArrived(answer.assets);
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
    this.#rest = null;
    this.onChange();
  }
}
