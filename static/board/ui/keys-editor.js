// One row of the help sheet in which a command's keys are changed, by pressing them.

import { RotateCcw } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { isComposing, shortcutOf } from "../view/keyboard.js";
import { MAC } from "./command-button.js";
import { shortcutLabel } from "./commands.js";
import { icon, make } from "./dom.js";
import { holderOf, isFree, isWhole, withoutOwn, withShortcut } from "./own-shortcuts.js";

/**
 * @typedef {{command: import("./commands.js").Command, commands: import("./commands.js").Commands,
 *   editor: import("../editor.js").Editor, changed: () => void}} Parts
 */

/** @param {Parts} parts */
export function keysEditor(parts) {
  const { command, commands } = parts;
  const keys = commands.shortcutsOf(command).map((each) => shortcutLabel(each, MAC));
  const button = make(
    "button",
    {
      type: "button",
      class: "keys-button",
      "data-command": command.id,
      "aria-label": t("Shortcut of {command}: {keys}", {
        command: command.label(),
        keys: keys.join(" ") || t("none"),
      }),
    },
    ...(keys.length > 0 ? keys.flatMap((key) => [make("kbd", {}, key), " "]) : [t("none")]),
  );
  const message = make("p", { class: "keys-message", role: "status" });
  const row = make(
    "li",
    { class: "keys-row" },
    make("span", {}, command.label()),
    make("span", { class: "keys" }, resetButton(parts), button),
    message,
  );
  button.addEventListener("click", () => listen(parts, button, message));
  return row;
}

/** @param {Parts} parts */
function resetButton({ command, commands, editor, changed }) {
  if (!Object.hasOwn(commands.own, command.id)) return null;
  const label = t("Reset the shortcut of {command}", { command: command.label() });
  const button = make(
    "button",
    { type: "button", class: "icon-button small", "aria-label": label, title: t("Reset") },
    icon(RotateCcw),
  );
  button.addEventListener("click", () => {
    editor.set({ shortcuts: withoutOwn(commands, command) });
    changed();
    focusOn(command.id);
  });
  return button;
}

/** Until the keys have been pressed. @param {Parts} parts @param {HTMLButtonElement} button @param {HTMLElement} message */
function listen(parts, button, message) {
  button.replaceChildren(t("Press the keys…"));
  message.replaceChildren();
  const stop = () => {
    button.removeEventListener("keydown", press);
    button.removeEventListener("blur", giveUp);
  };
  const giveUp = () => {
    stop();
    parts.changed();
  };
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    event.stopPropagation();
    if (event.key === "Tab") return;
    event.preventDefault();
    if (isComposing(event) || !isWhole(event)) return;
    stop();
    if (event.key === "Escape") parts.changed();
    else propose(parts, shortcutOf(event), button, message);
    if (event.key === "Escape") focusOn(parts.command.id);
  };
  button.addEventListener("keydown", press);
  button.addEventListener("blur", giveUp);
}

/** @param {Parts} parts @param {string} shortcut @param {HTMLElement} button @param {HTMLElement} message */
function propose(parts, shortcut, button, message) {
  const { command, commands } = parts;
  const keys = shortcutLabel(shortcut, MAC);
  button.replaceChildren(make("kbd", {}, keys));
  if (!isFree(commands, shortcut)) {
    message.replaceChildren(t("{keys} can't be changed: the page needs it.", { keys }));
    return;
  }
  const holder = holderOf(commands, command, shortcut);
  if (!holder) take(parts, shortcut);
  else message.replaceChildren(...offer(parts, shortcut, holder.label()));
}

/** @param {Parts} parts @param {string} shortcut @param {string} holder */
function offer(parts, shortcut, holder) {
  const keys = shortcutLabel(shortcut, MAC);
  const yes = make("button", { type: "button", class: "text-button" }, t("Take it"));
  const no = make("button", { type: "button", class: "text-button" }, t("Leave it"));
  yes.addEventListener("click", () => take(parts, shortcut));
  no.addEventListener("click", () => {
    parts.changed();
    focusOn(parts.command.id);
  });
  queueMicrotask(() => yes.focus());
  return [make("span", {}, t("{keys} is now “{command}”.", { keys, command: holder })), yes, no];
}

/** @param {Parts} parts @param {string} shortcut */
function take({ command, commands, editor, changed }, shortcut) {
  editor.set({ shortcuts: withShortcut(commands, command, shortcut) });
  changed();
  focusOn(command.id);
}

/** The rows are new, the person's place is not. @param {string} id */
function focusOn(id) {
  const button = document.querySelector(`.keys-button[data-command="${CSS.escape(id)}"]`);
  if (button instanceof HTMLElement) button.focus();
}
