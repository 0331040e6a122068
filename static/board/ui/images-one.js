// What is done to one picture that is on the board: another in its place, its own size again, saving it as a file.

import { t } from "../core/translate.js";
import { sized } from "../editor/bringing-replaced.js";
import { cropOf } from "../elements/image.js";
import { kindOf } from "../elements/index.js";
import { textOf } from "../elements/kind.js";
import { download, fileName } from "./download.js";
import { bringingHere, chooseFiles } from "./images.js";
import { say } from "./say.js";

/** @typedef {import("../editor.js").Editor} Editor */

const SUBTYPE = /^image\/([a-z]{3,4})$/;

/** By the way of all pictures, so that it waits for a connection, and outlives the page. @param {import("./images.js").Parts} parts @param {string} key */
export function replacePicture({ editor }, key) {
  chooseFiles(async ([file]) => {
    const element = editor.document.get(key);
    if (!file || !element) return;
    const { minX, minY, maxX, maxY } = kindOf(element).bounds(element);
    const box = { x: minX, y: minY, w: maxX - minX, h: maxY - minY };
    const { zoom } = editor.camera;
    const bringing = await bringingHere();
    const name = file.name || t("Image");
    await bringing?.replace({ file, name }, { key, box, zoom, page: editor.document.page });
  }, false);
}

/** A pixel of it is a unit of the board. @param {Editor} editor @param {string} assets @param {string} key */
export async function resetSize(editor, assets, key) {
  const blob = await original(editor, assets, key);
  const bitmap = blob && (await createImageBitmap(blob).catch(() => null));
  if (!bitmap) return;
  const { width, height } = bitmap;
  bitmap.close();
  editor.setOf([key], "resize", (element) => {
    const { w, h } = cropOf(element);
    return sized(element, w * width, h * height);
  });
}

/** @param {Editor} editor @param {string} assets @param {string} key */
export async function savePictureOf(editor, assets, key) {
  const blob = await original(editor, assets, key);
  if (!blob) return;
  const alt = textOf(editor.document.get(key) ?? {}, "alt") || t("Image");
  const ending = SUBTYPE.exec(blob.type)?.[1] ?? "png";
  download(blob, fileName(alt).replace(/png$/, ending === "jpeg" ? "jpg" : ending));
}

/** @param {Editor} editor @param {string} assets @param {string} key */
async function original(editor, assets, key) {
  const asset = textOf(editor.document.get(key) ?? {}, "asset");
  try {
    const answer = await fetch(`${assets}/${asset}`);
    if (answer.ok) return await answer.blob();
  } catch {
    // Said below.
  }
  say(unreachable());
  return null;
}

function unreachable() {
  return t("Can't reach the server. Try again when you are online.");
}
