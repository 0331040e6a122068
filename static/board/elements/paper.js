// Paper for notes: a tint for each ink, light or dark as the board is, and the ink that is read on it. Pure.

import { contrast, inkColor } from "./ink.js";

/** @typedef {import("./ink.js").Theme} Theme */

/** @type {Readonly<Record<string, Record<Theme, string>>>} */
const PAPERS = {
  black: { light: "#3b3a38", dark: "#4a4a50" },
  grey: { light: "#e4e5e8", dark: "#40444a" },
  red: { light: "#ffcfcb", dark: "#74302e" },
  orange: { light: "#ffdcb2", dark: "#6f3f16" },
  yellow: { light: "#fff0a3", dark: "#735a10" },
  green: { light: "#c8efc9", dark: "#28532f" },
  teal: { light: "#bdecf0", dark: "#15525a" },
  blue: { light: "#c7e2fb", dark: "#214a6f" },
  violet: { light: "#dcd2fb", dark: "#46367f" },
  pink: { light: "#fbd0e0", dark: "#702a49" },
  brown: { light: "#e9dbd2", dark: "#54423a" },
  white: { light: "#ffffff", dark: "#2b2b2f" },
};
const DARK_INK = "#1c1b1a";
const LIGHT_INK = "#f7f6f2";

/** Paper without a colour is yellow. @param {unknown} fill @param {Theme} theme */
export function paperColor(fill, theme) {
  const name = typeof fill === "string" ? fill : "yellow";
  if (Object.hasOwn(PAPERS, name)) return /** @type {string} */ (PAPERS[name]?.[theme]);
  return inkColor(name, theme);
}

/** @param {string} paper as #rrggbb */
export function inkOnPaper(paper) {
  return contrast(DARK_INK, paper) >= contrast(LIGHT_INK, paper) ? DARK_INK : LIGHT_INK;
}
