// Which properties of looks can be chosen now, and what they are: of the selection, else of the tool in the hand. Pure.

import { FIRST_STYLES } from "../editor/style.js";
import { KIND_NAMES, kindOf } from "../elements/index.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../elements/kind.js").Element} Element
 * @typedef {import("../elements/kind.js").StyleName} StyleName
 * @typedef {string | number | boolean | null} Value
 */

/**
 * @typedef {object} ShownStyle
 * @property {"selection" | "tool"} of
 * @property {StyleName} styleName of the tool, or of the first selected
 * @property {ReadonlyMap<string, Value | undefined>} values by property; undefined where they differ
 * @property {boolean} hasText whether something selected has one, or the tool makes one
 */

/** Of a larger selection the first so many stand for all, or a busy board would be read again and again. */
const LOOKED_AT = 2_000;
/** Tools whose elements are called otherwise. @type {Record<string, string>} */
const KIND_OF_TOOL = { pen: "stroke", highlighter: "highlight" };

/** Null where there is nothing to choose. @param {Editor} editor @returns {ShownStyle | null} */
export function shownStyle(editor) {
  if (editor.readOnly) return null;
  if (editor.selection.size > 0) return ofSelection(editor);
  return editor.tool?.style ? ofTool(editor, editor.tool) : null;
}

/** @param {Editor} editor @param {import("../editor.js").Tool} tool @returns {ShownStyle} */
function ofTool(editor, { name, style: styleName = "pen" }) {
  const kind = KIND_OF_TOOL[name] ?? name;
  const own = KIND_NAMES.some((each) => each === kind) ? kindOf({ kind }).styles : null;
  const names = Object.keys(FIRST_STYLES[styleName]).filter((each) => !own || own.includes(each));
  const style = editor.styles[styleName];
  return {
    of: "tool",
    styleName,
    values: new Map(names.map((each) => [each, valueIn(style, styleName, each)])),
    hasText: styleName === "text" || styleName === "note",
  };
}

/** @param {Editor} editor @returns {ShownStyle} */
function ofSelection({ document, selection }) {
  /** @type {Map<string, Value | undefined>} */
  const values = new Map();
  let hasText = false;
  /** @type {StyleName | null} */
  let first = null;
  for (const key of firstOf(selection, LOOKED_AT)) {
    const element = document.get(key);
    if (!element) continue;
    const kind = kindOf(element);
    first ??= kind.style;
    hasText ||= typeof element.text === "string" && element.text !== "";
    for (const name of kind.styles) addValue(values, name, chosenIn(element, kind.style, name));
  }
  return { of: "selection", styleName: first ?? "pen", values, hasText };
}

/** @template T @param {Iterable<T>} all @param {number} count */
function* firstOf(all, count) {
  let left = count;
  for (const each of all) {
    if (left-- === 0) return;
    yield each;
  }
}

/** @param {Map<string, Value | undefined>} values @param {string} name @param {Value} value */
function addValue(values, name, value) {
  if (!values.has(name)) values.set(name, value);
  else if (values.get(name) !== value) values.set(name, undefined);
}

/** @param {Element} element @param {StyleName} styleName @param {string} name @returns {Value} */
function chosenIn(element, styleName, name) {
  if (name === "route") return routeIn(element);
  const value = Object.hasOwn(element, name) ? element[name] : null;
  return /** @type {Value} */ (value ?? usual(styleName, name));
}

/** @param {Readonly<Record<string, unknown>>} style @param {StyleName} styleName @param {string} name @returns {Value} */
function valueIn(style, styleName, name) {
  if (name === "route") return routeIn(style);
  return /** @type {Value} */ (style[name] ?? usual(styleName, name));
}

/** How lines go is written as two properties, and chosen as one. @param {Readonly<Record<string, unknown>>} style */
function routeIn({ route, curve }) {
  if (route === "elbow") return "elbow";
  return curve === true ? "curve" : "straight";
}

/** What an absent property means (docs/protocol.md). @param {StyleName} styleName @param {string} name @returns {Value} */
function usual(styleName, name) {
  if (name === "fill") return styleName === "note" ? "yellow" : null;
  if (name === "align") return styleName === "text" ? "start" : "center";
  return USUAL[name] ?? null;
}

/** @type {Readonly<Record<string, Value>>} */
const USUAL = {
  pattern: "solid",
  opacity: 1,
  round: false,
  curve: false,
  head: "none",
  tail: "none",
  font: "sans",
  valign: "middle",
  bold: false,
  italic: false,
  code: false,
};
