// The pages of the board, joined to the page around it: a button that says where one is, the commands, and what the others
// are told. The panel comes when it is opened.

import { Files } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { PageTurner } from "../editor/pages-turning.js";
import { FIRST_PAGE } from "../elements/sheet.js";
import { paintPageEdge } from "../view/page-edge.js";
import { pageCommands } from "./commands-pages.js";
import { icon, make } from "./dom.js";
import { keepPageLooks } from "./pages-looks.js";
import { pageWords } from "./pages-words.js";
import { say } from "./say.js";
import { styles } from "./stylesheet.js";

/**
 * @typedef {object} Parts
 * @property {import("../editor.js").Editor} editor
 * @property {import("../sync/session.js").Session} session
 * @property {import("./config.js").Config} config
 * @property {import("./commands.js").Commands} commands
 * @property {import("./commands-paper.js").Papers | undefined} papers
 * @property {import("../view/live-layer.js").LiveLayer} layer
 */

/** @param {Parts} parts */
export function buildPages(parts) {
  const { editor, config, commands, layer } = parts;
  void styles("page-styles");
  const turner = new PageTurner(editor);
  editor.pages = turner;
  turner.onGone = () => say(t("This page was deleted. You are on the one beside it now."));
  keepPageLooks(turner, { board: config.board, person: config.person.id });
  layer.renderer.paintOverlay.unshift((frame) => {
    const sheet = turner.boundsOfSheet();
    if (sheet) paintPageEdge(frame, sheet);
    return false;
  });
  const panel = pagePanel(parts, turner);
  for (const command of pageCommands(editor, turner, panel)) commands.add(command);
  pagesButton(turner, panel);
  return { turner, join: (/** @type {Together} */ together) => join(turner, together, layer) };
}

/** @typedef {Pick<import("./company.js").CompanyParts, "company" | "sender">} Together */

/** What others hear of it, and what is heard of them. @param {PageTurner} turner @param {Together} together @param {import("../view/live-layer.js").LiveLayer} layer */
function join(turner, { company, sender }, layer) {
  company.whereabouts = (key = FIRST_PAGE) => {
    const page = turner.pages.find((one) => one.key === key);
    return page && key !== turner.sheet.page ? t("on {page}", { page: pageWords(page) }) : null;
  };
  const tell = () => {
    sender.page(turner.sheet.page);
    layer.renderer.requestFrame();
  };
  turner.subscribe(tell);
  if (turner.sheet.page !== FIRST_PAGE) tell();
}

/** Fetched when it is first opened. @param {Parts} parts @param {PageTurner} turner */
function pagePanel(parts, turner) {
  /** @type {import("./pages-panel.js").PagesPanel | null} */
  let panel = null;
  const fetched = async () => {
    panel ??= new (await import("./pages-panel.js")).PagesPanel(parts, turner);
    return panel;
  };
  return {
    isOpen: () => panel?.isOpen ?? false,
    toggle: async () => (await fetched()).toggle(),
    rename: async () => (await fetched()).renameCurrent(),
  };
}

/** @param {PageTurner} turner @param {ReturnType<typeof pagePanel>} panel */
function pagesButton(turner, panel) {
  const words = make("span", {});
  const button = make(
    "button",
    { id: "pages-button", type: "button", class: "bar chrome pages-button", hidden: true },
    icon(Files),
    words,
  );
  button.addEventListener("click", () => panel.toggle());
  document.getElementById("bottom")?.append(button);
  const refresh = () => {
    const { pages, place } = turner;
    button.hidden = pages.length < 2;
    words.textContent = t("Page {number} of {count}", { number: place + 1, count: pages.length });
  };
  turner.subscribe(refresh);
  refresh();
}
