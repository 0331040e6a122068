// What a piece of HTML says, as text: a line for each of its blocks. It is never made into a document. Pure.

import { ReadError } from "./format.js";
import { tagsIn, unescaped } from "./svg-tokens.js";

const BLOCKS = new Set(
  "address article blockquote br dd div dl dt figcaption footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul".split(
    " ",
  ),
);
const SILENT = new Set(["head", "script", "style", "template", "title"]);
const CELLS = new Set(["td", "th"]);
/** What is beyond is not asked for. */
const LENGTH_MAX = 2_000_000;

/** @param {string} html */
export function wordsInHtml(html) {
  const some = html.slice(0, LENGTH_MAX);
  const start = some.indexOf("<");
  const parts = [spaced(unescaped(start < 0 ? some : some.slice(0, start)))];
  try {
    collect(some, parts);
  } catch (error) {
    // A piece that breaks off: what came before it is there.
    if (!(error instanceof ReadError)) throw error;
  }
  return parts
    .join("")
    .split("\n")
    .map((line) => line.replace(/ {2,}/g, " ").trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** @param {string} html @param {string[]} parts */
function collect(html, parts) {
  let silent = "";
  for (const tag of tagsIn(html)) {
    const name = tag.name.toLowerCase();
    if (silent) {
      if (tag.closes && name === silent) silent = "";
    } else if (SILENT.has(name) && !tag.closes && !tag.ends) silent = name;
    if (silent) continue;
    if (BLOCKS.has(name)) parts.push("\n");
    else if (CELLS.has(name)) parts.push(" ");
    parts.push(spaced(tag.text.replaceAll("&nbsp;", " ")));
  }
}

/** Line ends within HTML are only spaces. @param {string} text */
function spaced(text) {
  return text.replace(/\s+/g, " ");
}
