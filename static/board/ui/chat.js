// Saying something beside one's pointer: others read it while it is typed, and then it is gone.

import { t } from "../core/translate.js";
import { CHAT_SIGNS } from "../sync/live-more.js";
import { isComposing } from "../view/keyboard.js";
import { make } from "./dom.js";
import { takeKeys } from "./held-keys.js";

/** @typedef {import("./company.js").CompanyParts} CompanyParts */

/** Whoever types nothing for so long has nothing to say. */
const SILENT_MS = 15_000;
/** What was finished with Enter stands so long for the others. */
const STANDS_MS = 6000;
/** Room for the field at the window's edges. */
const ROOM = { width: 272, height: 56 };

/** @type {HTMLInputElement | null} */
let open = null;
let overTimer = 0;

/** @param {CompanyParts} parts */
export function openChat({ editor, sender, pointer }) {
  // Whoever is quicker than this code is to lose nothing of what they type.
  const { text, ended } = takeKeys();
  if (open || ended) {
    open?.focus();
    return;
  }
  clearTimeout(overTimer);
  const field = makeField();
  open = field;
  const place = () => {
    const { px, py } = pointer.place();
    const { x, y } = within(px, py);
    field.style.setProperty("--x", `${x}px`);
    field.style.setProperty("--y", `${y}px`);
    return editor.camera.toBoard({ x: px, y: py });
  };
  let silence = 0;
  const listen = () => {
    clearTimeout(silence);
    silence = window.setTimeout(() => close(0), SILENT_MS);
  };
  const stop = pointer.subscribe(place);
  const close = (/** @type {number} */ standsMs) => {
    if (open !== field) return;
    open = null;
    clearTimeout(silence);
    stop();
    field.remove();
    if (matchMedia("(hover: none)").matches) editor.live.away();
    if (field.value.trim() && standsMs > 0) {
      overTimer = window.setTimeout(() => sender.chat(""), standsMs);
    } else sender.chat("");
  };
  field.addEventListener("input", () => {
    sender.chat(field.value);
    listen();
  });
  field.addEventListener("blur", () => close(STANDS_MS));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    // An input method takes these keys for itself while it puts a letter together.
    if (isComposing(event)) return;
    if (event.key === "Escape") close(0);
    if (event.key === "Enter") close(STANDS_MS);
  });
  (document.querySelector(".top") ?? document.body).append(field);
  const { x, y } = place();
  // Fingers have no pointer that others would see: the words need a place.
  editor.live.cursor(x, y, editor.camera.zoom);
  field.focus();
  listen();
  if (!text) return;
  field.value = text;
  sender.chat(text);
}

function makeField() {
  const words = t("Say something");
  return make("input", {
    type: "text",
    class: "chat-field",
    "aria-label": words,
    placeholder: `${words}…`,
    maxlength: String(CHAT_SIGNS),
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "done",
  });
}

/** @param {number} px @param {number} py */
function within(px, py) {
  const { innerWidth, innerHeight } = window;
  return {
    x: Math.max(8, Math.min(px + 14, innerWidth - ROOM.width)),
    y: Math.max(8, Math.min(py + 18, innerHeight - ROOM.height)),
  };
}
