// R9: what people are like at this moment, beside what they draw: the records, what becomes of them, and what is sent.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteWriter } from "../../static/board/core/bytes.js";
import {
  CHAT_MS,
  Company,
  LASER_MS,
  ME,
  PRESENT_SILENCE_MS,
} from "../../static/board/sync/company.js";
import { CompanySender } from "../../static/board/sync/company-sender.js";
import { KINDS, LiveWriter, readLiveFrame } from "../../static/board/sync/live.js";
import {
  CHAT_BYTES,
  CHAT_SIGNS,
  chatWithin,
  readMore,
  stepFor,
  writeChat,
  writeLaser,
  writePage,
  writeReaction,
  writeState,
  writeView,
} from "../../static/board/sync/live-more.js";
import { LiveSender } from "../../static/board/sync/live-sender.js";
import { LivePeople } from "../../static/board/sync/people.js";
import { Laser } from "../../static/board/tools/laser.js";
import { BOB, HandLine, YOU } from "./support/hand-line.js";

const MAY = /** @type {const} */ (["see", "react", "point", "comment", "draw", "lead", "order"]);
const VIEW = { x: 100, y: -50, width: 1280, height: 720 };
const place = fc.record({
  x: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  y: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
});
const zoom = fc.double({ min: 0.01, max: 32, noNaN: true });

describe("the records", () => {
  test("a view comes back within half a pixel of whoever sends it", () => {
    fc.assert(
      fc.property(place, zoom, ({ x, y }, scale) => {
        const view = { x, y, width: 1440 / scale, height: 900 / scale };
        const note = readMore({ kind: KINDS.VIEW, body: writeView(view, stepFor(scale)) });
        assert.ok(note?.type === "view");
        for (const part of /** @type {const} */ (["x", "y", "width", "height"]))
          assert.ok(Math.abs(note.view[part] - view[part]) * scale <= 0.5, part);
      }),
    );
  });

  test("a laser's points come back, none lift it", () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 64 }), (points) => {
        const note = readMore({ kind: KINDS.LASER, body: writeLaser(points, 0) });
        assert.ok(note?.type === "laser");
        assert.equal(note.points.length, points.length);
        for (const [i, point] of note.points.entries())
          assert.ok(Math.abs(point.x - (points[i]?.x ?? NaN)) <= 0.6);
      }),
    );
    assert.deepEqual(readMore({ kind: KINDS.LASER, body: writeLaser([], 0) }), {
      type: "laser",
      points: [],
    });
  });

  test("state, reaction and the end of presenting come back", () => {
    const state = { tool: "highlighter", idle: true, away: false };
    assert.deepEqual(readMore({ kind: KINDS.STATE, body: writeState(state) }), {
      type: "state",
      ...state,
    });
    const body = writeReaction(2, { x: 4, y: -6 }, 1);
    assert.deepEqual(readMore({ kind: KINDS.REACTION, body }), {
      type: "reaction",
      index: 2,
      x: 4,
      y: -6,
    });
    const over = readMore({ kind: KINDS.PRESENT, body: new Uint8Array(0) });
    assert.deepEqual(over, { type: "present", view: null });
  });

  test("words are cut by signs and by bytes, never within a letter", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const kept = chatWithin(text);
        assert.ok(text.startsWith(kept) && [...kept].length <= CHAT_SIGNS);
        assert.ok(writeChat(text).length <= CHAT_BYTES);
      }),
    );
    const korean = "가".repeat(80);
    const note = readMore({ kind: KINDS.CHAT, body: writeChat(korean) });
    assert.deepEqual(note, { type: "chat", text: "가".repeat(66) });
  });

  test("S17: whatever comes, nothing is thrown, numbers are on the board, and lists are short", () => {
    const kind = fc.constantFrom(6, 7, 8, 9, 19, 20, 21, 99);
    fc.assert(
      fc.property(kind, fc.uint8Array({ maxLength: 400 }), (kind, body) => {
        const note = readMore({ kind, body });
        if (!note) return;
        if (note.type === "chat") assert.ok([...note.text].length <= CHAT_SIGNS);
        if (note.type === "laser") assert.ok(note.points.length <= 64);
        if (note.type === "reaction") assert.ok(note.index < 6 && Math.abs(note.x) <= 1e6);
        if (note.type === "state") assert.match(note.tool, /^[a-z-]{1,24}$/);
        if ("view" in note && note.view)
          assert.ok(Math.abs(note.view.x) <= 1e6 && note.view.width > 0 && note.view.height > 0);
      }),
      { numRuns: 3000 },
    );
  });
});

