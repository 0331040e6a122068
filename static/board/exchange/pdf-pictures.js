// The pictures of a PDF: the stored ones, pages of PDFs that were brought in, and pictures of what no font can write.

import { asPng } from "./assets-writing.js";
import { imageRef } from "./pdf-images.js";
import { sizeOf } from "./recording.js";

/**
 * @typedef {import("../../npm/pdf-lib.js").PDFDocument} PDFDocument
 * @typedef {import("../../npm/pdf-lib.js").PDFPage} PDFPage
 * @typedef {import("../../npm/pdf-lib.js").PDFRef} PDFRef
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("./assets-writing.js").Asset} Asset
 * @typedef {import("./assets-writing.js").Assets} Assets
 * @typedef {import("./recording.js").Picture} Picture
 * @typedef {typeof import("../../npm/pdf-lib.js")} PdfLib
 */

export class Pictures {
  /** By asset, and page if it has pages. @type {Map<string, Promise<PDFRef | null>>} */
  #stored = new Map();
  /** PDFs that were brought in. @type {Map<string, Promise<PDFDocument | null>>} */
  #brought = new Map();

  /** @param {PDFDocument} file @param {PdfLib} lib @param {Assets} assets @param {import("./pace.js").Pace} pace */
  constructor(file, lib, assets, pace) {
    this.file = file;
    this.lib = lib;
    this.assets = assets;
    this.pace = pace;
  }

  /** What stands for it in the file; null where there is nothing. @param {Picture} mark @param {Element} element */
  async refOf({ picture }, { asset, source }) {
    if (typeof source === "string") {
      const page = await this.#once(source, () => this.#page(source));
      if (page) return page;
    }
    if (typeof asset === "string") {
      return this.#once(asset, () => this.#asset(asset));
    }
    return this.embed(await asPng(picture, sizeOf(picture)));
  }

  /** Null where it can't be read. @param {Asset | null} asset @returns {Promise<PDFRef | null>} */
  async embed(asset) {
    if (!asset) return null;
    try {
      return await imageRef(asset, this);
    } catch {
      // A placeholder stands for what is damaged, unless somebody has stopped all of it.
      this.pace.signal?.throwIfAborted();
      return null;
    }
  }

  /** @param {string} id */
  async #asset(id) {
    return this.embed(await this.assets.asset(id));
  }

  /** As it was, not as a picture of it. @param {string} source */
  async #page(source) {
    const [id = "", number = "1"] = source.split("#");
    const brought = this.#brought.get(id) ?? this.#open(id);
    this.#brought.set(id, brought);
    try {
      const page = (await brought)?.getPage(Number(number) - 1);
      if (!page) return null;
      const { x, y, width, height } = page.getCropBox();
      const box = { left: x, bottom: y, right: x + width, top: y + height };
      const embedded = await this.file.embedPage(page, box, upright(box, page.getRotation().angle));
      return embedded.ref;
    } catch {
      return null;
    }
  }

  /** @param {string} id @returns {Promise<PDFDocument | null>} */
  async #open(id) {
    const asset = await this.assets.asset(id);
    if (asset?.media !== "application/pdf") return null;
    try {
      return await this.lib.PDFDocument.load(asset.bytes);
    } catch {
      return null;
    }
  }

  /** @param {string} name @param {() => Promise<PDFRef | null>} make */
  #once(name, make) {
    const ref = this.#stored.get(name) ?? make();
    this.#stored.set(name, ref);
    return ref;
  }
}

/**
 * From a page's box, turned as its readers see it, to the unit square.
 * @param {{left: number, bottom: number, right: number, top: number}} box @param {number} angle clockwise, of right angles
 * @returns {[number, number, number, number, number, number]}
 */
export function upright({ left, bottom, right, top }, angle) {
  const [w, h] = [right - left, top - bottom];
  switch (((Math.round(angle / 90) % 4) + 4) % 4) {
    case 1:
      return [0, -1 / w, 1 / h, 0, -bottom / h, right / w];
    case 2:
      return [-1 / w, 0, 0, -1 / h, right / w, top / h];
    case 3:
      return [0, 1 / w, -1 / h, 0, top / h, -left / w];
    default:
      return [1 / w, 0, 0, 1 / h, -left / w, -bottom / h];
  }
}
