// The pictures of a page as large as they are drawn in a PNG: those that the board is shown with may be smaller.

import { t } from "../core/translate.js";
import { wholeSide } from "../elements/image.js";
import { load, SIDES } from "../elements/pictures.js";

/**
 * @typedef {import("../elements/pictures.js").Bitmap} Bitmap
 * @typedef {import("./format.js").Wanted} Wanted
 * @typedef {import("./page-writing.js").Page} Page
 */

/** A browser has six connections to a server, and the board needs some of them. */
const AT_ONCE = 4;
const ORIGINAL = SIDES.at(-1);

export class BitmapsOfPage {
  /** @type {Map<string, Bitmap>} */
  #bitmaps = new Map();

  /** @param {Pick<Wanted, "assets" | "signal" | "lost">} wanted */
  constructor({ assets, signal, lost }) {
    this.address = assets.replace(/\/*$/, "");
    this.signal = signal;
    this.lost = lost;
  }

  /** @param {Page["entries"]} entries @param {number} scale */
  async fetch(entries, scale) {
    const left = [...sidesOf(entries, scale)];
    const some = Array.from({ length: AT_ONCE }, async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        this.signal?.throwIfAborted();
        await this.#fetch(...next);
      }
    });
    await Promise.all(some);
  }

  /** @param {string} asset @param {number} pixels */
  async #fetch(asset, pixels) {
    const side = SIDES.find((each) => pixels <= each) ?? ORIGINAL;
    const query = side === ORIGINAL ? "" : `?side=${side}`;
    try {
      const bitmap = await load(`${this.address}/${encodeURIComponent(asset)}${query}`, pixels);
      this.#bitmaps.set(asset, bitmap);
    } catch {
      this.lost?.(t("A picture that can't be reached"));
    }
  }

  /** @param {string} asset */
  at(asset) {
    return this.#bitmaps.get(asset) ?? "failed";
  }

  close() {
    for (const bitmap of this.#bitmaps.values()) bitmap.close?.();
  }
}

/** How many pixels the longer side of each picture takes, where it is drawn largest. @param {Page["entries"]} entries @param {number} scale */
function sidesOf(entries, scale) {
  /** @type {Map<string, number>} */
  const sides = new Map();
  for (const [, element] of entries) {
    const { kind, asset } = element;
    if (kind !== "image" || typeof asset !== "string") continue;
    const pixels = Math.max(1, Math.ceil(wholeSide(element) * scale));
    sides.set(asset, Math.max(pixels, sides.get(asset) ?? 0));
  }
  return sides;
}
