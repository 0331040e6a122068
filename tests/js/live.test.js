// R9: live records, both ways: the codec, the sender, and what others' records become.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { LiveWriter, pointsOf, readLiveFrame } from "../../static/board/sync/live.js";
import { LiveSender } from "../../static/board/sync/live-sender.js";
import { LivePeople } from "../../static/board/sync/people.js";
import { BOB, HandLine, YOU } from "./support/hand-line.js";
import { stamped } from "./support/live-room.js";

/** Of a frame below 126 bytes from the server. */
const WEBSOCKET_HEADER = 2;
const KEY = "aaaaaaaabbbbbbbb";
const START = {
  stroke: 1,
  key: KEY,
  step: 3,
  pressure: true,
  x: 10,
  y: -20,
  width: 4,
  color: "red",
};

/** @param {(writer: LiveWriter) => void} write @param {number} slot */
function frameOf(write, slot = BOB.slot) {
  const writer = new LiveWriter();
  write(writer);
  return stamped(writer.take(), slot);
}

/** @param {number} count @param {number} from */
const points = (count, from = 0) =>
  Array.from({ length: count }, (_, i) => ({ x: from + i, y: i / 2, pressure: 0.5 }));

describe("the codec", () => {
  test("cursor, away, selection and end come back", () => {
    const frame = frameOf((writer) => {
      writer.cursor(12.5, -3, 2);
      writer.away();
      writer.selection([KEY, "cccccccc"]);
      writer.strokeEnd(300);
    }, 200);
    assert.deepEqual(readLiveFrame(frame), [
      { type: "cursor", slot: 200, x: 12.5, y: -3 },
      { type: "away", slot: 200 },
      { type: "selection", slot: 200, keys: [KEY, "cccccccc"] },
      { type: "end", slot: 200, stroke: 300 },
    ]);
  });

  test("a stroke comes back, its points within half a step", () => {
    const some = points(40);
    const [start, record] = readLiveFrame(
      frameOf((writer) => {
        writer.strokeStart(START);
        writer.strokePoints(1, 7, some, START.step, START.pressure);
      }),
    );
    assert.deepEqual(start, { type: "start", slot: BOB.slot, ...START });
    assert.ok(record?.type === "points" && start?.type === "start");
    assert.equal(record.first, 7);
    const read = pointsOf(record, start);
    assert.equal(read.length, 40);
    for (const [i, point] of read.entries()) {
      assert.ok(Math.abs(point.x - START.x - (some[i]?.x ?? NaN)) <= 1 / 16);
      assert.ok(Math.abs(point.y - START.y - (some[i]?.y ?? NaN)) <= 1 / 16);
      assert.ok(Math.abs(point.pressure - 0.5) < 1 / 255);
    }
  });

  test("a cursor is written as docs/protocol.md says", () => {
    const writer = new LiveWriter();
    writer.cursor(1, -1, 1);
    // Kind 1, three bytes: zig-zag of 1, of 2 steps, of -2 steps.
    assert.deepEqual([...writer.take()], [1, 3, 2, 4, 3]);
  });

  test("S17: whatever comes, nothing is thrown and numbers are numbers", () => {
    const wild = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(wild, (bytes) => {
        for (const record of readLiveFrame(Uint8Array.of(1, ...bytes))) {
          if (record.type === "cursor" || record.type === "start")
            assert.ok(Math.abs(record.x) <= 1e6);
          if (record.type === "points") pointsOf(record, { type: "start", slot: 1, ...START });
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("records of unknown kinds and broken ones are skipped, those after them read", () => {
    const frame = Uint8Array.of(1, 5, 77, 2, 0, 0, 5, 1, 1, 2, 5, 2, 0);
    assert.deepEqual(readLiveFrame(frame), [{ type: "away", slot: 5 }]);
    assert.deepEqual(readLiveFrame(Uint8Array.of(2, 5, 2, 0)), []);
    assert.deepEqual(readLiveFrame(Uint8Array.of(1, 5, 2, 9)), []);
  });

  test("a selection too large for a record is cut", () => {
    const keys = Array.from({ length: 1000 }, (_, i) => `key${String(i).padStart(13, "0")}`);
    const [record] = readLiveFrame(frameOf((writer) => writer.selection(keys)));
    assert.ok(
      record?.type === "selection" && record.keys.length > 200 && record.keys.length < 1000,
    );
  });
});

/** @param {HandLine} line */
const heardFrom = (line) =>
  line.socket.binary.map((bytes) => readLiveFrame(stamped(bytes.subarray(1), YOU.slot)));

describe("the sender", () => {
  const ready = async () => {
    const line = await new HandLine().live();
    return { line, sender: new LiveSender(line.session, line.clock, new LiveWriter()) };
  };

  test("sends the first at once, then at most 30 frames a second, the newest cursor", async () => {
    const { line, sender } = await ready();
    for (let i = 0; i < 100; i++) {
      sender.cursor(i, 0, 1);
      if (i === 0) assert.equal(line.socket.binary.length, 1);
      await line.clock.run(10);
    }
    assert.ok(line.socket.binary.length <= 30, `${line.socket.binary.length}`);
    await line.clock.run(40);
    assert.equal(/** @type {any} */ (heardFrom(line).flat().at(-1))?.x, 99);
  });

  test("a stroke's points arrive all, in order, from the first on", async () => {
    const { line, sender } = await ready();
    sender.strokeStart(START);
    const all = points(1000);
    for (let i = 0; i < 1000; i += 4) {
      sender.strokePoints(all.slice(i, i + 4));
      await line.clock.run(5);
    }
    await line.clock.run(500);
    /** @type {import("../../static/board/sync/live.js").LiveRecord[]} */
    const records = heardFrom(line).flat();
    assert.equal(records[0]?.type, "start");
    let next = 0;
    for (const record of records) {
      if (record.type !== "points") continue;
      assert.equal(record.first, next);
      next += pointsOf(record, { type: "start", slot: 1, ...START }).length;
    }
    assert.equal(next, 1000);
    assert.ok(
      records.filter(({ type }) => type === "start").length >= 2,
      "R9: the start is repeated",
    );
  });

  test("a start is repeated every second of stillness, and for who comes", async () => {
    const { line, sender } = await ready();
    sender.strokeStart(START);
    sender.strokePoints(points(1));
    const starts = () =>
      heardFrom(line)
        .flat()
        .filter(({ type }) => type === "start").length;
    await line.clock.run(2500);
    assert.equal(starts(), 3);
    line.socket.says({ type: "people", joined: [BOB], left: [] });
    await line.clock.run(50);
    assert.equal(starts(), 4);
  });

  test("a new point after stillness goes at once", async () => {
    const { line, sender } = await ready();
    sender.strokeStart(START);
    await line.clock.run(500);
    const before = line.socket.binary.length;
    sender.strokePoints(points(1));
    assert.equal(line.socket.binary.length, before + 1);
  });

  test("a finished stroke ends by its put, a given up one by an end", async () => {
    const { line, sender } = await ready();
    const kinds = () =>
      heardFrom(line)
        .flat()
        .map(({ type }) => type);
    const wait = async () => {
      await line.clock.run(1500);
      line.socket.says({ type: "pong" });
    };
    sender.strokeStart(START);
    line.draw(KEY);
    await wait();
    await wait();
    assert.deepEqual(kinds(), ["start"]);
    sender.strokeStart({ ...START, key: "otherkey" });
    sender.strokeEnd();
    await wait();
    await wait();
    assert.deepEqual(kinds(), ["start", "start", "end"]);
  });

  test("who draws has the cursor at the pen, who selects is seen by newcomers", async () => {
    const { line, sender } = await ready();
    const last = () => heardFrom(line).flat().at(-1);
    sender.selection([KEY]);
    line.socket.says({ type: "people", joined: [BOB], left: [] });
    await line.clock.run(50);
    assert.deepEqual(last(), { type: "selection", slot: YOU.slot, keys: [KEY] });
    sender.strokeStart(START);
    sender.cursor(1, 1, 1);
    await line.clock.run(50);
    assert.equal(last()?.type, "start");
    sender.away();
    await line.clock.run(50);
    assert.ok(
      heardFrom(line)
        .flat()
        .some(({ type }) => type === "away"),
    );
  });

  test("a movement and a draft are told again while they last, to a server that knows them", async () => {
    const { line, sender } = await ready();
    const heard = () =>
      heardFrom(line)
        .flat()
        .map(({ type }) => type);
    sender.transform({ matrix: [1, 0, 0, 1, 5, 5], copy: false });
    sender.draft(KEY, { kind: "rectangle", x: 0, y: 0 });
    await line.clock.run(1200);
    assert.deepEqual(heard(), ["transform", "draft", "transform", "draft"]);
    sender.transform(null);
    sender.draft(KEY, null);
    await line.clock.run(1500);
    assert.deepEqual(heard().slice(4), ["transform", "draft"]);
    line.session.schema = 1;
    sender.draft(KEY, { kind: "rectangle", x: 0, y: 0 });
    await line.clock.run(1200);
    assert.equal(heard().length, 6);
  });

  test("a draft is told no more once its put is on the board, or another form of what was there", async () => {
    const { line, sender } = await ready();
    const heard = () => heardFrom(line).flat();
    const note = { kind: "note", x: 0, y: 0, z: "a0" };
    for (const change of [
      { op: "put", key: KEY, element: note },
      { op: "set", key: KEY, props: { x: 9 } },
    ]) {
      const before = heard().length;
      sender.draft(KEY, note);
      await line.clock.run(50);
      assert.equal(heard().length, before + 1);
      line.document.propose([/** @type {any} */ (change)]);
      await line.clock.run(2500);
      assert.equal(heard().length, before + 1);
    }
  });

  test("what the line can't take now goes later, and over a new connection all of it again", async () => {
    const { line, sender } = await ready();
    line.socket.bufferedAmount = 1e6;
    sender.strokeStart(START);
    sender.strokePoints(points(5));
    await line.clock.run(200);
    assert.equal(line.socket.binary.length, 0);
    line.socket.bufferedAmount = 0;
    await line.clock.run(50);
    assert.deepEqual(
      heardFrom(line)
        .flat()
        .map(({ type }) => type),
      ["start", "points"],
    );
    line.socket.handlers.close(1006);
    sender.strokePoints(points(5));
    await line.clock.run(1000);
    await line.open();
    line.welcome();
    sender.strokePoints(points(2));
    await line.clock.run(50);
    const [start, record] = heardFrom(line).flat();
    assert.ok(start?.type === "start" && record?.type === "points");
    assert.deepEqual([record.first, pointsOf(record, start).length], [0, 12]);
  });

  test("100 points with pressure cost at most 900 bytes", async () => {
    const { line, sender } = await ready();
    // A word as a hand writes it at 100 %: some 5 units between points, steps of a quarter.
    sender.strokeStart({ ...START, step: 2 });
    for (let i = 0; i < 100; i++) {
      sender.strokePoints([
        { x: i * 2 + Math.sin(i / 4) * 15, y: Math.cos(i / 4) * 20, pressure: (i % 10) / 10 },
      ]);
      await line.clock.run(1000 / 60);
    }
    line.draw(KEY);
    const bytes = line.socket.binary.reduce(
      (sum, frame) => sum + stamped(frame.subarray(1), 9).length + WEBSOCKET_HEADER,
      0,
    );
    assert.ok(bytes <= 900, `${bytes} bytes`);
  });
});

describe("others", () => {
  const ready = async () => {
    const line = await new HandLine().live();
    const people = new LivePeople(line.session, line.clock);
    line.socket.says({ type: "people", joined: [BOB], left: [] });
    /** @param {(writer: LiveWriter) => void} write */
    const bob = (write) => line.socket.handlers.binary(frameOf(write));
    /** @param {number} first @param {number} count */
    const grow = (first, count) =>
      bob((writer) => writer.strokePoints(1, first, points(count, first), 3, true));
    return { line, people, bob, grow };
  };

  test("have cursors with names, until they are away or gone", async () => {
    const { line, people, bob } = await ready();
    let heard = 0;
    people.subscribe(() => heard++);
    bob((writer) => writer.cursor(5, 6, 0));
    assert.deepEqual(people.cursors(), [{ slot: BOB.slot, name: "Bob", color: "red", x: 5, y: 6 }]);
    assert.equal(heard, 1);
    bob((writer) => writer.away());
    assert.deepEqual(people.cursors(), []);
    bob((writer) => writer.cursor(5, 6, 0));
    line.socket.says({ type: "people", joined: [], left: [BOB.slot] });
    assert.deepEqual(people.cursors(), []);
  });

  test("draw: their strokes grow in board units, and the cursor is at the pen", async () => {
    const { people, bob, grow } = await ready();
    bob((writer) => writer.strokeStart(START));
    grow(0, 3);
    grow(3, 2);
    const [stroke] = people.strokes();
    assert.equal(stroke?.key, KEY);
    assert.equal(stroke?.runs.length, 1);
    assert.deepEqual(
      stroke?.runs[0]?.map(({ x }) => x),
      [10, 11, 12, 13, 14],
    );
    assert.equal(people.cursors()[0]?.x, 14);
  });

  test("R9: what is missing isn't drawn, what comes again isn't drawn twice", async () => {
    const { people, bob, grow } = await ready();
    grow(0, 2);
    bob((writer) => writer.strokeStart(START));
    grow(2, 2);
    grow(6, 2);
    grow(5, 4);
    bob((writer) => writer.strokeStart(START));
    const [stroke] = people.strokes();
    assert.deepEqual(
      stroke?.runs.map((run) => run.map(({ x }) => x - 10)),
      [
        [2, 3],
        [6, 7, 8],
      ],
    );
  });

  test("R9: a stroke is over with its put, and later records of it are ignored", async () => {
    const { line, people, bob, grow } = await ready();
    bob((writer) => writer.strokeStart(START));
    grow(0, 2);
    line.receipt({ id: "x", changes: [{ op: "put", key: KEY, element: { kind: "stroke" } }] }, 1);
    assert.deepEqual([...people.strokes()], []);
    line.receipt({ id: "y", changes: [{ op: "remove", key: KEY }] }, 2);
    bob((writer) => writer.strokeStart(START));
    grow(2, 2);
    assert.deepEqual([...people.strokes()], []);
  });

  test("R9: a start that comes after its put begins nothing", async () => {
    const { line, people, bob } = await ready();
    line.receipt({ id: "x", changes: [{ op: "put", key: KEY, element: { kind: "stroke" } }] }, 1);
    bob((writer) => writer.strokeStart(START));
    assert.deepEqual([...people.strokes()], []);
  });

  test("R9: an end, 5 s of silence, leaving and a lost connection end a stroke", async () => {
    for (const how of ["end", "silence", "leaving", "connection"]) {
      const { line, people, bob, grow } = await ready();
      bob((writer) => writer.strokeStart(START));
      grow(0, 2);
      await line.clock.run(2500);
      line.socket.says({ type: "pong" });
      grow(2, 2);
      await line.clock.run(4900);
      assert.equal([...people.strokes()].length, 1, how);
      if (how === "end") bob((writer) => writer.strokeEnd(1));
      else if (how === "silence") await line.clock.run(200);
      else if (how === "leaving")
        line.socket.says({ type: "people", joined: [], left: [BOB.slot] });
      else line.socket.handlers.close(1006);
      assert.deepEqual([...people.strokes()], [], how);
      grow(4, 2);
      assert.deepEqual([...people.strokes()], [], how);
    }
  });

  test("select: shown by slot until they select nothing", async () => {
    const { people, bob } = await ready();
    bob((writer) => writer.selection([KEY]));
    assert.deepEqual([...people.selections()], [[BOB.slot, [KEY]]]);
    bob((writer) => writer.selection([]));
    assert.equal(people.selections().size, 0);
  });

  test("a selection on its way is seen where it goes, until its elements are there", async () => {
    const { line, people, bob } = await ready();
    line.draw(KEY);
    const was = line.document.get(KEY);
    bob((writer) => writer.selection([KEY]));
    bob((writer) => writer.transform({ matrix: [1, 0, 0, 1, 12.5, -3], copy: false }, 4));
    const [moved] = people.moved();
    assert.deepEqual(moved?.matrix, [1, 0, 0, 1, 12.5, -3]);
    assert.equal(moved?.elements.get(KEY), was);
    bob((writer) => writer.transform(null, 4));
    assert.equal(people.moved().length, 1, "its transaction may come later");
    line.document.propose([{ op: "set", key: KEY, props: { x: 99 } }]);
    assert.deepEqual(people.moved(), []);
    await line.clock.run(500);
    bob((writer) => writer.transform({ matrix: [1, 0, 0, 1, 1, 1], copy: false }, 4));
    assert.equal(people.moved()[0]?.elements.get(KEY), line.document.get(KEY));
    await line.clock.run(6000);
    assert.deepEqual(people.moved(), [], "it has been silent for too long");
  });

  test("what is only recoloured on the way goes on moving, in its new colour", async () => {
    const { line, people, bob } = await ready();
    line.draw(KEY);
    bob((writer) => writer.selection([KEY]));
    bob((writer) => writer.transform({ matrix: [1, 0, 0, 1, 9, 9], copy: false }, 4));
    line.document.propose([{ op: "set", key: KEY, props: { color: "red" } }]);
    assert.equal(people.moved()[0]?.elements.get(KEY)?.color, "red");
  });

  test("a draft of an element that is there stands for it until it changes, or is given up", async () => {
    const { line, people, bob } = await ready();
    line.draw(KEY);
    const drafts = () => [...people.drafts()].map(({ key }) => key);
    bob((writer) => writer.draft(KEY, { kind: "stroke", x: 5, y: 5 }));
    assert.deepEqual(drafts(), [KEY]);
    bob((writer) => writer.draft(KEY, null));
    assert.deepEqual(drafts(), [KEY], "its change may come later");
    line.document.propose([{ op: "set", key: KEY, props: { x: 5 } }]);
    assert.deepEqual(drafts(), []);
    bob((writer) => writer.draft(KEY, { kind: "stroke", x: 9, y: 9 }));
    bob((writer) => writer.draft(KEY, null));
    await line.clock.run(500);
    assert.deepEqual(drafts(), []);
  });

  test("a draft is shown until its put, and one that can't be read is none", async () => {
    const { line, people, bob } = await ready();
    const element = { kind: "rectangle", x: 1, y: 2, w: 3, h: 4 };
    bob((writer) => writer.draft(KEY, element));
    assert.deepEqual(
      [...people.drafts()].map((draft) => [draft.key, draft.element]),
      [[KEY, element]],
    );
    line.draw(KEY);
    assert.deepEqual([...people.drafts()], []);
    for (const broken of [{ a: { b: 1 } }, [1], null, "text"]) {
      bob((writer) => writer.draft("dddddddd", /** @type {any} */ (broken)));
      assert.deepEqual([...people.drafts()], []);
    }
  });

  test("a page that begins strokes for ever is bounded", async () => {
    const { people, bob } = await ready();
    for (let i = 1; i < 100; i++) {
      bob((writer) =>
        writer.strokeStart({ ...START, stroke: i, key: `stroke${String(i).padStart(6, "0")}` }),
      );
    }
    assert.ok([...people.strokes()].length <= 16);
  });
});
