// A sheet over the board: a dialog with a title, closed by its button, by Escape and by a click beside it.

import { X } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { icon, make } from "./dom.js";
import { styles } from "./stylesheet.js";

/**
 * @param {{name: string, title: string, content: HTMLElement, actions?: HTMLElement[]}} parts name: of its id
 * @returns {Promise<HTMLDialogElement | null>} null: it is open already
 */
export async function openSheet({ name, title, content, actions = [] }) {
  await styles("dialog-styles");
  if (document.getElementById(name)) return null;
  const close = closeButton();
  const dialog = make(
    "dialog",
    { id: name, class: "sheet", "aria-labelledby": `${name}-title` },
    make(
      "div",
      { class: "sheet-body" },
      make("header", {}, make("h2", { id: `${name}-title` }, title), ...actions, close),
      content,
    ),
  );
  close.addEventListener("click", () => dialog.close());
  return openDialog(dialog);
}

/** Gone from the page once it is closed, so that the focus can't stay in it. @param {HTMLDialogElement} dialog */
export function openDialog(dialog) {
  // Only the backdrop is the dialog itself.
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function closeButton() {
  return make(
    "button",
    { type: "button", class: "icon-button", "aria-label": t("Close") },
    icon(X),
  );
}
