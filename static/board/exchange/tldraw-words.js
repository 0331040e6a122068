// The words of tldraw's shapes: a tree in newer files, plain text in older ones. Pure.

import { t } from "../core/translate.js";
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

const FORMATS = new Map([
  ["bold", "bold"],
  ["italic", "italic"],
  ["code", "code"],
]);
const LISTS = new Map([
  ["bulletList", "bullet"],
  ["orderedList", "number"],
]);

/** A text of ours has its formats as a whole: those that all of it has. @param {import("./gathering.js").Gathering} gathering @param {Found} props @returns {{bold?: true, italic?: true, code?: true, list?: string}} */
export function formatsIn(gathering, { richText }) {
  if (!isObject(richText)) return {};
  const pieces = piecesOf(richText).filter(({ text }) => textIn(text).trim() !== "");
  const marks = pieces.map((piece) => objectsOf(piece.marks).map(({ type }) => textIn(type)));
  const everywhere = (/** @type {string} */ type) => marks.every((some) => some.includes(type));
  const all = marks.flat();
  const whole = [...FORMATS.keys()].filter((type) => pieces.length > 0 && everywhere(type));
  const blocks = objectsOf(richText.content).map(({ type }) => textIn(type));
  const list = blocks.length === 1 ? LISTS.get(blocks[0] ?? "") : undefined;
  const lists = blocks.some((type) => LISTS.has(type) || type === "heading");
  if (all.some((type) => !whole.includes(type)) || (lists && !list))
    gathering.leave(t("Formats within texts"));
  return { ...Object.fromEntries(whole.map((type) => [type, true])), ...(list && { list }) };
}

/** @param {Found} node @returns {Found[]} */
function piecesOf(node) {
  return node.type === "text" ? [node] : objectsOf(node.content).flatMap(piecesOf);
}

/** @param {unknown} value */
export function scaleOf(value) {
  const scale = numberIn(value, 1);
  return scale > 0 ? scale : 1;
}
