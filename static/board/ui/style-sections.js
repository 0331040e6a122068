// What can be chosen of the looks, as data: a section for each property or for a few that belong together.

import {
  ArrowDownToLine,
  ArrowUpToLine,
  Bold,
  Code,
  FoldVertical,
  Italic,
  List,
  ListOrdered,
  Minus,
  TextAlignCenter,
  TextAlignEnd,
  TextAlignStart,
} from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { icon, make } from "./dom.js";
import { choice, chooser, inks, sizeChoice, widthChoice } from "./style-controls.js";
import { opacitySlider, toggle } from "./style-more-controls.js";
import { BENDS, CORNERS, DASHES, HEADS, LOOKS, PATTERNS } from "./style-pictures.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./dom.js").IconNode} IconNode
 * @typedef {import("./shown-style.js").ShownStyle} ShownStyle
 * @typedef {import("./style-controls.js").Control} Control
 * @typedef {import("./style-controls.js").Option} Option
 * @typedef {{label: () => string, names: readonly string[], text?: boolean}} Section
 */

/** Of the protocol. */
const SCHEMA_OF_ELBOWS = 4;

/** In the order of the panel; the sections of text fold up together. @type {readonly Section[]} */
export const SECTIONS = [
  { label: () => t("Colour"), names: ["color"] },
  { label: () => t("Fill"), names: ["fill"] },
  { label: () => t("Pattern"), names: ["pattern"] },
  { label: () => t("Line"), names: ["width", "dash"] },
  { label: () => t("Look"), names: ["look", "round", "route"] },
  { label: () => t("Start"), names: ["tail"] },
  { label: () => t("End"), names: ["head"] },
  { label: () => t("Opacity"), names: ["opacity"] },
  { label: () => t("Font"), names: ["font"], text: true },
  { label: () => t("Letters"), names: ["size"], text: true },
  { label: () => t("Alignment"), names: ["align", "valign"], text: true },
  {
    label: () => t("Emphasis and lists"),
    names: ["bold", "italic", "code", "list"],
    text: true,
  },
];

/** @param {Editor} editor @param {string} name @param {ShownStyle} style @returns {Control} */
export function controlOf(editor, name, style) {
  const make = CONTROLS[name];
  if (!make) throw new Error(`the style panel has no control for ${name}`);
  return make(editor, style);
}

/** @param {string} name */
export function hasControl(name) {
  return Object.hasOwn(CONTROLS, name);
}

