// Pictures on the clipboard, for letters and slides. Loaded at its first use.

import { t } from "../core/translate.js";
import { byId } from "./dom.js";
import { sheetOf } from "./export-choices.js";
import { say } from "./say.js";
import { shownTheme } from "./theme.js";

/** @typedef {import("../editor.js").Editor} Editor */
/** @typedef {import("../exchange/format.js").Wanted} Wanted */

const SCALE = 2;
const SVG = "image/svg+xml";

/** Whether this browser can at all: on plain http none can. */
export function mayCopyPictures() {
  return typeof ClipboardItem !== "undefined" && Boolean(navigator.clipboard?.write);
}

/** The selection. @param {Editor} editor */
export async function copyPicture(editor) {
  sayWhether(await copyPng(selected(editor)));
}

/** The selection. @param {Editor} editor */
export async function copySvg(editor) {
  sayWhether(await copyAsSvg(selected(editor)));
}

/** @param {Wanted} wanted @returns {Promise<boolean>} whether it could */
export function copyPng(wanted) {
  const picture = import("../exchange/png-writing.js").then(({ writePng }) => writePng(wanted));
  return copied({ "image/png": picture });
}

/** As text too, which is what programs take it as. @param {Wanted} wanted @returns {Promise<boolean>} whether it could */
export function copyAsSvg(wanted) {
  const picture = import("../exchange/svg-making.js").then(({ writeSvg }) => writeSvg(wanted));
  const text = picture.then((blob) => new Blob([blob], { type: "text/plain" }));
  const supports = ClipboardItem?.supports?.(SVG) ?? false;
  return copied({ "text/plain": text, ...(supports && { [SVG]: picture }) });
}

/** @param {Record<string, Promise<Blob>>} item */
async function copied(item) {
  // Whoever isn't asked for it must not fail unheard.
  for (const each of Object.values(item)) each.catch(() => {});
  try {
    // Promises, because Safari wants to be told within the click itself.
    await navigator.clipboard.write([new ClipboardItem(item)]);
    return true;
  } catch {
    return false;
  }
}

/** @param {boolean} done */
function sayWhether(done) {
  say(done ? t("The picture is copied.") : t("This browser doesn't let pictures be copied here."));
}

/** What is selected, and nothing that lies around it. @param {Editor} editor @returns {Wanted} */
function selected(editor) {
  return {
    editor,
    title: byId("title", HTMLInputElement).value,
    pages: [sheetOf(editor).page],
    keys: new Set(editor.selection),
    bounds: null,
    scale: SCALE,
    transparent: true,
    theme: shownTheme(),
    assets: new URL("assets", location.href).href,
  };
}
