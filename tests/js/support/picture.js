// A board with its picture, without a browser: frames, time and the worker go when the test says so.

import { Camera } from "../../../static/board/core/camera.js";
import { Document } from "../../../static/board/core/document.js";
import { encodePoints } from "../../../static/board/core/points.js";
import { SpatialIndex } from "../../../static/board/core/spatial.js";
import { keepPlaced } from "../../../static/board/elements/placing.js";
import { Painting } from "../../../static/board/view/raster.js";
import { Renderer } from "../../../static/board/view/renderer.js";
import { PostedScene } from "../../../static/board/view/scene.js";
import { TILE_PIXELS } from "../../../static/board/view/tiles.js";
import { coarseCanvas, coarseLayer, coarseSurface } from "./coarse-canvas.js";

/**
 * @typedef {import("../../../static/board/core/fold.js").Element} Element
 * @typedef {import("../../../static/board/elements/kind.js").PaintView} PaintView
 * @typedef {import("../../../static/board/view/worker-painter.js").Order} Order
 * @typedef {import("../../../static/board/view/worker-painter.js").WorkerLike} WorkerLike
 */

export const COLORS = ["red", "green", "blue", "black", "orange", "teal"];

/** The worker's own code, but for the thread: orders wait until `run`. @implements {WorkerLike} */
export class WaitingWorker {
  /** @type {WorkerLike["onmessage"]} */
  onmessage = null;
  /** @type {WorkerLike["onerror"]} */
  onerror = null;
  /** @type {Order[]} */
  orders = [];
  scene = new PostedScene();
  surface = coarseSurface(TILE_PIXELS, TILE_PIXELS);
  revision = 0;

  /** @param {Order} order */
  postMessage(order) {
    this.orders.push(structuredClone(order));
  }

  terminate() {}

  ready() {
    this.onmessage?.({ data: { type: "ready" } });
  }

  /** Carries out the oldest order. @returns {boolean} */
  run() {
    const order = this.orders.shift();
    if (order?.type === "elements") {
      this.scene.apply(order.parcel);
      this.revision = order.revision;
    } else if (order) this.#paint(order);
    return order !== undefined;
  }

  /** @param {Order & {type: "paint"}} order */
  #paint({ job, scale, left, top, look }) {
    const view = { ...look, scale, left, top };
    const { ctx } = this.surface;
    new Painting({ ctx, scene: this.scene, view, width: TILE_PIXELS, height: TILE_PIXELS }).step(
      () => false,
    );
    this.onmessage?.({
      data: { type: "painted", job, revision: this.revision, bitmap: this.surface.take() },
    });
  }
}

/**
 * @param {{worker?: WaitingWorker | null, width?: number, height?: number, theme?: PaintView["theme"],
 *   elements?: Record<string, Element>}} options
 */
export function picture({
  worker = null,
  width = 1200,
  height = 800,
  theme = "light",
  elements = {},
} = {}) {
  const document = new Document();
  const camera = new Camera();
  const spatial = new SpatialIndex();
  keepPlaced(document, spatial);
  /** @type {((now: number) => void)[]} */
  const frames = [];
  /** @type {(() => void)[]} */
  const later = [];
  let now = 0;
  const canvas = coarseCanvas(width, height);
  const overlayCanvas = coarseCanvas(width, height);
  if (Object.keys(elements).length > 0) document.load({ epoch: "test", clock: 0, elements });
  const renderer = new Renderer({
    canvas,
    overlayCanvas,
    document,
    camera,
    spatial,
    theme,
    workerUrl: "worker.js",
    surroundings: {
      nextFrame: (callback) => frames.push(callback),
      now: () => now,
      later: (callback) => later.push(callback),
      pixelRatio: () => 1,
      newSurface: coarseSurface,
      newLayer: coarseLayer,
      startWorker: () => worker,
      onceOpened: (_, begin) => begin(),
    },
  });
  /** One frame, if one was asked for. */
  function frame() {
    now += 16;
    const callback = frames.shift();
    callback?.(now);
    return callback !== undefined;
  }
  return {
    document,
    camera,
    spatial,
    renderer,
    canvas,
    overlayCanvas,
    frames,
    later,
    frame,
    /** Frames and worker until the picture is at rest. */
    rest() {
      for (let i = 0; i < 2000; i++) {
        const framed = frame();
        const worked = worker?.run() ?? false;
        if (!framed && !worked && renderer.settled) return;
      }
      throw new Error("the picture never came to rest");
    },
    /** @param {string} key @param {Element} element */
    put(key, element) {
      document.propose([{ op: "put", key, element }]);
    },
    pixels: () => [...canvas.ctx.cells].sort().join(" "),
  };
}

/** A stroke straight across a box. */
export function stroke({
  x = 0,
  y = 0,
  z = "a1",
  color = "red",
  width = 4,
  across = 100,
  down = 60,
} = {}) {
  const points = [0, 0.5, 1].map((t) => ({ x: across * t, y: down * t, pressure: 0.5 }));
  return { kind: "stroke", x, y, z, color, width, points: encodePoints(points, 2, true) };
}
