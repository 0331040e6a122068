// The commands that a board starts with; the others come once it is there (commands-later.js). A new one is a line in a
// topic's file; toolbar, menus, shortcuts and help follow.

import { CircleHelp, Command as CommandKey, Download, Link, Settings2 } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { editCommands } from "./commands-edit.js";
import { toolCommands } from "./commands-tools.js";
import { viewCommands } from "./commands-view.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("./commands.js").Commands} Commands
 */

/**
 * What commands may ask of the page around the board.
 * @typedef {object} Page
 * @property {() => void} help
 * @property {() => void} settings
 * @property {() => void} palette
 * @property {() => void} contextMenu
 * @property {() => void} copyLink
 * @property {() => void} downloadPicture
 */

/** @param {Commands} commands @param {Editor} editor @param {Page} page */
export function addBoardCommands(commands, editor, page) {
  for (const command of [
    ...toolCommands(editor),
    ...editCommands(editor),
    ...viewCommands(editor),
    ...boards(editor, page),
  ]) {
    commands.add(command);
  }
}

/** @param {Editor} editor @param {Page} page @returns {Command[]} */
function boards(editor, page) {
  return [
    {
      id: "board.palette",
      group: "board",
      label: () => t("All commands"),
      icon: CommandKey,
      shortcuts: ["Mod+K"],
      aliases: ["Mod+/"],
      run: page.palette,
      enabled: () => true,
    },
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
    {
      id: "board.settings",
      group: "board",
      label: () => t("Settings"),
      icon: Settings2,
      shortcuts: ["Mod+,"],
      run: page.settings,
      enabled: () => true,
    },
    {
      id: "board.help",
      group: "board",
      label: () => t("Help"),
      icon: CircleHelp,
      shortcuts: ["?"],
      run: page.help,
      enabled: () => true,
    },
  ];
}
