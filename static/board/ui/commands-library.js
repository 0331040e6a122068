// Templates and the own library, as commands.

import { BookmarkPlus, LayoutTemplate, Library } from "../../npm/lucide.js";
import { t } from "../core/translate.js";

/** @param {import("../editor.js").Editor} editor @param {import("./config.js").Config} config @returns {import("./commands.js").Command[]} */
export function libraryCommands(editor, config) {
  const open = async (/** @type {"templates" | "own"} */ part) =>
    (await import("./library-sheet.js")).openLibrary(editor, config, part);
  return [
    {
      id: "board.templates",
      group: "board",
      label: () => t("Templates"),
      icon: LayoutTemplate,
      shortcuts: [],
      run: () => void open("templates"),
      enabled: () => !editor.readOnly,
    },
    {
      id: "board.library",
      group: "board",
      label: () => t("My library"),
      icon: Library,
      shortcuts: [],
      run: () => void open("own"),
      enabled: () => !editor.readOnly,
    },
    {
      id: "edit.to-library",
      group: "edit",
      label: () => t("Add to my library"),
      icon: BookmarkPlus,
      shortcuts: [],
      run: async () => (await import("./library-sheet.js")).addToLibrary(editor, config),
      enabled: () => editor.selection.size > 0,
    },
  ];
}
