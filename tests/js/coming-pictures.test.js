// R9: pictures on their way are seen coming by the others: where, how far, and no longer than they are.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteWriter } from "../../static/board/core/bytes.js";
import { Company, PICTURES_SILENCE_MS } from "../../static/board/sync/company.js";
import { CompanySender } from "../../static/board/sync/company-sender.js";
import { KINDS, LiveWriter } from "../../static/board/sync/live.js";
import { readMore } from "../../static/board/sync/live-more.js";
import { COMING_COUNT, writePictures } from "../../static/board/sync/live-pictures.js";
import { LiveSender } from "../../static/board/sync/live-sender.js";
import { LivePeople } from "../../static/board/sync/people.js";
import { BOB, HandLine, YOU } from "./support/hand-line.js";

const ONE = { key: "picture-1", x: -40.5, y: 20, w: 300, h: 200, part: 0.25 };
const MAY = /** @type {const} */ (["see", "draw"]);
const length = fc.double({ min: 0, max: 1e6, noNaN: true });
const place = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const picture = fc.record({
  key: fc.stringMatching(/^[A-Za-z0-9_-]{8,32}$/),
  ...{ x: place, y: place, w: length, h: length },
  part: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** @param {Uint8Array} body */
function read(body) {
  const note = readMore({ kind: KINDS.PICTURES, body });
  if (!note) return null;
  assert.ok(note.type === "pictures");
  return note.pictures;
}

describe("the record", () => {
  test("comes back within half a step, as many as a record holds; none is none", () => {
    fc.assert(
      fc.property(fc.array(picture, { maxLength: 30 }), (pictures) => {
        const found = read(writePictures(pictures, 1));
        assert.equal(found?.length, Math.min(pictures.length, COMING_COUNT));
        for (const [i, one] of (found ?? []).entries())
          for (const name of /** @type {const} */ (["x", "y", "w", "h"]))
            assert.ok(Math.abs(one[name] - Number(pictures[i]?.[name])) <= 0.25, name);
      }),
    );
    assert.deepEqual(read(new Uint8Array(0)), []);
  });

  test("S17: whatever comes, nothing is thrown, and what is shown is on the board and short", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (body) => {
        const found = read(body) ?? [];
        assert.ok(found.length <= COMING_COUNT);
        for (const { key, x, y, w, h, part } of found) {
          assert.match(key, /^[A-Za-z0-9_-]{8,32}$/);
          for (const value of [x, y, w, h]) assert.ok(Math.abs(value) <= 1e6);
          assert.ok(part >= 0 && part <= 1);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test("cut off, with a wrong key, or beyond the board or the whole, it isn't read", () => {
    const whole = writePictures([ONE], 1);
    for (let end = 2; end < whole.length; end++) assert.equal(read(whole.slice(0, end)), null);
    for (const wrong of [{ key: "short" }, { key: "not/allowed" }, { x: 2e6 }, { w: 2e6 }])
      assert.equal(read(writePictures([{ ...ONE, ...wrong }], 1)), null);
    const tooMuch = writePictures([ONE], 1);
    tooMuch[tooMuch.length - 1] = 101;
    assert.equal(read(tooMuch), null);
  });
});

async function room(people = [YOU, BOB]) {
  const line = new HandLine();
  line.session.start();
  await line.clock.run(0);
  await line.open();
  new LivePeople(line.session, line.clock);
  line.welcome({ schema: 4, people, may: [...MAY] });
  const company = new Company(line.session, line.clock);
  const hears = (/** @type {readonly (typeof ONE)[]} */ pictures) => {
    const writer = new ByteWriter();
    const body = writePictures(pictures, 1);
    writer.byte(1);
    writer.varint(BOB.slot);
    writer.byte(KINDS.PICTURES);
    writer.varint(body.length);
    writer.bytes(body);
    line.socket.handlers.binary(writer.take());
  };
  const live = new LiveSender(line.session, line.clock, new LiveWriter());
  const sender = new CompanySender({ live, session: line.session, company, clock: line.clock });
  return { line, company, hears, sender };
}

describe("those who see them coming", () => {
  test("see them as long as they are told of, and not after they have been given up", async () => {
    const { line, company, hears } = await room();
    hears([ONE]);
    await line.clock.run(PICTURES_SILENCE_MS - 100);
    hears([{ ...ONE, part: 0.5 }]);
    await line.clock.run(PICTURES_SILENCE_MS - 100);
    assert.deepEqual(company.coming.get(BOB.slot)?.pictures, [{ ...ONE, part: 0.5 }]);
    hears([]);
    assert.equal(company.coming.size, 0);
    hears([ONE]);
    await line.clock.run(PICTURES_SILENCE_MS + 10);
    assert.equal(company.coming.size, 0);
  });

  test("see no more of whoever leaves", async () => {
    const { line, company, hears } = await room();
    hears([ONE]);
    line.socket.says({ type: "people", joined: [], left: [BOB.slot] });
    assert.equal(company.coming.size, 0);
  });
});

describe("whoever brings them", () => {
  const told = (/** @type {HandLine} */ line) =>
    line.socket.binary.flatMap((bytes) => {
      const reader = new ByteReader(bytes.subarray(1));
      const kind = reader.byte();
      const body = reader.bytes(reader.varint());
      return kind === KINDS.PICTURES ? [read(body)] : [];
    });

  test("tells at most four times a second, again each second, and that it is over", async () => {
    const { line, sender } = await room();
    for (let i = 0; i <= 50; i++) {
      sender.pictures([{ ...ONE, part: i / 50 }]);
      await line.clock.run(10);
    }
    await line.clock.run(300);
    const count = told(line).length;
    assert.ok(count <= 4, `${count}`);
    assert.equal(told(line).at(-1)?.[0]?.part, 1);
    await line.clock.run(2000);
    assert.ok(told(line).length >= count + 1);
    sender.pictures([]);
    await line.clock.run(1200);
    assert.deepEqual(told(line).at(-1), []);
    assert.equal(told(line).filter((pictures) => pictures?.length === 0).length, 1);
  });

  test("tells who comes later, nothing to an empty room, and nothing without the right", async () => {
    const { line, sender } = await room([YOU]);
    sender.pictures([ONE]);
    await line.clock.run(2000);
    assert.equal(told(line).length, 0);
    line.socket.says({ type: "people", joined: [BOB], left: [] });
    await line.clock.run(100);
    assert.equal(told(line).length, 1);
    line.socket.says({ type: "board", title: "", frozen: false, role: "viewer", may: ["see"] });
    line.socket.binary.length = 0;
    sender.pictures([{ ...ONE, part: 0.9 }]);
    await line.clock.run(2000);
    assert.equal(told(line).length, 0);
  });
});
