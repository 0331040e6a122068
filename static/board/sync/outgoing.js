// Which pending transactions to send, and when: in order, within limits, again where needed (R5). Pure.

import { MESSAGE_BYTES, TRANSACTIONS_PER_MESSAGE, utf8Length } from "../core/limits.js";

/** @typedef {import("../core/document.js").Transaction} Transaction */

/** What stands around the transactions of a message. */
const ENVELOPE_BYTES = 64;
/** Transactions without an answer. */
const UNANSWERED = 128;
/** A day offline: it comes in small messages with pauses, at 400 KiB a second, so that it is in nobody's way. */
const BACKLOG = 128;
const BACKLOG_LEFT = 8;
const BACKLOG_BYTES = 16 * 1024;
const BACKLOG_GAP_MS = 40;
/** A living server that says nothing of a transaction for so long is asked again; it knows the id (R2). */
const ANSWER_PATIENCE_MS = 15_000;

export class Outgoing {
  /** Sent on this connection and not answered yet. @type {Set<string>} */
  #sent = new Set();
  /** Sent on this connection, answered by `later` at most. @type {Set<string>} */
  #tried = new Set();
  /** One of these made the server close the connection: each goes alone. @type {Set<string>} */
  #suspects = new Set();
  #notBefore = 0;
  #backlog = false;
  #lastProgress = 0;

  /** Whether the server owes an answer. */
  get unanswered() {
    return this.#sent.size > 0;
  }

  get cautious() {
    return this.#suspects.size > 0;
  }

  /** How long the server has asked to wait. @param {number} now */
  wait(now) {
    return Math.max(0, this.#notBefore - now);
  }

  /**
   * The next message; null where there is nothing to send now. Takes what it returns for sent.
   * @param {readonly Transaction[]} pending
   * @param {number} now
   */
  next(pending, now) {
    if (this.wait(now) > 0) return null;
    this.#backlog = pending.length > (this.#backlog ? BACKLOG_LEFT : BACKLOG);
    const batch = this.cautious ? this.#nextAlone(pending) : this.#nextOf(pending);
    if (batch.length === 0) return null;
    if (!this.unanswered) this.#lastProgress = now;
    if (this.#backlog) this.#notBefore = now + BACKLOG_GAP_MS;
    for (const { id } of batch) {
      this.#sent.add(id);
      this.#tried.add(id);
    }
    return `{"type":"commit","transactions":[${batch.map((one) => JSON.stringify(one)).join(",")}]}`;
  }

  /** @param {readonly Transaction[]} pending */
  #nextAlone(pending) {
    const first = pending[0];
    return first && !this.unanswered ? [first] : [];
  }

  /** @param {readonly Transaction[]} pending */
  #nextOf(pending) {
    /** @type {Transaction[]} */
    const batch = [];
    let bytes = ENVELOPE_BYTES;
    const most = this.#backlog ? BACKLOG_BYTES : MESSAGE_BYTES;
    for (const transaction of pending) {
      if (this.#sent.has(transaction.id)) continue;
      if (batch.length === TRANSACTIONS_PER_MESSAGE || this.#sent.size + batch.length >= UNANSWERED)
        break;
      bytes += utf8Length(JSON.stringify(transaction)) + 1;
      if (bytes > most && batch.length > 0) break;
      batch.push(transaction);
    }
    return batch;
  }

  /**
   * What isn't pending any more has been answered. A receipt that is early isn't an answer yet: the transaction stays
   * pending until its turn, and is not sent again.
   * @param {readonly Transaction[]} pending
   * @param {number} now
   */
  keepOnly(pending, now) {
    if (this.#tried.size === 0 && !this.cautious) return;
    const ids = new Set(pending.map(({ id }) => id));
    for (const set of [this.#suspects, this.#tried])
      for (const id of set) if (!ids.has(id)) set.delete(id);
    for (const id of this.#sent) {
      if (ids.has(id)) continue;
      this.#sent.delete(id);
      this.#lastProgress = now;
    }
  }

  /**
   * Not now: these, and all after them, are sent again then. Those after them must not overtake.
   * @param {readonly string[]} ids
   * @param {number} afterMs
   * @param {readonly Transaction[]} pending
   * @param {number} now
   */
  postponed(ids, afterMs, pending, now) {
    const first = pending.findIndex(({ id }) => ids.includes(id));
    if (first === -1) return;
    for (const { id } of pending.slice(first)) this.#sent.delete(id);
    this.#notBefore = Math.max(this.#notBefore, now + afterMs);
    this.#lastProgress = now;
  }

  /** For how long to wait for answers that are owed, before asking again; null where none is owed. @param {number} now */
  patience(now) {
    return this.unanswered ? Math.max(0, this.#lastProgress + ANSWER_PATIENCE_MS - now) : null;
  }

  /** Everything pending is sent again: the board may have another life than the one it was sent to (R1). */
  resend() {
    this.#sent.clear();
  }

  /**
   * The connection is gone: everything pending will be sent again. Returns the id that counts as refused, if it was
   * alone on its way when the server closed on it for the second time.
   * @param {boolean} blamed whether the server closed because of what it had been sent
   * @returns {string | null}
   */
  disconnected(blamed) {
    const [alone] = this.#tried;
    const guilty = blamed && this.cautious && alone !== undefined ? alone : null;
    if (guilty) this.#suspects.delete(guilty);
    else if (blamed) this.#suspects = new Set([...this.#suspects, ...this.#tried]);
    this.#tried.clear();
    this.#sent.clear();
    this.#notBefore = 0;
    return guilty;
  }
}
