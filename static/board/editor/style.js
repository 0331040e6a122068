// The styles that things are drawn with: one for each kind of thing, remembered apart, so that a yellow
// highlighter doesn't make the pen yellow. Pure.

/** @typedef {import("../protocol").Patch} Patch */

/** Null: without it. @typedef {Readonly<Patch>} Style */
/** @typedef {import("../elements/kind.js").StyleName} StyleName */

/** @type {Readonly<Record<StyleName, Style>>} */
export const FIRST_STYLES = {
  pen: { color: "black", width: 4, opacity: null },
  highlighter: { color: "yellow", width: 24, opacity: null },
  shape: {
    color: "black",
    width: 4,
    fill: null,
    pattern: null,
    dash: null,
    opacity: null,
    look: null,
    round: null,
    curve: null,
    route: null,
    head: "arrow",
    tail: null,
    font: null,
    size: 20,
    align: null,
    valign: null,
    bold: null,
    italic: null,
    code: null,
    list: null,
  },
  text: {
    color: "black",
    opacity: null,
    font: null,
    size: 24,
    align: null,
    bold: null,
    italic: null,
    code: null,
    list: null,
  },
  note: {
    fill: "yellow",
    opacity: null,
    font: null,
    size: 20,
    align: null,
    valign: null,
    bold: null,
    italic: null,
    code: null,
    list: null,
  },
};

/** Those of a style's properties that a new element of a kind has, without what is null. @param {Style} style @param {readonly string[]} names */
export function propsOf(style, names) {
  /** @type {Record<string, string | number | boolean>} */
  const props = {};
  for (const name of names) {
    const value = style[name];
    if (value !== null && value !== undefined) props[name] = value;
  }
  return props;
}
