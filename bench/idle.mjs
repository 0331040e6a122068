// What a socket costs that only listens: memory before and after many of them join, and CPU of all.

import { joinAll } from "./member.mjs";
import { pause } from "./pace.mjs";
import { residentBytes } from "./proc.mjs";
import { take, used } from "./usage.mjs";

const SETTLE_MS = 2000;

/**
 * The warm-up boards pay for what a process needs once: imports, threads, the allocator's pools.
 * @param {{processes: import("./usage.mjs").Processes, seconds: number, target: import("./member.mjs").Target, warmupBoards: import("./member.mjs").BoardPlan[], boards: import("./member.mjs").BoardPlan[]}} plan
 */
export async function idle(plan) {
  const first = await joinAll(plan.target, plan.warmupBoards);
  await pause(SETTLE_MS);
  const before = resident(plan.processes);
  const members = await joinAll(plan.target, plan.boards);
  await pause(SETTLE_MS);
  const after = resident(plan.processes);
  const begin = take(plan.processes);
  await pause(plan.seconds * 1000);
  const usage = used(begin, take(plan.processes));
  const troubles = [...first, ...members].flatMap((member) => member.troubles);
  for (const member of [...first, ...members]) member.leave();
  return {
    ...usage,
    sockets: members.length,
    before,
    after,
    bytesPerSocket: (after - before) / members.length,
    troubles: troubles.length,
    firstTroubles: troubles.slice(0, 5),
  };
}

/** Of the whiteboard's processes together. @param {import("./usage.mjs").Processes} processes */
export function resident(processes) {
  return (processes.whiteboard ?? []).reduce((sum, pid) => sum + residentBytes(pid), 0);
}
