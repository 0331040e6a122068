// Makes a PDF of pages of the board: lines stay lines, text stays text, and a page has the size that it has there.

import { Assets } from "./assets-writing.js";
import { fontBytes } from "./fonts-writing.js";
import { Pace } from "./pace.js";
import { eachMark, newRuler, recordPages } from "./page-writing.js";
import { Fonts } from "./pdf-fonts.js";
import { outline } from "./pdf-outline.js";
import { PdfPage } from "./pdf-page.js";
import { Pictures } from "./pdf-pictures.js";

/**
 * @typedef {import("./format.js").Wanted} Wanted
 * @typedef {import("./page-writing.js").Recorded} Recorded
 * @typedef {import("./pdf-page.js").Prepared} Prepared
 */

/** How much of the work is done once all is recorded. */
const RECORDED = 0.7;

/** @param {Wanted} wanted @returns {Promise<Blob>} */
export async function writePdf(wanted) {
  const assets = new Assets(wanted);
  const pages = await recordPages(wanted, (part) => wanted.told?.(RECORDED * part), assets);
  const [lib, { PDF_FONT_FILES }] = await Promise.all([
    import("../../npm/pdf-lib.js"),
    import("../../npm/pdf-fonts.js"),
  ]);
  const bytes = await pdfOf(pages, wanted, { lib, files: PDF_FONT_FILES, assets });
  return new Blob([bytes], { type: "application/pdf" });
}

/**
 * @param {readonly Recorded[]} pages @param {Pick<Wanted, "title" | "assets" | "signal" | "told">} wanted
 * @param {{lib: typeof import("../../npm/pdf-lib.js"), files: readonly import("../../npm/fonts.js").FontFile[], assets?: Assets, bytes?: typeof fontBytes}} from
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function pdfOf(pages, wanted, { lib, files, assets, bytes = fontBytes }) {
  const file = await lib.PDFDocument.create();
  file.setTitle(wanted.title, { showInWindowTitleBar: true });
  const fonts = new Fonts(file, lib, files, { ruler: newRuler(), bytes });
  const pace = new Pace(wanted.signal);
  const pictures = new Pictures(file, lib, assets ?? new Assets(wanted), pace);
  /** @type {PdfPage[]} */
  const made = pages.map((page) => new PdfPage(file, lib, page));
  for (const [i, one] of made.entries()) {
    await one.write(await prepare(one.page, fonts, pictures, pace), pace);
    wanted.told?.(RECORDED + ((1 - RECORDED) * (i + 1)) / made.length);
  }
  for (const one of made) one.link(made);
  outline(file, lib, made);
  await fonts.finish(pace);
  const saved = await file.save({ objectsPerTick: 50 });
  wanted.signal?.throwIfAborted();
  return /** @type {Uint8Array<ArrayBuffer>} */ (saved);
}

/** Whatever has to be waited for, before the page is written. @param {Recorded} page @param {Fonts} fonts @param {Pictures} pictures @param {Pace} pace @returns {Promise<Prepared>} */
async function prepare({ parts }, fonts, pictures, pace) {
  /** @type {Prepared} */
  const prepared = { texts: new Map(), pictures: new Map() };
  for (const { element, marks } of parts)
    for (const mark of eachMark(marks)) {
      if (mark.type === "text") prepared.texts.set(mark, await written(mark, fonts, pictures));
      else if (mark.type === "picture") {
        const ref = await pictures.refOf(mark, element);
        if (ref) prepared.pictures.set(mark, ref);
      }
      await pace.rest();
    }
  return prepared;
}

/** @param {import("./recording.js").Text} mark @param {Fonts} fonts @param {Pictures} pictures */
async function written(mark, fonts, pictures) {
  const pieces = await fonts.piecesOf(mark);
  return Promise.all(
    pieces.map(async (piece) => {
      if (piece.face) return { piece, picture: null };
      const { pictureOfText } = await import("./text-picture.js");
      const drawn = await pictureOfText(piece, mark);
      const ref = drawn && (await pictures.embed(drawn.asset));
      return { piece, picture: drawn && ref ? { ref, box: drawn.box } : null };
    }),
  );
}
