// The commands that bring several things into line, to equal gaps or to the same size.

import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceBetween,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceBetween,
} from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { hasSelected } from "../editor/groups-selection.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor/arrange.js").Direction} Direction
 * @typedef {import("../editor/arrange.js").Side} Side
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("./dom.js").IconNode} IconNode
 */

/** What few need in their first minute comes when it is used. */
export const arranging = () => import("../editor/arrange-selection.js");

/** @type {[Side, () => string, IconNode, string | null][]} */
const SIDES = [
  ["left", () => t("Align left"), AlignStartVertical, "Mod+Shift+ArrowLeft"],
  ["center", () => t("Align centers horizontally"), AlignCenterVertical, null],
  ["right", () => t("Align right"), AlignEndVertical, "Mod+Shift+ArrowRight"],
  ["top", () => t("Align top"), AlignStartHorizontal, "Mod+Shift+ArrowUp"],
  ["middle", () => t("Align centers vertically"), AlignCenterHorizontal, null],
  ["bottom", () => t("Align bottom"), AlignEndHorizontal, "Mod+Shift+ArrowDown"],
];

/** @type {["distribute" | "stack" | "makeSameSize", Direction, () => string, IconNode | null][]} */
const ROWS = [
  ["distribute", "across", () => t("Distribute horizontally"), AlignHorizontalSpaceBetween],
  ["distribute", "down", () => t("Distribute vertically"), AlignVerticalSpaceBetween],
  ["stack", "across", () => t("Stack in a row"), null],
  ["stack", "down", () => t("Stack in a column"), null],
  ["makeSameSize", "across", () => t("Make the same width"), null],
  ["makeSameSize", "down", () => t("Make the same height"), null],
];
/** Between two there is only one gap. */
const LEAST = { distribute: 3, stack: 2, makeSameSize: 2 };

/** @param {Editor} editor @returns {Command[]} */
export function alignCommands(editor) {
  const has = (/** @type {number} */ least) => !editor.readOnly && hasSelected(editor, least);
  return [
    ...SIDES.map(
      ([side, label, icon, key]) =>
        /** @type {Command} */ ({
          id: `arrange.${side}`,
          group: "arrange",
          label,
          icon,
          shortcuts: key ? [key] : [],
          run: async () => (await arranging()).align(editor, side),
          enabled: () => has(2),
        }),
    ),
    ...ROWS.map(
      ([what, direction, label, icon]) =>
        /** @type {Command} */ ({
          id: `arrange.${what === "makeSameSize" ? "same-size" : what}-${direction}`,
          group: "arrange",
          label,
          ...(icon ? { icon } : {}),
          shortcuts: [],
          run: async () => (await arranging())[what](editor, direction),
          enabled: () => has(LEAST[what]),
        }),
    ),
  ];
}
