// The tags of an SVG, one after another, without a parser of the browser's: nothing in it can come to life. Pure.

import { damaged } from "./reading.js";

/** @typedef {{name: string, attributes: ReadonlyMap<string, string>, ends: boolean, closes: boolean, text: string}} Tag `text`: what stands after it, up to the next one */

const NAME = /^\/?([A-Za-z][\w:.-]*)/;
const ATTRIBUTE = /([A-Za-z_:][\w:.-]{0,99})\s?=\s?(?:"([^"]*)"|'([^']*)')/g;
const SIGNS = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);
/** What begins other than a tag, and how that ends. */
const OTHERS = /** @type {const} */ ([
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
  ["<!", ">"],
]);

/** Goes on to the end without ever going back, whatever is in it. @param {string} svg @returns {Generator<Tag>} */
export function* tagsIn(svg) {
  let at = svg.indexOf("<");
  while (at >= 0) {
    const other = OTHERS.find(([begin]) => svg.startsWith(begin, at));
    const end = other ? endAfter(svg, other[1], at) : endOfTag(svg, at);
    const next = svg.indexOf("<", end);
    if (!other) {
      const tag = tagOf(svg.slice(at + 1, end - 1), svg.slice(end, next < 0 ? undefined : next));
      if (tag) yield tag;
    }
    at = next;
  }
}

/** @param {string} svg @param {string} sign @param {number} from */
function endAfter(svg, sign, from) {
  const at = svg.indexOf(sign, from);
  if (at < 0) throw damaged();
  return at + sign.length;
}

/** Quotes may hold what would end it. @param {string} svg @param {number} from */
function endOfTag(svg, from) {
  let quote = "";
  for (let i = from; i < svg.length; i++) {
    const sign = svg.charAt(i);
    if (quote) {
      if (sign === quote) quote = "";
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === ">") return i + 1;
  }
  throw damaged();
}

/** @param {string} written between its brackets @param {string} text @returns {Tag | null} */
function tagOf(written, text) {
  const [, name] = NAME.exec(written) ?? [];
  if (name === undefined) return null;
  /** @type {Map<string, string>} */
  const attributes = new Map();
  for (const [, key = "", double, single] of written.matchAll(ATTRIBUTE))
    attributes.set(key, unescaped(double ?? single ?? ""));
  const [closes, ends] = [written.startsWith("/"), written.endsWith("/")];
  return { name, attributes, closes, ends, text: unescaped(text) };
}

/** The five signs that XML knows and numbers; entities of a document's own are never followed. @param {string} text */
export function unescaped(text) {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, ...found) => {
    const [decimal, hex, name] = found;
    if (name) return SIGNS.get(name) ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
