// Files in: by the command, and dropped on the board. What reads them is fetched when there is one.

import { FolderOpen } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { say } from "./say.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./config.js").Config} Config
 */

/** What bringing something needs to know of the board. @typedef {{editor: Editor, config: Config}} Here */

/** @type {Here | null} */
let here = null;

/** The board of this page, for whoever brings something to it. */
export function thisBoard() {
  return here;
}

/** @param {Here & {canvas: HTMLElement, commands: import("./commands.js").Commands}} parts */
export function buildImports({ editor, config, canvas, commands }) {
  here = { editor, config };
  commands.add({
    id: "board.open-file",
    group: "board",
    label: () => t("Open a file…"),
    icon: FolderOpen,
    shortcuts: ["Mod+O"],
    run: () => chooseFiles(here),
    enabled: () => !editor.readOnly,
  });
  takeDrops(canvas, { editor, config });
}

/** @param {Here | null} board */
async function chooseFiles(board) {
  if (!board) return;
  const choosing = await fetched(import("./import-choosing.js"));
  choosing?.choose((files) => bring(board, files, null));
}

/** @param {HTMLElement} canvas @param {Here} board */
function takeDrops(canvas, board) {
  canvas.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files") && !board.editor.readOnly)
      event.preventDefault();
  });
  canvas.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0 || files.every(isPlainPicture)) return;
    event.preventDefault();
    // Whoever else takes what is dropped, as pictures are, would take it again.
    event.stopImmediatePropagation();
    const { x, y } = board.editor.camera.toBoard({ x: event.offsetX, y: event.offsetY });
    bring(board, files, { x, y });
  });
}

/** By what its system says of it: a picture may have a drawing of Excalidraw in it, and is called so. @param {File} file */
export function isPlainPicture({ type, name }) {
  return /^image\/(?:png|jpeg|webp|gif)$/.test(type) && !/excalidraw/i.test(name);
}

/** @param {Here} board @param {readonly File[]} files @param {Place | null} middle on the board */
export async function bring(board, files, middle) {
  const bringing = await fetched(import("./import-bringing.js"));
  await bringing?.bringFiles(board, files, middle);
}

/** Null where it can't be had, which is said. @template T @param {Promise<T>} part @returns {Promise<T | null>} */
async function fetched(part) {
  try {
    return await part;
  } catch {
    say(t("Can't reach the server. Try again when you are online."));
    return null;
  }
}
