// The groups of commands with their names, in the order of help and palette.

import { t } from "../core/translate.js";

/** @type {readonly {group: import("./commands.js").Command["group"], label: () => string}[]} */
export const COMMAND_GROUPS = [
  { group: "tools", label: () => t("Tools") },
  { group: "edit", label: () => t("Edit") },
  { group: "arrange", label: () => t("Arrange") },
  { group: "style", label: () => t("Style") },
  { group: "view", label: () => t("View") },
  { group: "board", label: () => t("Board") },
  { group: "keyboard", label: () => t("By keyboard") },
  { group: "order", label: () => t("For owners") },
];

/** @param {import("./commands.js").Command["group"]} group */
export function groupName(group) {
  return COMMAND_GROUPS.find((each) => each.group === group)?.label() ?? "";
}
