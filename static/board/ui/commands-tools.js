// The tools as commands, in the order of the toolbar. A tool that isn't registered has none.

import {
  Circle,
  Cloud,
  Diamond,
  Eraser,
  Hand,
  Hexagon,
  Highlighter,
  Image,
  MessageSquare,
  MousePointer2,
  MoveUpRight,
  Pencil,
  Slash,
  Square,
  Star,
  StickyNote,
  Triangle,
  Type,
  Wand,
} from "../../npm/lucide.js";
import { t } from "../core/translate.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 * @typedef {{name: string, icon: import("./dom.js").IconNode, key?: string, label: () => string}} Entry
 */

/** Groups of the toolbar. @type {readonly (readonly Entry[])[]} */
const GROUPS = [
  [
    { name: "select", icon: MousePointer2, key: "V", label: () => t("Select") },
    { name: "hand", icon: Hand, key: "H", label: () => t("Hand") },
  ],
  [
    { name: "pen", icon: Pencil, key: "P", label: () => t("Pen") },
    { name: "highlighter", icon: Highlighter, key: "M", label: () => t("Highlighter") },
    { name: "eraser", icon: Eraser, key: "E", label: () => t("Eraser") },
    { name: "laser", icon: Wand, key: "K", label: () => t("Laser") },
  ],
  [
    { name: "rectangle", icon: Square, key: "R", label: () => t("Rectangle") },
    { name: "ellipse", icon: Circle, key: "O", label: () => t("Ellipse") },
    { name: "diamond", icon: Diamond, key: "D", label: () => t("Diamond") },
    { name: "arrow", icon: MoveUpRight, key: "A", label: () => t("Arrow") },
    { name: "line", icon: Slash, key: "L", label: () => t("Line") },
  ],
  [
    { name: "text", icon: Type, key: "T", label: () => t("Text") },
    { name: "note", icon: StickyNote, key: "N", label: () => t("Note") },
    { name: "image", icon: Image, key: "G", label: () => t("Image") },
  ],
  [
    { name: "triangle", icon: Triangle, label: () => t("Triangle") },
    { name: "hexagon", icon: Hexagon, label: () => t("Hexagon") },
    { name: "star", icon: Star, label: () => t("Star") },
    { name: "cloud", icon: Cloud, label: () => t("Cloud") },
    { name: "bubble", icon: MessageSquare, label: () => t("Speech bubble") },
  ],
];

/** The ids of the tools in groups: the last are the further shapes. */
export const TOOL_GROUPS = GROUPS.map((group) => group.map(({ name }) => `tool.${name}`));
/** What a phone's bar always has room for. */
export const TOOLS_AT_HAND = ["select", "hand", "pen", "eraser"].map((name) => `tool.${name}`);

/** @param {Editor} editor @returns {Command[]} */
export function toolCommands(editor) {
  return GROUPS.flat().flatMap(({ name, icon, key, label }) => {
    const tool = editor.tools.find((each) => each.name === name);
    if (!tool) return [];
    return {
      id: `tool.${name}`,
      group: "tools",
      label,
      icon,
      shortcuts: key ? [key] : [],
      run: () => editor.setTool(name),
      enabled: () => editor.mayUse(tool),
      pressed: () => editor.tool === tool,
    };
  });
}
