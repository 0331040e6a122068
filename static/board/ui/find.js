// Finding text on the board: a small bar that goes from one place where it is written to the next.

import { ChevronDown, ChevronUp, X } from "../../npm/lucide.js";
import { intersects, union } from "../core/geometry.js";
import { t, tn } from "../core/translate.js";
import { kindOf } from "../elements/index.js";
import { textOf } from "../elements/kind.js";
import { Sheet } from "../elements/sheet.js";
import { isComposing } from "../view/keyboard.js";
import { icon, make } from "./dom.js";
import { takeKeys } from "./held-keys.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../editor.js").Editor} Editor
 */

/** Larger than this nobody has to look for it. */
const READABLE_PIXELS = 10;
const PADDING = { top: 120, bottom: 140, side: 48 };

/** As people compare: capitals and the ways to write one letter make no difference. @param {string} text */
export function folded(text) {
  return text.normalize("NFC").toLocaleLowerCase();
}

/** Elements with these words, page by page, from top to bottom and from left to right. @param {Editor["document"]} document @param {string} words @returns {string[]} */
export function findText(document, words) {
  const wanted = folded(words);
  if (wanted.trim() === "") return [];
  const pages = document instanceof Sheet ? document.pages().map(([key]) => key) : [];
  /** @type {{key: string, page: number, x: number, y: number}[]} */
  const found = [];
  for (const [key, element] of (document instanceof Sheet
    ? document.document
    : document
  ).entries()) {
    const written = element.kind === "frame" ? "name" : "text";
    if (element.kind === "page" || !folded(textOf(element, written)).includes(wanted)) continue;
    const { x, y } = kindOf(element).frame(element);
    const page = document instanceof Sheet ? pages.indexOf(document.pageOf(element)) : 0;
    found.push({ key, page, x, y });
  }
  found.sort((a, b) => a.page - b.page || a.y - b.y || a.x - b.x);
  return found.map(({ key }) => key);
}

/** @type {{field: HTMLInputElement, close: () => void} | null} */
let open = null;

/** @param {Editor} editor */
export function openFind(editor) {
  const { text, ended } = takeKeys();
  if (ended && !open) return;
  open ??= findBar(editor);
  open.field.focus();
  open.field.select();
  if (!text) return;
  open.field.value = text;
  open.field.dispatchEvent(new Event("input"));
}

/** @param {Editor} editor */
function findBar(editor) {
  const field = make("input", {
    type: "search",
    class: "find-field",
    "aria-label": t("Find text"),
    placeholder: t("Find text"),
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "search",
  });
  const count = make("span", { class: "find-count", role: "status" });
  const previous = button(t("Previous place"), ChevronUp);
  const next = button(t("Next place"), ChevronDown);
  const done = button(t("Close"), X);
  const bar = make(
    "div",
    { class: "bar find", role: "search", "aria-label": t("Find text") },
    ...[field, count, previous, next, done],
  );
  /** @type {string[]} */
  let found = [];
  let at = 0;

  const tell = () => {
    count.textContent = field.value.trim() === "" ? "" : countWords(found.length, at);
    for (const each of [previous, next])
      each.setAttribute("aria-disabled", String(found.length === 0));
  };
  /** @param {number} by */
  const go = (by) => {
    if (found.length === 0) return;
    at = (at + by + found.length) % found.length;
    const key = String(found[at]);
    const { document: sheet } = editor;
    const element = sheet instanceof Sheet && sheet.written(key);
    if (element) editor.pages?.turnTo(sheet.pageOf(element));
    editor.select([key]);
    bringIntoView(editor, key);
    tell();
  };
  const search = () => {
    found = findText(editor.document, field.value);
    at = nearest(editor, found);
    if (found.length === 0) editor.select([]);
    else go(0);
    tell();
  };
  /** What others write may be found, or not any more; the view stays where it is. */
  const follow = () => {
    const now = found[at];
    found = findText(editor.document, field.value);
    at = Math.max(0, found.indexOf(now ?? ""));
    tell();
  };
  const { document: board } = editor.document instanceof Sheet ? editor.document : editor;
  const stop = board.subscribe(follow);
  const close = () => {
    stop();
    bar.remove();
    open = null;
  };

  editor.setTool("select");
  field.addEventListener("input", search);
  bar.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === field) go(event.shiftKey ? -1 : 1);
    else if (event.key.toLowerCase() === "f" && (event.ctrlKey || event.metaKey)) field.select();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  previous.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  done.addEventListener("click", close);
  document.querySelector("header.top")?.after(bar);
  tell();
  return { field, close };
}

/** @param {string} label @param {import("./dom.js").IconNode} shape */
function button(label, shape) {
  return make("button", { type: "button", class: "icon-button", "aria-label": label }, icon(shape));
}

/** @param {number} found @param {number} at */
function countWords(found, at) {
  if (found === 0) return t("Nothing found");
  return tn("{at} of {count} place", "{at} of {count} places", found, { at: at + 1 });
}

/** The first place that is in view, for whoever looks at one already. @param {Editor} editor @param {readonly string[]} keys */
function nearest(editor, keys) {
  const view = editor.camera.viewBounds();
  const seen = keys.findIndex((key) => {
    const bounds = editor.boundsOf([key]);
    return bounds !== null && intersects(bounds, view);
  });
  return Math.max(0, seen);
}

/** Moves the view only where it has to, and comes nearer only where nothing could be read. @param {Editor} editor @param {string} key */
function bringIntoView(editor, key) {
  const bounds = editor.boundsOf([key]);
  if (!bounds) return;
  const { camera } = editor;
  const size = Number(editor.document.get(key)?.size ?? 20);
  const view = inner(editor);
  if (size * camera.zoom < READABLE_PIXELS) {
    camera.fit(bounds, PADDING);
    return;
  }
  const all = union(bounds, view);
  const isSeen = all.minX === view.minX && all.maxX === view.maxX;
  if (isSeen && all.minY === view.minY && all.maxY === view.maxY) return;
  const middle = camera.toScreen({
    x: (bounds.minX + bounds.maxX) / 2,
    y: (bounds.minY + bounds.maxY) / 2,
  });
  camera.panBy(camera.width / 2 - middle.x, camera.height / 2 - middle.y);
}

/** What no bar covers. @param {Editor} editor @returns {Bounds} */
function inner({ camera }) {
  const { x: minX, y: minY } = camera.toBoard({ x: PADDING.side, y: PADDING.top });
  const { x: maxX, y: maxY } = camera.toBoard({
    x: camera.width - PADDING.side,
    y: camera.height - PADDING.bottom,
  });
  return { minX, minY, maxX, maxY };
}
