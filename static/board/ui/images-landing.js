// A picture that the server has becomes an element; until the server has that too, it is kept here for the next visit.

import { topKey } from "../core/order.js";
import { replacedBy } from "../editor/bringing-replaced.js";
import { transactionWith } from "../editor/bringing-transaction.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor/bringing.js").Bringing} Bringing
 * @typedef {import("../editor/bringing.js").Guest} Guest
 * @typedef {import("../sync/offline/pictures.js").PictureRow} PictureRow
 * @typedef {{row: PictureRow, bytes: Blob}} LeftPicture
 */

export class Landing {
  /** Of the step in the history. */
  label = "images";
  /** By transaction: whose picture it is, one brought to this page or left by an earlier one. @type {Map<string, {key: string, guest: Guest} | {key: string, left: LeftPicture}>} */
  #onTheWay = new Map();
  /** Transactions that were refused; their pictures are at their places and say so. @type {Set<string>} */
  #back = new Set();
  /** Keys of what came together, as far as it is on the board. @type {Map<string, Set<string>>} */
  #batches = new Map();
  #parts;

  /** @param {{editor: Editor, board: import("../core/document.js").Document, bringing: Pick<Bringing, "leave" | "comeBack" | "restore">, waiting: Pick<import("./images-waiting.js").WaitingPictures, "isPut" | "mark" | "drop">}} parts */
  constructor(parts) {
    this.#parts = parts;
    parts.board.watch({
      receipt: ({ id }) => this.#arrived(id),
      refusal: ({ id }) => this.#refused(id),
    });
  }

  /** Whether it is on the board now. @param {Guest} guest @param {string} asset */
  put(guest, asset) {
    const { editor, board, bringing, waiting } = this.#parts;
    const { key, batch, box, page } = guest;
    if (editor.readOnly) {
      bringing.comeBack(guest, "not_allowed");
      return false;
    }
    if (this.#replace(guest, asset)) return true;
    const element = { kind: "image", ...box, z: topKey(editor.document), asset };
    const elsewhere = page !== undefined && page !== editor.document.page;
    const placed = Object.freeze(elsewhere ? { ...element, page } : element);
    editor.commit([{ op: "put", key, element: placed }], this.label, `images ${batch}`);
    const found = transactionWith(board.pending, key);
    if (found) {
      this.#onTheWay.set(found.id, { key, guest });
      void waiting.isPut(key, found);
    } else void waiting.drop(key);
    bringing.leave(guest);
    this.#batches.set(batch, (this.#batches.get(batch) ?? new Set()).add(key));
    if (!elsewhere) this.#select(batch);
    return true;
  }

  /** Whether it has taken the place of another; where that has gone it comes as one of its own. @param {Guest} guest @param {string} asset */
  #replace(guest, asset) {
    const { editor, board, bringing, waiting } = this.#parts;
    const { replaces, read } = guest;
    const before = replaces ? board.get(replaces) : undefined;
    if (!replaces || !read || before?.kind !== "image") return false;
    editor.commit(
      [{ op: "set", key: replaces, props: replacedBy(before, asset, read) }],
      "replace",
    );
    const found = board.pending.at(-1);
    // Sent once more by a later page it would be replaced by the same again, so nothing is written down.
    if (found) this.#onTheWay.set(found.id, { key: guest.key, guest });
    else void waiting.drop(guest.key);
    bringing.leave(guest);
    return true;
  }

  /** Whether something of those that came together is on the board. @param {string} batch */
  has(batch) {
    return this.#batches.has(batch);
  }

  /** Whoever has gone on to something else isn't disturbed. @param {string} batch */
  #select(batch) {
    const { editor } = this.#parts;
    if (editor.busy || editor.writing) return;
    const among = this.#batches.get(batch) ?? new Set();
    if (![...editor.selection].every((each) => among.has(each))) return;
    editor.setTool("select");
    editor.select(among);
  }

  /** Puts again what had been put without a receipt, by the same id, and gives back the others. @param {LeftPicture[]} found */
  restore(found) {
    const { board, waiting } = this.#parts;
    const transactions = found.flatMap((left) => {
      const { key, put } = left.row;
      if (!put) return [];
      this.#onTheWay.set(put.id, { key, left });
      /** @type {import("../core/fold.js").Change} */
      const change = { op: "put", key, element: Object.freeze(put.element) };
      return [Object.freeze({ id: put.id, changes: Object.freeze([change]) })];
    });
    board.restore(transactions);
    return found.filter(({ row }) => {
      // Another page had put it there before it could write that down.
      const isThere = row.put !== null || board.has(row.key);
      if (isThere && !row.put) void waiting.drop(row.key);
      return !isThere;
    });
  }

  /** @param {string} id */
  #arrived(id) {
    const one = this.#onTheWay.get(id);
    if (!one) return;
    this.#onTheWay.delete(id);
    void this.#parts.waiting.drop(one.key);
  }

  /** @param {string} id */
  #refused(id) {
    const one = this.#onTheWay.get(id);
    if (!one) return;
    this.#onTheWay.delete(id);
    this.#back.add(id);
    const { bringing, waiting } = this.#parts;
    if ("guest" in one) {
      bringing.comeBack(one.guest, "not_allowed");
      return;
    }
    void waiting.mark(one, "not_allowed");
    const { row, bytes } = one.left;
    void bringing.restore([{ row: { ...row, why: "not_allowed" }, bytes }]);
  }

  /** Whether it was refused, and its picture waits at its place for somebody to decide. @param {string} id of a transaction */
  isBack(id) {
    return this.#back.has(id);
  }
}
