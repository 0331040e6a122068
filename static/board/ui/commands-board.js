// Handing a board on, and the menu of what is selected, as commands.

import { Download, Link, Printer } from "../../npm/lucide.js";
import { t } from "../core/translate.js";

/** @param {import("./commands-later.js").Page} page @returns {import("./commands.js").Command[]} */
export function handingOnCommands(page) {
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
      id: "board.export",
      group: "board",
      label: () => t("Export…"),
      icon: Download,
      shortcuts: ["Mod+Shift+E"],
      run: page.openExport,
      enabled: () => true,
    },
    {
      id: "board.print",
      group: "board",
      label: () => t("Print…"),
      icon: Printer,
      // What the browser itself would print is the page around the board.
      shortcuts: ["Mod+P"],
      run: page.print,
      enabled: () => true,
    },
  ];
}