/** @param {number} kind @param {Uint8Array} body @param {number} slot */
function frame(kind, body, slot = BOB.slot) {
  const writer = new ByteWriter();
  writer.byte(1);
  writer.varint(slot);
  writer.byte(kind);
  writer.varint(body.length);
  writer.bytes(body);
  return writer.take();
}

async function ready(people = [YOU, BOB]) {
  const line = new HandLine();
  line.session.start();
  await line.clock.run(0);
  await line.open();
  const kept = new LivePeople(line.session, line.clock);
  line.welcome({ schema: 3, people, may: [...MAY] });
  const company = new Company(line.session, line.clock);
  /** @type {any[]} */
  const told = [];
  company.subscribe((event) => told.push(event));
  const hears = (/** @type {number} */ kind, /** @type {Uint8Array} */ body, slot = BOB.slot) =>
    line.socket.handlers.binary(frame(kind, body, slot));
  return { line, kept, company, told, hears };
}

describe("company", () => {
  test("what came before it could be read is read then", async () => {
    const { company, kept, hears } = await ready();
    const late = new Company(
      /** @type {any} */ ({ subscribe() {}, people: new Map([[BOB.slot, BOB]]) }),
    );
    hears(KINDS.STATE, writeState({ tool: "laser", idle: false, away: true }));
    hears(KINDS.VIEW, writeView(VIEW, 1));
    late.catchUp(kept);
    assert.deepEqual(late.views.get(BOB.slot), VIEW);
    assert.equal(late.states.get(BOB.slot)?.tool, company.states.get(BOB.slot)?.tool);
  });

  test("on which page somebody rests is known, whenever that was heard", async () => {
    const { line, kept, company, hears } = await ready();
    hears(KINDS.PAGE, writePage("second-page"));
    hears(KINDS.VIEW, writeView(VIEW, 1));
    const late = new Company(line.session, line.clock);
    late.catchUp(kept);
    for (const each of [company, late])
      assert.deepEqual([each.pages.get(BOB.slot), each.views.get(BOB.slot)], ["second-page", VIEW]);
  });

  test("where somebody is may be heard before that they are here", async () => {
    const { line, kept, company, hears } = await ready([YOU]);
    hears(KINDS.PAGE, writePage("second-page"));
    hears(KINDS.VIEW, writeView(VIEW, 1));
    const late = new Company(line.session, line.clock);
    late.catchUp(kept);
    const cem = { slot: 3, person: 9, name: "Cem", color: "teal" };
    for (const joined of [[cem], [BOB]]) line.socket.says({ type: "people", joined, left: [] });
    for (const each of [company, late])
      assert.deepEqual([each.pages.get(BOB.slot), each.views.get(BOB.slot)], ["second-page", VIEW]);
  });

  test("what a new connection brings before it is live isn't forgotten", async () => {
    const { line, kept, company, hears } = await ready();
    line.socket.handlers.close(1006);
    assert.equal(company.pages.size, 0);
    await line.clock.run(5000);
    await line.open();
    line.welcome({ schema: 4, clock: 1, people: [YOU, BOB], may: [...MAY] });
    hears(KINDS.PAGE, writePage("second-page"));
    hears(KINDS.VIEW, writeView(VIEW, 1));
    line.session.keeping({ fails: true });
    assert.notEqual(line.session.state, "live");
    assert.equal(company.pages.get(BOB.slot), "second-page");
    assert.equal(kept.pageOf(BOB.slot), "second-page");
    assert.deepEqual(company.views.get(BOB.slot), VIEW);
  });

  test("a presenter who falls silent presents no more", async () => {
    const { line, company, told, hears } = await ready();
    hears(KINDS.PRESENT, writeView(VIEW, 1));
    await line.clock.run(PRESENT_SILENCE_MS - 100);
    assert.ok(company.presenters.has(BOB.slot));
    hears(KINDS.PRESENT, writeView(VIEW, 1));
    await line.clock.run(PRESENT_SILENCE_MS - 100);
    assert.ok(company.presenters.has(BOB.slot));
    await line.clock.run(200);
    assert.equal(company.presenters.size, 0);
    assert.deepEqual(told.filter(({ type }) => type === "present").at(-1)?.view, null);
  });

  test("words and trails go by themselves; what is said again stands on", async () => {
    const { line, company, hears } = await ready();
    hears(KINDS.CHAT, writeChat("hello"));
    hears(KINDS.LASER, writeLaser([VIEW], 1));
    await line.clock.run(LASER_MS + 10);
    assert.deepEqual([company.lasers.size, company.chats.size], [0, 1]);
    await line.clock.run(CHAT_MS);
    assert.equal(company.chats.size, 0);
  });

  test("a hostile page gets no more shown than anybody: trails, reactions, people who aren't here", async () => {
    const { company, hears } = await ready();
    for (let i = 0; i < 300; i++) {
      hears(
        KINDS.LASER,
        writeLaser(
          Array.from({ length: 64 }, (_, x) => ({ x, y: i })),
          1,
        ),
      );
      hears(KINDS.REACTION, writeReaction(i % 6, { x: i, y: 0 }, 1));
      hears(KINDS.CHAT, writeChat("spam"), 77);
    }
    assert.ok((company.lasers.get(BOB.slot)?.length ?? 0) <= 400);
    assert.equal(company.reactions.length, 8);
    assert.equal(company.chats.size, 0);
  });

  test("whoever leaves takes all of it along, presenting too", async () => {
    const { line, company, told, hears } = await ready();
    hears(KINDS.PRESENT, writeView(VIEW, 1));
    hears(KINDS.CHAT, writeChat("hello"));
    line.socket.says({ type: "people", joined: [], left: [BOB.slot] });
    assert.deepEqual([company.presenters.size, company.chats.size], [0, 0]);
    assert.ok(told.some(({ type, view }) => type === "present" && view === null));
  });
});

