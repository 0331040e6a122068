// Reads what was copied. It may come from anywhere, so nothing of it is believed. Pure.

import { fromBase64 } from "../core/bytes.js";
import { CHANGES_BYTES, utf8Length } from "../core/limits.js";
import { isElement, isKnown } from "../core/schema.js";
import { ELEMENTS_MAX, LENGTH_MAX, MARK, VERSION } from "./clipboard.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("./clipboard.js").Entry} Entry
 */

/** `newer`: nothing of it can be understood; `large`: it hasn't been looked at. @typedef {"newer" | "large" | "broken"} Problem */
/**
 * @typedef {object} Unpacked
 * @property {Entry[]} elements
 * @property {number} lost elements that can't be on a board of this version
 * @property {number} stripped elements that have lost properties of a newer version
 * @property {string} [board] where the pictures among them come from
 */

/** For an element's key and what else stands around it in a message. */
const AROUND = 256;
/** Base64 is a third longer than what it holds, and a character takes up to three bytes. */
const MARKED_MAX = 4 * LENGTH_MAX;

const BOARD = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Our JSON in a piece of HTML; null where there is none. @param {string} html */
export function jsonIn(html) {
  const start = html.indexOf(`${MARK}="`);
  if (start < 0) return null;
  const from = start + MARK.length + 2;
  const end = html.indexOf('"', from);
  if (end - from > MARKED_MAX) return " ".repeat(LENGTH_MAX + 1);
  return new TextDecoder().decode(fromBase64(html.slice(from, end)));
}

/** @param {string} text @returns {Unpacked | {problem: Problem}} */
export function unpacked(text) {
  // Before parsing: a huge text would stop the page.
  if (text.length > LENGTH_MAX) return { problem: "large" };
  const found = parsed(text);
  if (!isRecord(found) || !isRecord(found.elements)) return { problem: "broken" };
  if (found.whiteboard !== VERSION) return { problem: "newer" };
  const entries = Object.entries(found.elements);
  if (entries.length > ELEMENTS_MAX) return { problem: "large" };
  const { board } = found;
  return {
    ...sorted(entries),
    ...(typeof board === "string" && BOARD.test(board) && { board }),
  };
}

/** @param {[string, unknown][]} entries @returns {Unpacked} */
function sorted(entries) {
  /** @type {Entry[]} */
  const elements = [];
  let stripped = 0;
  for (const [key, value] of entries) {
    const known = knownOf(value);
    if (!known) continue;
    if (Object.keys(known).length < namesOf(value).length) stripped++;
    elements.push([key, known]);
  }
  return { elements, stripped, lost: entries.length - elements.length };
}

/** What of it can be on a board; null: nothing. @param {unknown} value @returns {Element | null} */
function knownOf(value) {
  if (!isRecord(value)) return null;
  const known = Object.fromEntries(
    namesOf(value).flatMap((n) => (isKnown(n) ? [[n, value[n]]] : [])),
  );
  if (!isElement(known)) return null;
  // The server would close the connection over a message that is too long.
  return utf8Length(JSON.stringify(known)) + AROUND <= CHANGES_BYTES
    ? /** @type {Element} */ (Object.freeze(known))
    : null;
}

/** @param {unknown} value */
function namesOf(value) {
  return Object.keys(Object(value)).filter((name) => name !== "author");
}

/** @param {string} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
