// Reads our own file: everything that was on the board, with its pictures.

import { compareElements } from "../core/order.js";
import { isKnown } from "../core/schema.js";
import { t } from "../core/translate.js";
import { FIRST_PAGE } from "../elements/sheet.js";
import { blobIn } from "./data-url.js";
import { ReadError } from "./format.js";
import { Gathering } from "./gathering.js";
import { isObject, numberIn, objectOf, parsed, textIn } from "./reading.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("./format.js").Taken} Taken
 * @typedef {import("./reading.js").Found} Found
 */

/** Of the formats. Higher ones come from newer boards. */
const VERSION = 1;

/** @param {string} text @returns {Taken} */
export function readBoard(text) {
  const file = ourFile(text, "whiteboard");
  const gathering = new Gathering();
  gathering.assets = assetsIn(objectOf(file.assets));
  gatherPages(gathering, objectOf(file.elements), objectOf(file.pages));
  return gathering.taken();
}

/** @param {string} text @param {string} format that it should be of @returns {Found} */
export function ourFile(text, format) {
  const file = objectOf(parsed(text));
  if (file.format !== format) throw new ReadError(t("This isn't a file of a whiteboard."));
  if (numberIn(file.version) > VERSION)
    throw new ReadError(
      t("This file comes from a newer version of the whiteboard. Reload the page and try again."),
    );
  return file;
}

/** @param {Gathering} gathering @param {Found} elements @param {Found} pages */
export function gatherPages(gathering, elements, pages) {
  const onPages = elementsByPage(gathering, elements);
  for (const [key, page] of pagesIn(pages, onPages)) {
    gathering.turn({ key, ...page });
    for (const [name, element] of onPages.get(key) ?? []) gathering.put(name, element);
  }
}

/** @param {Found} assets */
function assetsIn(assets) {
  /** @type {Map<string, Blob>} */
  const found = new Map();
  for (const [id, value] of Object.entries(assets)) {
    const { media, data } = objectOf(value);
    const blob = blobIn(`data:${textIn(media)};base64,${textIn(data)}`);
    if (blob) found.set(id, blob);
  }
  return found;
}

/** In the order of painting. @param {Gathering} gathering @param {Found} elements */
function elementsByPage(gathering, elements) {
  /** @type {Map<string, [string, Element][]>} */
  const pages = new Map();
  for (const [key, value] of Object.entries(elements)) {
    if (!isObject(value)) {
      gathering.leave(t("Damaged elements"));
      continue;
    }
    const { page, ...element } = knownOf(value);
    const name = textIn(page, FIRST_PAGE);
    const list = pages.get(name) ?? [];
    list.push([key, /** @type {Element} */ (element)]);
    pages.set(name, list);
  }
  for (const list of pages.values()) list.sort(compareElements);
  return pages;
}

/** Whoever brings it is the author of what is brought. @param {Found} value */
function knownOf(value) {
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => isKnown(name) && name !== "author"),
  );
}

/** Those listed in their order, then those that only elements name. @param {Found} listed @param {ReadonlyMap<string, unknown>} used @returns {[string, {name?: string, w?: number, h?: number}][]} */
function pagesIn(listed, used) {
  const written = /** @type {[string, Element][]} */ (
    Object.entries(listed).filter(([, page]) => isObject(page))
  );
  const others = [...used.keys()].filter((key) => !Object.hasOwn(listed, key));
  // The first page is there without being written, before all that are.
  const first = others.filter((key) => key === FIRST_PAGE);
  const rest = others.filter((key) => key !== FIRST_PAGE).sort();
  return [
    ...first.map((key) => /** @type {[string, object]} */ ([key, {}])),
    ...written.sort(compareElements).map(([key, page]) => pageEntry(key, page)),
    ...rest.map((key) => /** @type {[string, object]} */ ([key, {}])),
  ];
}

/** @param {string} key @param {Element} page @returns {[string, {name?: string, w?: number, h?: number}]} */
function pageEntry(key, { name, w, h }) {
  const size = numberIn(w) > 0 && numberIn(h) > 0 ? { w: numberIn(w), h: numberIn(h) } : {};
  return [key, { ...(textIn(name) && { name: textIn(name) }), ...size }];
}
