// The panel of pages: small pictures in their order, with what can be done with each.

import { Copy, Ellipsis, EyeOff, Plus, Trash2, Type, X } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { hiddenPages, hidePage, mayRemove, movePage, renamePage } from "../editor/pages.js";
import { isComposing } from "../view/keyboard.js";
import {
  addPageBehind,
  copyPage,
  deletePage,
  mayChangePages,
  showHidden,
} from "./commands-pages.js";
import { icon, make } from "./dom.js";
import { PagePictures } from "./pages-pictures.js";
import { sortByDrag } from "./pages-sorting.js";
import { pageWords } from "./pages-words.js";

/**
 * @typedef {import("../editor/pages.js").Page} Page
 * @typedef {import("../editor/pages-turning.js").PageTurner} PageTurner
 */

const NAME_MAX = 200;

export class PagesPanel {
  #list = make("ol", { class: "pages-list" });
  #hidden = make("button", { type: "button", class: "text-button pages-hidden" });
  #add = make("button", { type: "button", class: "pages-add" }, icon(Plus), t("Add page"));
  /** Whose menu is open, or whose name is being written. @type {{page: string, does: "menu" | "name"} | null} */
  #busy = null;
  #pictures;
  #editor;
  #turner;

  /** @param {import("./pages.js").Parts} parts @param {PageTurner} turner */
  constructor(parts, turner) {
    this.#editor = parts.editor;
    this.#turner = turner;
    this.#pictures = new PagePictures(parts, () => this.isOpen);
    const close = make(
      "button",
      { type: "button", class: "icon-button", "aria-label": t("Close"), title: t("Close") },
      icon(X),
    );
    this.root = make(
      "section",
      { id: "pages", class: "pages-panel chrome", "aria-labelledby": "pages-title" },
      make("header", {}, make("h2", { id: "pages-title" }, t("Pages")), close),
      this.#list,
      this.#hidden,
      this.#add,
    );
    close.addEventListener("click", () => this.close());
    this.#add.addEventListener("click", () => addPageBehind(this.#editor, turner));
    this.#hidden.addEventListener("click", () => showHidden(this.#editor, turner));
    this.root.addEventListener("keydown", (event) => this.#onKey(event));
    sortByDrag(this.#list, {
      may: () => mayChangePages(this.#editor),
      drop: (page, to) => movePage(this.#editor, page, to),
    });
    turner.subscribe(() => this.refresh());
    parts.editor.subscribe(({ type }) => type === "rights" && this.refresh());
  }

  get isOpen() {
    return this.root.isConnected;
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  open() {
    document.querySelector("header.top")?.after(this.root);
    this.refresh();
    this.#focus(this.#turner.sheet.page);
  }

  close() {
    this.root.remove();
    this.#busy = null;
    document.getElementById("pages-button")?.focus();
  }

  renameCurrent() {
    if (!this.isOpen) this.open();
    this.#begin(this.#turner.sheet.page, "name");
  }

  refresh() {
    if (!this.isOpen) return;
    const active = document.activeElement;
    const focused = this.#list.contains(active) ? active?.getAttribute("data-focus") : null;
    // A name that is being written stays as it is.
    if (active instanceof HTMLInputElement && this.#list.contains(active)) return;
    const may = mayChangePages(this.#editor);
    this.#list.replaceChildren(...this.#turner.pages.map((page) => this.#item(page, may)));
    this.#add.hidden = !may;
    const hidden = may ? hiddenPages(this.#turner.sheet).length : 0;
    this.#hidden.hidden = hidden === 0;
    this.#hidden.textContent = t("Show hidden pages");
    if (focused) this.#focusOn(focused);
    for (const shown of ["[aria-current]", ".page-menu"])
      this.#list.querySelector(shown)?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Page} page @param {boolean} may */
  #item(page, may) {
    const { key } = page;
    const isHere = key === this.#turner.sheet.page;
    const open = this.#busy?.page === key ? this.#busy.does : null;
    const words = pageWords(page);
    const turn = make(
      "button",
      {
        type: "button",
        class: "page-picture",
        "aria-label": words,
        "aria-current": isHere ? "page" : null,
        "data-focus": `page ${key}`,
        "aria-keyshortcuts": may ? "Alt+ArrowUp Alt+ArrowDown F2 Delete" : null,
      },
      this.#pictures.of(key),
    );
    turn.addEventListener("click", () => this.#turner.turnTo(key));
    turn.addEventListener("dblclick", () => may && this.#begin(key, "name"));
    const name = open === "name" ? this.#field(page) : this.#name(page, words);
    return make(
      "li",
      { "data-page": key },
      turn,
      make("div", { class: "page-line" }, name, may && this.#more(key, words, open === "menu")),
      open === "menu" && this.#menu(key),
    );
  }

  /** @param {Page} page @param {string} words */
  #name({ number, name }, words) {
    return make(
      "span",
      { class: "page-name", title: words, "aria-hidden": "true" },
      make("span", { class: "page-number" }, String(number)),
      name && make("bdi", {}, name),
    );
  }

  /** @param {Page} page */
  #field({ key, name }) {
    const input = make("input", {
      class: "page-field",
      "aria-label": t("Name of the page"),
      maxlength: String(NAME_MAX),
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "done",
    });
    input.value = name;
    let open = true;
    const close = (/** @type {boolean} */ keep, focus = true) => {
      if (!open) return;
      open = false;
      this.#busy = null;
      const { value } = input;
      input.remove();
      if (keep) renamePage(this.#editor, key, value);
      this.refresh();
      if (focus) this.#focus(key);
    };
    input.addEventListener("blur", () => close(true, false));
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (isComposing(event)) return;
      if (event.key === "Enter" || event.key === "Escape") close(event.key === "Enter");
    });
    queueMicrotask(() => {
      input.focus();
      input.select();
    });
    return input;
  }

  /** @param {string} key @param {string} words @param {boolean} open */
  #more(key, words, open) {
    const button = make(
      "button",
      {
        type: "button",
        class: "icon-button small",
        "aria-label": t("More for {name}", { name: words }),
        "aria-expanded": String(open),
        "data-focus": `more ${key}`,
      },
      icon(Ellipsis),
    );
    button.addEventListener("click", () => {
      this.#busy = open ? null : { page: key, does: "menu" };
      this.refresh();
    });
    return button;
  }

  /** @param {string} key */
  #menu(key) {
    const editor = this.#editor;
    const several = this.#turner.pages.length > 1;
    /** @type {[string, import("./dom.js").IconNode, () => void, boolean][]} */
    const deeds = [
      [t("Rename page"), Type, () => this.#begin(key, "name"), true],
      [t("Duplicate page"), Copy, () => copyPage(editor, this.#turner, key), true],
      [t("Hide page"), EyeOff, () => hidePage(editor, key, true), several],
      [t("Delete page"), Trash2, () => deletePage(editor, key), mayRemove(editor, key)],
    ];
    const items = deeds
      .filter(([, , , possible]) => possible)
      .map(([label, picture, run]) => {
        const danger = picture === Trash2 ? " danger" : "";
        const item = make(
          "button",
          { type: "button", class: `menu-item${danger}` },
          icon(picture),
          make("span", {}, label),
        );
        item.addEventListener("click", () => {
          this.#busy = null;
          run();
          this.refresh();
        });
        return item;
      });
    return make("div", { class: "page-menu", role: "group" }, ...items);
  }

  /** @param {string} page @param {"menu" | "name"} does */
  #begin(page, does) {
    this.#busy = { page, does };
    this.refresh();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (isComposing(event)) return;
    const { target } = event;
    const page =
      target instanceof HTMLElement ? target.closest("li")?.getAttribute("data-page") : null;
    const done = event.key === "Escape" ? this.#escape() : page && this.#keyOn(page, event);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #escape() {
    if (!this.#busy) this.close();
    this.#busy = null;
    this.refresh();
    return true;
  }

  /** @param {string} page @param {KeyboardEvent} event @returns {boolean} */
  #keyOn(page, { key, altKey, target }) {
    const keys = this.#turner.pages.map((one) => one.key);
    const at = keys.indexOf(page);
    const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[key];
    const may = mayChangePages(this.#editor);
    const onPicture = target instanceof HTMLElement && target.matches(".page-picture");
    if (step !== undefined && altKey && may) {
      movePage(this.#editor, page, at + step);
      this.#focus(page);
    } else if (step !== undefined) this.#focus(keys[at + step] ?? page);
    else if (key === "F2" && may) this.#begin(page, "name");
    else if (key === "Delete" && may && onPicture) {
      deletePage(this.#editor, page);
      this.#focus(keys[at + 1] ?? keys[at - 1] ?? page);
    } else return false;
    return true;
  }

  /** @param {string} page */
  #focus(page) {
    this.#focusOn(`page ${page}`);
  }

  /** @param {string} place */
  #focusOn(place) {
    const found = this.#list.querySelector(`[data-focus="${CSS.escape(place)}"]`);
    if (found instanceof HTMLElement) found.focus();
  }
}
