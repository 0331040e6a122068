// Pages as commands.

import { Copy, EyeOff, Files, Plus, Trash2, Type } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import {
  addPage,
  duplicatePage,
  hiddenPages,
  hidePage,
  mayRemove,
  movePage,
  removePage,
} from "../editor/pages.js";
import { pageWords } from "./pages-words.js";
import { say } from "./say.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor/pages-turning.js").PageTurner} PageTurner
 * @typedef {import("./commands.js").Command} Command
 * @typedef {{isOpen: () => boolean, toggle: () => void, rename: () => void}} Panel
 */

const SCHEMA = 4;

/** @param {Editor} editor */
export function mayChangePages(editor) {
  return !editor.readOnly && editor.session.schema >= SCHEMA;
}

/** @param {Editor} editor @param {PageTurner} turner @param {string} [page] */
export function addPageBehind(editor, turner, page = turner.sheet.page) {
  const key = addPage(editor, page);
  turner.turnTo(key);
}

/** @param {Editor} editor @param {PageTurner} turner @param {string} page */
export function copyPage(editor, turner, page) {
  const found = turner.pages.find(({ key }) => key === page);
  if (!found) return;
  const name = found.name ? t("{name} (copy)", { name: found.name }) : "";
  turner.turnTo(duplicatePage(editor, page, name));
}

/** @param {Editor} editor @param {string} page */
export function deletePage(editor, page) {
  if (removePage(editor, page)) return;
  say(t("This page can't be deleted: it is the only one, or has things on it that are not yours."));
}

/** @param {Editor} editor @param {PageTurner} turner @param {Panel} panel @returns {Command[]} */
export function pageCommands(editor, turner, panel) {
  return [...turning(turner, panel), ...changing(editor, turner, panel)];
}

/** @param {PageTurner} turner @param {Panel} panel @returns {Command[]} */
function turning(turner, panel) {
  return [
    {
      id: "page.panel",
      group: "view",
      label: () => t("Pages"),
      icon: Files,
      shortcuts: ["Shift+P"],
      run: () => panel.toggle(),
      enabled: () => true,
      pressed: () => panel.isOpen(),
    },
    {
      id: "page.next",
      group: "view",
      label: () => t("Next page"),
      shortcuts: ["PageDown"],
      run: () => turn(turner, 1),
      enabled: () => turner.place < turner.pages.length - 1,
    },
    {
      id: "page.previous",
      group: "view",
      label: () => t("Previous page"),
      shortcuts: ["PageUp"],
      run: () => turn(turner, -1),
      enabled: () => turner.place > 0,
    },
  ];
}

/** @param {PageTurner} turner @param {1 | -1} step */
function turn(turner, step) {
  turner.turnBy(step);
  const page = turner.pages[turner.place];
  // Whoever doesn't see the picture change hears it.
  if (page) say(pageWords(page));
}

/** @param {Editor} editor @param {PageTurner} turner @param {Panel} panel @returns {Command[]} */
function changing(editor, turner, panel) {
  const here = () => turner.sheet.page;
  const may = () => mayChangePages(editor);
  const several = () => may() && turner.pages.length > 1;
  return [
    {
      id: "page.add",
      group: "board",
      label: () => t("Add page"),
      icon: Plus,
      shortcuts: [],
      run: () => addPageBehind(editor, turner),
      enabled: may,
    },
    {
      id: "page.rename",
      group: "board",
      label: () => t("Rename page"),
      icon: Type,
      shortcuts: [],
      run: () => panel.rename(),
      enabled: may,
    },
    {
      id: "page.duplicate",
      group: "board",
      label: () => t("Duplicate page"),
      icon: Copy,
      shortcuts: [],
      run: () => copyPage(editor, turner, here()),
      enabled: may,
    },
    {
      id: "page.earlier",
      group: "board",
      label: () => t("Move page towards the beginning"),
      shortcuts: ["Alt+PageUp"],
      run: () => movePage(editor, here(), turner.place - 1),
      enabled: () => several() && turner.place > 0,
    },
    {
      id: "page.later",
      group: "board",
      label: () => t("Move page towards the end"),
      shortcuts: ["Alt+PageDown"],
      run: () => movePage(editor, here(), turner.place + 1),
      enabled: () => several() && turner.place < turner.pages.length - 1,
    },
    {
      id: "page.hide",
      group: "board",
      label: () => t("Hide page"),
      icon: EyeOff,
      shortcuts: [],
      run: () => hidePage(editor, here(), true),
      enabled: several,
    },
    {
      id: "page.show",
      group: "board",
      label: () => t("Show hidden pages"),
      shortcuts: [],
      run: () => showHidden(editor, turner),
      enabled: () => may() && turner.sheet.pages().length > turner.pages.length,
    },
    {
      id: "page.delete",
      group: "board",
      label: () => t("Delete page"),
      icon: Trash2,
      shortcuts: [],
      run: () => deletePage(editor, here()),
      enabled: () => several() && mayRemove(editor, here()),
    },
  ];
}

/** @param {Editor} editor @param {PageTurner} turner */
export function showHidden(editor, turner) {
  for (const key of hiddenPages(turner.sheet)) hidePage(editor, key, false);
}
