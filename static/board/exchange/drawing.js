// A drawing as an image of its own: there it runs no script and fetches nothing, its markup never comes into the page
// (S9), and its pixels can be read.

import { asAddress } from "./assets-writing.js";

export const DRAWING = "image/svg+xml";

/** Rejects what can't be shown. @param {Blob} file whatever type it says @returns {Promise<HTMLImageElement>} */
export async function loadDrawing(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const image = new Image();
  return new Promise((resolve, reject) => {
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("this drawing can't be shown"));
    // From a blob's address Chromium gives no pixels of a drawing with HTML in it.
    image.src = asAddress({ media: DRAWING, bytes });
  });
}
