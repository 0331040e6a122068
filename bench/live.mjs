// People drawing: every drawer sends two points 30 times a second and commits its stroke every 2 s.

import { elementKey, finishedStroke, recordedStrokes, transactionId } from "./ink.mjs";
import { Latency } from "./latency.mjs";
import { joinAll } from "./member.mjs";
import { pace, pause, until } from "./pace.mjs";
import { cpuSeconds, ownCpuSeconds, waitSeconds } from "./proc.mjs";
import { liveFrame, pointsRecord, startRecord } from "./wire.mjs";

const FRAMES_PER_SECOND = 30;
const POINTS_PER_FRAME = 2;
/** Two seconds of drawing. */
const FRAMES_PER_STROKE = 60;
const DIFFERENT_STROKES = 32;
const SETTLE_MS = 500;
const DRAIN_SECONDS = 10;

/**
 * @typedef {import("./member.mjs").Member} Member
 * @typedef {{seconds: number, warmup: number, seed: number, pid: number, target: import("./member.mjs").Target, boards: import("./member.mjs").BoardPlan[]}} LivePlan
 */

/** A member that draws, with what is needed to recognise each of its updates when it arrives. */
class Drawer {
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

  /** @param {Member} member @param {{strokes: import("./wire.mjs").InkPoint[][], firstLength: number}} ink */
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

/** Everybody on one board and what each viewer expects next of each drawer. */
class Crowd {
  /** @type {Map<number, number>} */
  #numberOfSlot = new Map();

  /** @param {Member[]} members @param {Drawer[]} drawers */
  constructor(members, drawers) {
    this.members = members;
    this.drawers = drawers;
    for (const [number, { member }] of drawers.entries())
      this.#numberOfSlot.set(member.slot, number);
    /** @type {Map<Member, Int32Array>} */
    this.expected = new Map(members.map((member) => [member, new Int32Array(drawers.length)]));
  }

  /** When the update was sent; NaN where it is none of ours. @param {Member} member @param {number} slot @param {number} stroke @param {number} index */
  arrived(member, slot, stroke, index) {
    const number = this.#numberOfSlot.get(slot) ?? -1;
    const drawer = this.drawers[number];
    const expected = this.expected.get(member);
    if (!drawer || !expected) return Number.NaN;
    const update = (drawer.firstUpdate[stroke] ?? Number.NaN) + index / POINTS_PER_FRAME;
    if (update !== expected[number]) {
      member.troubles.push(
        `update ${update} of drawer ${number} where ${expected[number]} was due`,
      );
    }
    expected[number] = update + 1;
    return drawer.sentAt[update] ?? Number.NaN;
  }

  /** Updates that somebody should have seen and has not. */
  missing() {
    let missing = 0;
    for (const [member, expected] of this.expected) {
      for (const [number, drawer] of this.drawers.entries()) {
        if (drawer.member !== member)
          missing += drawer.sent - /** @type {number} */ (expected[number]);
      }
    }
    return missing;
  }

  missingTransactions() {
    const commits = this.drawers.reduce((sum, drawer) => sum + drawer.commits, 0);
    return this.members.reduce((sum, member) => sum + commits - member.transactions, 0);
  }
}

/** @param {LivePlan} plan */
export async function live(plan) {
  const strokes = recordedStrokes({
    count: DIFFERENT_STROKES,
    points: FRAMES_PER_STROKE * POINTS_PER_FRAME,
    seed: plan.seed,
  });
  const members = await joinAll(plan.target, plan.boards);
  const crowds = plan.boards.map((board) => crowdOf(members, board, strokes));
  const drawers = crowds.flatMap((crowd) => crowd.drawers);
  const count = listen(crowds);
  await pause(SETTLE_MS);
  const pacing = pace({
    count: drawers.length,
    perSecond: FRAMES_PER_SECOND,
    seconds: plan.warmup + plan.seconds,
    seed: plan.seed,
    send: (i) => drawers[i]?.draw(),
  });
  const measured = await measure(plan, count);
  const lateness = await pacing;
  const all = () =>
    crowds.every((crowd) => crowd.missing() === 0 && crowd.missingTransactions() === 0);
  await until(all, DRAIN_SECONDS);
  const troubles = members.flatMap((member) => member.troubles);
  for (const member of members) member.leave();
  return {
    ...measured,
    sent: drawers.reduce((sum, drawer) => sum + drawer.sent, 0),
    commits: drawers.reduce((sum, drawer) => sum + drawer.commits, 0),
    missing: crowds.reduce((sum, crowd) => sum + crowd.missing(), 0),
    missingTransactions: crowds.reduce((sum, crowd) => sum + crowd.missingTransactions(), 0),
    troubles: troubles.length,
    firstTroubles: troubles.slice(0, 5),
    latency: count.latency.summary(),
    receipts: count.receipts.summary(),
    lateness: lateness.summary(),
  };
}

/** @param {Member[]} everybody @param {import("./member.mjs").BoardPlan} board @param {import("./wire.mjs").InkPoint[][]} strokes */
function crowdOf(everybody, board, strokes) {
  const members = everybody.filter((member) => member.board === board);
  const drawers = members.slice(0, board.drawers).map((member, i) => {
    // First strokes of all lengths, or everybody would commit at the same moment every 2 s.
    const firstLength = 1 + ((i * 37 + board.id.charCodeAt(0) * 11) % FRAMES_PER_STROKE);
    const from = i % strokes.length;
    return new Drawer(member, {
      strokes: [...strokes.slice(from), ...strokes.slice(0, from)],
      firstLength,
    });
  });
  return new Crowd(members, drawers);
}

/** @param {Crowd[]} crowds */
function listen(crowds) {
  const count = { delivered: 0, measuring: false, latency: new Latency(), receipts: new Latency() };
  for (const crowd of crowds) {
    const drawerOf = new Map(crowd.drawers.map((drawer) => [drawer.member, drawer]));
    for (const member of crowd.members) {
      member.onPoints = (_, slot, stroke, index, now) => {
        count.delivered += 1;
        const sentAt = crowd.arrived(member, slot, stroke, index);
        if (count.measuring) count.latency.add(now - sentAt);
      };
      member.onCommits = (_, ids, now) => {
        const own = drawerOf.get(member)?.committedAt;
        for (const id of own ? ids : []) {
          const sentAt = own?.get(id);
          if (sentAt !== undefined && count.measuring) count.receipts.add(now - sentAt);
        }
      };
    }
  }
  return count;
}

/** @param {LivePlan} plan @param {ReturnType<typeof listen>} count */
async function measure(plan, count) {
  await pause(plan.warmup * 1000);
  const take = () => ({
    at: performance.now() / 1000,
    server: cpuSeconds(plan.pid),
    waited: waitSeconds(plan.pid),
    own: ownCpuSeconds(),
    delivered: count.delivered,
  });
  const before = take();
  count.measuring = true;
  await pause(plan.seconds * 1000);
  count.measuring = false;
  const after = take();
  const seconds = after.at - before.at;
  const delivered = after.delivered - before.delivered;
  return {
    seconds,
    delivered,
    perSecond: delivered / seconds,
    microseconds: ((after.server - before.server) / delivered) * 1e6,
    serverShare: (after.server - before.server) / seconds,
    waitShare: (after.waited - before.waited) / seconds,
    generatorShare: (after.own - before.own) / seconds,
  };
}
