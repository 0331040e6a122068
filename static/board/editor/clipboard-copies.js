// Copies of elements for a board: new keys and groups, above everything, in the order that they had, at a place.

import { union } from "../core/geometry.js";
import { elementKey } from "../core/ids.js";
import { translation } from "../core/matrix.js";
import { compareElements, keyBetween } from "../core/order.js";
import { kindOf, withProps } from "../elements/index.js";
import { numberOf, textOf } from "../elements/kind.js";
import { hungOnCopies } from "./copied-connectors.js";
import { remapped } from "./remapped.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./clipboard.js").Entry} Entry
 * @typedef {import("./style.js").Style} Style
 */

const COORDINATE_MAX = 1_000_000;
/** A line that is longer becomes a paragraph of this width. */
const LINE_LENGTH = 60;
const PARAGRAPH_WIDTH = 480;

/** @param {readonly Entry[]} entries at least one @param {{top: string, middle: {x: number, y: number}}} where the index below them all, and where their middle comes @returns {Entry[]} */
export function copiesOf(entries, { top, middle }) {
  const groups = new Renamed();
  const matrix = translation(...wayTo(entries, middle));
  const keys = new Map(entries.map(([key]) => [key, elementKey()]));
  let z = top;
  return [...entries].sort(compareElements).map(([key, element]) => {
    const there = withProps(element, kindOf(element).transform(element, matrix));
    const moved = remapped(hungOnCopies(there, keys), keys);
    const group = textOf(element, "group");
    const { page: _, ...copied } = moved;
    const copy = { ...copied, z, ...(group && { group: groups.path(group) }) };
    z = keyBetween(z, null);
    return [keys.get(key) ?? elementKey(), Object.freeze(copy)];
  });
}

/** A new name for each old one, the same for the same. */
class Renamed {
  /** @type {Map<string, string>} */
  #names = new Map();

  /** @param {string} path */
  path(path) {
    return path
      .split("/")
      .map((name) => this.#newName(name))
      .join("/");
  }

  /** @param {string} old */
  #newName(old) {
    const name = this.#names.get(old) ?? elementKey();
    this.#names.set(old, name);
    return name;
  }
}

/** As far as the edge of the world allows. @param {readonly Entry[]} entries @param {{x: number, y: number}} middle @returns {[number, number]} */
function wayTo(entries, middle) {
  const elements = entries.map(([, element]) => element);
  const { minX, minY, maxX, maxY } = elements
    .map((element) => kindOf(element).bounds(element))
    .reduce(union);
  return [
    inWorld(middle.x - (minX + maxX) / 2, elements, "x"),
    inWorld(middle.y - (minY + maxY) / 2, elements, "y"),
  ];
}

/** @param {number} way @param {readonly Element[]} elements @param {"x" | "y"} axis */
function inWorld(way, elements, axis) {
  let least = COORDINATE_MAX;
  let most = -COORDINATE_MAX;
  for (const element of elements) {
    const at = numberOf(element, axis, 0);
    least = Math.min(least, at);
    most = Math.max(most, at);
  }
  return Math.round(Math.min(COORDINATE_MAX - most, Math.max(-COORDINATE_MAX - least, way))) || 0;
}

/** The element that a text from elsewhere becomes. @param {string} text @param {Style} style of texts @returns {Element} */
export function textElement(text, style) {
  const looks = Object.entries(style).filter(([, value]) => value !== null);
  const long = text.split("\n").some((line) => line.length > LINE_LENGTH);
  return Object.freeze({
    kind: "text",
    x: 0,
    y: 0,
    z: "a0",
    ...Object.fromEntries(looks),
    text,
    ...(long && { w: PARAGRAPH_WIDTH, wrap: true }),
  });
}

/** As a board takes it: no control characters but tabs and line ends, nothing empty around it. @param {string} text */
export function cleanText(text) {
  return (
    text
      .replace(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what goes
      .replace(/[\0-\x08\x0b-\x1f\x7f\ud800-\udfff]/gu, "")
      .replace(/^\n+|\s+$/g, "")
  );
}
