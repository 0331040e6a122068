// People drawing on boards: how fast what they draw reaches the others, and what that costs.

import { Crowd } from "./crowd.mjs";
import { drawersOf, FRAMES_PER_SECOND, inkOf } from "./drawer.mjs";
import { Latency } from "./latency.mjs";
import { joinAll } from "./member.mjs";
import { pace, pause, until } from "./pace.mjs";
import { costs, take, used } from "./usage.mjs";

const SETTLE_MS = 500;
const DRAIN_SECONDS = 10;

/**
 * @typedef {import("./member.mjs").Member} Member
 * @typedef {{seconds: number, warmup: number, seed: number, processes: import("./usage.mjs").Processes, target: import("./member.mjs").Target, boards: import("./member.mjs").BoardPlan[]}} LivePlan
 */

/** @param {LivePlan} plan */
export async function live(plan) {
  const strokes = inkOf(plan.seed);
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
  const measured = await measure(plan, count, members);
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
  return new Crowd(members, drawersOf(members.slice(0, board.drawers), board.id, strokes));
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

/** @param {LivePlan} plan @param {ReturnType<typeof listen>} count @param {Member[]} members */
async function measure(plan, count, members) {
  await pause(plan.warmup * 1000);
  const received = () => ({
    frames: members.reduce((sum, { socket }) => sum + socket.frames, 0),
    bytes: members.reduce((sum, { socket }) => sum + socket.bytes, 0),
  });
  const receivedBefore = received();
  const before = take(plan.processes);
  const deliveredBefore = count.delivered;
  count.measuring = true;
  await pause(plan.seconds * 1000);
  count.measuring = false;
  const usage = used(before, take(plan.processes));
  const delivered = count.delivered - deliveredBefore;
  const { frames, bytes } = received();
  const each = costs(usage.shares, usage.seconds, delivered);
  return {
    ...usage,
    delivered,
    perSecond: delivered / usage.seconds,
    framesPerSecond: (frames - receivedBefore.frames) / usage.seconds,
    bytesPerSecond: (bytes - receivedBefore.bytes) / usage.seconds,
    microseconds: each.whiteboard ?? 0,
    microsecondsOf: each,
  };
}
