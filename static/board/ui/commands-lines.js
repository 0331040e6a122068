// Commands for drawing and erasing lines.

import { t } from "../core/translate.js";

/** @param {import("../editor.js").Editor} editor @returns {import("./commands.js").Command[]} */
export function lineCommands(editor) {
  return [
    {
      id: "line.end",
      group: "edit",
      label: () => t("End the line"),
      shortcuts: ["Enter"],
      shared: true,
      fixed: true,
      run: () => editor.pointerCancel(),
      enabled: () => editor.tool?.unfinished?.() ?? false,
    },
    {
      id: "eraser.parts",
      group: "edit",
      label: () => t("Erase only what is touched"),
      shortcuts: ["Shift+E"],
      run: () => {
        editor.set({ eraser: editor.settings.eraser === "partial" ? "object" : "partial" });
        editor.setTool("eraser");
      },
      enabled: () => !editor.readOnly,
      pressed: () => editor.settings.eraser === "partial",
    },
  ];
}
