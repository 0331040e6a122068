// R9: what is live while the code that reads and writes it is still on its way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveWriter, pointsOf, readLiveFrame } from "../../static/board/sync/live.js";
import { LiveSender } from "../../static/board/sync/live-sender.js";
import { LivePeople } from "../../static/board/sync/people.js";
import { BOB, HandLine, YOU } from "./support/hand-line.js";
import { stamped } from "./support/live-room.js";

const KEY = "aaaaaaaabbbbbbbb";
const START = { stroke: 1, key: KEY, step: 3, pressure: true, x: 10, y: 0, width: 4, color: "red" };

/** @param {number} from @param {number} count */
const points = (from, count) =>
  Array.from({ length: count }, (_, i) => ({ x: from + i, y: 0, pressure: 0.5 }));

async function lineWithBob() {
  const line = await new HandLine({ readLive: null }).live();
  line.socket.says({ type: "people", joined: [BOB], left: [] });
  return line;
}

/** @param {HandLine} line @param {(writer: LiveWriter) => void} write */
function bob(line, write) {
  const writer = new LiveWriter();
  write(writer);
  line.socket.handlers.binary(stamped(writer.take(), BOB.slot));
}

/** @param {HandLine} line */
function meet(line) {
  const people = new LivePeople(line.session, line.clock);
  line.session.readLive(readLiveFrame);
  return people;
}

/** @param {HandLine} line */
const heardFrom = (line) =>
  line.socket.binary.flatMap((bytes) => readLiveFrame(stamped(bytes.subarray(1), YOU.slot)));

test("what others do meanwhile is seen once it can be read, in order", async () => {
  const line = await lineWithBob();
  bob(line, (writer) => writer.selection([KEY]));
  bob(line, (writer) => writer.strokeStart(START));
  for (const from of [0, 3])
    bob(line, (writer) => writer.strokePoints(1, from, points(from, 3), 3, true));
  const people = meet(line);
  bob(line, (writer) => writer.strokePoints(1, 6, points(6, 2), 3, true));
  const [stroke] = people.strokes();
  assert.equal(stroke?.runs.length, 1);
  assert.deepEqual(
    stroke?.runs[0]?.map(({ x }) => x),
    [10, 11, 12, 13, 14, 15, 16, 17],
  );
  assert.deepEqual([...people.selections()], [[BOB.slot, [KEY]]]);
});

test("a stroke that has become an element meanwhile isn't drawn over it", async () => {
  const line = await lineWithBob();
  bob(line, (writer) => writer.strokeStart(START));
  line.receipt(
    { id: "bbbbbbbbbbbbbbbb", changes: [{ op: "put", key: KEY, element: { kind: "stroke" } }] },
    1,
  );
  assert.deepEqual([...meet(line).strokes()], []);
});

test("who has left meanwhile leaves nothing to who comes in their place", async () => {
  const line = await lineWithBob();
  bob(line, (writer) => writer.selection([KEY]));
  line.socket.says({ type: "people", joined: [], left: [BOB.slot] });
  line.socket.says({ type: "people", joined: [{ ...BOB, person: 77 }], left: [] });
  bob(line, (writer) => writer.cursor(1, 2, 0));
  const people = meet(line);
  assert.equal(people.selections().size, 0);
  assert.equal(people.cursors().length, 1);
});

test("of a connection that is gone nothing is read any more", async () => {
  const line = await lineWithBob();
  bob(line, (writer) => writer.selection([KEY]));
  line.socket.handlers.close(1006);
  await line.clock.run(5000);
  await line.open();
  line.welcome({ people: [YOU, BOB] });
  assert.equal(line.session.state, "live");
  assert.equal(meet(line).selections().size, 0);
});

test("one's own first stroke is told from its first point on", async () => {
  const line = await new HandLine().live();
  const sender = new LiveSender(line.session, line.clock);
  sender.strokeStart(START);
  sender.strokePoints(points(0, 5));
  assert.equal(line.socket.binary.length, 0);
  sender.writeWith(new LiveWriter());
  sender.strokePoints(points(5, 5));
  await line.clock.run(100);
  const records = heardFrom(line);
  assert.equal(records[0]?.type, "start");
  const told = records.flatMap((record) =>
    record.type === "points" ? pointsOf(record, { type: "start", slot: 1, ...START }) : [],
  );
  assert.deepEqual(
    told.map(({ x }) => x),
    points(10, 10).map(({ x }) => x),
  );
});

test("a stroke that is finished before it could be told isn't told any more", async () => {
  const line = await new HandLine().live();
  const sender = new LiveSender(line.session, line.clock);
  sender.strokeStart(START);
  sender.strokePoints(points(0, 5));
  line.draw(KEY);
  sender.writeWith(new LiveWriter());
  await line.clock.run(3000);
  assert.deepEqual(heardFrom(line), []);
});
