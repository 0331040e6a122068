// The outline beside the board: pages, frames, groups and elements in reading order, for whoever reads or listens.

import { X } from "../../npm/lucide.js";
import { intersects } from "../core/geometry.js";
import { t } from "../core/translate.js";
import { ONE_PAGE, outlineOfBoard } from "../editor/outline.js";
import { Sheet } from "../elements/sheet.js";
import { icon, make } from "./dom.js";
import { pageRow } from "./outline-item.js";
import { OutlineRows } from "./outline-rows.js";
import { OutlineTree } from "./outline-tree.js";
import { Calm, lineAfter, toggled } from "./outline-ways.js";

/**
 * @typedef {import("../editor/outline.js").Entry} Entry
 * @typedef {import("../editor/outline.js").OutlinedPage} OutlinedPage
 */

/** Up to so many lines all of them are on the page, so that a reader's own list of what is there is whole. */
const WHOLE_MAX = 2000;

/**
 * @typedef {object} Host
 * @property {import("../editor.js").Editor} editor
 * @property {import("./outline-names.js").OutlineNames} names of those who drew
 * @property {() => void} closed
 */

export class OutlinePanel {
  #place = make("div", { class: "outline-lines" });
  #tree = new OutlineTree(this.#place);
  #rows = new OutlineRows(this.#place);
  /** @type {OutlineTree | OutlineRows} */
  #shape = this.#tree;
  /** @type {OutlinedPage[]} */
  #pages = [];
  /** By id. @type {Map<string, {entry: Entry, page: string}>} */
  #entries = new Map();
  /** Pages that have been opened beside the one in sight. @type {Set<string>} */
  #open = new Set();
  /** The line that Tab leads to. */
  #focused = "";
  #calm = new Calm(
    () => this.refresh(),
    () => this.host.editor.busy,
  );
  /** @type {(() => void)[]} */
  #stops = [];

  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    const close = make(
      "button",
      { type: "button", class: "icon-button", "aria-label": t("Close") },
      icon(X),
    );
    this.root = make(
      "section",
      { id: "outline", class: "beside chrome", "aria-labelledby": "outline-title" },
      make("header", {}, make("span", { id: "outline-title" }, t("Outline")), close),
      make("p", { class: "muted outline-note", id: "outline-keys" }, hint()),
      this.#place,
    );
    close.addEventListener("click", () => this.close());
    this.#place.setAttribute("aria-describedby", "outline-keys");
    this.#place.addEventListener("click", (event) => this.#clicked(event));
    this.#place.addEventListener("focusin", (event) => this.#focusCame(event));
    this.root.addEventListener("keydown", (event) => this.#key(event));
    host.names.onArrival(() => this.isOpen && this.#calm.soon());
  }

  get isOpen() {
    return this.root.isConnected;
  }

  open() {
    const { editor } = this.host;
    document.querySelector("header.top")?.after(this.root);
    document.documentElement.toggleAttribute("data-outline", true);
    this.#stops = [
      editor.subscribe(({ type }) => {
        if (type === "selection") this.#selected();
        if (type === "document" || type === "busy" || type === "selection") this.#calm.soon();
      }),
      editor.camera.subscribe(() => this.#calm.soon()),
      ...(this.#sheet ? [this.#sheet.document.subscribe(() => this.#calm.soon())] : []),
    ];
    this.refresh();
    this.#selected();
    this.#focusLine(this.#focused);
  }

  close() {
    for (const stop of this.#stops.splice(0)) stop();
    this.#calm.stop();
    this.root.remove();
    document.documentElement.toggleAttribute("data-outline", false);
    this.host.closed();
  }

  get #sheet() {
    const { document: shown } = this.host.editor;
    return shown instanceof Sheet ? shown : null;
  }

  // -- following the board ---------------------------------------------------------------------------

  refresh() {
    const { editor } = this.host;
    const sheet = this.#sheet;
    const had = this.#focusedRow();
    const places = this.#shape.ids;
    this.#pages = outlineOfBoard({
      everything: (sheet?.document ?? editor.document).entries(),
      shown: editor.document.entries(),
      pages: sheet?.pages() ?? ONE_PAGE,
      pageOf: (element) => sheet?.pageOf(element) ?? this.#current,
      current: this.#current,
      open: this.#open,
    });
    this.#learn();
    if (!this.#isLine(this.#focused)) this.#focused = this.#nearest(places);
    this.#paint();
    // What has been moved, or has gone, has lost it.
    if (had !== null && this.#focusedRow() === null) this.#focusLine(this.#focused);
  }

  get #current() {
    return this.#sheet?.page ?? ONE_PAGE[0]?.[0] ?? "";
  }

  #learn() {
    this.#entries.clear();
    /** @param {readonly Entry[]} entries @param {string} page */
    const learn = (entries, page) => {
      for (const entry of entries) {
        this.#entries.set(entry.id, { entry, page });
        learn(entry.entries, page);
      }
    };
    for (const { id, entries } of this.#pages) learn(entries ?? [], id);
    const shape = this.#entries.size > WHOLE_MAX ? this.#rows : this.#tree;
    if (shape !== this.#shape) this.#place.replaceChildren();
    this.#shape = shape;
  }

  #paint() {
    const { editor, names } = this.host;
    this.#shape.show(this.#pages, this.#current, {
      selection: editor.selection,
      view: editor.camera.viewBounds(),
      authorOf: (element) => names.of(element),
      focused: this.#focused,
    });
  }

  /** @param {string} id */
  #isLine(id) {
    return this.#entries.has(id) || this.#pages.some((page) => pageRow(page.id) === id);
  }

  /** What stands where a line has gone. @param {readonly string[]} before */
  #nearest(before) {
    const index = before.indexOf(this.#focused);
    const left = before.slice(Math.max(0, index)).find((id) => this.#isLine(id));
    return left ?? pageRow(this.#current);
  }

  // -- selection and focus ---------------------------------------------------------------------------

  /** What is selected on the board is what is scrolled to here. */
  #selected() {
    const [key] = this.host.editor.selection;
    if (key === undefined || this.#focusedRow() !== null) return;
    if (!this.#entries.has(key)) return;
    this.#focused = key;
    this.#paint();
    this.#shape.reach(key)?.scrollIntoView({ block: "nearest" });
  }

  #focusedRow() {
    const { activeElement } = document;
    return this.#place.contains(activeElement)
      ? (activeElement?.getAttribute("data-row") ?? null)
      : null;
  }

  /** @param {string} id */
  #focusLine(id) {
    const was = this.#focused;
    this.#focused = id;
    if (was !== id) this.#paint();
    this.#shape.reach(id)?.focus();
  }

  /** Whoever reads something sees it too; what is in sight already stays where it is. @param {FocusEvent} event */
  #focusCame({ target }) {
    const id = target instanceof HTMLElement ? target.dataset.row : undefined;
    if (id === undefined) return;
    if (id !== this.#focused) {
      this.#focused = id;
      this.#paint();
    }
    const known = this.#entries.get(id);
    if (known && known.page === this.#current) this.#reveal(known.entry);
  }

  /** @param {Entry} entry */
  #reveal({ bounds }) {
    const { camera } = this.host.editor;
    if (!intersects(bounds, camera.viewBounds())) camera.reveal(bounds);
  }

  /** @param {MouseEvent} event */
  #clicked({ target, shiftKey, ctrlKey, metaKey }) {
    const button = target instanceof globalThis.Element ? target.closest("button") : null;
    const { go, row } = button?.dataset ?? {};
    if (go !== undefined) this.#turnTo(go);
    else if (row !== undefined) this.#choose(row, shiftKey || ctrlKey || metaKey);
  }

  /** @param {string} id @param {boolean} more beside what is selected */
  #choose(id, more) {
    const known = this.#entries.get(id);
    if (!known) this.#fold(id);
    else {
      const { editor } = this.host;
      if (known.page !== this.#current) this.#turnTo(known.page);
      editor.setTool("select");
      editor.select(more ? toggled(editor.selection, known.entry.keys) : known.entry.keys);
      this.#reveal(known.entry);
      this.#paint();
    }
  }

  /** @param {string} page */
  #turnTo(page) {
    this.#open.delete(page);
    this.host.editor.select([]);
    this.#sheet?.turnTo(page);
    this.refresh();
    this.#focusLine(this.#isLine(this.#focused) ? this.#focused : pageRow(page));
  }

  /** @param {string} row of a page @param {boolean} [open] */
  #fold(row, open) {
    const page = this.#pages.find(({ id }) => pageRow(id) === row);
    if (!page || page.id === this.#current) return;
    if (open ?? !this.#open.has(page.id)) this.#open.add(page.id);
    else this.#open.delete(page.id);
    this.refresh();
  }

  // -- keys ------------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.altKey) return;
    const { key, ctrlKey, metaKey, shiftKey } = event;
    const row = this.#focusedRow();
    const chord = ctrlKey || metaKey;
    if (key === "Escape") this.close();
    else if (row === null || chord) return;
    else if (key === "Enter" && !shiftKey) this.#choose(row, false);
    else if (key === "Enter" || key === " ") this.#choose(row, true);
    else if (key === "ArrowRight" || key === "ArrowLeft") this.#fold(row, key === "ArrowRight");
    else {
      const next = lineAfter(this.#shape.ids, row, key);
      if (next === null) return;
      this.#focusLine(next);
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

function hint() {
  return t("Arrow keys go through it, Enter selects, Space adds to the selection.");
}
