// Elements as they are gathered from a file, in the order of painting, with a count of what had to be left. Pure.

import { t } from "../core/translate.js";
import { cleanText } from "../editor/clipboard-copies.js";
import { ReadError } from "./format.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("./format.js").Taken} Taken
 * @typedef {import("./format.js").TakenPage} TakenPage
 */

/** More at once would stop page, network and everybody's picture for seconds. */
export const ELEMENTS_MAX = 20_000;
const TEXT_LENGTH = 10_000;
/** Whoever puts them on a board gives them places in its order. */
const ANY_ORDER = "a0";

export class Gathering {
  /** @type {TakenPage[]} */
  #pages = [];
  /** @type {Map<string, number>} */
  #left = new Map();
  #count = 0;
  /** @type {Map<string, Blob>} */
  assets = new Map();

  /** What is put from here on is on a new page. @param {{key?: string, name?: string, w?: number, h?: number}} [page] */
  turn(page = {}) {
    this.#pages.push({ ...page, elements: [] });
  }

  /** Properties that are undefined or null are left out. @param {string} key that others may name @param {Readonly<Record<string, unknown>>} props */
  put(key, props) {
    if (this.#pages.length === 0) this.turn();
    if (++this.#count > ELEMENTS_MAX)
      throw new ReadError(
        t("There is too much in this file. Up to {most} elements can be taken at once.", {
          most: ELEMENTS_MAX.toLocaleString(),
        }),
      );
    const known = Object.entries(props).filter(
      ([, value]) => value !== undefined && value !== null,
    );
    const element = /** @type {Element} */ ({ z: ANY_ORDER, ...Object.fromEntries(known) });
    this.#pages.at(-1)?.elements.push([key, element]);
  }

  /** @param {string} what as a person calls it @param {number} [count] */
  leave(what, count = 1) {
    if (count > 0) this.#left.set(what, (this.#left.get(what) ?? 0) + count);
  }

  /** As an element may have it; what is longer is cut. @param {string} text */
  text(text) {
    const clean = cleanText(text.slice(0, 4 * TEXT_LENGTH));
    const signs = [...clean];
    if (signs.length <= TEXT_LENGTH) return clean;
    this.leave(t("Ends of long texts"));
    return signs.slice(0, TEXT_LENGTH).join("");
  }

  /** @returns {Taken} */
  taken() {
    const left = [...this.#left].map(([what, count]) => ({ what, count }));
    return {
      pages: this.#pages.filter(({ elements }) => elements.length > 0),
      assets: this.assets,
      left,
    };
  }
}
