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

/** @type {ChatField | null} */
let open = null;
/** Until what was finished is over. */
let overTimer = 0;

/** @param {CompanyParts} parts */
export function openChat(parts) {
  // Whoever is quicker than this code is to lose nothing of what they type.
  const { text, ended } = takeKeys();
  if (!ended) open ??= new ChatField(parts);
  open?.begin(text);
}

class ChatField {
  #field = makeField();
  #silence = 0;
  #stopFollowing;
  #parts;

  /** @param {CompanyParts} parts */
  constructor(parts) {
    this.#parts = parts;
    clearTimeout(overTimer);
    this.#listen();
    // A landmark of the page, as everything that is read stands in one.
    (document.querySelector(".top") ?? document.body).append(this.#field);
    this.#stopFollowing = parts.pointer.subscribe(() => this.#place());
    const { x, y } = this.#place();
    // Fingers have no pointer that others would see: the words need a place.
    parts.editor.live.cursor(x, y, parts.editor.camera.zoom);
  }

  /** @param {string} text typed already */
  begin(text) {
    this.#field.focus();
    this.#field.value += text;
    this.#said();
  }

  #listen() {
    const field = this.#field;
    field.addEventListener("input", () => this.#said());
    field.addEventListener("blur", () => this.#close(STANDS_MS));
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      // An input method takes these keys for itself while it puts a letter together.
      if (isComposing(event)) return;
      if (event.key === "Escape") this.#close(0);
      if (event.key === "Enter") this.#close(STANDS_MS);
    });
  }

  #said() {
    this.#parts.sender.chat(this.#field.value);
    clearTimeout(this.#silence);
    this.#silence = window.setTimeout(() => this.#close(0), SILENT_MS);
  }

  /** Beside the pointer; tells where that is on the board. */
  #place() {
    const { px, py } = this.#parts.pointer.place();
    const { x, y } = within(px, py);
    this.#field.style.setProperty("--x", `${x}px`);
    this.#field.style.setProperty("--y", `${y}px`);
    return this.#parts.editor.camera.toBoard({ x: px, y: py });
  }

  /** @param {number} standsMs */
  #close(standsMs) {
    if (open !== this) return;
    open = null;
    const { sender, editor } = this.#parts;
    clearTimeout(this.#silence);
    this.#stopFollowing();
    this.#field.remove();
    const stands = this.#field.value.trim() !== "" && standsMs > 0;
    overTimer = window.setTimeout(
      () => {
        sender.chat("");
        if (matchMedia("(hover: none)").matches) editor.live.away();
      },
      stands ? standsMs : 0,
    );
  }
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
