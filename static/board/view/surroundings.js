// What the renderer needs of the browser: frames, time, canvases, a worker. Tests have their own.

import { allArrived } from "../elements/later.js";
import { startWorker } from "./start-worker.js";
import { newLayer, newSurface } from "./surface.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("./surface.js").MakeSurface} MakeSurface
 * @typedef {import("./worker-painter.js").WorkerLike} WorkerLike
 */

/** Transparent where nothing is painted. @typedef {{canvas: CanvasImageSource, ctx: import("../elements/kind.js").Context}} Layer */

/**
 * @typedef {object} Surroundings
 * @property {(callback: (now: number) => void) => void} nextFrame
 * @property {() => number} now
 * @property {(callback: () => void, ms: number) => void} later
 * @property {() => number} pixelRatio
 * @property {MakeSurface} newSurface
 * @property {(width: number, height: number) => Layer} newLayer
 * @property {(url: string) => WorkerLike | null} startWorker
 * @property {(document: Document, begin: () => void) => void} onceOpened
 */

/** The first view and the socket come first: the worker's code is a fifth of all there is to load. */
const CALM_MS = 400;
/** What the first view shows is waited for so much longer: the worker would fetch and decode the same pictures meanwhile. */
const CALM_MAX_MS = 1500;

/** @type {Surroundings["onceOpened"]} */
function onceOpened(document, begin) {
  const stop = document.subscribe(({ source }) => {
    if (source !== "load") return;
    stop();
    const calm = wait(CALM_MS).then(allArrived).then(painted).then(allArrived);
    void Promise.race([calm, wait(CALM_MS + CALM_MAX_MS)]).then(begin);
  });
}

/** What has come may ask for more: kinds, and then pictures. */
function painted() {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** @type {Surroundings} */
export const BROWSER = {
  nextFrame: (callback) => requestAnimationFrame(callback),
  now: () => performance.now(),
  later: (callback, ms) => setTimeout(callback, ms),
  pixelRatio: () => devicePixelRatio,
  newSurface,
  newLayer,
  startWorker,
  onceOpened,
};

/** @param {HTMLCanvasElement} canvas @param {CanvasRenderingContext2DSettings} settings */
export function contextOf(canvas, settings) {
  const ctx = canvas.getContext("2d", settings);
  if (!ctx) throw new Error("this browser has no 2D canvas to draw on");
  return ctx;
}
