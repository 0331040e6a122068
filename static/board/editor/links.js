// Where a link of an element leads: out of the board, or to a place on it. Pure.

import { hundredths } from "../elements/kind.js";
import { FIRST_PAGE } from "../elements/sheet.js";

/** @typedef {import("../core/geometry.js").Bounds} Bounds */
/**
 * @typedef {{type: "page", page: string} | {type: "element", key: string} | {type: "view", bounds: Bounds, page: string}} Place
 * @typedef {{type: "away", address: string, host: string} | Place} Destination
 */

const KEY = /^[A-Za-z0-9_-]{8,32}$/;
const EDGE = 1_000_000;
const OPENED = ["http:", "https:", "mailto:"];

/** Null: it leads nowhere that one may go. @param {string} link @returns {Destination | null} */
export function destinationOf(link) {
  return link.startsWith("#") ? placeIn(link) : away(link);
}

/** The place that a fragment of the board's address names. @param {string} fragment with its `#` @returns {Place | null} */
export function placeIn(fragment) {
  const [, name = "", value = ""] = /^#(page|element|view)=(.+)$/.exec(fragment) ?? [];
  if (name === "page" && KEY.test(value)) return { type: "page", page: value };
  if (name === "element" && KEY.test(value)) return { type: "element", key: value };
  return name === "view" ? viewIn(value) : null;
}

/** @param {string} value @returns {Place | null} */
function viewIn(value) {
  const [numbers = "", page = FIRST_PAGE] = value.split("@");
  const found = numbers.split(",").map(Number);
  const [x = 0, y = 0, w = 0, h = 0] = found;
  const fits = found.length === 4 && found.every((one) => Math.abs(one) <= EDGE);
  if (!fits || w <= 0 || h <= 0 || !KEY.test(page)) return null;
  return { type: "view", bounds: { minX: x, minY: y, maxX: x + w, maxY: y + h }, page };
}

/** @param {string} link @returns {Destination | null} */
function away(link) {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (!url || !OPENED.includes(url.protocol)) return null;
  const host = url.protocol === "mailto:" ? url.pathname : url.host;
  return { type: "away", address: url.href, host };
}

/** @param {Place} place */
export function linkTo(place) {
  switch (place.type) {
    case "page":
      return `#page=${place.page}`;
    case "element":
      return `#element=${place.key}`;
    case "view": {
      const { minX, minY, maxX, maxY } = place.bounds;
      const numbers = [minX, minY, maxX - minX, maxY - minY].map(hundredths).join(",");
      return `#view=${numbers}${place.page === FIRST_PAGE ? "" : `@${place.page}`}`;
    }
  }
}

/** What somebody types as an address, made one; null: it can't be. @param {string} typed @param {string} board this board's address */
export function linkFrom(typed, board) {
  const text = typed.trim();
  if (text.startsWith(`${board}#`))
    return placeIn(text.slice(board.length)) ? text.slice(board.length) : null;
  if (text.startsWith("#")) return placeIn(text) ? text : null;
  const found =
    destinationOf(text) ?? (/^[^\s@/:]+@[^\s@/:]+$/.test(text) ? away(`mailto:${text}`) : null);
  const guessed = found ?? (/^[^\s/:]+\.[^\s]/.test(text) ? away(`https://${text}`) : null);
  return guessed?.type === "away" ? guessed.address : null;
}
