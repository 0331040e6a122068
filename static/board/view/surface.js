// What tiles and pictures are painted on: off the page where the browser can, else on a canvas outside it.

/** @typedef {import("../elements/kind.js").Context} Context */

/** A painted picture; canvases have nothing to close. @typedef {(ImageBitmap | HTMLCanvasElement) & {close?: () => void}} Bitmap */

/**
 * @typedef {object} Surface
 * @property {Context} ctx another one after each taking, on some browsers
 * @property {() => Bitmap} take gives the picture away; whatever was painted is gone from here
 */

/** @typedef {(width: number, height: number) => Surface} MakeSurface */

// Opaque: blitting needs no blending.
/** @type {CanvasRenderingContext2DSettings} */
const OPAQUE = { alpha: false };

/** @type {MakeSurface} */
export function newSurface(width, height) {
  return typeof OffscreenCanvas === "undefined" ? onPage(width, height) : offPage(width, height);
}

/** To be painted on bit by bit, and shown again and again. @param {number} width @param {number} height @returns {import("./surroundings.js").Layer} */
export function newLayer(width, height) {
  const canvas =
    typeof OffscreenCanvas === "undefined"
      ? Object.assign(document.createElement("canvas"), { width, height })
      : new OffscreenCanvas(width, height);
  const ctx = /** @type {Context | null} */ (canvas.getContext("2d"));
  if (!ctx) throw new Error(`no canvas of ${width} by ${height} pixels to be had`);
  return { canvas, ctx };
}

/** @param {number} width @param {number} height @returns {Surface} */
function offPage(width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const ctx = canvas.getContext("2d", OPAQUE);
  if (!ctx) throw new Error(`no canvas of ${width} by ${height} pixels to be had`);
  return { ctx, take: () => canvas.transferToImageBitmap() };
}

/** @param {number} width @param {number} height @returns {Surface} */
function onPage(width, height) {
  let ctx = pageContext(width, height);
  return {
    get ctx() {
      return ctx;
    },
    take() {
      const { canvas } = ctx;
      ctx = pageContext(width, height);
      return canvas;
    },
  };
}

/** @param {number} width @param {number} height @returns {CanvasRenderingContext2D} */
function pageContext(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const ctx = canvas.getContext("2d", OPAQUE);
  if (!ctx) throw new Error(`no canvas of ${width} by ${height} pixels to be had`);
  return ctx;
}
