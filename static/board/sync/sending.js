// Sends what is pending as soon as it may go, and again where no answer comes (R5).

import { Outgoing } from "./outgoing.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("../core/document.js").Document} Document
 * @typedef {import("./link.js").Link} Link
 * @typedef {import("./timers.js").Clock} Clock
 */

/** Transactions of one moment share a message; nobody sees 4 ms. */
const COMMIT_GAP_MS = 4;
/** Transactions wait while more than this is on its way up a slow line. */
const BUFFER_BYTES = 256 * 1024;
const BUFFER_PAUSE_MS = 50;

export class Sending {
  #outgoing = new Outgoing();
  #lastCommit = -Infinity;
  #document;
  #link;
  #timers;

  /** @param {Document} document @param {() => Link | null} link null while nothing may be sent @param {Clock} [clock] */
  constructor(document, link, clock) {
    this.#document = document;
    this.#link = link;
    this.#timers = new Timers(clock);
  }

  /** Whether a culprit is looked for: nothing else may be what the server closes on. */
  get cautious() {
    return this.#outgoing.cautious;
  }

  /** Whether the server owes an answer. */
  get unanswered() {
    return this.#outgoing.unanswered;
  }

  /** What isn't pending any more needs no answer. */
  settle() {
    this.#outgoing.keepOnly(this.#document.pending, this.#timers.now());
  }

  /** Sends what is due of the pending, at once where the last message isn't too near. */
  flush() {
    const link = this.#link();
    if (!link || this.#timers.runs("flush")) return;
    const now = this.#timers.now();
    const pause = Math.max(
      this.#lastCommit + COMMIT_GAP_MS - now,
      link.waiting > BUFFER_BYTES ? BUFFER_PAUSE_MS : 0,
      this.#outgoing.wait(now),
    );
    if (pause > 0) this.#timers.start("flush", pause, () => this.flush());
    else this.#sendNext(link, now);
  }

  /** @param {Link} link @param {number} now */
  #sendNext(link, now) {
    const text = this.#outgoing.next(this.#document.pending, now);
    if (text !== null) {
      this.#lastCommit = now;
      link.sendText(text);
      this.#timers.start("flush", COMMIT_GAP_MS, () => this.flush());
    }
    const patience = this.#outgoing.patience(now);
    if (patience === null) this.#timers.stop("answer");
    else this.#timers.start("answer", patience, () => this.#sendAgain());
  }

  #sendAgain() {
    if (this.#outgoing.patience(this.#timers.now()) === 0) this.resend();
    this.flush();
  }

  /** Everything pending is sent again. */
  resend() {
    this.#outgoing.resend();
  }

  /** Not now. @param {readonly string[]} ids @param {number} afterMs */
  postponed(ids, afterMs) {
    this.#outgoing.postponed(ids, afterMs, this.#document.pending, this.#timers.now());
  }

  /** The connection is gone; returns the id that counts as refused, if any does. @param {boolean} blamed */
  disconnected(blamed) {
    this.stop();
    return this.#outgoing.disconnected(blamed);
  }

  stop() {
    this.#timers.clear();
  }
}
