// The camera: which part of the board is on the screen, and how large.

import { contains } from "./geometry.js";

/** @typedef {import("./geometry.js").Bounds} Bounds */
/** @typedef {import("./geometry.js").Place} Place */

export const ZOOM_MIN = 0.01;
export const ZOOM_MAX = 32;
/** Fitting a single small word shouldn't fill the screen with it. */
const FIT_ZOOM_MAX = 2;
/** The middle of the view stays where the protocol has coordinates. */
const EDGE = 1_000_000;

export class Camera {
  /** Board coordinates of the view's top left corner. */
  x = 0;
  y = 0;
  zoom = 1;
  /** Of the view, in CSS pixels. */
  width = 0;
  height = 0;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {() => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {Place} screen @returns {Place} */
  toBoard({ x, y }) {
    return { x: this.x + x / this.zoom, y: this.y + y / this.zoom };
  }

  /** @param {Place} board @returns {Place} */
  toScreen({ x, y }) {
    return { x: (x - this.x) * this.zoom, y: (y - this.y) * this.zoom };
  }

  /** @returns {Bounds} */
  viewBounds() {
    const { x, y } = this.toBoard({ x: this.width, y: this.height });
    return { minX: this.x, minY: this.y, maxX: x, maxY: y };
  }

  /** The view's corner stays where it is. @param {number} width @param {number} height */
  resize(width, height) {
    if (width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    this.#tell();
  }

  /** What is in the middle of the view: that stays when somebody comes back with another window. */
  get middle() {
    return this.toBoard({ x: this.width / 2, y: this.height / 2 });
  }

  /** @param {Place} middle @param {number} zoom */
  lookAt({ x, y }, zoom) {
    const within = withinZoom(zoom);
    this.#place(x - this.width / 2 / within, y - this.height / 2 / within, within);
  }

  /** Moves the board under the screen, as a hand does. @param {number} dx @param {number} dy in pixels */
  panBy(dx, dy) {
    this.#place(this.x - dx / this.zoom, this.y - dy / this.zoom, this.zoom);
  }

  /** What is at this pixel stays there. @param {number} px @param {number} py @param {number} factor */
  zoomAt(px, py, factor) {
    const zoom = withinZoom(this.zoom * factor);
    const at = this.toBoard({ x: px, y: py });
    this.#place(at.x - px / zoom, at.y - py / zoom, zoom);
  }

  /** Around the middle of the view. @param {number} zoom */
  setZoom(zoom) {
    this.zoomAt(this.width / 2, this.height / 2, withinZoom(zoom) / this.zoom);
  }

  /** Shows all of the bounds, in the middle. @param {Bounds} bounds @param {number | {top: number, bottom: number, side: number}} padding in pixels */
  fit(bounds, padding) {
    const { top, bottom, side } =
      typeof padding === "number" ? { top: padding, bottom: padding, side: padding } : padding;
    const across =
      Math.max(1, this.width - 2 * side) / Math.max(bounds.maxX - bounds.minX, Number.MIN_VALUE);
    const down =
      Math.max(1, this.height - top - bottom) /
      Math.max(bounds.maxY - bounds.minY, Number.MIN_VALUE);
    const zoom = withinZoom(Math.min(FIT_ZOOM_MAX, across, down));
    const middle = { x: (bounds.minX + bounds.maxX) / 2, y: (bounds.minY + bounds.maxY) / 2 };
    const middleDown = (this.height + top - bottom) / 2;
    this.#place(middle.x - this.width / 2 / zoom, middle.y - middleDown / zoom, zoom);
  }

  /** Brings bounds into view that aren't in it, to the middle. @param {Bounds} bounds */
  reveal({ minX, minY, maxX, maxY }) {
    if (contains(this.viewBounds(), { minX, minY, maxX, maxY })) return;
    const middle = this.toScreen({ x: (minX + maxX) / 2, y: (minY + maxY) / 2 });
    this.panBy(this.width / 2 - middle.x, this.height / 2 - middle.y);
  }

  /** @param {number} x @param {number} y @param {number} zoom */
  #place(x, y, zoom) {
    const half = { x: this.width / 2 / zoom, y: this.height / 2 / zoom };
    const nextX = withinEdge(x + half.x) - half.x;
    const nextY = withinEdge(y + half.y) - half.y;
    if (nextX === this.x && nextY === this.y && zoom === this.zoom) return;
    this.x = nextX;
    this.y = nextY;
    this.zoom = zoom;
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}

/** @param {number} zoom */
function withinZoom(zoom) {
  return Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, zoom));
}

/** @param {number} value */
function withinEdge(value) {
  return Math.min(EDGE, Math.max(-EDGE, value));
}
