// Saves the whole board as a picture.

import { toPNG } from "../view/picture.js";
import { byId } from "./dom.js";
import { download, fileName } from "./download.js";
import { shownTheme } from "./theme.js";

const PICTURE_SCALE = 2;

/** @param {import("../editor.js").Editor} editor @param {string} [paper] what the board is printed with */
export async function savePicture(editor, paper = "blank") {
  const background = getComputedStyle(document.documentElement).backgroundColor;
  const picture = await toPNG(null, {
    document: editor.document,
    theme: shownTheme(),
    scale: PICTURE_SCALE,
    background,
    paper,
  });
  download(picture, fileName(byId("title", HTMLInputElement).value));
}
