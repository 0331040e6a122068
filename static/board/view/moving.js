// Elements on their way, this person's and others': shown where they would come to lie, over the picture. A few are
// painted anew in every frame; of many a picture is made once, and moved.

import { intersects, union } from "../core/geometry.js";
import { boundsMoved, isTranslation } from "../core/matrix.js";
import { kindOf, transformed } from "../elements/index.js";
import { loosened } from "./loosened.js";
import { boundsSeen, paintElements } from "./raster.js";
import { inOrder } from "./scene.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("../elements/kind.js").Element} Element
 * @typedef {import("./renderer.js").OverlayFrame} OverlayFrame
 * @typedef {import("./scene.js").Entry} Entry
 * @typedef {import("./surroundings.js").Layer} Layer
 * @typedef {import("./surroundings.js").Surroundings} Surroundings
 */

/**
 * What is on its way.
 * @typedef {object} Movement
 * @property {string} name whose it is
 * @property {Iterable<string>} keys
 * @property {(key: string) => Element | undefined} get as they are where they come from
 * @property {Matrix} matrix
 * @property {boolean} [landing] it has ended, and the picture of the board doesn't show it yet
 */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Region in pixels of its scale, from the board's middle */
/** @typedef {{layer: Layer, region: Region, scale: number, theme: string, entries: readonly Entry[]}} Picture */

/** More than this is not painted in every frame of a movement. */
const PAINTED_EACH_FRAME = 100;
/** So much of a frame goes into a picture of many. */
const BUDGET_MS = 9;
const ELEMENTS_PER_LOOK = 8;
/** The picture reaches beyond the view by this part of it, so that it needn't be made again soon. */
const AROUND = 0.5;

export class Movements {
  /** @type {Map<string, MovedPicture>} */
  #pictures = new Map();

  /** @param {Pick<Surroundings, "newLayer" | "now">} around */
  constructor(around) {
    this.around = around;
  }

  /** @param {OverlayFrame} frame @param {Movement} whole @returns {boolean} whether a next frame shows more of it */
  paint(frame, whole) {
    const movement = loosened(whole);
    const known = this.#pictures.get(movement.name);
    const entries = known?.same(movement) ?? inOrder(movement.keys, movement.get);
    if (entries.length <= PAINTED_EACH_FRAME) {
      paintAll(frame, entries, movement.matrix);
      return false;
    }
    const picture = known ?? new MovedPicture(this.around);
    this.#pictures.set(movement.name, picture);
    return picture.paint(frame, entries, movement);
  }

  /** What has been moved under one name is on its way under another now. @param {string} from @param {string} to */
  rename(from, to) {
    const picture = this.#pictures.get(from);
    this.#pictures.delete(from);
    if (picture) this.#pictures.set(to, picture);
  }

  /** Those of other names have ended, and their pictures take memory. @param {ReadonlySet<string>} names */
  keep(names) {
    for (const name of this.#pictures.keys()) if (!names.has(name)) this.#pictures.delete(name);
  }
}

/** @param {OverlayFrame} frame @param {readonly Entry[]} entries @param {Matrix} matrix */
function paintAll({ ctx, view, width, height }, entries, matrix) {
  const seen = boundsSeen(view, width, height);
  const there = entries.filter(([, element]) =>
    intersects(boundsMoved(matrix, kindOf(element).bounds(element)), seen),
  );
  if (isTranslation(matrix)) {
    const { x, y } = wayOf(matrix, view.scale);
    paintElements(ctx, there, { ...view, left: view.left - x, top: view.top - y });
    return;
  }
  for (const [, element] of there) {
    const moved = transformed(element, matrix);
    kindOf(moved).draw(ctx, moved, view);
  }
}

/** On whole pixels: the ink looks the same all the way. @param {Matrix} matrix @param {number} scale */
function wayOf([, , , , dx, dy], scale) {
  return { x: Math.round(dx * scale), y: Math.round(dy * scale) };
}

class MovedPicture {
  /** @type {readonly Entry[]} */
  #entries = [];
  /** @type {Bounds} */
  #bounds = { minX: 0, minY: 0, maxX: 0, maxY: 0 };
  /** @type {Picture | null} */
  #shown = null;
  /** The next one, as far as it is painted. @type {{picture: Picture, todo: Entry[], next: number} | null} */
  #work = null;
  /** @type {Matrix | null} */
  #lastMatrix = null;
  #lastScale = 0;

  /** @param {Pick<Surroundings, "newLayer" | "now">} around */
  constructor(around) {
    this.around = around;
  }

