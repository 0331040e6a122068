// The outline that readers of PDFs show beside the pages: their names, each a way to its page.

import { t } from "../core/translate.js";

/**
 * @typedef {import("../../npm/pdf-lib.js").PDFDocument} PDFDocument
 * @typedef {import("./pdf-page.js").PdfPage} PdfPage
 * @typedef {typeof import("../../npm/pdf-lib.js")} PdfLib
 */

/** One page needs no list. @param {PDFDocument} file @param {PdfLib} lib @param {readonly PdfPage[]} pages */
export function outline({ context, catalog }, { PDFHexString, PDFName }, pages) {
  if (pages.length < 2) return;
  const root = context.nextRef();
  const refs = pages.map(() => context.nextRef());
  for (const [i, one] of pages.entries()) {
    const name = one.page.name || t("Page {number}", { number: i + 1 });
    const [before, after] = [refs[i - 1], refs[i + 1]];
    const item = context.obj({
      Title: PDFHexString.fromText(name),
      Parent: root,
      Dest: one.whole(),
      ...(before && { Prev: before }),
      ...(after && { Next: after }),
    });
    context.assign(/** @type {import("../../npm/pdf-lib.js").PDFRef} */ (refs[i]), item);
  }
  const ends = { First: /** @type {never} */ (refs[0]), Last: /** @type {never} */ (refs.at(-1)) };
  context.assign(root, context.obj({ Type: "Outlines", ...ends, Count: pages.length }));
  catalog.set(PDFName.of("Outlines"), root);
}
