// Colours of other programs: those that are ours by name, so that they change with the theme, others as they are. Pure.

import { INK_NAMES, inkColor } from "../elements/ink.js";

/** @type {ReadonlyMap<string, string>} */
const OURS = new Map([
  ...INK_NAMES.map((name) => /** @type {const} */ ([inkColor(name, "light"), name])),
  ["#000000", "black"],
  ["#1e1e1e", "black"],
  ["#f08c00", "yellow"],
]);
/** What people write in SVG, and old programs in their files. @type {ReadonlyMap<string, string>} */
const NAMED = new Map([
  ["black", "black"],
  ["white", "white"],
  ["red", "#ff0000"],
  ["green", "#008000"],
  ["blue", "#0000ff"],
  ["gray", "#808080"],
  ["grey", "#808080"],
  ["yellow", "#ffff00"],
  ["orange", "#ffa500"],
]);

/** Null: none, or one that can't be read. @param {unknown} color as CSS has it */
export function colorOf(color) {
  if (typeof color !== "string") return null;
  const css = color.trim().toLowerCase();
  const [, hex] = /^#([0-9a-f]{3,4}|[0-9a-f]{6}(?:[0-9a-f]{2})?)$/.exec(css) ?? [];
  if (!hex) return fromParts(css) ?? NAMED.get(css) ?? null;
  const long = hex.length < 6 ? [...hex].map((digit) => digit + digit).join("") : hex;
  if (long.slice(6) === "00") return null;
  const six = `#${long.slice(0, 6)}`;
  return OURS.get(six) ?? six;
}

/** @param {string} css */
function fromParts(css) {
  const found =
    /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*(0?\.?\d+)\s*)?\)$/.exec(css);
  if (!found || Number(found[4] ?? 1) === 0) return null;
  const hex = found
    .slice(1, 4)
    .map((each) => Math.min(255, Number(each)).toString(16).padStart(2, "0"));
  const six = `#${hex.join("")}`;
  return OURS.get(six) ?? six;
}
