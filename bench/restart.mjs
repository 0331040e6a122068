// People draw while processes are replaced: who is away how long, and is anything lost or shown?

import { drawersOf, FRAMES_PER_SECOND, inkOf } from "./drawer.mjs";
import { random } from "./ink.mjs";
import { Lasting } from "./lasting.mjs";
import { Latency } from "./latency.mjs";
import { Member } from "./member.mjs";
import { pace, pause, until } from "./pace.mjs";

const SETTLE_MS = 1000;
const DRAIN_SECONDS = 30;
/** Whatever is going on, nobody draws longer. */
const SECONDS_MAX = 120;
const JOINING_AT_ONCE = 10;

/**
 * Draws until `over`, having said `going` once everybody is there.
 * @param {{seed: number, target: import("./member.mjs").Target, boards: import("./member.mjs").BoardPlan[]}} plan
 * @param {{going: () => void, over: Promise<void>}} course
 */
export async function restart(plan, { going, over }) {
  const [board] = plan.boards;
  if (!board) throw new Error("needs a board");
  const chance = random(plan.seed);
  const people = board.cookies.map((_, seat) => new Lasting(plan.target, board, seat, chance));
  for (let i = 0; i < people.length; i += JOINING_AT_ONCE)
    await Promise.all(people.slice(i, i + JOINING_AT_ONCE).map((person) => person.join()));
  const drawers = drawersOf(people, board.id, inkOf(plan.seed));
  const receipts = new Latency();
  for (const [i, person] of people.entries()) {
    const { committedAt } = /** @type {import("./drawer.mjs").Drawer} */ (drawers[i]);
    person.onReceipt = (id, now) => receipts.add(now - (committedAt.get(id) ?? now));
  }
  await pause(SETTLE_MS);
  going();
  let drawing = true;
  over.then(() => {
    drawing = false;
  });
  await pace({
    count: drawers.length,
    perSecond: FRAMES_PER_SECOND,
    seconds: SECONDS_MAX,
    seed: plan.seed,
    send: (i) => drawers[i]?.draw(),
    goOn: () => drawing,
  });
  const commits = drawers.reduce((sum, drawer) => sum + drawer.commits, 0);
  await until(
    () => people.every((person) => person.live && person.log.length >= commits),
    DRAIN_SECONDS,
  );
  const result = { commits, receipts: receipts.summary(), ...(await judged(people, plan.target)) };
  for (const person of people) person.leave();
  return result;
}

/** @param {Lasting[]} people @param {import("./member.mjs").Target} target */
async function judged(people, target) {
  const truth = await readLog(people, target);
  const stored = new Set(truth);
  const absences = people.flatMap((person) => person.absences);
  const codes = absences.map(({ code }) => code);
  const troubles = people.flatMap((person) => person.troubles);
  return {
    acknowledgedLost: count(people, ({ acknowledged }) => without(acknowledged, stored)),
    neverCommitted: people.reduce((sum, { pending }) => sum + pending.size, 0),
    doubled: truth.length - stored.size,
    differing: people.filter(({ log }) => log.join() !== truth.join()).length,
    cut: absences.length,
    codes: Object.fromEntries(
      [...new Set(codes)].map((code) => [code, codes.filter((each) => each === code).length]),
    ),
    worstAwayMs: Math.max(0, ...absences.map(({ away }) => away)),
    attemptsMost: Math.max(0, ...absences.map(({ attempts }) => attempts)),
    troubles: troubles.length,
    firstTroubles: troubles.slice(0, 5),
  };
}

/** What a newcomer is told of the board from its beginning. @param {Lasting[]} people @param {import("./member.mjs").Target} target */
async function readLog(people, target) {
  const [someone] = people;
  if (!someone) return [];
  const newcomer = new Member(target, someone.board, 0);
  /** @type {string[]} */
  const log = [];
  newcomer.onCommits = (_, ids) => log.push(...ids);
  await newcomer.join();
  await until(() => newcomer.clock >= newcomer.joinedAt, DRAIN_SECONDS);
  newcomer.leave();
  someone.troubles.push(...newcomer.troubles);
  return log;
}

/** @param {Set<string>} some @param {Set<string>} others */
function without(some, others) {
  return [...some].filter((each) => !others.has(each)).length;
}

/** @param {Lasting[]} people @param {(person: Lasting) => number} figure */
function count(people, figure) {
  return people.reduce((sum, person) => sum + figure(person), 0);
}
