// Handing a board on, and the menu of what is selected, as commands.

import { Download, Link } from "../../npm/lucide.js";
import { t } from "../core/translate.js";

/** @param {import("../editor.js").Editor} editor @param {import("./commands-later.js").Page} page @returns {import("./commands.js").Command[]} */
export function handingOnCommands(editor, page) {
  return [
    {
      id: "board.context-menu",
      group: "board",
      label: () => t("Menu of the selection"),
      shortcuts: ["Shift+F10"],
      aliases: ["ContextMenu"],
      fixed: true,
      run: page.contextMenu,
      enabled: () => true,
    },
    {
      id: "board.share",
      group: "board",
      label: () => t("Copy the link"),
      icon: Link,
      shortcuts: [],
      run: page.copyLink,
      enabled: () => true,
    },
    {
      id: "board.download",
      group: "board",
      label: () => t("Download as PNG"),
      icon: Download,
      shortcuts: ["Mod+Shift+E"],
      run: page.downloadPicture,
      enabled: () => editor.document.size > 0,
    },
  ];
}
