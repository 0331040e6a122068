// How long a person waits for "saved": everybody commits strokes at an even rate on one board.

import { elementKey, finishedStroke, recordedStrokes, transactionId } from "./ink.mjs";
import { Latency } from "./latency.mjs";
import { joinAll } from "./member.mjs";
import { pace, pause, until } from "./pace.mjs";
import { cpuSeconds, ownCpuSeconds, waitSeconds } from "./proc.mjs";

const POINTS = 100;
const DIFFERENT_STROKES = 32;
const SETTLE_MS = 500;
const DRAIN_SECONDS = 10;

/** @param {{seconds: number, warmup: number, perSecond: number, seed: number, pid: number, target: import("./member.mjs").Target, boards: import("./member.mjs").BoardPlan[]}} plan */
export async function receipts(plan) {
  const elements = recordedStrokes({
    count: DIFFERENT_STROKES,
    points: POINTS,
    seed: plan.seed,
  }).map((points, index) => finishedStroke(points, { x: index * 10, y: 0, z: "a0", index }));
  const members = await joinAll(plan.target, plan.boards);
  const latency = new Latency();
  /** @type {Map<string, {member: import("./member.mjs").Member, at: number}>} */
  const waiting = new Map();
  let measuring = false;
  let commits = 0;
  for (const member of members) {
    member.onCommits = (_, ids, now) => {
      for (const id of ids) {
        const sent = waiting.get(id);
        if (sent?.member !== member) continue;
        waiting.delete(id);
        if (measuring) latency.add(now - sent.at);
      }
    };
  }
  await pause(SETTLE_MS);
  const pacing = pace({
    count: members.length,
    perSecond: plan.perSecond,
    seconds: plan.warmup + plan.seconds,
    seed: plan.seed,
    send: (i) => {
      const member = members[i];
      const element = elements[commits % elements.length];
      if (!member || !element) return;
      const id = transactionId();
      waiting.set(id, { member, at: performance.now() });
      commits += 1;
      member.commit([{ id, changes: [{ op: "put", key: elementKey(), element }] }]);
    },
  });
  await pause(plan.warmup * 1000);
  const server = cpuSeconds(plan.pid);
  const waited = waitSeconds(plan.pid);
  const own = ownCpuSeconds();
  measuring = true;
  await pause(plan.seconds * 1000);
  measuring = false;
  const share = {
    serverShare: (cpuSeconds(plan.pid) - server) / plan.seconds,
    waitShare: (waitSeconds(plan.pid) - waited) / plan.seconds,
    generatorShare: (ownCpuSeconds() - own) / plan.seconds,
  };
  const lateness = await pacing;
  const missing = () => members.reduce((sum, member) => sum + commits - member.transactions, 0);
  await until(() => missing() === 0, DRAIN_SECONDS);
  const troubles = members.flatMap((member) => member.troubles);
  for (const member of members) member.leave();
  return {
    ...share,
    commits,
    missingTransactions: missing(),
    troubles: troubles.length,
    firstTroubles: troubles.slice(0, 5),
    receipts: latency.summary(),
    lateness: lateness.summary(),
  };
}
