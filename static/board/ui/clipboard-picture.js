// The selection as a picture on the clipboard, for letters and slides. Loaded at its first use.

import { Document } from "../core/document.js";
import { t } from "../core/translate.js";
import { toPNG } from "../view/picture.js";
import { say } from "./say.js";
import { shownTheme } from "./theme.js";

/** @typedef {import("../editor.js").Editor} Editor */

const SCALE = 2;

/** @param {Editor} editor */
export async function copyPicture(editor) {
  try {
    // A promise, because Safari wants to be told within the click itself.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": pictureOf(editor) })]);
    say(t("The picture is copied."));
  } catch {
    say(t("This browser doesn't let pictures be copied here."));
  }
}

/** What is selected, and nothing that lies around it. @param {Editor} editor */
function pictureOf({ document: board, selection }) {
  const entries = [...selection].map((key) => [key, board.get(key)]);
  const alone = new Document();
  alone.load({ epoch: "", clock: 0, elements: Object.fromEntries(entries) });
  return toPNG(null, {
    document: alone,
    theme: shownTheme(),
    scale: SCALE,
    background: "transparent",
  });
}
