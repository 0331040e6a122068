// What can be exported, and how: from what somebody has chosen to what is wanted of a format. Pure.

import { kindOf } from "../elements/index.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../exchange/format.js").Wanted} Wanted
 */

/** @typedef {"selection" | "frame" | "page" | "all"} What */
/** @typedef {"png" | "svg" | "pdf" | "board"} FormatId */
/** @typedef {{what: What, format: FormatId, scale: number, transparent: boolean, theme: "light" | "dark"}} Choices */
/** @typedef {{title: string, assets: string, paper: string}} About the board */

/** The page in sight, with the whole document behind it. @param {Editor} editor */
export function sheetOf({ document }) {
  return /** @type {import("../elements/sheet.js").Sheet} */ (document);
}

/** What there is to choose from, the likeliest first. @param {Editor} editor @returns {What[]} */
export function whatThereIs(editor) {
  /** @type {What[]} */
  const found = [];
  if (frameOf(editor)) found.push("frame");
  if (editor.selection.size > 0) found.push("selection");
  if (listedPages(editor).length > 1) found.push("page");
  return [...found, "all"];
}

/** The pages that people see, in order. @param {Editor} editor */
export function listedPages(editor) {
  const document = sheetOf(editor);
  return document.pages().filter(([key, { hidden }]) => hidden !== true || key === document.page);
}

/** The frame that is selected, or that all that is selected is in. @param {Editor} editor @returns {string | null} */
export function frameOf({ document, selection }) {
  /** @type {Set<unknown>} */
  const frames = new Set();
  for (const key of selection) {
    const element = document.get(key);
    frames.add(element?.kind === "frame" ? key : element?.frame);
  }
  const [frame] = frames;
  const only = frames.size === 1 && typeof frame === "string";
  return only && document.get(frame)?.kind === "frame" ? frame : null;
}

/**
 * One for each file that is to be made.
 * @param {Editor} editor @param {Choices} choices @param {About} about
 * @returns {Wanted[]}
 */
export function wantedFor(editor, choices, { title, assets, paper }) {
  const { what, format, scale, transparent, theme } = choices;
  const document = sheetOf(editor);
  const common = {
    editor,
    title,
    scale,
    transparent,
    theme,
    assets,
    paper,
    keys: null,
    bounds: null,
  };
  if (what === "selection")
    return [{ ...common, pages: [document.page], keys: new Set(editor.selection) }];
  if (what === "frame") return [{ ...common, pages: [document.page], ...withinFrame(editor) }];
  if (what === "page") {
    const keys = format === "board" ? new Set(document.keys()) : null;
    return [{ ...common, pages: [document.page], keys }];
  }
  const pages = format === "board" ? document.pages() : listedPages(editor);
  const keys = pages.map(([key]) => key);
  if (format === "pdf" || format === "board") return [{ ...common, pages: keys }];
  return keys.map((key) => ({ ...common, pages: [key] }));
}

/** @param {Editor} editor @returns {Pick<Wanted, "keys" | "bounds">} */
function withinFrame(editor) {
  const { document } = editor;
  const frame = frameOf(editor) ?? "";
  const element = document.get(frame);
  const keys = new Set([frame]);
  // Frames may lie in frames.
  for (let before = 0; before < keys.size; ) {
    before = keys.size;
    for (const [key, one] of document.entries())
      if (typeof one.frame === "string" && keys.has(one.frame)) keys.add(key);
  }
  if (!element) return { keys, bounds: null };
  const { x, y, w, h } = kindOf(element).frame(element);
  return { keys, bounds: { minX: x, minY: y, maxX: x + w, maxY: y + h } };
}

/** How much of it there is. @param {readonly Wanted[]} wanted */
export function countsOf(wanted) {
  let elements = 0;
  for (const { editor, pages, keys } of wanted) {
    const sheet = sheetOf(editor);
    for (const [key, element] of sheet.document.entries())
      if (element.kind !== "page" && (keys ? keys.has(key) : pages.includes(sheet.pageOf(element))))
        elements++;
  }
  return { elements, pages: wanted.reduce((sum, { pages }) => sum + pages.length, 0) };
}
