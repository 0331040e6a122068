// A small sheet that asks one thing before something is done about somebody, and says what came of it.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { openSheet } from "./sheet.js";
import { styles } from "./stylesheet.js";

/**
 * @param {object} parts
 * @param {string} parts.title
 * @param {string} parts.words what will happen
 * @param {HTMLElement[]} parts.fields
 * @param {string} parts.doIt on the button
 * @param {boolean} [parts.danger]
 * @param {() => Promise<string | null>} parts.run what went wrong, or null
 */
export async function ask({ title, words, fields, doIt, danger = false, run }) {
  await styles("sharing-styles");
  const said = make("p", { class: "share-said", role: "status" });
  const cancel = make("button", { type: "button", class: "text-button" }, t("Cancel"));
  const form = make(
    "form",
    { class: "order-form" },
    make("p", { class: "muted" }, words),
    ...fields,
    said,
    make(
      "div",
      { class: "order-buttons" },
      cancel,
      make("button", { class: danger ? "primary danger" : "primary" }, doIt),
    ),
  );
  const dialog = await openSheet({ name: "order-sheet", title, content: form });
  cancel.addEventListener("click", () => dialog?.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = await run();
    if (wrong === null) dialog?.close();
    else said.textContent = wrong;
  });
  const first = form.querySelector("select, input, textarea, button");
  if (first instanceof HTMLElement) first.focus();
}
