// The field that text is written in: as large as its text, which a mirror under it measures, with a list's marks.

import { t } from "../core/translate.js";
import { cleanText } from "../editor/writing.js";
import { markerOf } from "../elements/text-layout.js";
import { TEXT_MAX } from "../elements/writing.js";
import { make } from "./dom.js";

/** How the field looks; lengths are in the font's size. @typedef {{css: Record<string, string>, wraps: boolean, list: string}} Look */

/** Longer pieces are put in without the browser's own undo, which takes seconds for them. */
const UNDOABLE_LENGTH = 2000;

/** @param {{onText: (text: string) => void}} parts */
export function textField({ onText }) {
  const area = make("textarea", {
    dir: "auto",
    rows: "1",
    spellcheck: "true",
    autocapitalize: "sentences",
    maxlength: String(TEXT_MAX),
    "aria-label": t("Text"),
  });
  const mirror = make("div", { class: "writing-mirror", "aria-hidden": "true" });
  const box = make("div", { class: "writing-box" }, mirror, area);
  const hint = make("p", { class: "writing-hint", role: "status", hidden: true });
  let list = "";

  const reflect = () =>
    mirror.replaceChildren(...area.value.split("\n").map((line, i) => paragraph(line, list, i)));
  const tell = () => {
    reflect();
    onText(area.value);
  };
  /** @param {string | null} words */
  const say = (words) => {
    hint.hidden = words === null;
    hint.textContent = words ?? "";
  };
  area.addEventListener("input", tell);
  area.addEventListener("beforeinput", (event) => {
    const isFull = area.value.length >= TEXT_MAX && area.selectionStart === area.selectionEnd;
    say(isFull && event.inputType.startsWith("insert") ? fullWords() : null);
  });
  area.addEventListener("paste", (event) => {
    event.preventDefault();
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    const cut = pasteInto(area, pasted);
    tell();
    say(cut ? cutWords() : null);
  });

  return {
    area,
    box,
    hint,
    tell,
    focus: () => area.focus({ preventScroll: true }),

    /** @param {string} text @param {(place: number) => number} moved where a place in the text has come to */
    replace(text, moved) {
      const [from, to] = [moved(area.selectionStart), moved(area.selectionEnd)];
      const direction = area.selectionDirection;
      area.value = text;
      area.setSelectionRange(from, to, direction);
      reflect();
    },

    /** @param {Look} look */
    look({ css, wraps, list: kind }) {
      for (const [name, value] of Object.entries(css)) box.style.setProperty(name, value);
      box.toggleAttribute("data-wraps", wraps);
      area.wrap = wraps ? "soft" : "off";
      if (kind === list) return;
      list = kind;
      reflect();
    },
  };
}

/** Plain text, however rich it was, as much of it as there is room for; returns whether something was cut off. @param {HTMLTextAreaElement} area @param {string} pasted */
function pasteInto(area, pasted) {
  const { selectionStart: from, selectionEnd: to } = area;
  const room = TEXT_MAX - area.value.length + (to - from);
  // Cleaning a whole book for its first page would take as long as reading it.
  const text = cleanText(pasted.slice(0, 2 * room + 2));
  const fitting = cleanText(text.slice(0, room));
  // `insertText` is out of date, but what it does can be undone.
  const done =
    fitting.length <= UNDOABLE_LENGTH && document.execCommand("insertText", false, fitting);
  if (!done) area.setRangeText(fitting, from, to, "end");
  return text.length > room;
}

/** @param {string} line @param {string} list @param {number} index */
function paragraph(line, list, index) {
  const marker = markerOf(list, index);
  return make("div", { dir: "auto", "data-marker": marker || null }, line || "\u200b");
}

function fullWords() {
  return t("This text is full: it holds {count} characters. A second one has room again.", {
    count: TEXT_MAX,
  });
}

function cutWords() {
  return t("Only the beginning was pasted: one text holds {count} characters.", {
    count: TEXT_MAX,
  });
}
