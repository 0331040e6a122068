// The translated words that the first view can do without.

import { addWords } from "../core/translate.js";

/** @type {Promise<void> | null} */
let coming = null;

/** Comes back once they are known; without a connection what is new stays in English until it is asked again. @param {string} url empty: the page has brought all */
export function restOfWords(url) {
  coming ??= url ? load(url) : Promise.resolve();
  return coming;
}

/** @param {string} url */
async function load(url) {
  try {
    addWords(await (await fetch(url)).json());
  } catch {
    coming = null;
  }
}
