// A copy of the board on this device, for opening it without a network: written at leisure, exact at its clock.

import { applyChange } from "../../core/fold.js";
import { SCHEMA } from "../session.js";

/**
 * @typedef {import("../../core/document.js").Document} Document
 * @typedef {import("../../core/document.js").CommittedTransaction} CommittedTransaction
 * @typedef {import("../../core/fold.js").Element} Element
 * @typedef {import("../board-document.js").BoardDocument} BoardDocument
 * @typedef {import("./database.js").CopyRow} CopyRow
 * @typedef {import("./database.js").PartRow} PartRow
 * @typedef {import("./database.js").LaterRow} LaterRow
 * @typedef {import("./database.js").Database} Database
 */

/** What follows is written in this rhythm; on a busy board many strokes share one. */
const PAUSE_MS = 2000;
/** Cloned for the disk in one turn without being felt. */
const PART_ELEMENTS = 500;
/** Longer than this, and a new copy is cheaper than what came after the old one. */
const LATER_MOST = 1000;
const BOARDS_MOST = 20;

export class Copies {
  /** Confirmed and not written yet. @type {CommittedTransaction[]} */
  #later = [];
  /** What the copy on the disk can be continued from; null: there is none. @type {{epoch: string, clock: number, making: string | undefined, later: number} | null} */
  #copy = null;
  #busy = false;
  #timer = 0;
  #over = false;
  #options;

