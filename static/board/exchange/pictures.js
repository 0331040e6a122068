// Pictures as elements, and drawings that only a browser can paint as pixels.

import { t } from "../core/translate.js";
import { DRAWING, loadDrawing } from "./drawing.js";
import { ReadError } from "./format.js";
import { Gathering } from "./gathering.js";

/** @typedef {import("./format.js").Taken} Taken */

/** Larger ones come smaller: they can still be drawn out. */
const SIDE_MAX = 800;
const PIXELS_MAX = 4096;
/** What has no size of its own is so large, and drawings are painted finer than they are shown. */
const UNSIZED = 512;
const FINER = 2;
const KEY = "picture";

/** @param {Blob} file a picture that browsers show @param {string} name @returns {Promise<Taken>} */
export async function takePicture(file, name) {
  const svg = file.type === DRAWING;
  const image = await shown(file);
  const [w, h] = [image.naturalWidth || UNSIZED, image.naturalHeight || UNSIZED];
  const scale = Math.min(1, SIDE_MAX / Math.max(w, h));
  const gathering = new Gathering();
  gathering.assets.set(KEY, svg ? await pixelsOf(image) : file);
  const alt = gathering.text(name.replace(/\.\w+$/, ""));
  gathering.put(KEY, {
    kind: "image",
    x: 0,
    y: 0,
    w: Math.max(1, Math.round(w * scale)),
    h: Math.max(1, Math.round(h * scale)),
    asset: KEY,
    ...(alt && { alt }),
  });
  return gathering.taken();
}

/** @param {Blob} file @returns {Promise<HTMLImageElement>} */
async function shown(file) {
  try {
    return await (file.type === DRAWING ? loadDrawing(file) : loadPicture(file));
  } catch {
    throw new ReadError(t("This picture is damaged or of a kind that can't be shown."));
  }
}

/** @param {Blob} file */
async function loadPicture(file) {
  const image = new Image();
  const address = URL.createObjectURL(file);
  image.src = address;
  try {
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** @param {Blob} blob @returns {Promise<Blob>} what the server takes: a drawing as pixels, anything else as it is */
export async function asPixels(blob) {
  return blob.type === DRAWING ? pixelsOf(await shown(blob)) : blob;
}

/** @param {HTMLImageElement} image @returns {Promise<Blob>} */
async function pixelsOf(image) {
  const [w, h] = [image.naturalWidth || UNSIZED, image.naturalHeight || UNSIZED];
  const scale = Math.min(FINER, PIXELS_MAX / Math.max(w, h));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(w * scale));
  canvas.height = Math.max(1, Math.round(h * scale));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return blobOf(canvas, "image/png");
}

/** @param {HTMLCanvasElement} canvas @param {string} media @returns {Promise<Blob>} */
export function blobOf(canvas, media) {
  return new Promise((resolve, reject) => {
    const failed = () => reject(new ReadError(t("This picture is too large for this browser.")));
    canvas.toBlob((blob) => (blob ? resolve(blob) : failed()), media, 0.9);
  });
}
