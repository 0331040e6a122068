// A button for a command: icon, name, tooltip with the shortcut, pressed and disabled as the command says.

import { ariaShortcuts, shortcutLabel } from "./commands.js";
import { icon, make } from "./dom.js";

/** @typedef {import("./commands.js").Command} Command */

export const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** @param {Command} command @returns {{button: HTMLButtonElement, refresh: () => void}} */
export function commandButton(command) {
  const label = command.label();
  const [first] = command.shortcuts;
  const button = make(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": label,
      "aria-keyshortcuts":
        command.shortcuts.length > 0 ? ariaShortcuts(command.shortcuts, MAC) : null,
      "data-tooltip": first ? `${label}  ${shortcutLabel(first, MAC)}` : label,
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
  refresh();
  return { button, refresh };
}
