// A page of the board as a PNG.

import { Document } from "../core/document.js";
import { canvasColor } from "../elements/ink.js";
import { pictureFrame, toPNG } from "../view/picture.js";
import { pagesOf } from "./page-writing.js";
import { BitmapsOfPage } from "./png-pictures.js";

/** @typedef {import("./format.js").Wanted} Wanted */

/** Of the first page: a file of this format has one. @param {Wanted} wanted @returns {Promise<Blob>} */
export async function writePng(wanted) {
  const { theme, scale, transparent, paper = "blank", signal } = wanted;
  signal?.throwIfAborted();
  const { entries, box } = firstPage(wanted);
  const pictures = new BitmapsOfPage(wanted);
  await pictures.fetch(entries, pictureFrame(box, scale).scale);
  const alone = new Document();
  alone.load({ epoch: "", clock: 0, elements: Object.fromEntries(entries) });
  const picture = await toPNG(box, {
    document: alone,
    theme,
    scale,
    background: transparent ? "transparent" : canvasColor(theme),
    paper: transparent ? "blank" : paper,
    pictures,
    signal,
  }).finally(() => pictures.close());
  signal?.throwIfAborted();
  return picture;
}

/** How large it comes out: very large boards smaller than wanted. @param {Wanted} wanted @returns {{width: number, height: number, smaller: boolean}} */
export function pngSize(wanted) {
  const { width, height, scale } = pictureFrame(firstPage(wanted).box, wanted.scale);
  return { width, height, smaller: scale < wanted.scale };
}

/** @param {Wanted} wanted */
function firstPage(wanted) {
  const [page] = pagesOf(wanted);
  if (!page) throw new Error("a PNG needs a page");
  return page;
}
