// The pictures in the panel of pages: painted one after the other while nothing else happens, and again once a page has
// changed and come to rest.

import { onPictures } from "../elements/later.js";
import { paintPage } from "../view/page-thumbnail.js";
import { make } from "./dom.js";
import { onThemeChange, shownTheme } from "./theme.js";

const WIDTH = 176;
const HEIGHT = 110;
const REST_MS = 900;

export class PagePictures {
  /** @type {Map<string, HTMLCanvasElement>} */
  #canvases = new Map();
  /** Those that show what has been. @type {Set<string>} */
  #due = new Set();
  /** Pictures on pages, by their assets, that were papers when a page was last painted. @type {Set<string>} */
  #arrived = new Set();
  #painting = false;
  #timer = 0;

  /** @param {import("./pages.js").Parts} parts @param {() => boolean} wanted whether anybody sees them */
  constructor({ editor, papers, layer }, wanted) {
    this.editor = editor;
    this.papers = papers;
    this.wanted = wanted;
    this.sheet = /** @type {import("../elements/sheet.js").Sheet} */ (editor.document);
    const { document } = this.sheet;
    this.document = document;
    document.subscribe(({ keys }) => this.#changed(keys));
    onThemeChange(() => this.#changed(null));
    onPictures((assets) => this.#seePictures(assets));
    layer.renderer.camera.subscribe(() => this.#due.size > 0 && this.#soon());
  }

  /** @param {string} page */
  of(page) {
    let canvas = this.#canvases.get(page);
    if (!canvas) {
      const ratio = this.#ratio;
      canvas = make("canvas", { "aria-hidden": "true" });
      canvas.width = Math.round(WIDTH * ratio);
      canvas.height = Math.round(HEIGHT * ratio);
      this.#canvases.set(page, canvas);
      this.#due.add(page);
    }
    if (this.#due.size + this.#arrived.size > 0) this.#soon(0);
    return canvas;
  }

  get #ratio() {
    return Math.min(2, devicePixelRatio || 1);
  }

  /** @param {ReadonlySet<string> | null} keys */
  #changed(keys) {
    for (const page of keys === null ? this.#canvases.keys() : this.#pagesOf(keys))
      this.#due.add(page);
    if (this.wanted()) this.#soon();
  }

  /** What has gone was on the page in sight, or who knows where. @param {ReadonlySet<string>} keys @returns {Set<string>} */
  #pagesOf(keys) {
    const pages = new Set();
    for (const key of keys) {
      const element = this.document.get(key);
      if (!element) return new Set(this.#canvases.keys());
      // What was on a page that has gone is on another one now.
      if (element.kind === "page") return new Set(this.#canvases.keys());
      pages.add(this.sheet.pageOf(element));
    }
    return pages;
  }

  /** They come one after the other, and are painted together. @param {ReadonlySet<string>} assets */
  #seePictures(assets) {
    const waits = this.#arrived.size > 0;
    for (const asset of assets) this.#arrived.add(asset);
    // However many are to come, those that are there aren't put off.
    if (this.wanted() && !waits) this.#soon();
  }

  #findArrived() {
    if (this.#arrived.size === 0) return;
    for (const [, element] of this.document.entries())
      if (this.#arrived.has(String(element.asset))) this.#due.add(this.sheet.pageOf(element));
    this.#arrived.clear();
  }

  /** @param {number} [wait] */
  #soon(wait = REST_MS) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#paint(), wait);
  }

  /** Nobody who draws waits for it. */
  async #paint() {
    if (this.#painting || !this.wanted()) return;
    this.#painting = true;
    this.#findArrived();
    try {
      // Pictures that are asked for last are fetched first: they are to be those at the top.
      for (const page of [...this.#due].reverse()) {
        if (!this.wanted() || this.editor.busy) break;
        await this.#paintOne(page);
      }
    } finally {
      this.#painting = false;
    }
    if (this.#due.size + this.#arrived.size > 0 && this.wanted()) this.#soon();
  }

  /** @param {string} page */
  async #paintOne(page) {
    const canvas = this.#canvases.get(page);
    this.#due.delete(page);
    if (!canvas?.isConnected) {
      this.#canvases.delete(page);
      return;
    }
    const done = await paintPage(canvas, {
      document: this.document,
      page,
      theme: shownTheme(),
      paper: this.papers?.current() ?? "blank",
      ratio: this.#ratio,
      over: () => this.editor.busy || !this.wanted(),
    });
    if (!done) this.#due.add(page);
    await new Promise((resolve) => setTimeout(resolve));
  }
}
