// Paints tiles on the page itself, a few milliseconds a frame: the first view, and where there is no worker.

import { Painting } from "./raster.js";
import { TILE_PIXELS } from "./tiles.js";

/**
 * @typedef {import("./worker-painter.js").Look} Look
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("./surface.js").Surface} Surface
 * @typedef {import("./tiles.js").Tile} Tile
 */

/** Leaves more than half of a frame to the browser and the pointer. */
const BUDGET_MS = 6;
/** Whoever has just opened a board has nothing to point at yet: the sooner it is there, the better. */
const OPENING_MS = 60;

export class PagePainter {
  /** @type {{tile: Tile, painting: Painting, revision: number} | null} */
  #work = null;

  /** @param {{scene: Scene, surface: Surface, now: () => number}} parts the surface is as large as a tile */
  constructor({ scene, surface, now }) {
    this.scene = scene;
    this.surface = surface;
    this.now = now;
  }

  get idle() {
    return this.#work === null;
  }

  /** @param {readonly Tile[]} wanted first things first @param {number} revision @param {Look} look @param {boolean} opening */
  paint(wanted, revision, look, opening) {
    const end = this.now() + (opening ? OPENING_MS : BUDGET_MS);
    const timeIsUp = () => this.now() >= end;
    const queue = wanted.filter((tile) => !tile.busy);
    // What is half done and no longer in sight isn't worth finishing.
    if (this.#work && !wanted.includes(this.#work.tile)) this.giveUp();
    do {
      this.#work ??= this.#begin(queue.shift(), revision, look);
      if (!this.#work?.painting.step(timeIsUp)) return;
      this.#work.tile.endPainting(this.surface.take(), this.#work.revision);
      this.#work = null;
    } while (!timeIsUp());
  }

  giveUp() {
    if (this.#work) this.#work.tile.since = null;
    this.#work = null;
  }

  /** @param {Tile | undefined} tile @param {number} revision @param {Look} look */
  #begin(tile, revision, look) {
    if (!tile) return null;
    tile.beginPainting();
    const view = { ...look, scale: tile.scale, left: tile.left, top: tile.top };
    const { ctx } = this.surface;
    const painting = new Painting({
      ctx,
      scene: this.scene,
      view,
      width: TILE_PIXELS,
      height: TILE_PIXELS,
    });
    return { tile, painting, revision };
  }
}
