// Commenting, as commands.

import { MessageCircle, MessagesSquare } from "../../npm/lucide.js";
import { t } from "../core/translate.js";

/**
 * @typedef {object} Commenting
 * @property {import("../editor.js").Editor} editor
 * @property {() => boolean} may whether this person may comment
 * @property {import("../tools/comment.js").CommentTool} tool
 * @property {() => void} onSelection
 * @property {() => void} list
 * @property {() => void} hint says where the tool in the hand can place a comment
 */

/** @param {Commenting} commenting @returns {import("./commands.js").Command[]} */
export function commentCommands({ editor, may, tool, onSelection, list, hint }) {
  return [
    {
      id: "tool.comment",
      group: "tools",
      label: () => t("Comment"),
      icon: MessageCircle,
      shortcuts: ["C"],
      run: (shortcut) => {
        tool.begin();
        if (shortcut) hint();
      },
      enabled: may,
      pressed: () => editor.tool === tool,
    },
    {
      id: "comment.selection",
      group: "edit",
      label: () => t("Comment on the selection"),
      icon: MessageCircle,
      shortcuts: ["C"],
      shared: true,
      run: onSelection,
      enabled: () => may() && editor.selection.size > 0,
    },
    {
      id: "comment.middle",
      group: "edit",
      label: () => t("Comment in the middle of the view"),
      shortcuts: ["Enter"],
      shared: true,
      fixed: true,
      run: () => tool.placeInTheMiddle(),
      enabled: () => editor.tool === tool,
    },
    {
      id: "board.comments",
      group: "board",
      label: () => t("Comments"),
      icon: MessagesSquare,
      shortcuts: ["Shift+C"],
      run: list,
      enabled: () => true,
    },
  ];
}
