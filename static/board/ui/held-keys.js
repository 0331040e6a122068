// A field that nobody sees, for what is typed while what will take it is still being fetched: whoever has clicked
// where a text goes, types, and none of it is a shortcut or lost.

import { t } from "../core/translate.js";
import { make } from "./dom.js";

/** What doesn't come within this time won't; the keys are the board's again. */
const PATIENCE_MS = 5000;
/** As long as a text may be. */
const LENGTH_MAX = 10_000;

/** @type {{field: HTMLTextAreaElement, ended: boolean, timer: number} | null} */
let held = null;

/** From here on, until somebody takes them. */
export function holdKeys() {
  held ??= begin();
  // A press on the board takes the focus away.
  held.field.focus({ preventScroll: true });
}

/** What has been typed meanwhile, and whether it was ended by Escape. Nothing is held any more. */
export function takeKeys() {
  if (!held) return { text: "", ended: false };
  const { field, ended, timer } = held;
  held = null;
  clearTimeout(timer);
  field.remove();
  return { text: field.value, ended };
}

function begin() {
  const field = make("textarea", {
    class: "held-keys",
    "aria-label": t("Text"),
    rows: "1",
    maxlength: String(LENGTH_MAX),
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !held) return;
    held.ended = true;
    field.blur();
  });
  document.querySelector("main")?.append(field);
  return { field, ended: false, timer: window.setTimeout(takeKeys, PATIENCE_MS) };
}