/** @type {Record<string, (editor: Editor, style: ShownStyle) => Control>} */
const CONTROLS = {
  color: (editor) => inks({ name: "color", label: t("Colour"), choose: chooser(editor) }),
  fill: (editor, { styleName }) =>
    inks({ name: "fill", label: t("Fill"), none: styleName !== "note", choose: chooser(editor) }),
  pattern: choices(
    "pattern",
    () => t("Pattern"),
    () => [
      pictured("solid", t("Solid"), PATTERNS.solid),
      pictured("hachure", t("Hatched"), PATTERNS.hachure),
      pictured("cross", t("Cross-hatched"), PATTERNS.cross),
      pictured("zigzag", t("Zigzag"), PATTERNS.zigzag),
      pictured("dots", t("Dots"), PATTERNS.dots),
    ],
  ),
  width: (editor, { styleName }) => widthChoice(styleName, chooser(editor)),
  dash: choices(
    "dash",
    () => t("Line"),
    () => [
      pictured(null, t("Whole line"), DASHES.whole),
      pictured("dashed", t("Dashed line"), DASHES.dashed),
      pictured("dotted", t("Dotted line"), DASHES.dotted),
    ],
  ),
  look: choices(
    "look",
    () => t("Look"),
    () => [
      pictured(null, t("Clean"), LOOKS.clean),
      pictured("drawn", t("Hand-drawn"), LOOKS.drawn),
    ],
  ),
  round: choices(
    "round",
    () => t("Corners"),
    () => [
      pictured(false, t("Sharp corners"), CORNERS.sharp),
      pictured(true, t("Round corners"), CORNERS.round),
    ],
  ),
  route: routeChoice,
  tail: choices(
    "tail",
    () => t("Start"),
    () => ends("tail"),
  ),
  head: choices(
    "head",
    () => t("End"),
    () => ends("head"),
  ),
  opacity: (editor) => opacitySlider(chooser(editor)),
  font: choices(
    "font",
    () => t("Font"),
    () => [
      lettered("sans", t("Plain font")),
      lettered("serif", t("Book font")),
      lettered("mono", t("Typewriter font")),
      lettered("hand", t("Handwriting font")),
    ],
  ),
  size: (editor, { styleName }) => sizeChoice(styleName, chooser(editor)),
  bold: (editor) => toggle("bold", t("Bold text"), Bold, chooser(editor)),
  italic: (editor) => toggle("italic", t("Italic"), Italic, chooser(editor)),
  code: (editor) => toggle("code", t("Code"), Code, chooser(editor)),
  align: choices(
    "align",
    () => t("Alignment"),
    () => [
      pictured("start", t("At the start of the line"), TextAlignStart),
      pictured("center", t("Centred"), TextAlignCenter),
      pictured("end", t("At the end of the line"), TextAlignEnd),
    ],
  ),
  valign: choices(
    "valign",
    () => t("Height"),
    () => [
      pictured("top", t("At the top"), ArrowUpToLine),
      pictured("middle", t("In the middle"), FoldVertical),
      pictured("bottom", t("At the bottom"), ArrowDownToLine),
    ],
  ),
  list: choices(
    "list",
    () => t("List"),
    () => [
      pictured(null, t("No list"), Minus),
      pictured("bullet", t("Bullets"), List),
      pictured("number", t("Numbers"), ListOrdered),
    ],
  ),
};

/** @param {string} name @param {() => string} label @param {() => Option[]} options @returns {(editor: Editor) => Control} */
function choices(name, label, options) {
  return (editor) => choice({ name, label: label(), options: options(), choose: chooser(editor) });
}

/** One choice of two properties, as they are one thing to look at. @param {Editor} editor @returns {Control} */
function routeChoice(editor) {
  const options = [
    pictured("straight", t("Straight"), BENDS.straight),
    pictured("curve", t("Curved"), BENDS.curved),
    pictured("elbow", t("Elbow"), BENDS.elbow),
  ];
  return choice({
    name: "route",
    label: t("Route"),
    options: editor.session.schema >= SCHEMA_OF_ELBOWS ? options : options.slice(0, 2),
    choose: ({ route }) =>
      editor.setStyle({
        route: route === "elbow" ? route : null,
        curve: route === "curve" ? true : null,
      }),
  });
}

/** @param {string | boolean | null} value @param {string} label @param {IconNode | undefined} shapes @returns {Option} */
function pictured(value, label, shapes) {
  return { value, label, picture: icon(shapes ?? []) };
}

/** @param {string} font @param {string} label @returns {Option} */
function lettered(font, label) {
  return {
    value: font,
    label,
    picture: make("span", { class: `sign font-${font}`, "data-sign": "Aa" }),
  };
}

/** @param {"head" | "tail"} end @returns {Option[]} */
function ends(end) {
  return [
    ended("none", t("Nothing"), end),
    ended("arrow", t("Arrowhead"), end),
    ended("triangle", t("Filled arrowhead"), end),
    ended("dot", t("Dot"), end),
    ended("diamond", t("Diamond head"), end),
    ended("bar", t("Bar"), end),
  ];
}

/** @param {string} value @param {string} label @param {"head" | "tail"} end @returns {Option} */
function ended(value, label, end) {
  const picture = icon(HEADS[value] ?? []);
  if (end === "tail") picture.classList.add("mirrored");
  return { value, label, picture };
}
