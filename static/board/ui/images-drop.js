// Files that are dragged over the board: a hint says where they would come, letting go brings them.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { styles } from "./stylesheet.js";

/** @typedef {{x: number, y: number}} Place in the window */

/** @param {{may: () => boolean, drop: (files: File[], at: Place) => void}} parts */
export function listenToDrops({ may, drop }) {
  /** @type {HTMLElement | null} */
  let hint = null;
  const hide = () => {
    hint?.remove();
    hint = null;
  };
  window.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    // Otherwise the browser would leave the board for the file.
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = may() ? "copy" : "none";
    if (may()) hint ??= shownHint();
    if (hint) put(hint, event);
  });
  window.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) hide();
  });
  window.addEventListener("dragend", hide);
  window.addEventListener("drop", (event) => {
    hide();
    if (!hasFiles(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (document.querySelector("dialog[open]") || files.length === 0) return;
    drop(files, { x: event.clientX, y: event.clientY });
  });
}

/** @param {DragEvent} event */
function hasFiles({ dataTransfer }) {
  return dataTransfer?.types.includes("Files") ?? false;
}

function shownHint() {
  styles("image-styles");
  const hint = make(
    "div",
    { class: "drop-hint", "aria-hidden": "true" },
    make("span", { class: "drop-words" }, t("Let go to add it to the board")),
  );
  document.body.append(hint);
  return hint;
}

/** @param {HTMLElement} hint @param {DragEvent} event */
function put(hint, { clientX, clientY }) {
  hint.style.setProperty("--x", `${clientX}px`);
  hint.style.setProperty("--y", `${clientY}px`);
}
