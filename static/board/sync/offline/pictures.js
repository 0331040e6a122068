// Pictures that aren't on the board yet: their bytes are kept on this device until the server has them (F8).

import { openDB } from "../../../npm/idb.js";

/**
 * @typedef {import("../../core/fold.js").Element} Element
 * @typedef {import("./database.js").Database} Database
 */

/**
 * A picture on its way, without its bytes. Whose it is and which page of the browser sends it stands beside it.
 * @typedef {object} PictureRow
 * @property {string} key of the element that it becomes
 * @property {string} board
 * @property {number} person
 * @property {string} tab the open page that sends it
 * @property {number} order
 * @property {string} batch those that came together
 * @property {string} name
 * @property {string | undefined} page of the board
 * @property {string | null} [replaces] the picture on the board whose place it takes
 * @property {{x: number, y: number, w: number, h: number}} cell
 * @property {number} zoom it was brought at
 * @property {number} size in bytes
 * @property {{width: number, height: number} | null} read as large it is, once its bytes are those to be sent
 * @property {string | null} why the server said no to it
 * @property {{id: string, element: Element} | null} put the transaction that puts it on the board, without a receipt yet
 */

/** What is known where it is brought. @typedef {Omit<PictureRow, "board" | "person" | "tab">} Kept */
/** `full`: too much waits; `failed`: nothing can be kept here. @typedef {"kept" | "full" | "failed"} Keeping */

/** Of all boards together. Browsers give a site a part of a disk that may be a small phone's, and strokes need room too. */
export const WAITING_BYTES = 256 * 2 ** 20;

/** The bytes stand apart: whoever counts or changes rows doesn't move them. @param {string} home the address of the list of boards */
export function openPictures(home) {
  return openDB(`whiteboard pictures ${home}`, 1, {
    upgrade(database) {
      database
        .createObjectStore("pictures", { keyPath: "key" })
        .createIndex("whose", ["board", "person"]);
      database.createObjectStore("bytes");
    },
    blocking: (_, __, { target }) => {
      // Another version, or its deletion, must not wait for this page.
      if (target instanceof IDBDatabase) target.close();
    },
  });
}

export class PictureStore {
  /** @type {Promise<Database> | null} */
  #database = null;
  #options;

  /** @param {{open: () => Promise<Database>, board: string, person: number, tab: string, most?: number}} options */
  constructor(options) {
    this.#options = options;
  }

  /** Comes back once the disk has it, or can't. @param {Kept} row @param {Blob} bytes @returns {Promise<Keeping>} */
  async keep(row, bytes) {
    const { board, person, tab, most = WAITING_BYTES } = this.#options;
    try {
      const transaction = await this.#both("strict");
      const rows = transaction.objectStore("pictures");
      /** @type {PictureRow[]} */
      const others = await rows.getAll();
      const size = others.reduce((sum, one) => sum + (one.key === row.key ? 0 : one.size), 0);
      if (size + bytes.size > most) return "full";
      rows.put({ ...row, size: bytes.size, board, person, tab });
      transaction.objectStore("bytes").put(bytes, row.key);
      await transaction.done;
      return "kept";
    } catch {
      // Whoever brought it is told; the next one opens the database anew.
      this.#database = null;
      return "failed";
    }
  }

  /** Of one that is kept. @param {string} key @param {Partial<Kept>} change */
  async change(key, change) {
    try {
      const transaction = await this.#both("strict");
      const rows = transaction.objectStore("pictures");
      const row = await rows.get(key);
      if (row) rows.put({ ...row, ...change });
      await transaction.done;
    } catch {
      // It is sent from its beginning, then, and the server knows what it has.
      this.#database = null;
    }
  }

  /** @param {string} key of what is on the board, or given up */
  async drop(key) {
    try {
      const transaction = await this.#both("relaxed");
      transaction.objectStore("pictures").delete(key);
      transaction.objectStore("bytes").delete(key);
      await transaction.done;
    } catch {
      // It is sent once more by a later page, and the server knows it.
      this.#database = null;
    }
  }

  /** Pages of this browser that have left, or are still sending, pictures of this person for this board. */
  async tabs() {
    const database = await this.#opened();
    return new Set((await this.#own(database.transaction("pictures"))).map(({ tab }) => tab));
  }

  /** Takes over what a page left that is gone. @param {string} gone @returns {Promise<{row: PictureRow, bytes: Blob}[]>} in their order */
  async adopt(gone) {
    const { tab } = this.#options;
    const transaction = await this.#both("strict");
    const own = await this.#own(transaction);
    const left = own.filter((row) => row.tab === gone);
    /** @type {{row: PictureRow, bytes: Blob}[]} */
    const found = [];
    for (const row of left.toSorted((a, b) => a.order - b.order)) {
      const bytes = await transaction.objectStore("bytes").get(row.key);
      if (!(bytes instanceof Blob)) continue;
      transaction.objectStore("pictures").put({ ...row, tab });
      found.push({ row, bytes });
    }
    await transaction.done;
    return found;
  }

  /** @param {import("../../../npm/idb.js").IDBPTransaction<any, any, any>} transaction @returns {Promise<PictureRow[]>} */
  #own(transaction) {
    const { board, person } = this.#options;
    return transaction.objectStore("pictures").index("whose").getAll([board, person]);
  }

  /** @param {"strict" | "relaxed"} durability */
  async #both(durability) {
    const database = await this.#opened();
    return database.transaction(["pictures", "bytes"], "readwrite", { durability });
  }

  #opened() {
    this.#database ??= this.#options.open().catch((error) => {
      this.#database = null;
      throw error;
    });
    return this.#database;
  }
}
