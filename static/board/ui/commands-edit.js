// Undoing, selecting, deleting and nudging as commands.

import { Redo2, Trash2, Undo2 } from "../../npm/lucide.js";
import { t } from "../core/translate.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 */

/** Board units that an arrow key moves a selection; with Shift a larger step. */
const NUDGE = 1;
const NUDGE_FAR = 10;

/** @param {Editor} editor @returns {Command[]} */
export function editCommands(editor) {
  const writable = () => !editor.readOnly;
  const selected = () => writable() && editor.selection.size > 0;
  return [
    {
      id: "edit.undo",
      group: "edit",
      label: () => t("Undo"),
      icon: Undo2,
      shortcuts: ["Mod+Z"],
      run: () => editor.undo(),
      enabled: () => writable() && editor.history.canUndo,
    },
    {
      id: "edit.redo",
      group: "edit",
      label: () => t("Redo"),
      icon: Redo2,
      shortcuts: ["Mod+Shift+Z", "Mod+Y"],
      run: () => editor.redo(),
      enabled: () => writable() && editor.history.canRedo,
    },
    {
      id: "edit.select-all",
      group: "edit",
      label: () => t("Select all"),
      shortcuts: ["Mod+A"],
      run: () => editor.selectAll(),
      enabled: () => true,
    },
    {
      id: "edit.delete",
      group: "edit",
      label: () => t("Delete"),
      icon: Trash2,
      shortcuts: ["Delete"],
      aliases: ["Backspace"],
      run: () => editor.deleteSelection(),
      enabled: selected,
    },
    {
      id: "edit.escape",
      group: "edit",
      label: () => t("Cancel, or select nothing"),
      shortcuts: ["Escape"],
      fixed: true,
      run: () => cancel(editor),
      enabled: () => true,
    },
    {
      id: "edit.nudge",
      group: "edit",
      label: () => t("Move selection"),
      shortcuts: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
      fixed: true,
      run: (arrow) => nudge(editor, arrow, NUDGE),
      enabled: selected,
    },
    {
      id: "edit.nudge-far",
      group: "edit",
      label: () => t("Move selection far"),
      shortcuts: ["Shift+ArrowLeft", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowDown"],
      fixed: true,
      run: (arrow) => nudge(editor, arrow?.replace("Shift+", ""), NUDGE_FAR),
      enabled: selected,
    },
  ];
}

/** One thing at a time: what the pointer does, what the tool is in, the selection. @param {Editor} editor */
function cancel(editor) {
  if (editor.busy) editor.pointerCancel();
  else if (!editor.tool?.onEscape?.()) editor.select([]);
}

/** @type {Record<string, [number, number]>} */
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** @param {Editor} editor @param {string | undefined} arrow @param {number} step */
function nudge(editor, arrow, step) {
  const [dx, dy] = ARROWS[arrow ?? ""] ?? [0, 0];
  editor.moveSelectionBy(dx * step, dy * step);
}
