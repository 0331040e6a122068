// The board, or a part of it, as a PNG.

import "../elements/others.js";
import { SpatialIndex } from "../core/spatial.js";
import { allArrived, onArrival } from "../elements/later.js";
import { keepPlaced } from "../elements/placing.js";
import { Painting } from "./raster.js";
import { DocumentScene } from "./scene.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 */

/** Around the ink, in board units. */
const PADDING = 32;
/** Beyond these, browsers give an empty canvas without a word: a large board comes out smaller. */
const SIDE_MAX = 8192;
const PIXELS_MAX = 32 * 2 ** 20;
/** The page stays alive while a large board is painted. */
const SLICE_MS = 12;
/** An empty board is a picture as well. @type {Bounds} */
const EMPTY = { minX: 0, minY: 0, maxX: 640, maxY: 400 };

/**
 * What a picture is to be like; the background may be "transparent".
 * @typedef {{document: Document, theme: PaintView["theme"], scale: number, background: string, paper?: string, pictures?: PaintView["pictures"], signal?: AbortSignal | undefined}} Wanted
 */

/** @param {Bounds | null} bounds null: all of it @param {Wanted} wanted @returns {Promise<Blob>} */
export async function toPNG(bounds, wanted) {
  let late = false;
  const stop = onArrival(() => {
    late = true;
  });
  let canvas = await paintedOn(bounds, wanted);
  // Whatever the elements are still waiting for, a font say, was asked for by painting them.
  await allArrived();
  stop();
  if (late) canvas = await paintedOn(bounds, wanted);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else
        reject(new Error(`no picture of ${canvas.width} by ${canvas.height} pixels could be made`));
    }, "image/png");
  });
}

/** @param {Bounds | null} bounds @param {Wanted} wanted */
async function paintedOn(bounds, wanted) {
  const { document, theme, background, paper = "blank", pictures, signal } = wanted;
  const spatial = new SpatialIndex();
  const stop = keepPlaced(document, spatial);
  stop();
  const { width, height, ...place } = pictureFrame(
    bounds ?? withPadding(spatial.all()),
    wanted.scale,
  );
  const canvas = globalThis.document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const ctx = canvas.getContext("2d");
  if (!ctx) throw new Error("this browser has no 2D canvas to paint a picture on");
  const scene = new DocumentScene(document, spatial);
  // What is as large on every screen grows with the rest.
  const view = { theme, paper, ratio: place.scale, ...(pictures && { pictures }), ...place };
  await finish(new Painting({ ctx, scene, view, width, height, background }), signal);
  return canvas;
}

/**
 * Where the canvas of a picture lies, and how large it is.
 * @param {Bounds} bounds
 * @param {number} wantedScale
 */
export function pictureFrame({ minX, minY, maxX, maxY }, wantedScale) {
  const across = Math.max(maxX - minX, 1);
  const down = Math.max(maxY - minY, 1);
  const scale = Math.min(
    wantedScale,
    (SIDE_MAX - 2) / Math.max(across, down),
    Math.sqrt(PIXELS_MAX / across / down),
  );
  const left = Math.floor(minX * scale);
  const top = Math.floor(minY * scale);
  const width = Math.max(1, Math.min(SIDE_MAX, Math.ceil(maxX * scale) - left));
  const height = Math.max(1, Math.min(SIDE_MAX, Math.ceil(maxY * scale) - top));
  return { scale, left, top, width, height };
}

/** @param {Bounds | null} bounds @returns {Bounds} */
function withPadding(bounds) {
  if (!bounds) return EMPTY;
  return {
    minX: bounds.minX - PADDING,
    minY: bounds.minY - PADDING,
    maxX: bounds.maxX + PADDING,
    maxY: bounds.maxY + PADDING,
  };
}

/** @param {Painting} painting @param {AbortSignal | undefined} signal */
async function finish(painting, signal) {
  for (;;) {
    signal?.throwIfAborted();
    const end = performance.now() + SLICE_MS;
    if (painting.step(() => performance.now() >= end)) return;
    await new Promise((resolve) => setTimeout(resolve));
  }
}
