// What other programs have copied: their drawings as elements, SVG as a picture, HTML as its words.

import { t } from "../core/translate.js";
import { takenFromOthers } from "../exchange/clipboard-others.js";
import { opened } from "../exchange/opening.js";
import { thisBoard } from "./import.js";
import { bringAll } from "./import-bringing.js";

export { wordsInHtml } from "../exchange/clipboard-html.js";

/** @param {{html: string, text: string}} found @param {import("../core/geometry.js").Place} middle on the board */
export async function pasteOthers(found, middle) {
  const board = thisBoard();
  if (!board) return;
  const name = t("From the clipboard");
  await bringAll(board, [{ name, read: (told) => read(found, told) }], middle, true);
}

/** @param {{html: string, text: string}} found @param {(part: number) => void} told */
async function read(found, told) {
  const taken = takenFromOthers(found);
  if (taken) return { taken };
  // Drawings of WBO and of Excalidraw are read as when they come in files.
  const file = new File([found.text], ".svg", { type: "image/svg+xml" });
  return { taken: (await opened(file, told)).taken };
}
