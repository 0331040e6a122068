// How long a person waits for "saved": everybody commits strokes at an even rate.

import { elementKey, finishedStroke, recordedStrokes, transactionId } from "./ink.mjs";
import { Latency } from "./latency.mjs";
import { joinAll } from "./member.mjs";
import { pace, pause, until } from "./pace.mjs";
import { costs, take, used } from "./usage.mjs";

const POINTS = 100;
const DIFFERENT_STROKES = 32;
const SETTLE_MS = 500;
const DRAIN_SECONDS = 10;

/**
 * @typedef {import("./member.mjs").Member} Member
 * @typedef {{seconds: number, warmup: number, perSecond: number, seed: number, processes: import("./usage.mjs").Processes, target: import("./member.mjs").Target, boards: import("./member.mjs").BoardPlan[]}} ReceiptsPlan
 */

/** @param {ReceiptsPlan} plan */
export async function receipts(plan) {
  const elements = recordedStrokes({
    count: DIFFERENT_STROKES,
    points: POINTS,
    seed: plan.seed,
  }).map((points, index) => finishedStroke(points, { x: index * 10, y: 0, z: "a0", index }));
  const members = await joinAll(plan.target, plan.boards);
  const count = listen(members);
  await pause(SETTLE_MS);
  const pacing = pace({
    count: members.length,
    perSecond: plan.perSecond,
    seconds: plan.warmup + plan.seconds,
    seed: plan.seed,
    send: (i) => {
      const member = members[i];
      const element = elements[count.commits % elements.length];
      if (member && element) commit(member, element, count);
    },
  });
  await pause(plan.warmup * 1000);
  const before = take(plan.processes);
  const acknowledged = count.acknowledged;
  count.measuring = true;
  await pause(plan.seconds * 1000);
  count.measuring = false;
  const usage = used(before, take(plan.processes));
  const perSecond = (count.acknowledged - acknowledged) / usage.seconds;
  const lateness = await pacing;
  const missing = () =>
    members.reduce(
      (sum, member) => sum + (count.onBoard.get(member.board) ?? 0) - member.transactions,
      0,
    );
  await until(() => missing() === 0, DRAIN_SECONDS);
  const troubles = members.flatMap((member) => member.troubles);
  for (const member of members) member.leave();
  return {
    ...usage,
    commits: count.commits,
    commitsPerSecond: perSecond,
    microsecondsOf: costs(usage.shares, 1, perSecond),
    missingTransactions: missing(),
    troubles: troubles.length,
    firstTroubles: troubles.slice(0, 5),
    receipts: count.latency.summary(),
    lateness: lateness.summary(),
  };
}

/** @param {Member[]} members */
function listen(members) {
  const count = {
    latency: new Latency(),
    measuring: false,
    commits: 0,
    acknowledged: 0,
    /** @type {Map<object, number>} */
    onBoard: new Map(),
    /** @type {Map<string, {member: Member, at: number}>} */
    waiting: new Map(),
  };
  for (const member of members) {
    member.onCommits = (_, ids, now) => {
      for (const id of ids) {
        const sent = count.waiting.get(id);
        if (sent?.member !== member) continue;
        count.waiting.delete(id);
        count.acknowledged += 1;
        if (count.measuring) count.latency.add(now - sent.at);
      }
    };
  }
  return count;
}

/** @param {Member} member @param {object} element @param {ReturnType<typeof listen>} count */
function commit(member, element, count) {
  const id = transactionId();
  count.waiting.set(id, { member, at: performance.now() });
  count.commits += 1;
  count.onBoard.set(member.board, (count.onBoard.get(member.board) ?? 0) + 1);
  member.commit([{ id, changes: [{ op: "put", key: elementKey(), element }] }]);
}
