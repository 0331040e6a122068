// One person who stays: comes back after every end of the connection and sends pending again (R5).

import { isFinal, LOST, reconnectDelay } from "../static/board/sync/closing.js";
import { Member } from "./member.mjs";
import { pause, until } from "./pace.mjs";

const TAIL_SECONDS = 30;
const SHUTTING_DOWN = 4503;
const TOO_SLOW = 4408;
/** Ends after which a page comes back without a word to the person. */
const SILENT_ENDS = new Set([LOST, 1001, 1005, 1012, SHUTTING_DOWN, TOO_SLOW]);
/** After so many refused connections the server is not restarting but gone. */
const ATTEMPTS_MAX = 20;

/**
 * @typedef {{id: string, changes: object[]}} Proposal
 * @typedef {{code: number, away: number, attempts: number}} Absence how long it took to be back, in ms
 */

export class Lasting {
  /** @type {Absence[]} */
  absences = [];
  /** What a page would show as an error, or what breaks a promise. @type {string[]} */
  troubles = [];
  /** Ids of all transactions received, each at its clock. @type {string[]} */
  log = [];
  /** @type {Set<string>} */
  acknowledged = new Set();
  /** @type {Map<string, Proposal>} */
  pending = new Map();
  /** @type {(id: string, now: number) => void} */
  onReceipt = () => {};
  #leaving = false;
  /** @type {Member} */
  #member;
  #live = false;
  #random;

  /** @param {import("./member.mjs").Target} target @param {import("./member.mjs").BoardPlan} board @param {number} seat @param {() => number} random */
  constructor(target, board, seat, random) {
    this.target = target;
    this.board = board;
    this.seat = seat;
    this.#random = random;
    this.#member = this.#connected(null);
    this.socket = {
      // Live frames are not durable: without a connection they are not kept either (R9).
      binary: (/** @type {Buffer} */ frame) => {
        if (this.#live) this.#member.socket.binary(frame);
      },
      stall: () => this.#member.socket.stall(),
      resume: () => this.#member.socket.resume(),
    };
  }

  get slot() {
    return this.#member.slot;
  }

  get clock() {
    return this.#member.clock;
  }

  get live() {
    return this.#live;
  }

  /** @param {string | null} epoch */
  #connected(epoch) {
    const board = { ...this.board, epoch, since: this.log.length };
    const member = new Member(this.target, board, this.seat);
    member.troubles = this.troubles;
    member.onCommits = (_, ids, now) => this.#received(ids, now);
    member.onOther = (message) => this.#told(message);
    return member;
  }

  async join() {
    const member = this.#member;
    const closed = new Promise((resolve) => {
      member.onClose = resolve;
    });
    const cut = closed.then((code) => {
      throw new Error(`closed with ${code} before it had joined`);
    });
    await Promise.race([member.join(), cut]);
    closed.then((code) => this.#lost(/** @type {number} */ (code)));
    await until(() => member.clock >= member.joinedAt, TAIL_SECONDS);
    this.#live = true;
    const transactions = [...this.pending.values()];
    for (const transaction of transactions) member.commit([transaction]);
  }

  /** @param {number} code */
  async #lost(code) {
    this.#live = false;
    if (this.#leaving) return;
    const begin = performance.now();
    if (isFinal(code, code) || !SILENT_ENDS.has(code)) this.troubles.push(`closed with ${code}`);
    for (let attempt = 0; attempt < ATTEMPTS_MAX && !this.#leaving; attempt += 1) {
      await pause(reconnectDelay(attempt, code, this.#random));
      this.#member = this.#connected(this.#member.epoch);
      try {
        await this.join();
      } catch {
        // Refused while the server restarts: the page tries again just as silently.
        this.#member.leave();
        continue;
      }
      this.absences.push({ code, away: performance.now() - begin, attempts: attempt + 1 });
      return;
    }
    if (!this.#leaving) this.troubles.push(`not back after ${ATTEMPTS_MAX} attempts`);
  }

  /** @param {string[]} ids @param {number} now */
  #received(ids, now) {
    this.log.push(...ids);
    for (const id of ids) {
      if (!this.pending.delete(id)) continue;
      this.acknowledged.add(id);
      this.onReceipt(id, now);
    }
  }

  /** @param {{type: string}} message */
  async #told(message) {
    if (message.type === "bye") return;
    if (message.type !== "later") {
      this.troubles.push(JSON.stringify(message).slice(0, 200));
      return;
    }
    const { after_ms: wait } = /** @type {{type: string, after_ms: number}} */ (message);
    const member = this.#member;
    await pause(wait);
    if (member !== this.#member || !this.#live) return;
    for (const transaction of this.pending.values()) member.commit([transaction]);
  }

  /** @param {Proposal[]} transactions */
  commit(transactions) {
    for (const transaction of transactions) this.pending.set(transaction.id, transaction);
    if (this.#live) this.#member.commit(transactions);
  }

  /** @param {(left: number[], now: number) => void} heard */
  hearWhoLeaves(heard) {
    this.#member.onLeft = heard;
  }

  leave() {
    this.#leaving = true;
    this.#member.leave();
  }
}
