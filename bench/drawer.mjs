// One who draws: two points 30 times a second, a stroke committed every 2 s.

import { elementKey, finishedStroke, recordedStrokes, transactionId } from "./ink.mjs";
import { liveFrame, pointsRecord, startRecord } from "./wire.mjs";

export const FRAMES_PER_SECOND = 30;
export const POINTS_PER_FRAME = 2;
/** Two seconds of drawing. */
export const FRAMES_PER_STROKE = 60;
const DIFFERENT_STROKES = 32;

/**
 * What a drawer needs of its member.
 * @typedef {object} Hand
 * @property {number} slot
 * @property {{system: import("./member.mjs").System}} target
 * @property {{binary: (frame: Buffer) => void}} socket
 * @property {(transactions: {id: string, changes: object[]}[]) => void} commit
 */

/** A member that draws, with what is needed to recognise each of its updates when it arrives. */
export class Drawer {
  sent = 0;
  stroke = 0;
  /** Frames of the growing stroke that are sent. */
  frame = 0;
  /** @type {number[]} */
  sentAt = [];
  /** Number of the first update of each stroke. @type {number[]} */
  firstUpdate = [];
  /** @type {Map<string, number>} */
  committedAt = new Map();
  commits = 0;
  #key = "";

  /** @param {Hand} member @param {{strokes: import("./wire.mjs").InkPoint[][], firstLength: number}} ink */
  constructor(member, { strokes, firstLength }) {
    this.member = member;
    this.strokes = strokes;
    this.length = firstLength;
  }

  draw() {
    if (this.frame === 0) this.#begin();
    const index = this.frame * POINTS_PER_FRAME;
    const points = this.#points().slice(index, index + POINTS_PER_FRAME);
    const records = [pointsRecord(this.stroke, index, points)];
    // As the page does: the start is repeated every second.
    if (this.frame % FRAMES_PER_SECOND === 0) records.unshift(this.#start());
    const { slot, target, socket } = this.member;
    this.sentAt[this.sent] = performance.now();
    this.sent += 1;
    socket.binary(liveFrame(records, target.system === "relay" ? slot : null));
    this.frame += 1;
    if (this.frame === this.length) this.#finish();
  }

  #begin() {
    this.stroke += 1;
    this.#key = elementKey();
    this.firstUpdate[this.stroke] = this.sent;
  }

  #points() {
    return /** @type {import("./wire.mjs").InkPoint[]} */ (
      this.strokes[this.stroke % this.strokes.length]
    );
  }

  #start() {
    return startRecord({
      stroke: this.stroke,
      key: this.#key,
      ...this.#place(),
      width: 4,
      color: "blue",
    });
  }

  #place() {
    return { x: (this.stroke % 40) * 30, y: this.member.slot * 40 };
  }

  #finish() {
    const points = this.#points().slice(0, this.length * POINTS_PER_FRAME);
    const element = finishedStroke(points, { ...this.#place(), z: "a0", index: this.stroke });
    const id = transactionId();
    this.committedAt.set(id, performance.now());
    this.commits += 1;
    this.member.commit([{ id, changes: [{ op: "put", key: this.#key, element }] }]);
    this.frame = 0;
    this.length = FRAMES_PER_STROKE;
  }
}

/** Same seed, same ink. @param {number} seed */
export function inkOf(seed) {
  return recordedStrokes({
    count: DIFFERENT_STROKES,
    points: FRAMES_PER_STROKE * POINTS_PER_FRAME,
    seed,
  });
}

/** Drawers of a board. @param {Hand[]} members @param {string} board @param {import("./wire.mjs").InkPoint[][]} strokes */
export function drawersOf(members, board, strokes) {
  return members.map((member, i) => {
    // First strokes of all lengths, or everybody would commit at the same moment every 2 s.
    const firstLength = 1 + ((i * 37 + board.charCodeAt(0) * 11) % FRAMES_PER_STROKE);
    const from = i % strokes.length;
    return new Drawer(member, {
      strokes: [...strokes.slice(from), ...strokes.slice(0, from)],
      firstLength,
    });
  });
}
