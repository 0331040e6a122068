// The file that somebody gets: of formats that have one page a file, the files of several pages are in a ZIP file.

import { fileName } from "./download.js";
import { sheetOf } from "./export-choices.js";

/**
 * @typedef {import("../exchange/format.js").Format} Format
 * @typedef {import("../exchange/format.js").Wanted} Wanted
 */

/** @param {readonly Wanted[]} wanted @param {Format} format */
export function extensionOf(wanted, { extensions }) {
  return wanted.length > 1 ? ".zip" : (extensions[0] ?? "");
}

/** @param {readonly Wanted[]} wanted @param {Format} format @param {{signal: AbortSignal, told: (part: number) => void, lost: () => void}} doing @returns {Promise<Blob>} */
export async function fileOf(wanted, format, { signal, told, lost }) {
  const [extension = ""] = format.extensions;
  const places = String(wanted.length).length;
  const entries = [];
  for (const [i, one] of wanted.entries()) {
    const within = (/** @type {number} */ part) => told((i + part) / wanted.length);
    within(0);
    const file = await format.write?.({ ...one, signal, told: within, lost });
    signal.throwIfAborted();
    if (!file) throw new Error(`${format.id} can't be written`);
    const number = String(i + 1).padStart(places, "0");
    entries.push({ name: fileName(`${number} ${nameOfPage(one)}`, extension), file });
  }
  const [first] = entries;
  if (first && entries.length === 1) return first.file;
  const { zipOf } = await import("../exchange/zip-writing.js");
  return zipOf(entries);
}

/** @param {Wanted} wanted */
function nameOfPage({ editor, pages: [key = ""] }) {
  const page = sheetOf(editor).document.get(key);
  return page?.kind === "page" && typeof page.name === "string" ? page.name : "";
}