  /** The entries as they were, if that is what they are. @param {Movement} movement */
  same({ keys, get }) {
    const size = "size" in keys ? keys.size : -1;
    if (size !== this.#entries.length) return null;
    return this.#entries.every(([key, element]) => get(key) === element) ? this.#entries : null;
  }

  /** @param {OverlayFrame} frame @param {readonly Entry[]} entries @param {Movement} movement */
  paint(frame, entries, { matrix, landing = false }) {
    this.#take(entries);
    const needed = this.#needed(frame, matrix);
    const goodEnough = this.#shown !== null && this.#fits(this.#shown, frame, needed);
    // While zooming, each frame would begin another.
    const still = frame.view.scale === this.#lastScale || this.#shown === null;
    this.#lastScale = frame.view.scale;
    if (!goodEnough && still) this.#goOn(frame, needed);
    const shown = this.#shown ?? this.#work?.picture;
    const old = shown?.entries !== this.#entries;
    // Where it has landed, what is still the old picture shows by having been moved.
    const by = landing && old && this.#lastMatrix ? this.#lastMatrix : matrix;
    if (!landing) this.#lastMatrix = matrix;
    if (shown) blit(frame, shown, by);
    return !goodEnough;
  }

  /** @param {readonly Entry[]} entries */
  #take(entries) {
    if (entries === this.#entries) return;
    this.#entries = entries;
    this.#work = null;
    this.#bounds = entries
      .map(([, element]) => kindOf(element).bounds(element))
      .reduce((all, one) => union(all, one));
  }

  /** The part of it that can be seen, in pixels, before it is moved. @param {OverlayFrame} frame @param {Matrix} matrix @returns {Region} */
  #needed({ view, width, height }, matrix) {
    const way = isTranslation(matrix) ? wayOf(matrix, view.scale) : { x: 0, y: 0 };
    const left = view.left - way.x;
    const top = view.top - way.y;
    return this.#clipped(view.scale, { left, top, right: left + width, bottom: top + height });
  }

  /** @param {number} scale @param {Region} region */
  #clipped(scale, { left, top, right, bottom }) {
    const { minX, minY, maxX, maxY } = this.#bounds;
    return {
      left: Math.max(left, Math.floor(minX * scale) - 2),
      top: Math.max(top, Math.floor(minY * scale) - 2),
      right: Math.min(right, Math.ceil(maxX * scale) + 2),
      bottom: Math.min(bottom, Math.ceil(maxY * scale) + 2),
    };
  }

  /** @param {Picture} picture @param {OverlayFrame} frame @param {Region} needed */
  #fits({ entries, scale, theme, region }, { view }, needed) {
    if (entries !== this.#entries || scale !== view.scale || theme !== view.theme) return false;
    return needed.right <= needed.left || needed.bottom <= needed.top || covers(region, needed);
  }

  /** @param {OverlayFrame} frame @param {Region} needed */
  #goOn(frame, needed) {
    if (!this.#work || !this.#fits(this.#work.picture, frame, needed))
      this.#work = this.#begin(frame, needed);
    const { picture, todo } = this.#work;
    const { ctx } = picture.layer;
    const { left, top } = picture.region;
    const view = { ...frame.view, left, top };
    const end = this.around.now() + BUDGET_MS;
    do {
      const slice = todo.slice(this.#work.next, this.#work.next + ELEMENTS_PER_LOOK);
      paintElements(ctx, slice, view);
      this.#work.next += slice.length;
    } while (this.#work.next < todo.length && this.around.now() < end);
    if (this.#work.next < todo.length) return;
    this.#shown = picture;
    this.#work = null;
  }

  /** @param {OverlayFrame} frame @param {Region} needed */
  #begin({ view, width, height }, needed) {
    const region = this.#clipped(view.scale, {
      left: needed.left - Math.round(width * AROUND),
      top: needed.top - Math.round(height * AROUND),
      right: needed.right + Math.round(width * AROUND),
      bottom: needed.bottom + Math.round(height * AROUND),
    });
    const across = Math.max(1, region.right - region.left);
    const down = Math.max(1, region.bottom - region.top);
    const layer = this.around.newLayer(across, down);
    const inside = boundsSeen({ ...view, left: region.left, top: region.top }, across, down);
    const todo = this.#entries.filter(([, element]) =>
      intersects(kindOf(element).bounds(element), inside),
    );
    const { scale, theme } = view;
    return { picture: { layer, region, scale, theme, entries: this.#entries }, todo, next: 0 };
  }
}

/** @param {Region} outer @param {Region} inner */
function covers(outer, inner) {
  return (
    outer.left <= inner.left &&
    outer.top <= inner.top &&
    outer.right >= inner.right &&
    outer.bottom >= inner.bottom
  );
}

/** @param {OverlayFrame} frame @param {Picture} picture @param {Matrix} matrix */
function blit({ ctx, view }, { layer, region, scale }, matrix) {
  if (isTranslation(matrix) && scale === view.scale) {
    const { x, y } = wayOf(matrix, scale);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(layer.canvas, region.left - view.left + x, region.top - view.top + y);
    return;
  }
  const [a, b, c, d, e, f] = matrix;
  const { left, top } = region;
  const factor = view.scale / scale;
  const x = factor * (a * left + c * top) + e * view.scale - view.left;
  const y = factor * (b * left + d * top) + f * view.scale - view.top;
  ctx.setTransform(a * factor, b * factor, c * factor, d * factor, x, y);
  ctx.drawImage(layer.canvas, 0, 0);
}
