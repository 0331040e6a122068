// What pictures show, in words: for those who hear the board instead of seeing it, and while a picture can't be loaded.

import { t, tn } from "../core/translate.js";
import { textOf } from "../elements/kind.js";
import { onPictures } from "../elements/later.js";
import { pictures } from "../elements/pictures.js";
import { picturesIn } from "./commands-images.js";
import { make } from "./dom.js";
import { openSheet } from "./sheet.js";
import { styles } from "./stylesheet.js";

/** @typedef {import("../editor.js").Editor} Editor */
/** @typedef {{key: string, field: HTMLTextAreaElement, show: () => void, row: HTMLElement}} Row */

/** Of the protocol, in characters. */
const LENGTH = 2000;
/** More at once nobody describes. */
const ROWS = 30;
const THUMBNAIL = 96;
const LINES = 3;

/** @param {Editor} editor */
export async function describePictures(editor) {
  const rows = picturesIn(editor)
    .slice(0, ROWS)
    .map((key) => rowOf(editor, key));
  const save = make("button", { type: "submit", class: "primary" }, t("Save"));
  const form = make(
    "form",
    { class: "alt-form" },
    make("p", { class: "muted" }, t("Read aloud to those who can't see it. A sentence is enough.")),
    ...rows.map(({ row }) => row),
    make("div", { class: "alt-actions" }, save),
  );
  await styles("image-styles");
  const title = tn("Describe picture", "Describe pictures", rows.length);
  const dialog = await openSheet({ name: "describe", title, content: form });
  if (!dialog) return;
  const stop = onPictures(() => {
    for (const { show } of rows) show();
  });
  dialog.addEventListener("close", stop);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(editor, rows);
    dialog.close();
  });
  rows[0]?.field.focus();
}

/** @param {Editor} editor @param {readonly Row[]} rows */
function keep(editor, rows) {
  const words = new Map(rows.map(({ key, field }) => [key, cleaned(field.value)]));
  editor.setOf(words.keys(), "describe", (_, key) => ({ alt: words.get(key) || null }));
}

/** @param {string} text */
function cleaned(text) {
  const tidy = text
    .replace(/\r\n?/g, "\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what goes
    .replace(/[\0-\x08\x0b-\x1f\x7f\ud800-\udfff]/gu, "")
    .trim();
  return [...tidy].slice(0, LENGTH).join("");
}

/** @param {Editor} editor @param {string} key @returns {Row} */
function rowOf(editor, key) {
  const element = editor.document.get(key) ?? {};
  const id = `alt-${key}`;
  const thumbnail = make("canvas", { class: "alt-picture", "aria-hidden": "true" });
  const show = () => {
    const found = pictures.at(textOf(element, "asset"), THUMBNAIL * devicePixelRatio);
    if (typeof found === "string") return;
    thumbnail.width = found.width;
    thumbnail.height = found.height;
    thumbnail.getContext("2d")?.drawImage(found, 0, 0);
  };
  const field = make("textarea", { id, rows: String(LINES), maxlength: String(LENGTH) });
  field.value = textOf(element, "alt");
  // The board's own Enter stays; as elsewhere this one ends it.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form?.requestSubmit();
  });
  show();
  const row = make(
    "div",
    { class: "alt-row" },
    thumbnail,
    make("div", { class: "alt-words" }, make("label", { for: id }, t("What does it show?")), field),
  );
  return { key, field, show, row };
}
