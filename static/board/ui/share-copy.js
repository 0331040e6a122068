// A link in a field with a button that copies it and says so.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { copyText } from "./share.js";

const SAID_FOR_MS = 2500;

/** @param {{link: string, label: string, mark: string}} parts @param {...HTMLElement} more beside the button */
export function copyRow({ link, label, mark }, ...more) {
  const field = make("input", { class: "share-link", readonly: true, "aria-label": label });
  field.value = link;
  field.addEventListener("focus", () => field.select());
  return make("div", { class: "share-copy" }, field, copyButton(link, mark), ...more);
}

/** @param {string} link @param {string} mark */
function copyButton(link, mark) {
  const words = make("span", { "aria-live": "polite" }, t("Copy link"));
  const made = make("button", { type: "button", class: "primary", "data-mark": mark }, words);
  let timer = 0;
  made.addEventListener("click", async () => {
    const copied = await copyText(link);
    words.textContent = copied ? t("Link copied") : t("Copy it by hand");
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      words.textContent = t("Copy link");
    }, SAID_FOR_MS);
  });
  return made;
}
