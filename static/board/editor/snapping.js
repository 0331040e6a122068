// What a drag snaps to: the grid, and what else is in view, as far as the person wants that.

import { snapBox, snapEdges, toGrid } from "../core/snap.js";
import { kindOf } from "../elements/index.js";
import { placeOf } from "./selecting-frame.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../core/snap.js").Guide} Guide
 * @typedef {import("../core/snap.js").Snapped} Snapped
 * @typedef {import("../editor.js").Editor} Editor
 */

export const GRID = 20;
/** In pixels of the screen. */
const REACH = 8;
/** With more to be in line with, everything is in line with something; those near by are meant. */
const NEIGHBOURS = 100;
/** As a part of the view, in each direction. */
const SMALLEST_LOOK = 1 / 16;
/** After so many pixels of the screen others are near by. */
const LOOK_AGAIN = 160;
/** A drawn line has no edges that anybody lines up with. */
const INK = /** @type {ReadonlySet<string>} */ (new Set(["pen", "highlighter"]));
/** @type {Snapped} */
const FREE = { dx: null, dy: null, guides: [] };

/** By how much more something has to go, and what shows why. @typedef {{dx: number, dy: number, guides: Guide[]}} Way */

/** Where a place comes to lie that is put on the board, for the tools that make shapes. @param {Editor} editor @param {Place} place @param {ReadonlySet<string>} [exclude] what is being made or moved itself @returns {Place & {guides: Guide[]}} */
export function snapPlace(editor, place, exclude = new Set()) {
  return new Snapping(editor, exclude).place(place);
}

/** For one drag: remembers what is near by, so that a movement costs little however much is in view. */
export class Snapping {
  /** @type {Bounds[]} */
  #near = [];
  /** @type {(Place & {zoom: number}) | null} */
  #lookedFrom = null;

  /** @param {Editor} editor @param {ReadonlySet<string>} exclude what is moved itself */
  constructor(editor, exclude) {
    this.editor = editor;
    this.exclude = exclude;
  }

  /** @param {Bounds} box where the pointer has it @returns {Way} */
  box(box) {
    const { settings, camera } = this.editor;
    const near = this.#nearTo({ x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 });
    const snapped = settings.snapToObjects ? snapBox(box, near, REACH / camera.zoom) : FREE;
    return this.#orToGrid(snapped, { x: box.minX, y: box.minY });
  }

  /** The same of the sides that a drag moves; null: this one doesn't. @param {{x: number | null, y: number | null}} edges @param {Bounds} box @returns {Way} */
  edges(edges, box) {
    const { settings, camera } = this.editor;
    const near = this.#nearTo({ x: edges.x ?? box.minX, y: edges.y ?? box.minY });
    const snapped = settings.snapToObjects
      ? snapEdges(edges, box, near, REACH / camera.zoom)
      : FREE;
    return this.#orToGrid(snapped, edges);
  }

  /** @param {Place} place @returns {Place & {guides: Guide[]}} */
  place({ x, y }) {
    const { dx, dy, guides } = this.edges({ x, y }, { minX: x, minY: y, maxX: x, maxY: y });
    return { x: x + dx, y: y + dy, guides };
  }

  /** What nothing draws to it goes to the grid. @param {Snapped} snapped @param {{x: number | null, y: number | null}} at @returns {Way} */
  #orToGrid({ dx, dy, guides }, { x, y }) {
    const onGrid = (/** @type {number | null} */ value) =>
      value === null || !this.editor.settings.snapToGrid ? 0 : toGrid(value, GRID) - value;
    return { dx: dx ?? onGrid(x), dy: dy ?? onGrid(y), guides };
  }

  /** @param {Place} middle */
  #nearTo(middle) {
    const { settings, camera } = this.editor;
    if (!settings.snapToObjects) return [];
    const from = this.#lookedFrom;
    const way = from ? Math.hypot(from.x - middle.x, from.y - middle.y) * camera.zoom : Infinity;
    if (way > LOOK_AGAIN || from?.zoom !== camera.zoom) {
      this.#near = this.#look(middle);
      this.#lookedFrom = { ...middle, zoom: camera.zoom };
    }
    return this.#near;
  }

  /** Around the middle, and farther out until there is enough. @param {Place} middle */
  #look(middle) {
    const view = this.editor.camera.viewBounds();
    const [across, down] = [view.maxX - view.minX, view.maxY - view.minY];
    for (let part = SMALLEST_LOOK; ; part *= 2) {
      const { x, y } = middle;
      const area = {
        minX: Math.max(view.minX, x - across * part),
        minY: Math.max(view.minY, y - down * part),
        maxX: Math.min(view.maxX, x + across * part),
        maxY: Math.min(view.maxY, y + down * part),
      };
      const found = this.#placesIn(area, middle);
      if (part > 1 || found.length >= NEIGHBOURS)
        return found
          .sort((a, b) => a.away - b.away)
          .slice(0, NEIGHBOURS)
          .map(({ place }) => place);
    }
  }

  /** @param {Bounds} area @param {Place} middle */
  #placesIn(area, { x, y }) {
    const { document, spatial } = this.editor;
    /** @type {{place: Bounds, away: number}[]} */
    const found = [];
    for (const key of spatial.search(area)) {
      const element = this.exclude.has(key) ? undefined : document.get(key);
      if (!element || INK.has(kindOf(element).style)) continue;
      const place = placeOf(element);
      const across = Math.max(place.minX - x, 0, x - place.maxX);
      const down = Math.max(place.minY - y, 0, y - place.maxY);
      found.push({ place, away: Math.hypot(across, down) });
    }
    return found;
  }
}
