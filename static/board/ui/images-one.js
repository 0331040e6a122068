// What is done to one picture that is on the board: another in its place, its own size again, saving it as a file.

import { t } from "../core/translate.js";
import { Unsent } from "../editor/bringing.js";
import { frameOf, middleOf } from "../elements/box.js";
import { cropOf } from "../elements/image.js";
import { hundredths, textOf } from "../elements/kind.js";
import { download, fileName } from "./download.js";
import { chooseFiles } from "./images.js";
import { readPicture } from "./images-reading.js";
import { sendPicture } from "./images-sending.js";
import { reasonWords } from "./images-words.js";
import { say } from "./say.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../elements/kind.js").Element} Element
 */

const SIDE_MAX = 1_000_000;
const SUBTYPE = /^image\/([a-z]{3,4})$/;

/** As wide as the one before, and in the same place. @param {import("./images.js").Parts} parts @param {string} key */
export function replacePicture({ editor, config }, key) {
  chooseFiles(async ([file]) => {
    if (!file) return;
    say(t("Sending…"));
    try {
      const { blob, width, height } = await readPicture(file, file.name);
      const where = { address: config.assets, csrf: config.csrf };
      const asset = await sendPicture(where, blob, () => {}, new AbortController().signal);
      editor.setOf([key], "replace", (element) => ({
        asset,
        crop: null,
        alt: null,
        source: null,
        ...sized(element, frameOf(element).w, (frameOf(element).w * height) / width),
      }));
      say(t("The picture has been replaced."));
    } catch (error) {
      const why = error instanceof Unsent ? error.why : "failed";
      say(why === "offline" ? unreachable() : reasonWords(why));
    }
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

/** Around the same middle. @param {Element} element @param {number} w @param {number} h */
function sized(element, w, h) {
  const { x, y } = middleOf(frameOf(element));
  const [across, down] = [hundredths(Math.min(SIDE_MAX, w)), hundredths(Math.min(SIDE_MAX, h))];
  return { x: hundredths(x - across / 2), y: hundredths(y - down / 2), w: across, h: down };
}
