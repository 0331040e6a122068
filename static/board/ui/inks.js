// The inks, widths and sizes on offer, with their names in the person's language.

import { t } from "../core/translate.js";

/** @type {readonly {name: string, label: () => string}[]} */
export const INKS = [
  { name: "black", label: () => t("Black") },
  { name: "grey", label: () => t("Grey") },
  { name: "red", label: () => t("Red") },
  { name: "orange", label: () => t("Orange") },
  { name: "yellow", label: () => t("Yellow") },
  { name: "green", label: () => t("Green") },
  { name: "teal", label: () => t("Teal") },
  { name: "blue", label: () => t("Blue") },
  { name: "violet", label: () => t("Violet") },
  { name: "pink", label: () => t("Pink") },
  { name: "brown", label: () => t("Brown") },
  { name: "white", label: () => t("White") },
];

const WIDTH_LABELS = [() => t("Fine"), () => t("Medium"), () => t("Bold"), () => t("Very bold")];
/** In board units, that is pixels at 100 %. */
const WIDTHS = [2, 4, 8, 16];
const MARKER_WIDTHS = [12, 24, 36, 48];

/** @param {import("../elements/kind.js").StyleName} styleName */
export function widthsFor(styleName) {
  const widths = styleName === "highlighter" ? MARKER_WIDTHS : WIDTHS;
  return widths.map((width, i) => ({
    width,
    mark: Number(WIDTHS[i]),
    label: WIDTH_LABELS[i]?.() ?? "",
  }));
}

const SIZE_LABELS = [
  () => t("Small letters"),
  () => t("Medium letters"),
  () => t("Large letters"),
  () => t("Very large letters"),
];
const SIZE_SIGNS = ["S", "M", "L", "XL"];
/** Of letters, in board units: a text stands alone, others have to fit into their shape. */
const SIZES = [14, 20, 28, 44];
const TEXT_SIZES = [16, 24, 36, 64];

/** @param {import("../elements/kind.js").StyleName} styleName */
export function sizesFor(styleName) {
  const sizes = styleName === "text" ? TEXT_SIZES : SIZES;
  return sizes.map((size, i) => ({
    size,
    sign: SIZE_SIGNS[i] ?? "",
    label: SIZE_LABELS[i]?.() ?? "",
  }));
}

/** As CSS; custom colours are stored as they are. @param {string} color */
export function inkAsCss(color) {
  return color.startsWith("#") ? color : `var(--ink-${color})`;
}

/** @param {string} color */
export function inkLabel(color) {
  return INKS.find((ink) => ink.name === color)?.label() ?? color;
}

/** A pen's point in a small button: told apart by the eye, not to scale. @param {number} width */
export function dotSize(width) {
  return Math.round(Math.min(14, 1 + width ** 0.9));
}
