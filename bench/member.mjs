// One person on a board: joins, receives, counts, and confirms what it has received.

import { BenchSocket } from "./socket.mjs";
import { readPoints } from "./wire.mjs";

/** R10: `got` at every 32 frames or 64 KiB. */
const GOT_FRAMES = 32;
const GOT_BYTES = 64 * 1024;
const JOINING_AT_ONCE = 20;
const JOIN_SECONDS = 30;

/**
 * @typedef {"whiteboard" | "relay"} System
 * `origin` is the site's where the port is not the one that people type.
 * @typedef {{host: string, port: number, system: System, origin?: string}} Target
 * `epoch` and `since` say what is known of a board that is not empty; its people take turns at `ports`.
 * @typedef {{id: string, cookies: string[], drawers: number, ports?: number[], epoch?: string | null, since?: number}} BoardPlan
 * @typedef {(member: Member, slot: number, stroke: number, index: number, now: number) => void} OnPoints
 * @typedef {(member: Member, ids: string[], now: number) => void} OnCommits
 * @typedef {(left: number[], now: number) => void} OnLeft
 */

export class Member {
  slot = 0;
  /** Of the last transaction received; the server's promise is that none is left out. */
  clock = 0;
  transactions = 0;
  /** What went wrong, in words; empty in a valid run. @type {string[]} */
  troubles = [];
  /** @type {OnPoints} */
  onPoints = () => {};
  /** @type {OnCommits} */
  onCommits = () => {};
  /** @type {OnLeft} */
  onLeft = () => {};
  /** The connection's end. @type {(code: number) => void} */
  onClose = (code) => this.troubles.push(`closed with ${code}`);
  /** What no healthy run has: `refused`, `later`, `bye` … @type {(message: {type: string}) => void} */
  onOther = (message) => this.troubles.push(JSON.stringify(message).slice(0, 200));
  /** @type {string | null} */
  epoch = null;
  /** Clock of the board when it was joined. */
  joinedAt = 0;
  #confirmedFrames = 0;
  #confirmedBytes = 0;
  #welcome = () => {};

  /** @param {Target} target @param {BoardPlan} board @param {number} seat its number on the board */
  constructor(target, board, seat) {
    this.target = target;
    this.board = board;
    this.seat = seat;
    this.clock = board.since ?? 0;
    const ours = target.system === "whiteboard";
    this.socket = new BenchSocket({
      host: target.host,
      port: board.ports?.[seat % board.ports.length] ?? target.port,
      origin: target.origin,
      path: ours ? `/ws/boards/${board.id}/` : `/${board.id}`,
      cookie: board.cookies[seat] ?? "",
      protocols: ours ? "whiteboard.v1, whiteboard" : "",
    });
    this.socket.heard = {
      text: (text) => this.#text(text),
      binary: (frame) => this.#binary(frame),
      close: (code) => this.onClose(code),
    };
  }

  async join() {
    await this.socket.opened;
    if (this.target.system === "relay") {
      // The relay stamps nothing: a member's slot is its seat, written by itself into its records.
      this.slot = this.seat + 1;
      return;
    }
    await new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no welcome: ${this.troubles}`)),
        JOIN_SECONDS * 1000,
      );
      this.#welcome = () => {
        clearTimeout(timer);
        resolve(null);
      };
      this.socket.text(
        JSON.stringify({ type: "hello", epoch: this.board.epoch ?? null, since: this.clock }),
      );
    });
  }

  /** @param {Buffer} frame */
  #binary(frame) {
    const now = performance.now();
    readPoints(frame, (slot, stroke, index) => {
      if (slot !== this.slot) this.onPoints(this, slot, stroke, index, now);
    });
    this.#confirm();
  }

  /** @param {string} text */
  #text(text) {
    const now = performance.now();
    const message = JSON.parse(text);
    switch (message.type) {
      case "welcome":
        this.slot = message.you.slot;
        this.epoch = message.epoch;
        this.joinedAt = message.clock;
        this.#welcome();
        break;
      case "commits":
        this.#follow(message.transactions);
        this.onCommits(this, message.transactions.map(idOf), now);
        break;
      case "commit": // from the relay, which returns what was sent
        this.transactions += message.transactions.length;
        this.onCommits(this, message.transactions.map(idOf), now);
        break;
      case "people":
        this.onLeft(message.left, now);
        break;
      case "pong":
        break;
      default:
        this.onOther(message);
    }
    this.#confirm();
  }

  /** @param {{clock: number}[]} transactions */
  #follow(transactions) {
    for (const { clock } of transactions) {
      if (clock !== this.clock + 1) this.troubles.push(`clock ${clock} after ${this.clock}`);
      this.clock = clock;
      this.transactions += 1;
    }
  }

  #confirm() {
    const { frames, bytes } = this.socket;
    const due =
      frames - this.#confirmedFrames >= GOT_FRAMES || bytes - this.#confirmedBytes >= GOT_BYTES;
    if (!due || this.target.system === "relay") return;
    this.#confirmedFrames = frames;
    this.#confirmedBytes = bytes;
    this.socket.text(JSON.stringify({ type: "got", frames }));
  }

  /** @param {{id: string, changes: object[]}[]} transactions */
  commit(transactions) {
    this.socket.text(JSON.stringify({ type: "commit", transactions }));
  }

  leave() {
    this.socket.heard = {};
    this.socket.close();
  }
}

/** @param {{id: string}} transaction */
function idOf(transaction) {
  return transaction.id;
}

/** Everybody on the boards, drawers first in each. @param {Target} target @param {BoardPlan[]} boards @returns {Promise<Member[]>} */
export async function joinAll(target, boards) {
  const seats = boards.flatMap((board) => board.cookies.map((_, seat) => ({ board, seat })));
  const members = [];
  for (let i = 0; i < seats.length; i += JOINING_AT_ONCE) {
    const some = seats
      .slice(i, i + JOINING_AT_ONCE)
      .map(({ board, seat }) => new Member(target, board, seat));
    await Promise.all(some.map((member) => member.join()));
    members.push(...some);
  }
  return members;
}
