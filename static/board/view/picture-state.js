// From the document's changes to what the tiles and the worker have to know: who looks different since the last frame.

import { kindOf, looksAlike } from "../elements/index.js";
import { whatLiesElsewhere } from "../elements/placing.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("./scene.js").DocumentScene} DocumentScene
 * @typedef {import("./tiles.js").Tiles} Tiles
 * @typedef {import("./worker-painter.js").WorkerPainter} WorkerPainter
 */

/** With more changes in one frame, painting anew is cheaper than painting each on top. */
const ADDED_PER_FRAME = 200;
/** And looking where each lies is dearer than painting everything anew. */
const PLACED_PER_FRAME = 5000;

export class PictureState {
  /** Counts the states of the scene. */
  revision = 0;
  /** What the tiles know of. @type {Map<string, Element>} */
  #shown = new Map();
  /** Null: any. @type {Set<string> | null} */
  #changed = new Set();
  #elsewhere = whatLiesElsewhere();

  /** @param {{scene: DocumentScene, tiles: Tiles, worker: WorkerPainter}} parts */
  constructor({ scene, tiles, worker }) {
    this.scene = scene;
    this.tiles = tiles;
    this.worker = worker;
  }

  /** @param {Iterable<string> | null} keys null: any */
  note(keys) {
    if (keys === null) this.#changed = null;
    else if (this.#changed) for (const key of keys) this.#changed.add(key);
  }

  /** Elements look different without being different: all is painted anew. */
  changeLooks() {
    this.revision++;
    this.tiles.spoilAll(this.revision);
    // The worker knows places from the page.
    const lies = this.#elsewhere();
    for (const [key, element] of this.#shown) if (lies(element)) this.worker.change(key);
    this.worker.changeLooks();
  }

  /** A board of pictures isn't painted as often as it has pictures. @param {ReadonlySet<unknown>} assets */
  changePictures(assets) {
    this.revision++;
    for (const element of this.#shown.values())
      if (assets.has(element.asset))
        this.tiles.spoil(kindOf(element).bounds(element), this.revision);
    this.worker.changeLooks();
  }

  /** Brings tiles and worker to the scene's present state. @returns {boolean} whether a board has just been opened */
  flush() {
    if (!this.#changed && this.#shown.size === 0) return this.#open();
    const keys = this.#changed ?? new Set([...this.#shown.keys(), ...this.scene.keys()]);
    this.#changed = new Set();
    const different = [...keys].filter((key) => this.#looksDifferent(key));
    if (different.length === 0) return false;
    this.revision++;
    if (different.length > PLACED_PER_FRAME) this.tiles.spoilAll(this.revision);
    const besides = new Set(different);
    for (const key of different) this.#update(key, besides);
    return false;
  }

  /** Where nothing is known yet, there is nothing to compare. */
  #open() {
    this.#changed = new Set();
    for (const [key, element] of this.scene.entries()) this.#shown.set(key, element);
    if (this.#shown.size === 0) return false;
    this.tiles.spoilAll(++this.revision);
    this.worker.changeAll();
    return true;
  }

  /** @param {string} key */
  #looksDifferent(key) {
    const before = this.#shown.get(key);
    const after = this.scene.get(key);
    if (before === after) return false;
    if (!before || !after) return true;
    kindOf(after).inherit?.(before, after);
    if (!looksAlike(before, after)) return true;
    this.#shown.set(key, after);
    return false;
  }

  /** @param {string} key @param {ReadonlySet<string>} besides all that are different */
  #update(key, besides) {
    const before = this.#shown.get(key);
    const after = this.scene.get(key);
    if (after) this.#shown.set(key, after);
    else this.#shown.delete(key);
    this.worker.change(key);
    if (besides.size > PLACED_PER_FRAME) return;
    if (before) this.tiles.spoil(kindOf(before).bounds(before), this.revision);
    if (!after) return;
    if (besides.size > ADDED_PER_FRAME) {
      this.tiles.spoil(kindOf(after).bounds(after), this.revision);
      return;
    }
    const covered = this.scene.isCovered([key, after], besides);
    this.tiles.add(key, kindOf(after).bounds(after), this.revision, covered);
  }
}
