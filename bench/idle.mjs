// What a socket costs that only listens: resident memory before and after many of them join.

import { joinAll } from "./member.mjs";
import { pause } from "./pace.mjs";
import { residentBytes } from "./proc.mjs";

const SETTLE_MS = 2000;

/**
 * The warm-up boards pay for what a process needs once: imports, threads, the allocator's pools.
 * @param {{pid: number, target: import("./member.mjs").Target, warmupBoards: import("./member.mjs").BoardPlan[], boards: import("./member.mjs").BoardPlan[]}} plan
 */
export async function idle(plan) {
  const first = await joinAll(plan.target, plan.warmupBoards);
  await pause(SETTLE_MS);
  const before = residentBytes(plan.pid);
  const members = await joinAll(plan.target, plan.boards);
  await pause(SETTLE_MS);
  const after = residentBytes(plan.pid);
  const troubles = [...first, ...members].flatMap((member) => member.troubles);
  for (const member of [...first, ...members]) member.leave();
  return {
    sockets: members.length,
    before,
    after,
    bytesPerSocket: (after - before) / members.length,
    troubles: troubles.length,
    firstTroubles: troubles.slice(0, 5),
  };
}
