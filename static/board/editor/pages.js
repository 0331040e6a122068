// The pages of a board: their order and names, and what makes, copies, hides and removes them. Each is one step of the
// history, however many transactions it takes.

import { elementKey } from "../core/ids.js";
import { compareElements, indexOf, keyBetween } from "../core/order.js";
import { withProps } from "../elements/index.js";
import { isSet, textOf } from "../elements/kind.js";
import { FIRST_PAGE, pageOf, Sheet } from "../elements/sheet.js";
import { groupsAnew } from "./groups.js";
import { remapped } from "./remapped.js";

/**
 * @typedef {import("../core/fold.js").Change} Change
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../protocol").Patch} Patch
 */

/** @typedef {{key: string, element: Element, name: string, number: number}} Page number: from 1 on, of those that are listed */

const NAME_MAX = 200;

/** The page in sight; every editor of a real board has one. @param {Editor} editor @returns {Sheet} */
export function sheetOf({ document }) {
  if (document instanceof Sheet) return document;
  throw new Error("this editor's document has no pages: it isn't a sheet");
}

/** Those that are listed, in their order; never none. @param {Sheet} sheet @returns {Page[]} */
export function pagesOf(sheet) {
  const all = sheet.pages();
  const listed = all.filter(([, element]) => !isSet(element, "hidden"));
  return (listed.length > 0 ? listed : all.slice(0, 1)).map(([key, element], i) => ({
    key,
    element,
    name: textOf(element, "name").slice(0, NAME_MAX),
    number: i + 1,
  }));
}

/** Those that somebody has hidden, and that have something on them. @param {Sheet} sheet @returns {string[]} */
export function hiddenPages(sheet) {
  const hidden = sheet.pages().filter(([, element]) => isSet(element, "hidden"));
  if (hidden.length === 0) return [];
  const used = new Set();
  for (const [, element] of sheet.document.entries()) used.add(sheet.pageOf(element));
  return hidden.map(([key]) => key).filter((key) => used.has(key));
}

/** @param {Sheet} sheet @param {string} page @returns {[string, Element][]} */
export function elementsOn(sheet, page) {
  return [...sheet.document.entries()].filter(
    ([, element]) => element.kind !== "page" && sheet.pageOf(element) === page,
  );
}

/** Whether this person may change what is on whatever page. @param {Editor} editor @param {Element} element */
function mayChange({ session: { may, board }, document }, element) {
  const { author = document.author, locked } = element;
  if (!may || may.has("change_others") || author === document.author) return true;
  return !board?.ownOnly && locked !== true;
}

/** Whether this person may remove it with all that is on it. @param {Editor} editor @param {string} page */
export function mayRemove(editor, page) {
  const sheet = sheetOf(editor);
  const own = sheet.written(page);
  if (pagesOf(sheet).length < 2 || (own && !mayChange(editor, own))) return false;
  return elementsOn(sheet, page).every(([, element]) => mayChange(editor, element));
}

/** What writes properties of a page, also of the first one, which is there without being written. @param {Sheet} sheet @param {string} page @param {Patch} props @returns {Change} */
function written(sheet, page, props) {
  if (sheet.written(page)) return { op: "set", key: page, props };
  const found = sheet.pages().find(([key]) => key === page)?.[1];
  const element = withProps(found ?? { kind: "page", z: "Zz" }, props);
  return { op: "put", key: page, element };
}

/** A new page behind another; returns its key. @param {Editor} editor @param {string} after @param {Patch} [props] */
export function addPage(editor, after, props = {}) {
  const key = elementKey();
  const element = withProps({ kind: "page", z: zBehind(sheetOf(editor), after) }, props);
  editor.commit([{ op: "put", key, element }], "add-page");
  return key;
}

/** @param {Sheet} sheet @param {string} page @param {string} [besides] one that goes from where it is */
function zBehind(sheet, page, besides) {
  const all = sheet.pages().filter(([key]) => key !== besides);
  const at = all.findIndex(([key]) => key === page);
  const [low, high] = [all[at]?.[1], all[at + 1]?.[1]];
  return keyBetween(low ? indexOf(low) : null, high ? indexOf(high) : null);
}

/** @param {Editor} editor @param {string} page @param {string} name */
export function renamePage(editor, page, name) {
  const sheet = sheetOf(editor);
  const before = textOf(sheet.written(page) ?? {}, "name");
  const next = name.trim().slice(0, NAME_MAX);
  if (next !== before) editor.commit([written(sheet, page, { name: next || null })], "rename-page");
}

