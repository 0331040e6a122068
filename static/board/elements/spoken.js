// What an element says of itself to those who don't see it: its kind, its words, and where it has none its looks.

import { t, tn } from "../core/translate.js";
import { kindOf } from "./index.js";
import { isSet, textOf } from "./kind.js";

/** @typedef {import("./kind.js").Bounds} Bounds */
/** @typedef {import("./kind.js").Element} Element */

/** Longer ones are read on the board. */
const WORDS_MAX = 120;

/** @type {Readonly<Record<string, () => string>>} */
const KINDS = {
  stroke: () => t("Stroke"),
  highlight: () => t("Highlight"),
  line: () => t("Line"),
  arrow: () => t("Arrow"),
  rectangle: () => t("Rectangle"),
  ellipse: () => t("Ellipse"),
  diamond: () => t("Diamond"),
  triangle: () => t("Triangle"),
  hexagon: () => t("Hexagon"),
  star: () => t("Star"),
  cloud: () => t("Cloud"),
  bubble: () => t("Speech bubble"),
  text: () => t("Text"),
  note: () => t("Note"),
  image: () => t("Image"),
  frame: () => t("Frame"),
  page: () => t("Page"),
};

/** @type {Readonly<Record<string, () => string>>} */
const COLORS = {
  black: () => t("Black"),
  grey: () => t("Grey"),
  red: () => t("Red"),
  orange: () => t("Orange"),
  yellow: () => t("Yellow"),
  green: () => t("Green"),
  teal: () => t("Teal"),
  blue: () => t("Blue"),
  violet: () => t("Violet"),
  pink: () => t("Pink"),
  brown: () => t("Brown"),
  white: () => t("White"),
};

/** @param {Element} element */
export function kindWords(element) {
  const kind = textOf(element, "kind");
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind]?.() ?? "") : t("Something newer");
}

/** What somebody has written in it or about it; empty: nothing. @param {Element} element */
export function ownWords(element) {
  const [words = ""] = ["text", "alt", "name"].flatMap((name) => plain(textOf(element, name)));
  return words.length > WORDS_MAX ? `${words.slice(0, WORDS_MAX)}…` : words;
}

/** The words of an element, or how it looks. @param {Element} element */
export function bodyWords(element) {
  return ownWords(element) || [colorWords(element), sizeWords(element)].filter(Boolean).join(", ");
}

/** All of it in one line, as for whoever comes to it. @param {Element} element */
export function spoken(element) {
  return [kindWords(element), bodyWords(element), stateWords(element)].filter(Boolean).join(", ");
}

/** @param {Element} element */
export function stateWords(element) {
  return isSet(element, "locked") ? t("locked") : "";
}

/** @param {Element} element */
function colorWords(element) {
  const color = textOf(element, "color");
  const name = Object.hasOwn(COLORS, color) ? COLORS[color]?.() : "";
  return (name ?? "").toLocaleLowerCase();
}

/** @param {Element} element */
export function sizeWords(element) {
  const { minX, minY, maxX, maxY } = kindOf(element).bounds(element);
  const [w, h] = [Math.round(maxX - minX), Math.round(maxY - minY)];
  return Number.isFinite(w + h) ? t("{w} by {h} units", { w, h }) : "";
}

/** @param {number} count */
export function groupWords(count) {
  return tn("Group of {count} element", "Group of {count} elements", count);
}

/** Where something lies within what is seen. @param {Bounds} bounds @param {Bounds} view */
export function placeWords(bounds, view) {
  const x = (bounds.minX + bounds.maxX) / 2;
  const y = (bounds.minY + bounds.maxY) / 2;
  const column = third(x, view.minX, view.maxX);
  const row = third(y, view.minY, view.maxY);
  if (column === null || row === null) return outside(x, y, view);
  return PLACES[row]?.[column]?.() ?? "";
}

/** In board units, for a description. @param {Bounds} bounds */
export function coordinates({ minX, minY }) {
  return t("{x} across, {y} down", { x: Math.round(minX), y: Math.round(minY) });
}

/** @type {readonly (readonly (() => string)[])[]} */
const PLACES = [
  [() => t("top left of the view"), () => t("top of the view"), () => t("top right of the view")],
  [() => t("left of the view"), () => t("middle of the view"), () => t("right of the view")],
  [
    () => t("bottom left of the view"),
    () => t("bottom of the view"),
    () => t("bottom right of the view"),
  ],
];

/** @param {number} x @param {number} y @param {Bounds} view */
function outside(x, y, { minX, minY, maxX, maxY }) {
  const across = Math.max(minX - x, x - maxX);
  const down = Math.max(minY - y, y - maxY);
  if (across > down)
    return x < minX ? t("out of view, to the left") : t("out of view, to the right");
  return y < minY ? t("out of view, above") : t("out of view, below");
}

/** @param {number} value @param {number} least @param {number} most */
function third(value, least, most) {
  if (value < least || value > most) return null;
  return Math.min(2, Math.floor(((value - least) / Math.max(1e-9, most - least)) * 3));
}

/** One line, without the marks that turn the direction of what follows. @param {string} text */
function plain(text) {
  const words = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .trim();
  return words === "" ? [] : [words.replace(/\s+/g, " ")];
}