  /** @param {{open: () => Promise<Database>, document: Document, board: string, person: number, accepts: () => number, idle: () => Promise<unknown>, now: () => number}} options */
  constructor(options) {
    this.#options = options;
    options.document.watch({
      receipt: () => {},
      refusal: () => {},
      applied: (transaction) => {
        if (this.#over) return;
        this.#later.push(transaction);
        this.#soon();
      },
    });
    options.document.subscribe(({ source }) => source === "load" && this.#soon());
    this.#soon();
  }

  /** Nobody may see this board here any more. */
  async remove() {
    this.#over = true;
    try {
      const database = await this.#options.open();
      await removeBoard(database, this.#options.board);
      database.close();
    } catch {
      // Nothing was kept, then.
    }
  }

  #soon() {
    if (this.#timer || this.#over) return;
    this.#timer = window.setTimeout(() => void this.#write(), PAUSE_MS);
  }

  async #write() {
    this.#timer = 0;
    if (this.#busy || this.#over || this.#options.document.epoch === null) return;
    this.#busy = true;
    try {
      await this.#options.idle();
      const database = await this.#options.open();
      if (!this.#continues() || !(await this.#append(database))) await this.#copyAll(database);
      database.close();
    } catch {
      // No room, or not allowed: without a network this board can't be opened, that's all.
      this.#copy = null;
    } finally {
      this.#busy = false;
      if (this.#later.length > 0) this.#soon();
    }
  }

  /** Whether what was confirmed since leads from the copy to now. */
  #continues() {
    const { epoch, clock } = this.#options.document;
    const copy = this.#copy;
    if (!copy || copy.epoch !== epoch || copy.later + this.#later.length > LATER_MOST) return false;
    return (
      copy.clock + this.#later.length === clock &&
      (this.#later[0]?.clock ?? clock + 1) === copy.clock + 1
    );
  }

  /** Whether there was still something to continue: others may have cleared it away. @param {Database} database */
  async #append(database) {
    const { board, document } = this.#options;
    const { epoch, clock } = document;
    const due = this.#later.splice(0);
    const transaction = database.transaction(["copies", "later"], "readwrite");
    /** @type {CopyRow | undefined} */
    const copy = await transaction.objectStore("copies").get(board);
    if (copy?.making !== this.#copy?.making) return false;
    const rows = transaction.objectStore("later");
    for (const one of due)
      rows.put({ board, epoch: String(epoch), clock: one.clock, transaction: one });
    await transaction.done;
    this.#copy = {
      ...{ epoch: String(epoch), clock, making: copy?.making },
      later: (this.#copy?.later ?? 0) + due.length,
    };
    return true;
  }

  /** @param {Database} database */
  async #copyAll(database) {
    const { board, person, accepts, document, idle, now } = this.#options;
    this.#copy = null;
    this.#later = [];
    // The elements are those of one moment: they don't change, others take their places.
    const { epoch, clock, elements } = document.confirmed();
    const making = `${now()} ${Math.random()}`;
    let parts = 0;
    for (let at = 0; at < elements.length; at += PART_ELEMENTS) {
      await idle();
      const some = elements.slice(at, at + PART_ELEMENTS);
      await database.put("parts", { board, making, part: parts++, elements: some });
    }
    const transaction = database.transaction(["copies", "parts", "later"], "readwrite");
    transaction.objectStore("copies").put({
      ...{ board, person, epoch, clock, making, parts },
      ...{ schema: SCHEMA, accepts: accepts(), at: now() },
    });
    transaction.objectStore("later").delete(ofBoard(board));
    for (const key of await transaction.objectStore("parts").getAllKeys(ofBoard(board)))
      if (key[1] !== making) transaction.objectStore("parts").delete(key);
    await transaction.done;
    this.#copy = { epoch: String(epoch), clock, making, later: 0 };
    await keepFew(database, person);
  }
}

/** The copy with what came after it; null where there is none of this person. @param {() => Promise<Database>} open @param {string} board @param {number} person @returns {Promise<{document: BoardDocument, accepts: number} | null>} */
export async function readCopy(open, board, person) {
  const database = await open();
  try {
    const transaction = database.transaction(["copies", "parts", "later"]);
    /** @type {CopyRow | undefined} */
    const copy = await transaction.objectStore("copies").get(board);
    // What an older version did not understand of the board it could not keep either (R15).
    if (copy?.person !== person || copy.schema !== SCHEMA) return null;
    /** @type {PartRow[]} */
    const parts = await transaction.objectStore("parts").getAll(ofBoard(board));
    /** @type {LaterRow[]} */
    const later = await transaction.objectStore("later").getAll(ofBoard(board));
    const own = parts.filter(({ making }) => making === copy.making);
    const document = documentOf(copy, own, later);
    return document && { document, accepts: copy.accepts };
  } finally {
    database.close();
  }
}

/** @param {CopyRow} copy @param {readonly PartRow[]} parts @param {readonly LaterRow[]} later in order @returns {BoardDocument | null} */
export function documentOf(copy, parts, later) {
  if (parts.length !== copy.parts) return null;
  const elements = new Map(parts.flatMap((part) => part.elements));
  let { clock } = copy;
  for (const { epoch, transaction } of later) {
    if (epoch !== copy.epoch || transaction.clock !== clock + 1) continue;
    for (const change of transaction.changes) applyChange(elements, change, transaction.author);
    clock = transaction.clock;
  }
  return { epoch: copy.epoch, clock, elements: Object.fromEntries(elements) };
}

/** Those of others go, and the oldest beyond a number. @param {Database} database @param {number} person */
async function keepFew(database, person) {
  /** @type {CopyRow[]} */
  const copies = await database.getAll("copies");
  const own = copies.filter((copy) => copy.person === person).toSorted((a, b) => b.at - a.at);
  const kept = new Set(own.slice(0, BOARDS_MOST).map(({ board }) => board));
  for (const { board } of copies) if (!kept.has(board)) await removeBoard(database, board);
}

/** @param {Database} database @param {string} board */
async function removeBoard(database, board) {
  const transaction = database.transaction(["copies", "parts", "later"], "readwrite");
  transaction.objectStore("copies").delete(board);
  transaction.objectStore("parts").delete(ofBoard(board));
  transaction.objectStore("later").delete(ofBoard(board));
  await transaction.done;
}

/** All keys that begin with the board. @param {string} board */
function ofBoard(board) {
  return IDBKeyRange.bound([board], [board, []]);
}
