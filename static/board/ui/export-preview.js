// A small picture of what will be in the file, and how large it will be, in words.

import { t, tn } from "../core/translate.js";
import { pngSize, writePng } from "../exchange/png-writing.js";
import { make } from "./dom.js";
import { countsOf, sheetOf } from "./export-choices.js";

/**
 * @typedef {import("../exchange/format.js").Wanted} Wanted
 * @typedef {import("./export-choices.js").FormatId} FormatId
 */

/** Pixels of its longer side. */
const SIDE = 640;
const SCALE_MAX = 2;

export class Preview {
  #picture = make("img", { alt: t("Preview"), hidden: true });
  #words = make("figcaption", { class: "muted" });
  #asked = new AbortController();

  constructor() {
    this.frame = make("div", { class: "export-preview" }, this.#picture);
    this.figure = make("figure", { class: "export-figure" }, this.frame, this.#words);
  }

  close() {
    this.#asked.abort();
    URL.revokeObjectURL(this.#picture.src);
  }

  /** @param {readonly Wanted[]} files @param {FormatId} format */
  async show(files, format) {
    this.#asked.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    this.#words.textContent = wordsFor(files, format);
    const [wanted] = files;
    if (!wanted) return;
    this.frame.dataset.transparent = String(wanted.transparent && format !== "board");
    try {
      const picture = await writePng({ ...ofFirstPage(wanted), scale: scaleFor(wanted), signal });
      if (!signal.aborted) this.#put(picture);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** @param {Blob} picture */
  #put(picture) {
    URL.revokeObjectURL(this.#picture.src);
    this.#picture.src = URL.createObjectURL(picture);
    this.#picture.hidden = false;
  }
}

/** @param {Wanted} wanted @returns {Wanted} */
function ofFirstPage(wanted) {
  const { page } = sheetOf(wanted.editor);
  return { ...wanted, pages: [wanted.pages.includes(page) ? page : (wanted.pages[0] ?? page)] };
}

/** @param {Wanted} wanted */
function scaleFor(wanted) {
  const { width, height } = pngSize({ ...ofFirstPage(wanted), scale: 1 });
  return Math.min(SCALE_MAX, SIDE / Math.max(width, height));
}

/** @param {readonly Wanted[]} files @param {FormatId} format */
function wordsFor(files, format) {
  const { elements, pages } = countsOf(files);
  if (format === "board")
    return `${tn("{count} element", "{count} elements", elements)}. ${t("Everything stays editable.")}`;
  if (format === "pdf")
    return `${tn("{count} page", "{count} pages", pages)}. ${t("Lines and text stay sharp.")}`;
  const several =
    files.length > 1
      ? `${tn("{count} picture, one a page, in a ZIP file", "{count} pictures, one a page, in a ZIP file", files.length)}. `
      : "";
  if (format === "svg") return several + t("Lines and text stay sharp.");
  return several || pixels(files[0]);
}

/** @param {Wanted | undefined} wanted */
function pixels(wanted) {
  if (!wanted) return "";
  const { width, height, smaller } = pngSize(wanted);
  const words = t("{width} × {height} pixels", { width, height });
  return smaller ? `${words}. ${t("More aren't possible, so it comes out smaller.")}` : words;
}
