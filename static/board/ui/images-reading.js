// Reads files as pictures: what can be sent as it is stays so; what is larger than anybody looks at, or in a format that
// the server doesn't take, is drawn and packed anew.

import { Unsent } from "../editor/bringing.js";
import { DRAWING, loadDrawing } from "../exchange/drawing.js";

/** @typedef {import("../editor/bringing.js").Read} Read */

/** More isn't seen on any screen, and costs everybody on the board. */
const SIDE_MAX = 4096;
/** Kept as it is up to here; the server has a limit of its own. */
const BYTES_KEPT = 8 * 2 ** 20;
/** Isn't even opened. */
const BYTES_MAX = 200 * 2 ** 20;
const SVG_BYTES_MAX = 8 * 2 ** 20;
/** Lines stay sharp when it is drawn so large. */
const SVG_SIDE = 2048;
const SVG_USUAL = { width: 300, height: 150 };
const PREVIEW_SIDE = 480;
const QUALITY = 0.9;

/** By their first bytes, whatever the name says. @type {readonly [string, readonly (number | null)[]][]} */
const STARTS = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
];

/** Whether it may be one; what it really is shows when it is read. @param {{type: string, name: string}} file */
export function looksLikePicture({ type, name }) {
  return type.startsWith("image/") || /\.(png|jpe?g|gif|webp|avif|bmp|svg|heic|heif)$/i.test(name);
}

/** @param {Blob} file @param {string} name @returns {Promise<Read>} */
export async function readPicture(file, name) {
  if (file.size > BYTES_MAX) throw new Unsent("too_big");
  if (file.type === DRAWING || /\.svg$/i.test(name)) return readSvg(file);
  const media = await mediaOf(file);
  const bitmap = await decoded(file, media);
  try {
    return { ...(await packed(file, media, bitmap)), preview: await previewOf(bitmap) };
  } finally {
    bitmap.close();
  }
}

/** Null: none that the server takes. @param {Blob} file */
export async function mediaOf(file) {
  const start = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const found = STARTS.find(([, bytes]) =>
    bytes.every((byte, i) => byte === null || start[i] === byte),
  );
  return found?.[0] ?? null;
}

/** @param {Blob} file @param {string | null} media */
async function decoded(file, media) {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new Unsent(media ? "broken" : "unknown_type");
  }
}

/** @param {Blob} file @param {string | null} media @param {ImageBitmap} bitmap @returns {Promise<Omit<Read, "preview">>} */
async function packed(file, media, bitmap) {
  const { width, height } = bitmap;
  const factor = Math.min(1, SIDE_MAX / Math.max(width, height));
  // Of what moves, only the first picture would be left.
  const stays = media === "image/gif" || (media && factor === 1 && file.size <= BYTES_KEPT);
  if (stays) return { blob: file, width, height };
  const [w, h] = [width * factor, height * factor].map((side) => Math.max(1, Math.round(side)));
  const canvas = canvasOf(bitmap, Number(w), Number(h));
  const type = media === "image/jpeg" ? "image/jpeg" : await smallestType(canvas);
  return { blob: await blobOf(canvas, type), width: canvas.width, height: canvas.height };
}

/** What is too large as it was would be even larger without loss. @param {HTMLCanvasElement} canvas */
async function smallestType(canvas) {
  const png = await blobOf(canvas, "image/png");
  return png.size <= BYTES_KEPT ? "image/png" : "image/webp";
}

/** @param {CanvasImageSource} source @param {number} width @param {number} height */
function canvasOf(source, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const ctx = canvas.getContext("2d");
  if (!ctx) throw new Unsent("failed");
  ctx.imageSmoothingQuality = "high";
  ctx.drawImage(source, 0, 0, width, height);
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @param {string} type @returns {Promise<Blob>} */
function blobOf(canvas, type) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Unsent("broken"))), type, QUALITY);
  });
}

/** @param {ImageBitmap} bitmap */
async function previewOf(bitmap) {
  const factor = Math.min(1, PREVIEW_SIDE / Math.max(bitmap.width, bitmap.height));
  const side = (/** @type {number} */ length) => Math.max(1, Math.round(length * factor));
  return canvasOf(bitmap, side(bitmap.width), side(bitmap.height));
}

/** @param {Blob} file @returns {Promise<Read>} */
async function readSvg(file) {
  if (file.size > SVG_BYTES_MAX) throw new Unsent("too_big");
  const picture = await loadDrawing(file).catch(() => {
    throw new Unsent("broken");
  });
  const width = picture.naturalWidth || SVG_USUAL.width;
  const height = picture.naturalHeight || SVG_USUAL.height;
  const factor = SVG_SIDE / Math.max(width, height);
  const side = (/** @type {number} */ length) => Math.max(1, Math.round(length * factor));
  const canvas = canvasOf(picture, side(width), side(height));
  return { blob: await blobOf(canvas, "image/png"), width, height, preview: canvas };
}
