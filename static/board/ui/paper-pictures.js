// Small pictures of the six papers, drawn like the other icons.

/** @typedef {import("./dom.js").IconNode} IconNode */

/** @param {string} inside @returns {IconNode} */
const sheet = (inside) => [
  ["rect", { x: "3", y: "3", width: "18", height: "18", rx: "3" }],
  ["path", { d: inside, "stroke-width": "1" }],
];

/** @type {Record<import("./commands-paper.js").Paper, IconNode>} */
export const PAPER_PICTURES = {
  blank: [["rect", { x: "3", y: "3", width: "18", height: "18", rx: "3" }]],
  grid: sheet("M9 3v18M15 3v18M3 9h18M3 15h18"),
  ruled: sheet("M3 8h18M3 12h18M3 16h18"),
  graph: sheet("M7.5 3v18M12 3v18M16.5 3v18M3 7.5h18M3 12h18M3 16.5h18"),
  dotted: sheet(
    "M8 8h.01M12 8h.01M16 8h.01M8 12h.01M12 12h.01M16 12h.01M8 16h.01M12 16h.01M16 16h.01",
  ),
  isometric: sheet("M3 8l9 -5 9 5M3 16l9 -5 9 5M3 8l9 5 9 -5M3 16l9 5 9 -5M12 3v18"),
};