/** @param {HandLine} line */
function sent(line) {
  return line.socket.binary.flatMap((bytes) => {
    const reader = new ByteReader(bytes.subarray(1));
    /** @type {{kind: number, note: any}[]} */
    const records = [];
    while (reader.left > 0) {
      const kind = reader.byte();
      const body = reader.bytes(reader.varint());
      records.push({ kind, note: readMore({ kind, body }) });
    }
    return records;
  });
}

/** @param {HandLine} line @param {number} kind */
const of = (line, kind) => sent(line).filter((record) => record.kind === kind);

async function sending(people = [YOU, BOB]) {
  const { line, company } = await ready(people);
  const live = new LiveSender(line.session, line.clock, new LiveWriter());
  const sender = new CompanySender({ live, session: line.session, company, clock: line.clock });
  return { line, company, live, sender };
}

const SEEN = { ...VIEW, zoom: 1 };

describe("the sender", () => {
  test("says where one looks at most ten times a second, the last for certain, and then nothing", async () => {
    const { line, sender } = await sending();
    for (let i = 0; i < 100; i++) {
      sender.look({ ...SEEN, x: i });
      await line.clock.run(10);
    }
    await line.clock.run(200);
    const views = of(line, KINDS.VIEW);
    assert.ok(views.length <= 12, `${views.length}`);
    assert.equal(views.at(-1)?.note.view.x, 99);
    await line.clock.run(2000);
    assert.equal(of(line, KINDS.VIEW).length, views.length);
  });

  test("says nothing while nobody is there to hear it, and all of it to who comes", async () => {
    const { line, sender } = await sending([YOU]);
    sender.look(SEEN);
    sender.state({ tool: "note", idle: false, away: false });
    sender.present(true);
    await line.clock.run(3000);
    assert.equal(line.socket.binary.length, 0);
    line.socket.says({ type: "people", joined: [BOB], left: [] });
    await line.clock.run(100);
    const kinds = sent(line).map(({ kind }) => kind);
    for (const kind of [KINDS.VIEW, KINDS.STATE, KINDS.PRESENT]) assert.ok(kinds.includes(kind));
  });

  test("presenting is said again each second until it ends, and ends with the right to lead", async () => {
    const { line, sender } = await sending();
    sender.look(SEEN);
    assert.ok(sender.present(true));
    await line.clock.run(2200);
    assert.ok(of(line, KINDS.PRESENT).length >= 3);
    const may = MAY.filter((right) => right !== "lead");
    line.socket.says({ type: "board", title: "", frozen: false, role: "editor", may });
    await line.clock.run(100);
    assert.equal(sender.presenting, false);
    const count = of(line, KINDS.PRESENT).length;
    await line.clock.run(1500);
    assert.equal(of(line, KINDS.PRESENT).length, count);
  });

  test("S4: what one may not, and what an older server doesn't know, isn't sent", async () => {
    for (const [schema, may] of /** @type {[number, any[]][]} */ ([
      [3, ["see"]],
      [2, [...MAY]],
    ])) {
      const { line, sender, company } = await sending();
      line.welcome({ schema, people: [YOU, BOB], may });
      line.socket.binary.length = 0;
      sender.chat("hello");
      sender.laser([VIEW]);
      sender.react(1, VIEW);
      assert.deepEqual([sender.summon(SEEN), sender.present(true)], [false, false]);
      await line.clock.run(500);
      assert.deepEqual(
        sent(line).filter(({ kind }) => kind !== KINDS.STATE && kind !== KINDS.VIEW),
        [],
      );
      assert.equal(company.reactions.length + company.lasers.size, 0);
    }
  });

  test("a laser goes with the other live records, is seen at once by oneself, and is lifted", async () => {
    const { line, company, sender } = await sending();
    sender.look(SEEN);
    for (let i = 0; i < 30; i++) {
      sender.laser([{ x: i, y: 0 }]);
      assert.equal(company.lasers.get(ME)?.at(-1)?.x, i);
      await line.clock.run(10);
    }
    sender.laser([]);
    await line.clock.run(100);
    const records = of(line, KINDS.LASER).map(({ note }) => note.points);
    assert.deepEqual(
      records.flat().map((/** @type {any} */ { x }) => x),
      Array.from({ length: 30 }, (_, i) => i),
    );
    assert.deepEqual(records.at(-1), []);
    assert.equal(records.filter((points) => points.length === 0).length, 1);
  });

  test("the server's frames hand these records on unread, with the others", () => {
    const records = readLiveFrame(frame(KINDS.CHAT, writeChat("hi")));
    assert.deepEqual(records, [
      { type: "more", slot: BOB.slot, kind: KINDS.CHAT, body: writeChat("hi") },
    ]);
  });
});

test("the laser's tool points while it is pressed, with all the places between, and lifts", () => {
  /** @type {any[]} */
  const pointed = [];
  const live = { more: { laser: (/** @type {any} */ points) => pointed.push(points) } };
  const tool = new Laser(/** @type {any} */ ({ live }));
  const at = (/** @type {number} */ x, coalesced = /** @type {any} */ ([])) =>
    /** @type {any} */ ({ x, y: 0, px: x, py: 0, coalesced });
  tool.onPointerMove(at(1));
  tool.onPointerDown(at(2));
  tool.onPointerMove(at(4, /** @type {any} */ ([at(3), at(4)])));
  tool.onCancel();
  tool.onCancel();
  assert.deepEqual(
    pointed.map((points) => points.map((/** @type {any} */ { x }) => x)),
    [[2], [3, 4], []],
  );
});
