// The settings of a person on this device: a row for each that the editor has.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { openSheet } from "./sheet.js";
import { NARROW } from "./style-button.js";

/** @typedef {import("../editor.js").Editor} Editor */
/** @typedef {{key: string, label: () => string, about?: () => string, choices?: readonly {value: string, label: () => string}[]}} Row */

/** @type {readonly Row[]} */
const ROWS = [
  {
    key: "penMode",
    label: () => t("Pen mode"),
    about: () => t("With a pen in use, fingers only move the view."),
    choices: [
      { value: "auto", label: () => t("Automatic") },
      { value: "on", label: () => t("On") },
      { value: "off", label: () => t("Off") },
    ],
  },
  {
    key: "constantWidth",
    label: () => t("Constant pen width"),
    about: () => t("Ink is equally wide, however hard you press."),
  },
  {
    key: "scribbleErases",
    label: () => t("Scribble to erase"),
    about: () => t("Scribbling over something with the pen erases it."),
  },
  {
    key: "keepTool",
    label: () => t("Keep the tool after drawing"),
    about: () => t("Otherwise Select comes back after each shape."),
  },
  { key: "snapToGrid", label: () => t("Snap to grid") },
  { key: "snapToObjects", label: () => t("Snap to objects") },
  { key: "minimap", label: () => t("Minimap") },
  {
    key: "announce",
    label: () => t("Announce what others do"),
    about: () => t("For screen readers: one sentence at a time, at most every five seconds."),
    choices: [
      { value: "off", label: () => t("Off") },
      { value: "nearby", label: () => t("Nearby") },
      { value: "all", label: () => t("All") },
    ],
  },
  {
    key: "singleKeys",
    label: () => t("Single-key shortcuts"),
    about: () => t("Letters, digits and signs alone are shortcuts."),
  },
];

/** @param {Editor} editor */
export async function openSettings(editor) {
  const narrow = matchMedia(NARROW).matches;
  const rows = ROWS.filter(
    ({ key }) => Object.hasOwn(editor.settings, key) && !(narrow && key === "minimap"),
  ).map((row) => (row.choices ? choiceRow(editor, row) : switchRow(editor, row)));
  const dialog = await openSheet({
    name: "settings",
    title: t("Settings"),
    content: make("div", { class: "settings" }, ...rows.map(({ row }) => row)),
  });
  const stop = editor.subscribe(({ type }) => {
    if (type === "settings") for (const { refresh } of rows) refresh();
  });
  dialog ? dialog.addEventListener("close", stop) : stop();
}

/** @param {Editor} editor @param {string} key @returns {unknown} */
function settingOf(editor, key) {
  return /** @type {Record<string, unknown>} */ (editor.settings)[key];
}

/** @param {Editor} editor @param {Row} row */
function switchRow(editor, { key, label, about }) {
  const input = make("input", { type: "checkbox", role: "switch", "data-setting": key });
  const refresh = () => {
    input.checked = settingOf(editor, key) === true;
  };
  input.addEventListener("change", () => editor.set({ [key]: input.checked }));
  refresh();
  return { row: make("label", { class: "setting" }, words(label(), about?.()), input), refresh };
}

/** @param {Editor} editor @param {Row} row */
function choiceRow(editor, { key, label, about, choices = [] }) {
  const buttons = choices.map((choice) => {
    const button = make("button", { type: "button" }, choice.label());
    button.addEventListener("click", () => editor.set({ [key]: choice.value }));
    return { button, value: choice.value };
  });
  const refresh = () => {
    for (const { button, value } of buttons)
      button.setAttribute("aria-pressed", String(settingOf(editor, key) === value));
  };
  refresh();
  const group = make(
    "div",
    { class: "switch", role: "group", "aria-label": label() },
    ...buttons.map(({ button }) => button),
  );
  return { row: make("div", { class: "setting" }, words(label(), about?.()), group), refresh };
}

/** @param {string} label @param {string | undefined} about */
function words(label, about) {
  return make(
    "span",
    { class: "setting-words" },
    make("span", {}, label),
    about && make("span", { class: "muted" }, about),
  );
}
