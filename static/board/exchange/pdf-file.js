// A PDF in a page: with the worker that reads it, whose address the page is told by the server.

import { trusted } from "../view/start-worker.js";
import { readPdf } from "./pdf-reading.js";
import { pdfWorker } from "./pdf-worker.js";

/** @param {Blob} file @param {(part: number) => void} told */
export function readPdfFile(file, told) {
  const name = file instanceof File ? file.name : "PDF";
  const worker = () => new Worker(trusted(pdfWorker()), { type: "module", name: "pdf" });
  return readPdf(file, { name, told, worker, beside: besideOf(pdfWorker()) });
}

/** The files that the worker may need lie in a folder beside it, under the names that it knows them by. @param {string} address */
function besideOf(address) {
  return new URL("pdfjs/", new URL(address, location.href)).href;
}
