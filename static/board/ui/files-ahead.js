// Without https no browser has a service worker, which would keep the files of the page: then the page itself fetches
// those that it has yet to use, so that a lost network takes away no tool.

import { make } from "./dom.js";

/** What the page is doing just now comes first. */
const AFTER_MS = 1000;
/** As boards/offline.py begins the service worker. */
const SITE = /^globalThis\.site = (\{.*\});$/m;

/** @param {string} worker address of the service worker, which names them */
export async function fetchFilesAhead(worker) {
  if (isSecureContext) return;
  await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
  try {
    const text = await (await fetch(worker)).text();
    const { files } = JSON.parse(SITE.exec(text)?.[1] ?? "{}");
    for (const file of files ?? []) await comes(file);
  } catch {
    // The network is gone already: the page has what it has.
  }
}

/** Scripts stay with the page, however soon the browser's cache forgets them; they run once they are used. @param {string} file */
async function comes(file) {
  if (!file.endsWith(".js")) {
    await fetch(file);
    return;
  }
  const link = make("link", { rel: "modulepreload", href: file });
  const over = new Promise((resolve) => {
    for (const event of ["load", "error"]) link.addEventListener(event, resolve);
  });
  document.head.append(link);
  await over;
}
