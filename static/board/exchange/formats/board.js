import { t } from "../../core/translate.js";

/** @type {import("../format.js").Format} */
export const board = {
  id: "board",
  label: () => t("Whiteboard file"),
  extensions: [".board.json"],
  media: "application/json",
  write: async (wanted) => (await import("../board-writing.js")).writeBoard(wanted),

  fits: (start, _, name) => {
    const head = new TextDecoder().decode(start);
    return (
      /^[\s\ufeff]*\{\s*"format"\s*:\s*"whiteboard"/.test(head) ||
      (name.endsWith(".board.json") && /^[\s\ufeff]*\{/.test(head))
    );
  },

  async read(file) {
    const { readBoard } = await import("../board-reading.js");
    return readBoard(await file.text());
  },
};
