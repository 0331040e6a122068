// Share: opens what the board's address, links and members are given out with; and copies the address.

import { t } from "../core/translate.js";

/** @typedef {{session: import("../sync/session.js").Session, config: import("./config.js").Config}} Parts */

/** @param {HTMLButtonElement} button @param {Parts} parts @returns {() => Promise<void>} copies the address and says so */
export function shareButton(button, parts) {
  button.addEventListener("click", async () => {
    (await import("./share-dialog.js")).openShare(parts);
  });
  return async () => {
    const copied = await copyText(location.origin + location.pathname);
    const { say } = await import("./say.js");
    say(copied ? t("Link copied") : t("Copy the address above"));
  };
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
  // What lies outside an open dialog can't be selected.
  const dialog = focused?.closest("dialog") ?? document.body;
  dialog.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
