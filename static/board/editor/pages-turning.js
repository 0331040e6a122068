// Turning pages: each has its own view, which is there again when one comes back.

import { isSet, numberOf } from "../elements/kind.js";
import { neighbourOf, pageOfChanges, pagesOf, sheetOf } from "./pages.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {{x: number, y: number, zoom: number}} Look the middle of the view
 */

/** Around a sheet of a given size; bars cover the rest. */
const PADDING = { top: 72, bottom: 124, side: 32 };

export class PageTurner {
  /** By page. @type {Map<string, Look>} */
  looks = new Map();
  /** Hears of a page that has gone while it was in sight. @type {(() => void) | null} */
  onGone = null;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** As they last were. */
  #pages;
  /** Also those that aren't listed. */
  #known;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.sheet = sheetOf(editor);
    this.#pages = pagesOf(this.sheet);
    this.#known = keysOf(this.sheet);
    this.sheet.document.subscribe(({ keys }) => {
      if (keys === null || this.#concerns(keys)) this.#pagesChanged();
    });
    this.#leaveDeadPage(false);
  }

  /** @returns {readonly import("./pages.js").Page[]} */
  get pages() {
    return this.#pages;
  }

  /** Hears of pages that are turned, and of changes to their list. @param {() => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Where the page in sight stands among them, from 0. */
  get place() {
    return this.#pages.findIndex(({ key }) => key === this.sheet.page);
  }

  /** @param {string} page @param {boolean} [keepsView] whoever is brought there gets a view of their own */
  turnTo(page, keepsView = false) {
    const { sheet, editor } = this;
    if (page === sheet.page || !this.exists(page)) return;
    editor.pointerCancel();
    editor.write(null);
    this.keepLook();
    sheet.turnTo(page);
    if (!keepsView) this.#look(page);
    this.#tell();
  }

  /** @param {1 | -1} step */
  turnBy(step) {
    const next = this.#pages[this.place + step];
    if (next) this.turnTo(next.key);
  }

  /** Also one that isn't listed. @param {string} page */
  exists(page) {
    return this.sheet.pages().some(([key]) => key === page);
  }

  /** As it is now. */
  keepLook() {
    const { middle, zoom } = this.editor.camera;
    this.looks.set(this.sheet.page, { ...middle, zoom });
  }

  /** @param {string} page */
  #look(page) {
    const { camera, spatial } = this.editor;
    const known = this.looks.get(page);
    const bounds = this.boundsOfSheet() ?? spatial.all();
    if (known) camera.lookAt(known, known.zoom);
    else if (bounds) camera.fit(bounds, PADDING);
    else camera.lookAt({ x: 0, y: 0 }, 1);
  }

  /** The edge of the page in sight, if it is a sheet of a given size. @returns {import("../core/geometry.js").Bounds | null} */
  boundsOfSheet() {
    const element = this.sheet.written(this.sheet.page);
    const [w, h] = element ? [numberOf(element, "w", 0), numberOf(element, "h", 0)] : [0, 0];
    return w > 0 && h > 0 ? { minX: 0, minY: 0, maxX: w, maxY: h } : null;
  }

  /** What is undone is seen. @param {readonly import("../core/fold.js").Change[]} changes about to be made @param {() => void} make */
  along(changes, make) {
    const page = pageOfChanges(this.sheet, changes);
    make();
    if (page !== null) this.turnTo(page);
  }

  /** @param {ReadonlySet<string>} keys */
  #concerns(keys) {
    for (const key of keys)
      if (this.#known.has(key) || this.sheet.written(key)?.kind === "page") return true;
    return false;
  }

  #pagesChanged() {
    const before = this.#pages;
    this.#pages = pagesOf(this.sheet);
    this.#known = keysOf(this.sheet);
    // Whoever hears of the same change after this page is still to hear of it on the page that goes.
    queueMicrotask(() => this.#leaveDeadPage(true, before));
    this.#tell();
  }

  /** @param {boolean} tells @param {readonly import("./pages.js").Page[]} before */
  #leaveDeadPage(tells, before = this.#pages) {
    const { page } = this.sheet;
    const element = this.sheet.pages().find(([key]) => key === page)?.[1];
    const wasListed = before.some(({ key }) => key === page);
    if (element && !(isSet(element, "hidden") && wasListed)) return;
    // Before the board is read, nobody knows which pages there are.
    if (this.sheet.document.epoch === null) return;
    this.turnTo(neighbourOf(before, this.#pages, page));
    if (tells && wasListed) this.onGone?.();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}

/** @param {import("../elements/sheet.js").Sheet} sheet */
function keysOf(sheet) {
  return new Set(sheet.pages().map(([key]) => key));
}
