// Where the worker is that reads PDFs: files have other names where they are served.

let address = "";

/** @param {string} url as the page gives it */
export function pdfWorkerIs(url) {
  address = url;
}

export function pdfWorker() {
  return address;
}
