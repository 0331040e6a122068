// The style of an element, to be given to others.

import { kindOf } from "../elements/index.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../protocol").Patch} Patch
 * @typedef {import("./style.js").Style} Style
 */

/** Without these some kinds can't be, so they are never taken away. */
const NEEDED = new Set(["color", "width", "size"]);

/** What it looks like; null: without it. @param {Element} element @returns {Style} */
export function styleOf(element) {
  /** @type {Record<string, Patch[string]>} */
  const style = {};
  for (const name of kindOf(element).styles) {
    const value = Object.hasOwn(element, name) ? element[name] : undefined;
    if (value !== undefined) style[name] = value;
    else if (!NEEDED.has(name)) style[name] = null;
  }
  return style;
}

/** Those of a style that this element can have. @param {Style} style @param {Element} element @returns {Patch} */
export function styleFor(style, element) {
  const names = new Set(kindOf(element).styles);
  return Object.fromEntries(Object.entries(style).filter(([name]) => names.has(name)));
}

/** Makes what is drawn from now on look like this element, and what is selected as well. @param {import("../editor.js").Editor} editor @param {Element} element */
export function takeStyle(editor, element) {
  const style = styleOf(element);
  const { style: name } = kindOf(element);
  const known = Object.entries(style).filter(([prop]) => Object.hasOwn(editor.styles[name], prop));
  editor.styles[name] = { ...editor.styles[name], ...Object.fromEntries(known) };
  editor.setStyle(style);
}
