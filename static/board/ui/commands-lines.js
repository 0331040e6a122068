// Commands for lines in the making.

import { t } from "../core/translate.js";

/** @param {import("../editor.js").Editor} editor @returns {import("./commands.js").Command[]} */
export function lineCommands(editor) {
  return [
    {
      id: "line.end",
      group: "edit",
      label: () => t("End the line"),
      shortcuts: ["Enter"],
      run: () => editor.pointerCancel(),
      enabled: () => editor.tool?.unfinished?.() ?? false,
    },
  ];
}