/** To a place among those that are listed, counted from 0. @param {Editor} editor @param {string} page @param {number} to */
export function movePage(editor, page, to) {
  const sheet = sheetOf(editor);
  const keys = pagesOf(sheet).map(({ key }) => key);
  const others = keys.filter((key) => key !== page);
  const place = Math.max(0, Math.min(others.length, to));
  if (keys.indexOf(page) === place) return;
  const before = others[place - 1];
  const z = before === undefined ? zOfFirst(sheet, page) : zBehind(sheet, before, page);
  editor.commit([written(sheet, page, { z })], "move-page");
}

/** @param {Sheet} sheet @param {string} besides */
function zOfFirst(sheet, besides) {
  const first = sheet.pages().find(([key]) => key !== besides);
  return keyBetween(null, first ? indexOf(first[1]) : null);
}

/** A copy with all that is on it, behind it; returns its key. @param {Editor} editor @param {string} page @param {string} name */
export function duplicatePage(editor, page, name) {
  const sheet = sheetOf(editor);
  const key = elementKey();
  const { author: _, ...own } = sheet.pages().find(([one]) => one === page)?.[1] ?? {};
  const element = withProps(
    { ...own, kind: "page", z: zBehind(sheet, page) },
    { hidden: null, name: name.slice(0, NAME_MAX) || null },
  );
  editor.commit([{ op: "put", key, element }, ...copiesOn(sheet, page, key)], "duplicate-page");
  return key;
}

/** New keys for all, and what names another names its copy. @param {Sheet} sheet @param {string} page @param {string} copy @returns {Change[]} */
function copiesOn(sheet, page, copy) {
  const originals = elementsOn(sheet, page).sort(compareElements);
  const names = new Map(originals.map(([key]) => [key, elementKey()]));
  const regrouped = groupsAnew(null);
  return originals.map(([key, original]) => {
    const { author: _, ...element } = withProps(remapped(original, names), regrouped(original));
    return { op: "put", key: names.get(key) ?? elementKey(), element: { ...element, page: copy } };
  });
}

/** With all that is on it. The first one is always there, so it is hidden instead. @param {Editor} editor @param {string} page @returns {boolean} whether it could be */
export function removePage(editor, page) {
  if (!mayRemove(editor, page)) return false;
  const sheet = sheetOf(editor);
  /** @type {Change[]} */
  const changes = elementsOn(sheet, page).map(([key]) => ({ op: "remove", key }));
  if (page === FIRST_PAGE) changes.push(written(sheet, page, { hidden: true, name: null }));
  else changes.push({ op: "remove", key: page });
  editor.commit(changes, "remove-page");
  return true;
}

/** @param {Editor} editor @param {string} page @param {boolean} hidden */
export function hidePage(editor, page, hidden) {
  const sheet = sheetOf(editor);
  if (hidden && pagesOf(sheet).length < 2) return;
  editor.commit([written(sheet, page, { hidden: hidden || null })], "hide-page");
}

/** The page that comes into sight where this one goes: the one before it. @param {readonly Page[]} before as they were @param {readonly Page[]} now @param {string} gone @returns {string} */
export function neighbourOf(before, now, gone) {
  const left = new Set(now.map(({ key }) => key));
  const at = before.findIndex(({ key }) => key === gone);
  const earlier = before.slice(0, Math.max(0, at)).findLast(({ key }) => left.has(key));
  const later = before.slice(at + 1).find(({ key }) => left.has(key));
  return (earlier ?? later ?? now[0])?.key ?? FIRST_PAGE;
}

/** The page that changes are on that nobody has made yet; null: on none, or several. @param {Sheet} sheet @param {readonly Change[]} changes @returns {string | null} */
export function pageOfChanges(sheet, changes) {
  // What comes back with its page is on that one.
  const coming = new Set(changes.map((change) => (change.op === "put" ? change.key : "")));
  /** @type {string | null} */
  let found = null;
  for (const change of changes) {
    if (change.op === "clear") continue;
    const element = change.op === "put" ? change.element : sheet.written(change.key);
    // The names and order of pages are seen from all of them.
    if (!element || (element.kind === "page" && change.op !== "put")) continue;
    const named = element.kind === "page" ? change.key : pageOf(element);
    const page = coming.has(named) ? named : sheet.pageOf({ ...element, page: named });
    if (page === sheet.page) return page;
    found ??= page;
  }
  return found;
}
