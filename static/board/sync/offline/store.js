// The rows of one person's own work on one board: what waits for an answer, and what was refused.
// Comments are kept by the same rules, in a store of their own.

/**
 * @typedef {import("./database.js").Database} Database
 * @typedef {import("./database.js").OwnRow} OwnRow
 * @typedef {import("./database.js").WaitingRow} WaitingRow
 * @typedef {import("./database.js").RefusedRow} RefusedRow
 * @typedef {import("../timers.js").Clock} Clock
 */

/** What is to be done to a row. @typedef {{store: "waiting" | "refused", id: string, row: OwnRow | RefusedRow | null}} Deed */

/** A full disk may have room again. */
const RETRY_MS = 5000;
/** Refused transactions of one person on one board; beyond them the oldest are forgotten. */
export const REFUSED_MOST = 500;

/** @template {OwnRow} [Row=WaitingRow] */
export class WorkStore {
  /** Whether the last try to keep something failed: no room, or not allowed. */
  fails = false;
  /** What is to be done, the last word on each row. @type {Map<string, Deed>} */
  #due = new Map();
  /** Waiting transactions that are on the disk. @type {Set<string>} */
  #kept = new Set();
  /** @type {Promise<void> | null} */
  #writing = null;
  /** @type {Promise<Database> | null} */
  #database = null;
  #options;

  /** @param {{open: () => Promise<Database>, board: string, person: number, tab: string, clock: Clock, changed: () => void}} options changed: something was kept, or could not be */
  constructor(options) {
    this.#options = options;
  }

  /** @param {string} id */
  keeps(id) {
    return this.#kept.has(id);
  }

  /** Once all that was asked for is on the disk, or has failed. */
  async written() {
    while (this.#writing) await this.#writing;
  }

  /** @param {readonly (Omit<Row, "board" | "person" | "tab"> & {id: string, order: number})[]} rows */
  keep(rows) {
    const { board, person, tab } = this.#options;
    for (const row of rows)
      this.#ask({ store: "waiting", id: row.id, row: { ...row, board, person, tab } });
  }

  /** @param {string} id of what was answered */
  drop(id) {
    this.#ask({ store: "waiting", id, row: null });
  }

  /** @param {Omit<RefusedRow, "board" | "person" | "tab">} row */
  refuse(row) {
    const { board, person, tab } = this.#options;
    this.drop(row.id);
    this.#ask({ store: "refused", id: row.id, row: { ...row, board, person, tab } });
  }

  /** Its person knows of them, by a file or by a word: the next visit needs none. @param {readonly RefusedRow[]} rows */
  tellNoMore(rows) {
    for (const row of rows)
      this.#ask({ store: "refused", id: row.id, row: { ...row, told: true } });
  }

  /** @param {"waiting" | "refused"} store @param {string} id */
  forget(store, id) {
    this.#ask({ store, id, row: null });
  }

  /** In their order. @returns {Promise<Row[]>} */
  async waiting() {
    const rows = /** @type {Row[]} */ (await this.#rows("waiting"));
    for (const { id, tab } of rows) if (tab === this.#options.tab) this.#kept.add(id);
    return rows;
  }

  /** The newest of them, in their order. @returns {Promise<RefusedRow[]>} */
  async refused() {
    const rows = /** @type {RefusedRow[]} */ (await this.#rows("refused"));
    for (const { id } of rows.slice(0, -REFUSED_MOST)) this.forget("refused", id);
    return rows.slice(-REFUSED_MOST);
  }

  /** Takes over what a page left that is gone. @param {string} gone @returns {Promise<Row[]>} in their order */
  async adopt(gone) {
    const { tab } = this.#options;
    const database = await this.#opened();
    const transaction = database.transaction("waiting", "readwrite");
    /** @type {Row[]} */
    const rows = await transaction.store.index("whose").getAll(this.#whose());
    const left = inOrder(rows).filter((row) => row.tab === gone);
    for (const row of left) transaction.store.put({ ...row, tab });
    await transaction.done;
    for (const { id } of left) this.#kept.add(id);
    return left;
  }

  close() {
    this.#due.clear();
    this.#database?.then((database) => database.close()).catch(() => {});
  }

  /** @param {"waiting" | "refused"} store @returns {Promise<OwnRow[]>} */
  async #rows(store) {
    await this.written();
    const database = await this.#opened();
    return inOrder(await database.getAllFromIndex(store, "whose", this.#whose()));
  }

  #whose() {
    return [this.#options.board, this.#options.person];
  }

  #opened() {
    this.#database ??= this.#options.open().catch((error) => {
      this.#database = null;
      throw error;
    });
    return this.#database;
  }

  /** @param {Deed} deed */
  #ask(deed) {
    this.#due.set(`${deed.store} ${deed.id}`, deed);
    this.#writing ??= this.#write();
  }

  /** What comes while one transaction runs goes into the next. */
  async #write() {
    // All that is proposed in one turn is one transaction.
    await undefined;
    while (this.#due.size > 0) {
      const deeds = [...this.#due.values()];
      this.#due.clear();
      try {
        await this.#perform(deeds);
        this.fails = false;
      } catch {
        this.#again(deeds);
        break;
      } finally {
        this.#options.changed();
      }
    }
    this.#writing = null;
  }

  /** @param {readonly Deed[]} deeds */
  async #perform(deeds) {
    const database = await this.#opened();
    // The disk has it before we believe so: a machine may lose power in the next moment. That something is gone may be
    // forgotten again: it is then sent once more, and the server knows it (R2).
    const strict = deeds.some(({ row }) => row !== null);
    const options = /** @type {const} */ ({ durability: strict ? "strict" : "relaxed" });
    const transaction = database.transaction(["waiting", "refused"], "readwrite", options);
    for (const { store, id, row } of deeds) {
      const rows = transaction.objectStore(store);
      if (row) rows.put(row);
      else rows.delete(id);
    }
    await transaction.done;
    for (const { store, id, row } of deeds) {
      if (store !== "waiting") continue;
      if (row) this.#kept.add(id);
      else this.#kept.delete(id);
    }
  }

  /** @param {readonly Deed[]} deeds that could not be done */
  #again(deeds) {
    this.fails = true;
    this.#database = null;
    for (const deed of deeds) {
      const name = `${deed.store} ${deed.id}`;
      if (!this.#due.has(name)) this.#due.set(name, deed);
    }
    this.#options.clock.setTimeout(() => {
      if (this.#due.size > 0) this.#writing ??= this.#write();
    }, RETRY_MS);
  }
}

/** @template {OwnRow} Row @param {readonly Row[]} rows */
function inOrder(rows) {
  return rows.toSorted((a, b) => a.order - b.order);
}
