// The papers of a board as commands; whoever shows the paper says which there is.

import { t } from "../core/translate.js";
import { PAPER_PICTURES } from "./paper-pictures.js";

/** @typedef {import("./commands.js").Command} Command */
/** @typedef {"blank" | "grid" | "ruled" | "graph" | "dotted" | "isometric"} Paper */
/** @typedef {{current: () => string, choose: (paper: Paper) => void}} Papers */

/** @type {Record<Paper, () => string>} */
const LABELS = {
  blank: () => t("Blank paper"),
  grid: () => t("Squared paper"),
  ruled: () => t("Ruled paper"),
  graph: () => t("Graph paper"),
  dotted: () => t("Dotted paper"),
  isometric: () => t("Isometric paper"),
};
export const PAPERS = /** @type {Paper[]} */ (Object.keys(LABELS));

/** @param {import("../editor.js").Editor} editor @param {Papers | undefined} papers @returns {Command[]} */
export function paperCommands(editor, papers) {
  if (!papers) return [];
  return PAPERS.map((paper) => ({
    id: `paper.${paper}`,
    group: "view",
    label: LABELS[paper],
    icon: PAPER_PICTURES[paper],
    shortcuts: [],
    run: () => papers.choose(paper),
    enabled: () => !editor.readOnly,
    pressed: () => papers.current() === paper,
  }));
}
