// The outline as headings and nested lists: all of it, as long as a browser and its reader bear that.

import { make } from "./dom.js";
import { OutlineHeading } from "./outline-heading.js";
import { rowButton, settle, tellRow } from "./outline-item.js";

/**
 * @typedef {import("../editor/outline.js").Entry} Entry
 * @typedef {import("../editor/outline.js").OutlinedPage} OutlinedPage
 * @typedef {import("./outline-item.js").Looks} Looks
 * @typedef {{li: HTMLLIElement, button: HTMLButtonElement, list: HTMLUListElement | null}} Item
 */

const DEEPEST_HEADING = 6;

export class OutlineTree {
  /** By where they are: a group can be in several frames. @type {Map<string, Item>} */
  #items = new Map();
  /** @type {Map<string, {section: HTMLElement, heading: OutlineHeading, list: HTMLUListElement}>} */
  #pages = new Map();
  /** Of this time. @type {Map<string, Item>} */
  #now = new Map();
  /** Ids of the lines, from the top. @type {string[]} */
  ids = [];

  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
  }

  /** @param {readonly OutlinedPage[]} pages @param {string} current @param {Looks} looks */
  show(pages, current, looks) {
    this.ids = [];
    this.#now = new Map();
    settle(
      this.place,
      pages.map((page, i) => {
        const parts = this.#pageParts(page.id);
        parts.heading.show({ page, number: i + 1, current, looks });
        this.ids.push(parts.heading.id);
        const here = page.id === current;
        parts.list.hidden = page.entries === null;
        this.#fill(parts.list, page.entries ?? [], { looks, here, home: page.id, level: 3 });
        return parts.section;
      }),
    );
    this.#items = this.#now;
  }

  /** @param {string} id @returns {HTMLElement | null} */
  reach(id) {
    return this.place.querySelector(`[data-row="${CSS.escape(id)}"]`);
  }

  /** @param {string} page */
  #pageParts(page) {
    let parts = this.#pages.get(page);
    if (!parts) {
      const heading = new OutlineHeading(page);
      const list = make("ul", { role: "list" });
      parts = {
        section: make("div", { class: "outline-page" }, heading.root, list),
        heading,
        list,
      };
      this.#pages.set(page, parts);
    }
    return parts;
  }

  /** @param {HTMLUListElement} list @param {readonly Entry[]} entries @param {{looks: Looks, here: boolean, home: string, level: number}} at */
  #fill(list, entries, at) {
    settle(
      list,
      entries.map((entry) => {
        const name = `${at.home} ${entry.id}`;
        const item = this.#items.get(name) ?? madeItem(entry, at.level);
        this.#now.set(name, item);
        tellRow(item.button, entry, at.looks, at.here);
        this.ids.push(entry.id);
        const level = at.level + (entry.type === "frame" ? 1 : 0);
        if (item.list) this.#fill(item.list, entry.entries, { ...at, home: entry.id, level });
        return item.li;
      }),
    );
  }
}

/** @param {Entry} entry @param {number} level of a heading here @returns {Item} */
function madeItem({ type, id }, level) {
  const button = rowButton(id);
  if (type === "element") return { li: make("li", {}, button), button, list: null };
  const list = make("ul", { role: "list" });
  const name =
    type === "frame" && level <= DEEPEST_HEADING
      ? make(/** @type {"h3"} */ (`h${level}`), {}, button)
      : button;
  return { li: make("li", {}, name, list), button, list };
}
