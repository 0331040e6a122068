// Share: copies the board's address and says so.

import { t } from "../core/translate.js";

const SAID_FOR_MS = 2500;

/** @param {HTMLButtonElement} button @param {HTMLElement} label the button's text, a polite live region */
export function shareButton(button, label) {
  let timer = 0;
  const share = async () => {
    const copied = await copyText(location.origin + location.pathname);
    label.textContent = copied ? t("Link copied") : t("Copy the address above");
    button.toggleAttribute("data-done", copied);
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      label.textContent = t("Share");
      button.removeAttribute("data-done");
    }, SAID_FOR_MS);
  };
  button.addEventListener("click", share);
  return share;
}

/** @param {string} text @returns {Promise<boolean>} */
export async function copyText(text) {
  // Over plain http, as in a classroom, browsers have no clipboard API.
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed here; the older way may be.
    }
  }
  return copyBySelection(text);
}

/** @param {string} text */
function copyBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "copy-source";
  area.readOnly = true;
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
