// Pictures as a PDF has them: as they are stored where it can have them so, else their pixels, unpacked by the browser.

import { deflated } from "./inflating.js";
import { rowsOf } from "./png-chunks.js";

/**
 * @typedef {import("../../npm/pdf-lib.js").PDFDocument} PDFDocument
 * @typedef {import("../../npm/pdf-lib.js").PDFRef} PDFRef
 * @typedef {import("./assets-writing.js").Asset} Asset
 * @typedef {import("./pace.js").Pace} Pace
 * @typedef {typeof import("../../npm/pdf-lib.js")} PdfLib
 */
/** What images are put into. @typedef {{file: PDFDocument, lib: PdfLib, pace: Pace}} Into */

const OPAQUE = 255;
/** Pixels at a time, for the page stays alive meanwhile. */
const SLICE = 200_000;

/** Throws where it isn't what it seems to be. @param {Asset} asset @param {Into} into @returns {Promise<PDFRef>} */
export async function imageRef(asset, into) {
  const stored = await storedRef(asset, into);
  if (stored) return stored;
  const { media, bytes } = asset;
  // Where no browser is, as in tests.
  if (typeof createImageBitmap === "undefined") return (await into.file.embedPng(bytes)).ref;
  return pixelsRef(await createImageBitmap(new Blob([bytes], { type: media })), into);
}

/** Null where a PDF has no place for it as it is. @param {Asset} asset @param {Into} into */
async function storedRef({ media, bytes }, into) {
  try {
    if (media === "image/jpeg") return (await into.file.embedJpg(bytes)).ref;
    const rows = media === "image/png" ? rowsOf(bytes) : null;
    return rows && rowsRef(rows, into);
  } catch {
    // A sort that only browsers read.
    return null;
  }
}

/** @param {import("./png-chunks.js").Rows} rows @param {Into} into */
function rowsRef({ width, height, bits, colors, palette, rows }, { file: { context }, lib }) {
  const count = palette ? Math.floor(palette.length / 3) : 0;
  const plain = colors === 3 ? "DeviceRGB" : "DeviceGray";
  const space = palette
    ? ["Indexed", "DeviceRGB", count - 1, lib.PDFHexString.of(hexOf(palette))]
    : plain;
  const image = lib.PDFRawStream.of(
    context.obj({
      ...{ Type: "XObject", Subtype: "Image", Width: width, Height: height },
      ...{ ColorSpace: space, BitsPerComponent: bits, Filter: "FlateDecode" },
      DecodeParms: { Predictor: 15, Colors: colors, BitsPerComponent: bits, Columns: width },
    }),
    rows,
  );
  return context.register(image);
}

/** @param {Uint8Array} bytes */
function hexOf(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {ImageBitmap} bitmap @param {Into} into */
async function pixelsRef(bitmap, into) {
  const { width, height } = bitmap;
  const { colors, alpha } = await partedPixels(bitmap, into.pace);
  bitmap.close();
  const mask = alpha && (await planeRef(alpha, "DeviceGray", { width, height }, into));
  return planeRef(colors, "DeviceRGB", { width, height, ...(mask && { mask }) }, into);
}

/** @param {ImageBitmap} bitmap @param {Pace} pace */
async function partedPixels(bitmap, pace) {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  if (!ctx) throw new Error("a picture needs a canvas");
  ctx.drawImage(bitmap, 0, 0);
  const colors = new Uint8Array(3 * width * height);
  const alpha = new Uint8Array(width * height);
  let seeThrough = false;
  const rows = Math.max(1, Math.floor(SLICE / width));
  for (let top = 0; top < height; top += rows) {
    const { data } = ctx.getImageData(0, top, width, Math.min(rows, height - top));
    for (let i = 0, at = top * width; i < data.length; i += 4, at++) {
      for (let part = 0; part < 3; part++) colors[3 * at + part] = Number(data[i + part]);
      alpha[at] = Number(data[i + 3]);
      if (alpha[at] !== OPAQUE) seeThrough = true;
    }
    await pace.restNow();
  }
  return { colors, alpha: seeThrough ? alpha : null };
}

/** @param {Uint8Array<ArrayBuffer>} plane @param {string} space @param {{width: number, height: number, mask?: PDFRef}} about @param {Into} into */
async function planeRef(plane, space, { width, height, mask }, { file: { context }, lib, pace }) {
  const image = lib.PDFRawStream.of(
    context.obj({
      ...{ Type: "XObject", Subtype: "Image", Width: width, Height: height },
      ...{ ColorSpace: space, BitsPerComponent: 8, Filter: "FlateDecode" },
      ...(mask && { SMask: mask }),
    }),
    await deflated(plane, pace),
  );
  return context.register(image);
}
