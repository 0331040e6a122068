// How far a file has come, with a way to give it up. What is quick is over before it shows.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { openSheet } from "./sheet.js";
import { styles } from "./stylesheet.js";

/** @typedef {{name: (name: string) => void, part: (part: number) => void, close: () => void}} Shown */

/** In milliseconds: nobody asks what happens before that. */
const PATIENCE = 400;

/** @param {string} first name of what comes first @param {() => void} cancel @returns {Shown} */
export function showProgress(first, cancel) {
  const words = make("p", { class: "import-name" }, first);
  const bar = make("progress", { max: "1", value: "0", "aria-label": t("How much is done") });
  const stop = make("button", { type: "button", class: "text-button import-cancel" }, t("Cancel"));
  const content = make("div", { class: "import-progress" }, words, bar, stop);
  /** @type {HTMLDialogElement | null} */
  let dialog = null;
  let over = false;
  const timer = setTimeout(async () => {
    await styles("import-styles");
    const sheet = await openSheet({ name: "importing", title: t("Opening a file"), content });
    if (over) sheet?.close();
    dialog = sheet;
    dialog?.addEventListener("close", () => {
      if (!over) cancel();
    });
  }, PATIENCE);
  stop.addEventListener("click", () => dialog?.close());
  return {
    name: (name) => {
      words.textContent = name;
    },
    part: (part) => {
      bar.value = part;
    },
    close: () => {
      over = true;
      clearTimeout(timer);
      dialog?.close();
    },
  };
}
