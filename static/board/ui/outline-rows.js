// The outline of a long board: only the lines near those in sight are on the page, each with its number among the rest.

import { rowsOf } from "../editor/outline.js";
import { make } from "./dom.js";
import { OutlineHeading } from "./outline-heading.js";
import { pageRow, rowButton, set, settle, tellRow } from "./outline-item.js";

/**
 * @typedef {import("../editor/outline.js").OutlinedPage} OutlinedPage
 * @typedef {import("../editor/outline.js").Row} Row
 * @typedef {import("./outline-item.js").Looks} Looks
 * @typedef {{id: string, page: OutlinedPage, number: number, row: Row | null}} Line
 * @typedef {{li: HTMLLIElement, button: HTMLButtonElement | null, heading: OutlineHeading | null}} Shown
 */

/** As in outline.css. */
const ROW_PIXELS = 48;
/** Lines beyond the edges, so that a quick hand finds no gap. */
const BEYOND = 12;

export class OutlineRows {
  /** @type {Line[]} */
  #lines = [];
  /** @type {Map<string, number>} */
  #places = new Map();
  /** @type {Map<string, Shown>} */
  #shown = new Map();
  #list = make("ul", { role: "list", class: "outline-rows" });
  #pages = 0;
  #current = "";
  /** @type {Looks | null} */
  #looks = null;

  /** @param {HTMLElement} place what scrolls */
  constructor(place) {
    this.place = place;
    place.addEventListener("scroll", () => this.#paint(), { passive: true });
  }

  get ids() {
    return this.#lines.map(({ id }) => id);
  }

  /** @param {readonly OutlinedPage[]} pages @param {string} current @param {Looks} looks */
  show(pages, current, looks) {
    this.#current = current;
    this.#pages = pages.length;
    this.#looks = looks;
    this.#lines = pages.flatMap((page, i) => linesOf(page, i + 1));
    this.#places = new Map(this.#lines.map(({ id }, i) => [id, i]));
    if (this.#list.parentElement !== this.place) this.place.replaceChildren(this.#list);
    this.#paint();
  }

  /** @param {string} id @returns {HTMLElement | null} */
  reach(id) {
    const index = this.#places.get(id);
    if (index === undefined) return null;
    const { scrollTop, clientHeight } = this.place;
    const top = index * ROW_PIXELS;
    if (top < scrollTop) this.place.scrollTop = top;
    else if (top + ROW_PIXELS > scrollTop + clientHeight)
      this.place.scrollTop = top + ROW_PIXELS - clientHeight;
    this.#paint();
    return this.#list.querySelector(`[data-row="${CSS.escape(id)}"]`);
  }

  #paint() {
    if (!this.#looks || !this.#list.isConnected) return;
    const { scrollTop, clientHeight } = this.place;
    const first = Math.max(0, Math.floor(scrollTop / ROW_PIXELS) - BEYOND);
    const last = Math.ceil((scrollTop + clientHeight) / ROW_PIXELS) + BEYOND;
    // The line to which Tab leads, which may have the focus, stays on the page wherever that is scrolled.
    const focused = this.#places.get(this.#looks.focused) ?? first;
    const lines = [
      ...this.#lines.slice(focused, focused < first ? focused + 1 : focused),
      ...this.#lines.slice(first, last),
      ...this.#lines.slice(focused, focused >= last ? focused + 1 : focused),
    ];
    const old = this.#shown;
    this.#shown = new Map();
    settle(
      this.#list,
      lines.map((line) => {
        const shown = old.get(line.id) ?? madeLine(line);
        this.#shown.set(line.id, shown);
        this.#tell(shown, line);
        return shown.li;
      }),
    );
    this.#list.style.setProperty("height", `${this.#lines.length * ROW_PIXELS}px`);
  }

  /** @param {Shown} shown @param {Line} line */
  #tell({ li, button, heading }, { id, row, page, number }) {
    const looks = this.#looks;
    if (!looks) return;
    li.style.setProperty("--row", String(this.#places.get(id)));
    if (row && button) {
      tellRow(button, row.entry, looks, page.id === this.#current);
      li.style.setProperty("--level", String(Math.min(row.level, 6)));
      placeAmong(li, row.level + 1, row.index, row.size);
    } else {
      heading?.show({ page, number, current: this.#current, looks });
      placeAmong(li, 1, number, this.#pages);
    }
  }
}

/** @param {HTMLLIElement} li @param {number} level @param {number} index @param {number} size */
function placeAmong(li, level, index, size) {
  set(li, "aria-level", String(level));
  set(li, "aria-posinset", String(index));
  set(li, "aria-setsize", String(size));
}

/** @param {Line} line @returns {Shown} */
function madeLine({ id, row, page }) {
  if (!row) {
    const heading = new OutlineHeading(page.id);
    return { li: make("li", {}, heading.root), button: null, heading };
  }
  const button = rowButton(id);
  const isFrame = row.entry.type === "frame";
  return { li: make("li", {}, isFrame ? make("h3", {}, button) : button), button, heading: null };
}

/** @param {OutlinedPage} page @param {number} number @returns {Line[]} */
function linesOf(page, number) {
  const heading = { id: pageRow(page.id), page, number, row: null };
  const rows = rowsOf(page.entries ?? []);
  return [heading, ...rows.map((row) => ({ id: row.entry.id, page, number, row }))];
}
