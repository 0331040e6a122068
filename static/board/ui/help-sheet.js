// The help sheet: every command with its keys, straight from the registry, and the gestures.

import { X } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { MAC } from "./command-button.js";
import { shortcutLabel } from "./commands.js";
import { icon, make } from "./dom.js";

/** @typedef {import("./commands.js").Commands} Commands */

/** @param {HTMLDialogElement} dialog @param {Commands} commands */
export function openHelpSheet(dialog, commands) {
  if (dialog.open) return;
  dialog.replaceChildren(...sheet(dialog, commands));
  dialog.showModal();
}

/** @param {HTMLDialogElement} dialog @param {Commands} commands */
function sheet(dialog, commands) {
  const close = make(
    "button",
    { type: "button", class: "icon-button", "aria-label": t("Close") },
    icon(X),
  );
  close.addEventListener("click", () => dialog.close());
  // A click beside the sheet closes it; only the backdrop is the dialog itself.
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close();
  };
  // Opened from the menu, there is nothing to give the focus back to, and it would stay here unseen.
  dialog.onclose = () => {
    if (dialog.contains(document.activeElement)) close.blur();
  };
  const title = make("h2", { id: "help-title" }, t("Help"));
  dialog.setAttribute("aria-labelledby", "help-title");
  return [
    make(
      "div",
      { class: "sheet" },
      make("header", {}, title, close),
      make(
        "div",
        { class: "sheet-columns" },
        section(t("Tools"), commandRows(commands, "tools")),
        section(t("Edit"), commandRows(commands, "edit")),
        section(t("View"), commandRows(commands, "view")),
        section(t("Board"), commandRows(commands, "board")),
        section(t("Mouse and touch"), gestures()),
      ),
    ),
  ];
}

/** @param {string} title @param {HTMLElement[]} rows */
function section(title, rows) {
  return make("section", {}, make("h3", {}, title), make("dl", {}, ...rows));
}

/** @param {Commands} commands @param {import("./commands.js").Command["group"]} group */
function commandRows(commands, group) {
  return commands
    .inGroup(group)
    .filter((command) => command.shortcuts.length > 0)
    .map((command) =>
      row(
        command.label(),
        command.shortcuts.map((keys) => shortcutLabel(keys, MAC)),
      ),
    );
}

function gestures() {
  return [
    row(t("Move the view"), [t("wheel"), t("Space and drag"), t("two fingers")]),
    row(t("Zoom"), [MAC ? t("⌘ and wheel") : t("Ctrl and wheel"), t("pinch")]),
    row(t("Add to the selection"), [t("Shift and click")]),
  ];
}

/** @param {string} what @param {string[]} keys */
function row(what, keys) {
  return make(
    "div",
    {},
    make("dt", {}, what),
    make("dd", {}, ...keys.map((key) => make("kbd", {}, key))),
  );
}
