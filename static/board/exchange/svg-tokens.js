// The tags of an SVG, one after another, without a parser of the browser's: nothing in it can come to life. Pure.

/** @typedef {{name: string, attributes: ReadonlyMap<string, string>, ends: boolean, closes: boolean, text: string}} Tag `text`: what stands after it, up to the next one */

const TAG =
  /<(?:!--[^]*?(?:-->|$)|!\[CDATA\[[^]*?(?:\]\]>|$)|[!?][^>]*(?:>|$)|(\/?)([A-Za-z][\w:.-]*)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>)/y;
const ATTRIBUTE = /([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const SIGNS = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);
/** Of one tag: a path of 10,000 points has less. */
const TAG_MAX = 1_000_000;

/** @param {string} svg @returns {Generator<Tag>} */
export function* tagsIn(svg) {
  let at = svg.indexOf("<");
  while (at >= 0) {
    TAG.lastIndex = 0;
    const found = tagAt(svg, at);
    const end = found ? at + found[0].length : at + 1;
    const next = svg.indexOf("<", end);
    if (found?.[2]) yield tagOf(found, svg.slice(end, next < 0 ? undefined : next));
    at = next;
  }
}

/** @param {string} svg @param {number} at */
function tagAt(svg, at) {
  TAG.lastIndex = at;
  const end = svg.indexOf(">", at);
  if (end < 0 || end - at > TAG_MAX) return null;
  return TAG.exec(svg);
}

/** @param {RegExpExecArray} found @param {string} text @returns {Tag} */
function tagOf([, slash, name = "", written = "", ends], text) {
  /** @type {Map<string, string>} */
  const attributes = new Map();
  for (const [, key = "", double, single] of written.matchAll(ATTRIBUTE))
    attributes.set(key, unescaped(double ?? single ?? ""));
  return { name, attributes, closes: slash === "/", ends: ends === "/", text: unescaped(text) };
}

/** The five signs that XML knows and numbers; entities of a document's own are never followed. @param {string} text */
export function unescaped(text) {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi,
    (whole, decimal, hex, name) => {
      if (name) return SIGNS.get(name) ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
