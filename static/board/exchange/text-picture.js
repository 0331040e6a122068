// A picture of what no font of ours can write, so that nothing is lost: signs of rare scripts, smileys.

import { cssOf } from "./pdf-fonts.js";
import { growthOf } from "./recording-path.js";

/** @typedef {import("./assets-writing.js").Asset} Asset */

/** Pixels per unit of the page, where that isn't too many. */
const SHARPNESS = 4;
const SIDE_MAX = 4096;
/** Around the text, in sizes of the font: signs reach out of their boxes. */
const AROUND = 0.4;

/** Null where there is no canvas. @param {import("./pdf-fonts.js").Piece} piece @param {import("./recording.js").Text} mark */
export async function pictureOfText({ text, width }, mark) {
  if (typeof OffscreenCanvas === "undefined") return null;
  const { size, matrix, color, rtl } = mark;
  const around = AROUND * size;
  const box = { x: -around, y: -size - around, w: width + 2 * around, h: 1.3 * size + 2 * around };
  const sharpness = Math.min(SHARPNESS * growthOf(matrix), SIDE_MAX / Math.max(box.w, box.h));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.ceil(box.w * sharpness)),
    Math.max(1, Math.ceil(box.h * sharpness)),
  );
  const ctx = canvas.getContext("2d");
  if (!ctx) return null;
  ctx.scale(canvas.width / box.w, canvas.height / box.h);
  ctx.font = cssOf(mark);
  ctx.fillStyle = color;
  ctx.textRendering = "geometricPrecision";
  ctx.direction = rtl ? "rtl" : "ltr";
  ctx.textAlign = "left";
  ctx.fillText(text, -box.x, -box.y);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  /** @type {Asset} */
  const asset = { media: "image/png", bytes: new Uint8Array(await blob.arrayBuffer()) };
  return { asset, box };
}
