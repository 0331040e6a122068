// Some readers stop reading while a board is busy: what they cost, when they are closed, how the
// others fare, and whether they get exactly what they have missed (R10, F6).

import { Crowd } from "./crowd.mjs";
import { drawersOf, FRAMES_PER_SECOND, inkOf } from "./drawer.mjs";
import { resident } from "./idle.mjs";
import { random } from "./ink.mjs";
import { Lasting } from "./lasting.mjs";
import { Latency } from "./latency.mjs";
import { joinAll } from "./member.mjs";
import { pace, pause, until } from "./pace.mjs";
import { take, used } from "./usage.mjs";

const SETTLE_MS = 1000;
const SAMPLE_MS = 200;
const DRAIN_SECONDS = 30;
/** A server that has not closed them by now never will. */
const CLOSED_SECONDS_MAX = 40;
const SECONDS_MAX = 600;

/**
 * Who is on the board: its drawers first, then readers, of whom the last `stalled` stop.
 * @typedef {{seed: number, warmup: number, seconds: number, rounds: number, stalled: number, processes: import("./usage.mjs").Processes, target: import("./member.mjs").Target, boards: import("./member.mjs").BoardPlan[]}} StallPlan
 * @typedef {{latency: Latency | null}} Ear
 */

/** @param {StallPlan} plan */
export async function stall(plan) {
  const [board] = plan.boards;
  if (!board) throw new Error("needs a board");
  const going = board.cookies.slice(0, board.cookies.length - plan.stalled);
  const seated = { ...board, cookies: going };
  const others = await joinAll(plan.target, [seated]);
  const drawers = drawersOf(others.slice(0, board.drawers), board.id, inkOf(plan.seed));
  const readers = others.slice(board.drawers);
  const crowd = new Crowd(others, drawers);
  /** @type {Ear} */
  const ear = { latency: null };
  listen(crowd, readers, ear);
  const chance = random(plan.seed);
  const stopping = Array.from(
    { length: plan.stalled },
    (_, i) => new Lasting(plan.target, board, going.length + i, chance),
  );
  for (const reader of stopping) await reader.join();
  await pause(SETTLE_MS);
  let drawing = true;
  const pacing = pace({
    count: drawers.length,
    perSecond: FRAMES_PER_SECOND,
    seconds: SECONDS_MAX,
    seed: plan.seed,
    send: (i) => drawers[i]?.draw(),
    goOn: () => drawing,
  });
  await pause(plan.warmup * 1000);
  const begin = take(plan.processes);
  const rounds = [];
  const [calm, beside] = [new Latency(), new Latency()];
  for (let i = 0; i < plan.rounds; i += 1) {
    ear.latency = calm;
    await pause(plan.seconds * 1000);
    ear.latency = beside;
    const round = await stalledRound(plan, readers, stopping);
    ear.latency = null;
    rounds.push({ ...round, codes: await resumed(stopping) });
  }
  const usage = used(begin, take(plan.processes));
  drawing = false;
  const lateness = await pacing;
  const commits = drawers.reduce((sum, drawer) => sum + drawer.commits, 0);
  await until(() => stopping.every(({ log }) => log.length >= commits), DRAIN_SECONDS);
  await until(() => crowd.missing() === 0, DRAIN_SECONDS);
  const all = [...others, ...stopping];
  const troubles = all.flatMap((member) => member.troubles);
  for (const member of all) member.leave();
  return {
    ...usage,
    rounds,
    calm: calm.summary(),
    beside: beside.summary(),
    commits,
    // Every clock once and in order is the Member's own check: what fails it is a trouble.
    tailsMissing: stopping.reduce((sum, { log }) => sum + commits - log.length, 0),
    missing: crowd.missing(),
    troubles: troubles.length,
    firstTroubles: troubles.slice(0, 5),
    lateness: lateness.summary(),
  };
}

/** @param {Crowd} crowd @param {import("./member.mjs").Member[]} readers @param {Ear} ear */
function listen(crowd, readers, ear) {
  const counted = new Set(readers);
  for (const member of crowd.members) {
    member.onPoints = (_, slot, stroke, index, now) => {
      const sentAt = crowd.arrived(member, slot, stroke, index);
      if (counted.has(member)) ear.latency?.add(now - sentAt);
    };
  }
}

/** @param {StallPlan} plan @param {import("./member.mjs").Member[]} readers @param {Lasting[]} stopping */
async function stalledRound(plan, readers, stopping) {
  const [witness] = readers;
  if (!witness) throw new Error("needs a reader who goes on");
  const slots = new Set(stopping.map(({ slot }) => slot));
  const before = resident(plan.processes);
  let most = before;
  const begin = performance.now();
  /** @type {number[]} */
  const goneAfter = [];
  witness.onLeft = (left, now) => {
    for (const slot of left) if (slots.delete(slot)) goneAfter.push(Math.round(now - begin));
  };
  for (const reader of stopping) reader.socket.stall();
  while (slots.size > 0 && performance.now() - begin < CLOSED_SECONDS_MAX * 1000) {
    await pause(SAMPLE_MS);
    most = Math.max(most, resident(plan.processes));
  }
  return {
    bytesPerStalled: Math.round((most - before) / stopping.length),
    closedAfterMs: goneAfter,
    neverClosed: slots.size,
  };
}

/** They read on, find themselves closed, and come back. @param {Lasting[]} stopping */
async function resumed(stopping) {
  const counts = stopping.map(({ absences }) => absences.length);
  for (const reader of stopping) reader.socket.resume();
  await until(
    () => stopping.every(({ live, absences }, i) => live && absences.length > (counts[i] ?? 0)),
    DRAIN_SECONDS,
  );
  return stopping.map(({ absences }) => absences.at(-1)?.code ?? 0);
}
