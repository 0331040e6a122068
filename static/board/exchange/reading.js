// Reading what strangers have written: JSON within limits, and values of which nothing is believed. Pure.

import { t } from "../core/translate.js";
import { ReadError } from "./format.js";

/** @typedef {Readonly<Record<string, unknown>>} Found an object of a file */

/** Bytes of a file. Reading and checking one takes a page a second or two. */
export const FILE_MAX = 50 * 2 ** 20;
/** Real files nest by a dozen levels; thousands would overflow the stack of whoever walks them. */
const DEPTH_MAX = 100;
const NOTHING = Object.freeze({});

export function damaged() {
  return new ReadError(t("This file is damaged or not complete."));
}

/** @param {string} text @returns {unknown} */
export function parsed(text) {
  if (nestsTooDeep(text)) throw damaged();
  try {
    return JSON.parse(text);
  } catch {
    throw damaged();
  }
}

/** By its brackets outside of texts. @param {string} text */
function nestsTooDeep(text) {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (code === BRACKET || code === BRACE) {
      if (++depth > DEPTH_MAX) return true;
    } else if (code === BRACKET + 2 || code === BRACE + 2) depth--;
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACE = 0x7b;

/** @param {unknown} value @returns {value is Found} */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Empty where it is none. @param {unknown} value @returns {Found} */
export function objectOf(value) {
  return isObject(value) ? value : NOTHING;
}

/** Empty where it is none. @param {unknown} value @returns {readonly unknown[]} */
export function listOf(value) {
  return Array.isArray(value) ? value : [];
}

/** @param {unknown} value @returns {Found[]} */
export function objectsOf(value) {
  return listOf(value).filter(isObject);
}

/** @param {unknown} value @param {number} [otherwise] */
export function numberIn(value, otherwise = 0) {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

/** @param {unknown} value @param {string} [otherwise] */
export function textIn(value, otherwise = "") {
  return typeof value === "string" ? value : otherwise;
}

/** @param {unknown} value @param {number} least @param {number} most */
export function between(value, least, most) {
  return Math.min(most, Math.max(least, numberIn(value, least)));
}
