// Pictures on the clipboard, for letters and slides. Loaded at its first use.

import { t } from "../core/translate.js";
import { byId } from "./dom.js";
import { sheetOf } from "./export-choices.js";
import { say } from "./say.js";
import { shownTheme } from "./theme.js";

/** @typedef {import("../editor.js").Editor} Editor */
/** @typedef {import("../exchange/format.js").Wanted} Wanted */

const SCALE = 2;

/** Whether this browser can at all: on plain http none can. */
export function mayCopyPictures() {
  return typeof ClipboardItem !== "undefined" && Boolean(navigator.clipboard?.write);
}

/** The selection. @param {Editor} editor @param {string} assets address below which the board's pictures are */
export async function copyPicture(editor, assets) {
  sayWhether(await copyPng(selected(editor, assets)));
}

/** The selection. @param {Editor} editor @param {string} assets address below which the board's pictures are */
export async function copySvg(editor, assets) {
  sayWhether(await copyAsSvg(selected(editor, assets)));
}

/** @param {Wanted} wanted @returns {Promise<boolean>} whether it could */
export function copyPng(wanted) {
  return copied({ "image/png": pngOf(wanted) });
}

/**
 * As text, which is how programs take it, and as a picture for those that don't. As an SVG proper, browsers would
 * first take out what this page's policy forbids in pages: styles, and the fonts with them.
 * @param {Wanted} wanted @returns {Promise<boolean>} whether it could
 */
export function copyAsSvg(wanted) {
  const text = import("../exchange/svg-making.js")
    .then(({ writeSvg }) => writeSvg(wanted))
    .then((svg) => new Blob([svg], { type: "text/plain" }));
  return copied({ "text/plain": text, "image/png": pngOf(wanted) });
}

/** @param {Wanted} wanted */
async function pngOf(wanted) {
  const { writePng } = await import("../exchange/png-writing.js");
  return writePng(wanted);
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

/** What is selected, and nothing that lies around it. @param {Editor} editor @param {string} assets @returns {Wanted} */
function selected(editor, assets) {
  return {
    editor,
    title: byId("title", HTMLInputElement).value,
    pages: [sheetOf(editor).page],
    keys: new Set(editor.selection),
    bounds: null,
    scale: SCALE,
    transparent: true,
    theme: shownTheme(),
    assets,
  };
}
