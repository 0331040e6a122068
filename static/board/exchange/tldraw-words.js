// The words of tldraw's shapes: a tree in newer files, plain text in older ones. Pure.

import { isObject, numberIn, objectsOf, textIn } from "./reading.js";

/** @typedef {import("./reading.js").Found} Found */

/** The text of a shape: newer ones have it as a tree, older ones as it is. @param {Found} props */
export function wordsOf({ richText, text }) {
  return isObject(richText) ? linesOf(richText).join("\n") : textIn(text);
}

const BLOCKS = new Set(["paragraph", "heading", "codeBlock", "listItem"]);

/** @param {Found} node @returns {string[]} */
function linesOf(node) {
  const children = objectsOf(node.content);
  if (node.type === "text") return [textIn(node.text)];
  if (node.type === "hardBreak") return ["", ""];
  const parts = children.map(linesOf);
  const inline =
    BLOCKS.has(textIn(node.type)) && !children.some(({ type }) => BLOCKS.has(textIn(type)));
  return inline ? joined(parts) : parts.flat();
}

/** What stands in a row, where a part may end its line. @param {readonly string[][]} parts */
function joined(parts) {
  const lines = [""];
  for (const [first = "", ...others] of parts) {
    lines.push(`${lines.pop() ?? ""}${first}`, ...others);
  }
  return lines;
}

/** @param {unknown} value */
export function scaleOf(value) {
  const scale = numberIn(value, 1);
  return scale > 0 ? scale : 1;
}
