// The inks and widths on offer, with their names in the person's language.

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

/** In board units, that is pixels at 100 %. @type {readonly {width: number, label: () => string}[]} */
export const WIDTHS = [
  { width: 2, label: () => t("Fine") },
  { width: 4, label: () => t("Medium") },
  { width: 8, label: () => t("Bold") },
  { width: 16, label: () => t("Very bold") },
];

/** As CSS; custom colours are stored as they are. @param {string} color */
export function inkAsCss(color) {
  return color.startsWith("#") ? color : `var(--ink-${color})`;
}

/** @param {string} color */
export function inkLabel(color) {
  return INKS.find((ink) => ink.name === color)?.label() ?? color;
}
