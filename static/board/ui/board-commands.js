// Every command of a board. A new one is a line here; toolbar, shortcuts and help follow.

import {
  CircleHelp,
  Download,
  Eraser,
  Hand,
  Link,
  Maximize,
  Minus,
  MousePointer2,
  Pencil,
  Plus,
  Redo2,
  Trash2,
  Undo2,
} from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { lineCommands } from "./commands-lines.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("./commands.js").Commands} Commands
 */

/**
 * What commands may ask of the page around the board.
 * @typedef {object} Page
 * @property {() => void} help
 * @property {() => void} copyLink
 * @property {() => void} downloadPicture
 */

const ZOOM_STEP = 1.25;
/** Board units that an arrow key moves a selection; with Shift a larger step. */
const NUDGE = 1;
const NUDGE_FAR = 10;

/** @param {Commands} commands @param {Editor} editor @param {Page} page */
export function addBoardCommands(commands, editor, page) {
  for (const command of [
    ...tools(editor),
    ...edits(editor),
    ...lineCommands(editor),
    ...views(editor),
    ...boards(editor, page),
  ]) {
    commands.add(command);
  }
}

/** @param {Editor} editor @returns {Command[]} */
function tools(editor) {
  /** @param {string} name @param {import("./dom.js").IconNode} icon @param {string} key @param {() => string} label @returns {Command} */
  const tool = (name, icon, key, label) => ({
    id: `tool.${name}`,
    group: "tools",
    label,
    icon,
    shortcuts: [key],
    run: () => editor.setTool(name),
    enabled: () =>
      !(editor.readOnly && editor.tools.some((each) => each.name === name && each.changes)),
    pressed: () => editor.tool?.name === name,
  });
  return [
    tool("select", MousePointer2, "V", () => t("Select")),
    tool("hand", Hand, "H", () => t("Hand")),
    tool("pen", Pencil, "P", () => t("Pen")),
    tool("eraser", Eraser, "E", () => t("Eraser")),
  ];
}

/** @param {Editor} editor @returns {Command[]} */
function edits(editor) {
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
      run: () => (editor.busy ? editor.pointerCancel() : editor.select([])),
      enabled: () => true,
    },
    {
      id: "edit.nudge",
      group: "edit",
      label: () => t("Move selection"),
      shortcuts: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
      run: (arrow) => nudge(editor, arrow, NUDGE),
      enabled: selected,
    },
    {
      id: "edit.nudge-far",
      group: "edit",
      label: () => t("Move selection far"),
      shortcuts: ["Shift+ArrowLeft", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowDown"],
      run: (arrow) => nudge(editor, arrow?.replace("Shift+", ""), NUDGE_FAR),
      enabled: selected,
    },
  ];
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

/** @param {Editor} editor @returns {Command[]} */
function views(editor) {
  const always = () => true;
  return [
    {
      id: "view.zoom-out",
      group: "view",
      label: () => t("Zoom out"),
      icon: Minus,
      shortcuts: ["-"],
      aliases: ["Mod+-"],
      run: () => editor.zoomBy(1 / ZOOM_STEP),
      enabled: always,
    },
    {
      id: "view.zoom-in",
      group: "view",
      label: () => t("Zoom in"),
      icon: Plus,
      shortcuts: ["+"],
      aliases: ["=", "Mod++", "Mod+="],
      run: () => editor.zoomBy(ZOOM_STEP),
      enabled: always,
    },
    {
      id: "view.full-size",
      group: "view",
      label: () => t("Zoom to 100%"),
      shortcuts: ["Shift+0"],
      aliases: ["Mod+0"],
      run: () => editor.zoomBy(1 / editor.camera.zoom),
      enabled: always,
    },
    {
      id: "view.fit",
      group: "view",
      label: () => t("Zoom to fit"),
      icon: Maximize,
      shortcuts: ["Shift+1"],
      run: () => editor.zoomToFit(),
      enabled: always,
    },
  ];
}

/** @param {Editor} editor @param {Page} page @returns {Command[]} */
function boards(editor, page) {
  return [
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
