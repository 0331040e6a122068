// Commands for drawing and erasing lines.

import { t } from "../core/translate.js";

/** @param {import("../editor.js").Editor} editor @returns {import("./commands.js").Command[]} */
export function lineCommands(editor) {
  return [
    {
      id: "line.end",
      group: "edit",
      label: () => t("End the line"),
      shortcuts: [],
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

/** Enter ends a line, whatever else it means: it is asked first. @param {Window} window @param {import("../editor.js").Editor} editor */
export function endLinesByEnter(window, editor) {
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !editor.tool?.unfinished?.()) return;
    event.preventDefault();
    editor.pointerCancel();
  });
}
