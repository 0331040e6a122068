// Pictures on their way outlive the page: kept on this device before anything else, taken over from pages that are gone.

import { openPictures, PictureStore } from "../sync/offline/pictures.js";
import { pageHere } from "./offline.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../editor/bringing.js").Guest} Guest
 * @typedef {import("../editor/bringing.js").Keeping} Keeping
 * @typedef {import("../sync/offline/pictures.js").PictureRow} PictureRow
 */

/** However the page keeps what waits: a picture that somebody brings doesn't wait longer for it. */
const PATIENCE_MS = 3000;

export class WaitingPictures {
  #store;
  #order = 0;

  /** @param {{home: string, board: string, person: {id: number}}} whose */
  constructor({ home, board, person }) {
    const open = () => openPictures(home);
    this.#store = pageHere.then(
      ({ tab }) => new PictureStore({ open, board, person: person.id, tab }),
    );
  }

  /** @param {Guest} guest @returns {Promise<Keeping>} */
  async keep({ key, batch, name, page, replaces, cell, zoom, read, file }) {
    this.#order = Math.max(this.#order + 1, Date.now());
    const size = read && { width: read.width, height: read.height };
    const row = {
      ...{ key, batch, name, page, replaces, cell, zoom },
      ...{ order: this.#order, size: file.size, read: size, why: null, put: null },
    };
    const store = await soon(this.#store);
    return store ? store.keep(row, file) : "failed";
  }

  /** @param {{key: string}} guest @param {string | null} why the server said no to it */
  async mark({ key }, why) {
    (await soon(this.#store))?.change(key, { why, put: null });
  }

  /** @param {string} key @param {{id: string, element: Element}} put the transaction that puts it on the board */
  async isPut(key, put) {
    (await soon(this.#store))?.change(key, { put });
  }

  /** @param {string} key */
  async drop(key) {
    (await soon(this.#store))?.drop(key);
  }

  /** Goes on with what pages left that are gone, now and whenever one goes. @param {(found: {row: PictureRow, bytes: Blob}[]) => void} goOn */
  async adopt(goOn) {
    const { waiting } = await pageHere;
    const store = await this.#store;
    const take = async (/** @type {string} */ tab) => {
      const found = await store.adopt(tab);
      if (found.length > 0) goOn(found);
    };
    waiting.inheritedBy((tab) => void take(tab));
    for (const tab of await store.tabs()) waiting.watch(tab);
  }
}

/** @template T @param {Promise<T>} what @returns {Promise<T | null>} */
function soon(what) {
  return Promise.race([
    what,
    /** @type {Promise<null>} */ (
      new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS))
    ),
  ]);
}
