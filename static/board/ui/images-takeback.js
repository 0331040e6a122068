// Undo right after pictures have been brought gives up those that aren't on the board yet, for nothing else has been done.

import { t } from "../core/translate.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor/bringing.js").Bringing} Bringing
 * @typedef {import("./commands.js").Command} Command
 */

/** @param {{bringing: Bringing, editor: Editor, landing: import("./images-landing.js").Landing}} parts @returns {Command} */
export function takeBackCommand({ bringing, editor, landing }) {
  const { history } = editor;
  history.subscribe(() => {
    if (history.undoLabel !== landing.label) bringing.latest = null;
  });
  const left = () => bringing.guests.filter(({ batch }) => batch === bringing.latest);
  return {
    id: "image.take-back",
    group: "edit",
    label: () => t("Give up pictures on their way"),
    shortcuts: ["Mod+Z"],
    fixed: true,
    shared: true,
    run: () => {
      const batch = bringing.latest;
      for (const guest of left()) bringing.remove(guest);
      // Of those that came together some may be there already.
      if (batch !== null && landing.has(batch)) editor.undo();
    },
    enabled: () => left().length > 0,
  };
}
