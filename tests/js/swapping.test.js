// A connection that replaces another in the middle of what somebody does: nothing is lost, nothing is doubled.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { LiveWriter } from "../../static/board/sync/live.js";
import { LiveSender } from "../../static/board/sync/live-sender.js";
import { LivePeople } from "../../static/board/sync/people.js";
import { LiveRoom, Swapper } from "./support/live-room.js";
import { VirtualClock } from "./support/virtual-clock.js";

const KEY = "aaaaaaaabbbbbbbb";
const START = { key: KEY, x: 0, y: 0, color: "red", width: 4, step: 0, pressure: false };
const POINTS = 240;
const POINT_MS = 20;

/** What Bob sees of Ann's stroke: how many points, and that there is one stroke that begins at the beginning. @param {LivePeople} people */
function seenOf(people) {
  const strokes = [...people.strokes()].filter(({ key }) => key === KEY);
  assert.ok(strokes.length <= 1, "the stroke is seen twice");
  const runs = strokes[0]?.runs ?? [];
  assert.ok(runs.length <= 1, "points are missing");
  const xs = (runs[0] ?? []).map(({ x }) => x);
  assert.deepEqual(xs, [...xs.keys()], "points are missing, or come twice");
  return xs.length;
}

/** @param {{ann: readonly {at: number, delay: number}[], bob: readonly {at: number, delay: number}[], first: number, phase: number}} how */
async function drawn({ ann: annSwaps, bob: bobSwaps, first, phase }) {
  const clock = new VirtualClock();
  await clock.run(phase);
  const room = new LiveRoom(clock);
  const [ann, bob] = [new Swapper(room, 1, first), new Swapper(room, 2, 20)];
  const people = new LivePeople(bob.session, clock);
  const sender = new LiveSender(ann.session, clock, new LiveWriter());
  await clock.run(2000);
  assert.equal(ann.session.state, "live");
  for (const [who, swaps] of /** @type {const} */ ([
    [ann, annSwaps],
    [bob, bobSwaps],
  ]))
    for (const { at, delay } of swaps) clock.setTimeout(() => who.swap(delay), at);
  let most = 0;
  const look = () => {
    const seen = seenOf(people);
    assert.ok(seen >= most, `${seen} points after ${most}`);
    most = seen;
    assert.deepEqual([ann.session.state, bob.session.state], ["live", "live"]);
  };
  sender.strokeStart(START);
  for (let x = 0; x < POINTS; x++) {
    sender.strokePoints([{ x, y: 0, pressure: 0.5 }]);
    await clock.run(POINT_MS, look);
  }
  await clock.run(4500, look);
  assert.equal(most, POINTS);
  return { ann, bob, people, clock, sender };
}

const delays = fc.integer({ min: 1, max: 200 });
const swaps = fc
  .array(fc.record({ at: fc.nat(POINTS * POINT_MS), delay: delays }), { maxLength: 2 })
  // One swap has come to its end before the next is begun.
  .map((all) => all.map(({ at, delay }, i) => ({ at: at / 2 + i * 2600, delay })));

describe("a swap in the middle of a stroke", () => {
  test("others see the stroke grow on, never less of it, never twice", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ ann: swaps, bob: fc.constant([]), first: delays, phase: fc.nat(250) }),
        async (how) => void (await drawn(how)),
      ),
      { numRuns: 40 },
    );
  });

  test("who swaps goes on seeing others' strokes grow", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ ann: fc.constant([]), bob: swaps, first: delays, phase: fc.nat(250) }),
        async (how) => void (await drawn(how)),
      ),
      { numRuns: 40 },
    );
  });

  test("one's own stroke never comes round as somebody else's", async () => {
    const { ann, sender, clock } = await drawn({ ann: [], bob: [], first: 150, phase: 0 });
    const own = new LivePeople(ann.session, clock);
    sender.strokeStart({ ...START, key: "ccccccccdddddddd" });
    sender.strokePoints([{ x: 1, y: 1, pressure: 0.5 }]);
    await clock.run(100);
    ann.swap(1);
    await clock.run(1500, () => assert.deepEqual([...own.strokes()], []));
  });
});

describe("a swap in the middle of something else", () => {
  const ready = async () => {
    const clock = new VirtualClock();
    const room = new LiveRoom(clock);
    const [ann, bob] = [new Swapper(room, 1, 30), new Swapper(room, 2, 10)];
    const people = new LivePeople(bob.session, clock);
    const sender = new LiveSender(ann.session, clock, new LiveWriter());
    await clock.run(2000);
    return { clock, room, ann, people, sender };
  };

  test("the pointer, the selection and a draft are where they were, once", async () => {
    const { clock, ann, people, sender } = await ready();
    sender.cursor(5, 6, 1);
    sender.selection([KEY]);
    sender.draft(KEY, { kind: "note", x: 1, y: 2 });
    await clock.run(300);
    const before = people.cursors()[0]?.slot;
    ann.swap(5);
    await clock.run(900, () => {
      assert.ok(people.cursors().length <= 1);
      assert.equal([...people.drafts()].length, 1);
      assert.ok(people.selections().size >= 1);
    });
    await clock.run(2000);
    const [cursor, ...others] = people.cursors();
    assert.deepEqual([cursor?.x, cursor?.y, others], [5, 6, []]);
    assert.notEqual(cursor?.slot, before);
    assert.deepEqual([...people.selections()], [[cursor?.slot, [KEY]]]);
    assert.equal([...people.drafts()][0]?.slot, cursor?.slot);
  });

  test("somebody else's stroke with the same key takes nothing over", async () => {
    const { clock, room, people, sender } = await ready();
    const eve = new Swapper(room, 3, 10);
    await clock.run(1000);
    const hers = new LiveSender(eve.session, clock, new LiveWriter());
    sender.strokeStart(START);
    sender.strokePoints([{ x: 0, y: 0, pressure: 0.5 }]);
    await clock.run(200);
    hers.strokeStart({ ...START, x: 50 });
    hers.strokePoints([{ x: 0, y: 0, pressure: 0.5 }]);
    sender.strokePoints([{ x: 1, y: 0, pressure: 0.5 }]);
    await clock.run(500);
    const strokes = [...people.strokes()].map(({ runs }) => runs.flat().map(({ x }) => x));
    assert.deepEqual(strokes, [[0, 1], [50]]);
  });
});
