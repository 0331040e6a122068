// A page as a small picture, painted a few milliseconds at a time from a sheet of its own.

import "../elements/others.js";
import { SpatialIndex } from "../core/spatial.js";
import { canvasColor } from "../elements/ink.js";
import { numberOf } from "../elements/kind.js";
import { keepPlaced } from "../elements/placing.js";
import { Sheet } from "../elements/sheet.js";
import { Painting } from "./raster.js";
import { DocumentScene } from "./scene.js";

/**
 * @typedef {import("../core/document.js").Document} Document
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 */

const SLICE_MS = 8;
/** Of the picture, around what is on the page. */
const MARGIN = 0.06;
const ZOOM_MAX = 1;
/** @type {Bounds} */
const EMPTY = { minX: 0, minY: 0, maxX: 640, maxY: 400 };

/**
 * @param {HTMLCanvasElement} canvas as large as the picture is to be
 * @param {{document: Document, page: string, theme: PaintView["theme"], paper: string, ratio: number, over: () => boolean}} what
 *   `over`: whether nobody wants it any more
 * @returns {Promise<boolean>} whether it is finished
 */
export async function paintPage(canvas, { document, page, theme, paper, ratio, over }) {
  const sheet = new Sheet(document, page);
  const spatial = new SpatialIndex();
  keepPlaced(sheet, spatial)();
  const { width, height } = canvas;
  const bounds = sizeOf(sheet.written(page)) ?? spatial.all() ?? EMPTY;
  const view = { theme, paper, ratio, ...placeOn(width, height, bounds, ratio) };
  const layer = canvas.ownerDocument.createElement("canvas");
  Object.assign(layer, { width, height });
  const [ctx, shown] = [layer.getContext("2d"), canvas.getContext("2d")];
  const scene = new DocumentScene(sheet, spatial);
  try {
    if (!ctx || !shown) return false;
    const background = canvasColor(theme);
    const painting = new Painting({ ctx, scene, view, width, height, background });
    for (;;) {
      if (over()) return false;
      const end = performance.now() + SLICE_MS;
      if (painting.step(() => performance.now() >= end)) break;
      await new Promise((resolve) => setTimeout(resolve));
    }
    shown.drawImage(layer, 0, 0);
    return true;
  } finally {
    sheet.close();
  }
}

/** @param {import("../core/fold.js").Element | undefined} page @returns {Bounds | null} */
function sizeOf(page) {
  const [w, h] = page ? [numberOf(page, "w", 0), numberOf(page, "h", 0)] : [0, 0];
  return w > 0 && h > 0 ? { minX: 0, minY: 0, maxX: w, maxY: h } : null;
}

/** In the middle. @param {number} width @param {number} height @param {Bounds} bounds @param {number} ratio */
function placeOn(width, height, { minX, minY, maxX, maxY }, ratio) {
  const room = 1 - 2 * MARGIN;
  const scale = Math.min(
    ZOOM_MAX * ratio,
    (width * room) / Math.max(1, maxX - minX),
    (height * room) / Math.max(1, maxY - minY),
  );
  return {
    scale,
    left: Math.round(((minX + maxX) / 2) * scale - width / 2),
    top: Math.round(((minY + maxY) / 2) * scale - height / 2),
  };
}
