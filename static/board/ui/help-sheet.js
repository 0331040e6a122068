// The help sheet: every command with its keys, straight from the registry, and the gestures. Keys can be changed.

import { t } from "../core/translate.js";
import { MAC } from "./command-button.js";
import { keepsItsKeys, shortcutLabel } from "./commands.js";
import { make } from "./dom.js";
import { COMMAND_GROUPS } from "./group-names.js";
import { keysEditor } from "./keys-editor.js";
import { openSheet } from "./sheet.js";

/** @typedef {import("../editor.js").Editor} Editor */
/** @typedef {import("./commands.js").Command} Command */
/** @typedef {import("./commands.js").Commands} Commands */

/** As the commands with four arrows have them. */
const ARROWS = ["←", "→", "↑", "↓"];

/** What is no command. @type {Partial<Record<Command["group"], () => HTMLElement[]>>} */
const ALSO = { keyboard: () => [line(t("Leave the board"), [t("Esc, then Tab")])] };

/** @param {Commands} commands @param {Editor} editor */
export async function openHelpSheet(commands, editor) {
  const columns = make("div", { class: "sheet-columns" });
  const change = make("button", { type: "button", class: "text-button", "aria-pressed": "false" });
  const reset = make("button", { type: "button", class: "text-button" }, t("Reset all"));
  let changing = false;
  const refresh = () => {
    change.textContent = changing ? t("Done") : t("Change shortcuts");
    change.setAttribute("aria-pressed", String(changing));
    reset.hidden = !changing || Object.keys(commands.own).length === 0;
    columns.replaceChildren(...sections(commands, (command) => row(command, changing)));
  };
  /** @param {Command} command @param {boolean} editing */
  const row = (command, editing) =>
    editing && !keepsItsKeys(command)
      ? keysEditor({ command, commands, editor, changed: refresh })
      : line(command.label(), keysOf(commands, command));
  change.addEventListener("click", () => {
    changing = !changing;
    refresh();
  });
  reset.addEventListener("click", () => {
    editor.set({ shortcuts: {} });
    refresh();
    change.focus();
  });
  refresh();
  await openSheet({ name: "help", title: t("Help"), content: columns, actions: [reset, change] });
}

/** @param {Commands} commands @param {(command: Command) => HTMLElement} row */
function sections(commands, row) {
  return [
    ...COMMAND_GROUPS.filter(({ group }) => commands.inGroup(group).length > 0).map(
      ({ group, label }) =>
        section(label(), [...commands.inGroup(group).map(row), ...(ALSO[group]?.() ?? [])]),
    ),
    section(t("Mouse and touch"), gestures()),
  ];
}

/** @param {string} title @param {HTMLElement[]} rows */
function section(title, rows) {
  return make("section", {}, make("h3", {}, title), make("ul", {}, ...rows));
}

/** @param {Commands} commands @param {Command} command */
function keysOf(commands, command) {
  const labels = commands.shortcutsOf(command).map((keys) => shortcutLabel(keys, MAC));
  return labels.length === ARROWS.length ? oneOfArrows(labels) : labels;
}

/** Four keys that differ in their arrows alone are read faster as one, and fit a line. @param {string[]} labels */
function oneOfArrows(labels) {
  const held = labels.map((label, i) => label.endsWith(ARROWS[i] ?? "") && label.slice(0, -1));
  return typeof held[0] === "string" && held.every((each) => each === held[0])
    ? [`${held[0]}${ARROWS.join(" ")}`]
    : labels;
}

function gestures() {
  return [
    line(t("Move the view"), [t("wheel"), t("Space and drag"), t("two fingers")]),
    line(t("Zoom"), [MAC ? t("⌘ and wheel") : t("Ctrl and wheel"), t("pinch")]),
    line(t("Add to the selection"), [t("Shift and click")]),
    line(t("Menu of the selection"), [t("right click"), t("long press")]),
  ];
}

/** @param {string} what @param {string[]} keys */
function line(what, keys) {
  return make(
    "li",
    {},
    make("span", {}, what),
    make("span", { class: "keys" }, ...keys.map((key) => make("kbd", {}, key))),
  );
}
