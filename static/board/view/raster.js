// Painting elements into a rectangle of pixels, a slice at a time. Worker and page paint with this alike, so
// that the same document gives the same pixels, whoever paints them and in whatever order it came.

import { kindOf } from "../elements/index.js";
import { canvasColor } from "../elements/ink.js";
import { paintPaper } from "./paper.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../elements/kind.js").Context} Context
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 * @typedef {import("./scene.js").Entry} Entry
 * @typedef {import("./scene.js").Scene} Scene
 */

/** Looking at the clock costs more than a small stroke. */
const ELEMENTS_PER_LOOK = 8;
/** Antialiasing and the thinnest lines reach so many pixels out of an element's bounds. */
const EDGE_PIXELS = 2;

/** The part of the board that can leave ink in a rectangle of pixels. @param {PaintView} view @param {number} width @param {number} height @returns {Bounds} */
export function boundsSeen({ scale, left, top }, width, height) {
  return {
    minX: (left - EDGE_PIXELS) / scale,
    minY: (top - EDGE_PIXELS) / scale,
    maxX: (left + width + EDGE_PIXELS) / scale,
    maxY: (top + height + EDGE_PIXELS) / scale,
  };
}

/** @param {Context} ctx @param {Iterable<Entry>} entries @param {PaintView} view */
export function paintElements(ctx, entries, view) {
  for (const [, element] of entries) kindOf(element).draw(ctx, element, view);
}

/** @param {Context} ctx @param {string} color @param {number} width @param {number} height */
export function fillAll(ctx, color, width, height) {
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = 1;
  ctx.fillStyle = color;
  ctx.fillRect(0, 0, width, height);
}

/** One rectangle on its way from background to finished. */
export class Painting {
  #next = 0;

  /** @param {{ctx: Context, scene: Scene, view: PaintView, width: number, height: number, background?: string}} what */
  constructor({ ctx, scene, view, width, height, background = canvasColor(view.theme) }) {
    this.ctx = ctx;
    this.view = view;
    this.entries = scene.inside(boundsSeen(view, width, height));
    if (background === "transparent") ctx.clearRect(0, 0, width, height);
    else fillAll(ctx, background, width, height);
    paintPaper(ctx, view, width, height);
  }

  /** Goes on until it is finished (true) or time is up. @param {() => boolean} timeIsUp @returns {boolean} */
  step(timeIsUp) {
    const { entries } = this;
    while (this.#next < entries.length) {
      const slice = entries.slice(this.#next, this.#next + ELEMENTS_PER_LOOK);
      paintElements(this.ctx, slice, this.view);
      this.#next += slice.length;
      if (timeIsUp()) break;
    }
    return this.#next >= entries.length;
  }
}
