// A button for a command: icon, name, tooltip with the shortcut, pressed and disabled as the command says.

import { ariaShortcuts, shortcutLabel } from "./commands.js";
import { icon, make } from "./dom.js";

/** @typedef {import("./commands.js").Command} Command */
/** @typedef {import("./commands.js").Commands} Commands */

export const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** @param {Commands} commands @param {Command} command @returns {{button: HTMLButtonElement, refresh: () => void}} */
export function commandButton(commands, command) {
  const button = make(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": command.label(),
      "data-command": command.id,
    },
    command.icon && icon(command.icon),
  );
  button.addEventListener("click", () => {
    if (command.enabled()) command.run();
  });
  const refresh = () => {
    // Not `disabled`: a button that vanishes from under the keyboard's focus loses one's place.
    button.setAttribute("aria-disabled", String(!command.enabled()));
    if (command.pressed) button.setAttribute("aria-pressed", String(command.pressed()));
  };
  const nameKeys = () => sayKeys(button, command.label(), commands.shortcutsOf(command));
  commands.subscribe(nameKeys);
  nameKeys();
  refresh();
  return { button, refresh };
}

/** The shortcuts stand in the tooltip and for assistive technology, never in the name. @param {HTMLElement} button @param {string} label @param {readonly string[]} shortcuts */
function sayKeys(button, label, shortcuts) {
  const [first] = shortcuts;
  button.dataset.tooltip = first ? `${label}  ${shortcutLabel(first, MAC)}` : label;
  if (first) button.setAttribute("aria-keyshortcuts", ariaShortcuts(shortcuts, MAC));
  else button.removeAttribute("aria-keyshortcuts");
}
