// The commands that a board starts with; the others come once it is there (commands-later.js). A new one is a line in a
// topic's file; toolbar, menus, shortcuts and help follow.

import { CircleHelp, Command as CommandKey, Settings2 } from "../../npm/lucide.js";
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
 */

/** @param {Commands} commands @param {Editor} editor @param {Page} page */
export function addBoardCommands(commands, editor, page) {
  for (const command of [
    ...toolCommands(editor),
    ...editCommands(editor),
    ...viewCommands(editor),
    ...boards(page),
  ]) {
    commands.add(command);
  }
}

/** @param {Page} page @returns {Command[]} */
function boards(page) {
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
