// Reads a PDF: each page becomes a page of the board of the same size, with the paper as a locked picture behind what
// is drawn on it.

import * as pdfjs from "../../npm/pdfjs.js";
import { t } from "../core/translate.js";
import { ReadError } from "./format.js";
import { Gathering } from "./gathering.js";
import { blobOf } from "./pictures.js";

/** @typedef {import("./format.js").Taken} Taken */
/** @typedef {import("../../npm/pdfjs.js").PDFDocumentProxy} Pdf */

/** Every page is a picture that everybody fetches. */
export const PAGES_MAX = 100;
/** Pixels for each point: sharp on most screens, and twice as large still readable. */
const FINER = 2;
const SIDE_MAX = 4000;
const PDF = "pdf";
/** Pages with photographs are far smaller so, and letters are as sharp. */
const SMALL_BYTES = 500_000;

/** @param {Blob} file @param {{name: string, told: (part: number) => void, worker: () => Worker, beside: string}} reading @returns {Promise<Taken>} */
export async function readPdf(file, { name, told, worker, beside }) {
  const port = worker();
  pdfjs.GlobalWorkerOptions.workerPort = port;
  try {
    const pdf = await opened(new Uint8Array(await file.arrayBuffer()), beside);
    return await pagesOf(pdf, { file, name, told });
  } finally {
    pdfjs.GlobalWorkerOptions.workerPort = null;
    port.terminate();
  }
}

/** @param {Uint8Array} data @param {string} beside address of what the worker fetches when a file needs it @returns {Promise<Pdf>} */
async function opened(data, beside) {
  try {
    // The page's policy forbids making code of text or bytes; fonts that aren't in the file are the system's, or
    // else stand-ins for the 14 of the standard.
    const policy = { isEvalSupported: false, useWasm: false };
    const options = { data, ...policy, useSystemFonts: true, enableXfa: false };
    const folders = {
      cMapUrl: `${beside}cmaps/`,
      standardFontDataUrl: `${beside}standard_fonts/`,
      wasmUrl: `${beside}wasm/`,
    };
    const verbosity = pdfjs.VerbosityLevel.ERRORS;
    return await pdfjs.getDocument({ ...options, ...folders, verbosity }).promise;
  } catch (error) {
    if (error instanceof Error && error.name === "PasswordException")
      throw new ReadError(t("This PDF is locked with a password."));
    throw new ReadError(t("This PDF is damaged or not complete."));
  }
}

/** @param {Pdf} pdf @param {{file: Blob, name: string, told: (part: number) => void}} reading @returns {Promise<Taken>} */
async function pagesOf(pdf, { file, name, told }) {
  if (pdf.numPages > PAGES_MAX)
    throw new ReadError(
      t("This PDF has {count} pages. Up to {most} can be taken at once.", {
        count: pdf.numPages,
        most: PAGES_MAX,
      }),
    );
  const gathering = new Gathering();
  gathering.assets.set(PDF, file.slice(0, file.size, "application/pdf"));
  const title = name.replace(/\.pdf$/i, "").slice(0, NAME_MAX);
  for (let number = 1; number <= pdf.numPages; number++) {
    told((number - 1) / pdf.numPages);
    await putPage(gathering, pdf, number, title);
  }
  return gathering.taken();
}

const NAME_MAX = 180;

/** @param {Gathering} gathering @param {Pdf} pdf @param {number} number from 1 on @param {string} title */
async function putPage(gathering, pdf, number, title) {
  const page = await pageOf(pdf, number);
  const { width: w, height: h } = page.getViewport({ scale: 1 });
  const key = `page-${number}`;
  gathering.assets.set(key, await painted(page, Math.min(FINER, SIDE_MAX / Math.max(w, h))));
  page.cleanup();
  // A point is a board unit, so that pages go out again in the sizes that they came in.
  gathering.turn({ name: pdf.numPages > 1 ? `${title} ${number}` : title, w, h });
  gathering.put(key, {
    kind: "image",
    ...{ x: 0, y: 0, w, h },
    asset: key,
    source: `${PDF}#${number}`,
    locked: true,
    alt: gathering.text(t("Page {number} of {file}", { number, file: title })),
  });
}

/** @param {Pdf} pdf @param {number} number */
async function pageOf(pdf, number) {
  try {
    return await pdf.getPage(number);
  } catch {
    throw new ReadError(t("This PDF is damaged or not complete."));
  }
}

/** @param {import("../../npm/pdfjs.js").PDFPageProxy} page @param {number} scale */
async function painted(page, scale) {
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  try {
    await page.render({ canvas, viewport, background: "#ffffff" }).promise;
  } catch {
    throw new ReadError(t("This PDF is damaged or not complete."));
  }
  const png = await blobOf(canvas, "image/png");
  return png.size <= SMALL_BYTES ? png : blobOf(canvas, "image/jpeg");
}
