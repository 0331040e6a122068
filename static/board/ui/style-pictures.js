// Small pictures of patterns, lines, corners, looks and line ends, drawn like the other icons.

/** @typedef {import("./dom.js").IconNode} IconNode */

/** @param {...string} paths @returns {IconNode} */
const drawn = (...paths) => paths.map((d) => ["path", { d }]);
/** @param {string} inside @returns {IconNode} */
const boxed = (inside) => [
  ["rect", { x: "4", y: "4", width: "16", height: "16", rx: "2" }],
  ["path", { d: inside, "stroke-width": "1.25" }],
];

/** @type {Record<string, IconNode>} */
export const PATTERNS = {
  solid: [["rect", { x: "4", y: "4", width: "16", height: "16", rx: "2", fill: "currentColor" }]],
  hachure: boxed("M4 10l6-6M4 16L16 4M6 20L20 6M12 20l8-8"),
  cross: boxed("M4 12l8-8M4 20L20 4M12 20l8-8M12 4l8 8M4 4l16 16M4 12l8 8"),
  zigzag: boxed("M4 9l4-4 4 6 4-6 4 4M4 17l4-4 4 6 4-6 4 4"),
  dots: boxed(
    "M8 8h.01M12 8h.01M16 8h.01M8 12h.01M12 12h.01M16 12h.01M8 16h.01M12 16h.01M16 16h.01",
  ),
};

/** @type {Record<string, IconNode>} */
export const DASHES = {
  whole: drawn("M3 12h18"),
  dashed: drawn("M3 12h4M10 12h4M17 12h4"),
  dotted: drawn("M4 12h.01M8 12h.01M12 12h.01M16 12h.01M20 12h.01"),
};

/** @type {Record<string, IconNode>} */
export const LOOKS = {
  clean: drawn("M4 18L20 6"),
  drawn: drawn("M3 15c3-7 6-8 7-5s-2 7 1 6 4-9 7-9c2 0 2 3 3 4"),
};

/** @type {Record<string, IconNode>} */
export const CORNERS = {
  sharp: drawn("M5 20V5h15"),
  round: drawn("M5 20v-6a9 9 0 0 1 9-9h6"),
};

/** @type {Record<string, IconNode>} */
export const BENDS = {
  straight: drawn("M3 18l6-10 6 8 6-10"),
  curved: drawn("M3 17c3-12 7-12 9-5s6 7 9-5"),
  elbow: drawn("M3 18h9V6h9"),
};

/** At the right end; mirrored for the left one. @type {Record<string, IconNode>} */
export const HEADS = {
  none: drawn("M3 12h18"),
  arrow: drawn("M3 12h18M15 6l6 6-6 6"),
  triangle: [
    ["path", { d: "M3 12h9" }],
    ["path", { d: "M12 7l9 5-9 5z", fill: "currentColor" }],
  ],
  dot: [
    ["path", { d: "M3 12h10" }],
    ["circle", { cx: "17", cy: "12", r: "4", fill: "currentColor" }],
  ],
  diamond: [
    ["path", { d: "M3 12h8" }],
    ["path", { d: "M11 12l5-5 5 5-5 5z", fill: "currentColor" }],
  ],
  bar: drawn("M3 12h17M20 6v12"),
};
