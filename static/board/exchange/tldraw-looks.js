// Colours, sizes and dashes of tldraw as ours are. Pure.

import { allows } from "../core/schema.js";
import { t } from "../core/translate.js";
import { hundredths } from "../elements/kind.js";
import { numberIn, textIn } from "./reading.js";
import { opacityOf } from "./reading-places.js";

/**
 * @typedef {import("./gathering.js").Gathering} Gathering
 * @typedef {import("./reading.js").Found} Found
 */

/** By their names: what we have by name changes with the theme, their paler ones are as they are. */
const COLORS = new Map([
  ["black", "black"],
  ["grey", "grey"],
  ["violet", "violet"],
  ["blue", "blue"],
  ["yellow", "yellow"],
  ["orange", "orange"],
  ["green", "green"],
  ["red", "red"],
  ["white", "white"],
  ["light-violet", "#e085f4"],
  ["light-blue", "#4ba1f1"],
  ["light-green", "#4cb05e"],
  ["light-red", "#f87777"],
]);
/** Their shapes are usually filled with a tint of their colour. */
const TINTS = new Map([
  ["black", "#e8e8e8"],
  ["grey", "#eceef0"],
  ["violet", "#ecdcf2"],
  ["blue", "#dce1f8"],
  ["yellow", "#f9f0e6"],
  ["orange", "#f8e2d4"],
  ["green", "#d3e9e3"],
  ["red", "#f4dadb"],
  ["white", "#f5f5f5"],
  ["light-violet", "#f5eafa"],
  ["light-blue", "#ddedfa"],
  ["light-green", "#dbf0e0"],
  ["light-red", "#f4dadb"],
]);
/** Each size in board units: of lines, of letters on the board, in shapes, at arrows. */
const SIZES = new Map([
  ["s", { line: 2, text: 18, label: 18, arrow: 18 }],
  ["m", { line: 3.5, text: 24, label: 22, arrow: 20 }],
  ["l", { line: 5, text: 36, label: 26, arrow: 24 }],
  ["xl", { line: 10, text: 44, label: 32, arrow: 28 }],
]);
const MIDDLE_SIZE = { line: 3.5, text: 24, label: 22, arrow: 20 };
const DASHES = new Map([
  ["dashed", "dashed"],
  ["dotted", "dotted"],
]);
const FONTS = new Map([
  ["draw", "hand"],
  ["serif", "serif"],
  ["mono", "mono"],
]);
const ALIGNS = new Map([
  ["start", "start"],
  ["middle", "center"],
  ["end", "end"],
  ["start-legacy", "start"],
  ["middle-legacy", "center"],
  ["end-legacy", "end"],
]);
const VALIGNS = new Map([
  ["start", "top"],
  ["middle", "middle"],
  ["end", "bottom"],
]);

/** @param {unknown} name */
export function colorNamed(name) {
  return COLORS.get(textIn(name)) ?? "black";
}

/** @param {unknown} name */
export function sizesOf(name) {
  return SIZES.get(textIn(name)) ?? MIDDLE_SIZE;
}

/** What every shape may have. @param {Gathering} gathering @param {Found} shape @param {Found} props */
export function commonOf(gathering, shape, props) {
  const link = textIn(props.url);
  const leads = link !== "" && allows("link", link);
  if (link !== "" && !leads) gathering.leave(t("Links that lead nowhere from here"));
  return {
    opacity: opacityOf(numberIn(shape.opacity, 1)),
    locked: shape.isLocked === true || undefined,
    link: leads ? link : undefined,
  };
}

/** Of lines and outlines. @param {Found} shape @param {Found} props @param {number} scale */
export function looksOf(shape, props, scale) {
  const drawn = props.dash === "draw" || props.dash === undefined;
  return {
    color: colorNamed(props.color),
    width: Math.min(1000, hundredths(sizesOf(props.size).line * scale) || 0.01),
    dash: DASHES.get(textIn(props.dash)),
    ...(drawn && { look: "drawn", seed: seedOf(textIn(shape.id)) }),
    ...fillOf(props),
  };
}

/** @param {Found} props */
function fillOf({ fill, color }) {
  const name = textIn(color);
  switch (fill) {
    case "semi":
      return { fill: "white" };
    case "solid":
      return { fill: TINTS.get(name) ?? "white" };
    case "pattern":
      return { fill: colorNamed(name), pattern: "hachure" };
    case "fill":
    case "lined-fill":
      return { fill: colorNamed(name) };
    default:
      return {};
  }
}

/** The same chance for the same shape, whoever reads it. @param {string} id */
function seedOf(id) {
  let seed = 7;
  for (let i = 0; i < id.length; i++) seed = (Math.imul(seed, 31) + id.charCodeAt(i)) >>> 1;
  return seed;
}

/** @param {Found} props @param {number} size */
export function lettersOf({ font, align, textAlign, verticalAlign }, size) {
  return {
    size: Math.min(2000, Math.max(1, hundredths(size))),
    font: FONTS.get(textIn(font, "draw")),
    align: ALIGNS.get(textIn(textAlign) || textIn(align)),
    valign: VALIGNS.get(textIn(verticalAlign)),
  };
}
