import { t } from "../../core/translate.js";

/** @type {import("../format.js").Format} */
export const board = {
  id: "board",
  label: () => t("Whiteboard file"),
  extensions: [".board.json"],
  media: "application/json",
  write: async (wanted) => (await import("../board-writing.js")).writeBoard(wanted),
};
