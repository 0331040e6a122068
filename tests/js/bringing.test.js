// Bringing pictures: read in their order, sent a few at a time, put where they were dropped, or kept there with a reason.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Bringing, Unsent } from "../../static/board/editor/bringing.js";
import { boxIn, cellsFor } from "../../static/board/editor/bringing-places.js";
import { answerOf } from "../../static/board/ui/images-sending.js";

const WHERE = {
  middle: { x: 0, y: 0 },
  view: { minX: -500, minY: -400, maxX: 500, maxY: 400 },
  zoom: 1,
};
const ASSET = "a".repeat(22);

/** Lets all that can happen happen. */
async function settle() {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

function harbour() {
  let keys = 0;
  /** @type {{told: (part: number) => void, signal: AbortSignal, arrive: () => Promise<void>, fail: (error: Unsent) => Promise<void>}[]} */
  const ships = [];
  /** @type {string[]} */
  const put = [];
  /** @type {{act: () => void, ms: number}[]} */
  const timers = [];
  /** @type {string[]} */
  const reads = [];
  const net = { online: true };
  /** What the disk has, by key. @type {Map<string, {name: string, text: Promise<string>, read: boolean, why: string | null}>} */
  const disk = new Map();
  /** @type {{keeping: import("../../static/board/editor/bringing.js").Keeping}} */
  const room = { keeping: "kept" };
  /** @type {Map<string, Unsent>} */
  const unreadable = new Map();
  const bringing = new Bringing({
    read: async (file, name) => {
      reads.push(name);
      if (reads.length === 1) assert.ok(disk.size > 0, "kept before it is read");
      const no = unreadable.get(name);
      if (no) throw no;
      return { blob: file, width: 400, height: 300, preview: null };
    },
    send: (_, told, signal) =>
      new Promise((resolve, reject) => {
        ships.push({
          told,
          signal,
          arrive: () => {
            resolve(ASSET);
            return settle();
          },
          fail: (error) => {
            reject(error);
            return settle();
          },
        });
      }),
    put: (guest) => {
      put.push(guest.name);
      bringing.leave(guest);
    },
    keep: async ({ key, name, file, read }) => {
      disk.set(key, { name, text: file.text(), read: read !== null, why: null });
      return room.keeping;
    },
    mark: ({ key }, why) => {
      const row = disk.get(key);
      if (row) row.why = why;
    },
    drop: ({ key }) => void disk.delete(key),
    online: () => net.online,
    newKey: () => `key-${++keys}`,
    later: (act, ms) => void timers.push({ act, ms }),
  });
  return {
    bringing,
    ships,
    put,
    timers,
    reads,
    net,
    disk,
    room,
    unreadable,
    /** @param {...string} names */
    async bring(...names) {
      const files = names.map((name) => ({ file: new Blob([name]), name }));
      await bringing.bring(files, WHERE);
      await settle();
    },
    states: () => bringing.guests.map(({ progress }) => progress.is),
    guest: (/** @type {number} */ i) =>
      /** @type {import("../../static/board/editor/bringing.js").Guest} */ (bringing.guests[i]),
  };
}

describe("bringing", () => {
  test("reads in order, sends two at a time, and puts each when it has come", async () => {
    const { bring, reads, ships, states, put } = harbour();
    await bring("one", "two", "three");
    assert.deepEqual(reads, ["one", "two", "three"]);
    assert.deepEqual(states(), ["sending", "sending", "waiting"]);
    await ships[1]?.arrive();
    assert.deepEqual(put, ["two"]);
    assert.deepEqual(states(), ["sending", "sending"]);
    await ships[0]?.arrive();
    await ships[2]?.arrive();
    assert.deepEqual(put, ["two", "one", "three"]);
    assert.deepEqual(states(), []);
  });

  test("one that replaces another waits for a connection at its place, and is still known as such later", async () => {
    const { bringing, net, states, guest, ships, put } = harbour();
    net.online = false;
    const box = { x: 10, y: 20, w: 300, h: 200 };
    const where = { key: "picture-1", box, zoom: 1, page: undefined };
    await bringing.replace({ file: new Blob(["new"]), name: "new" }, where);
    await settle();
    assert.deepEqual([states(), guest(0).replaces, guest(0).cell], [["waiting"], "picture-1", box]);
    const { key, batch, name, page, cell, zoom, replaces } = guest(0);
    const row = { key, batch, name, page, cell, zoom, replaces, read: null, why: null };
    bringing.leave(guest(0));
    net.online = true;
    await bringing.restore([{ row, bytes: new Blob(["new"]) }]);
    assert.equal(guest(0).replaces, "picture-1");
    await settle();
    await ships[0]?.arrive();
    assert.deepEqual(put, ["new"]);
  });

  test("tells how much has gone", async () => {
    const { bring, ships, guest } = harbour();
    await bring("one");
    ships[0]?.told(0.25);
    assert.deepEqual(guest(0).progress, { is: "sending", part: 0.25 });
  });

  test("what can't be read or is refused stays at its place with the reason, and can be tried again", async () => {
    const { bring, ships, guest, unreadable, bringing, put } = harbour();
    unreadable.set("torn", new Unsent("broken"));
    await bring("torn", "large");
    await ships[0]?.fail(new Unsent("too_big"));
    assert.deepEqual(
      bringing.guests.map(({ progress }) => progress),
      [
        { is: "stuck", why: "broken" },
        { is: "stuck", why: "too_big" },
      ],
    );
    const { box } = guest(1);
    await bringing.again(guest(1));
    assert.deepEqual(guest(1).box, box);
    await ships[1]?.arrive();
    bringing.remove(guest(0));
    assert.deepEqual(put, ["large"]);
  });

  test("what is given up is stopped, is not put, and makes room for the next", async () => {
    const { bring, ships, bringing, guest, put, states } = harbour();
    await bring("one", "two", "three");
    const given = guest(0);
    bringing.remove(given);
    assert.ok(ships[0]?.signal.aborted);
    await ships[0]?.fail(new Unsent("failed"));
    assert.deepEqual(states(), ["sending", "sending"]);
    await ships[0]?.arrive();
    assert.deepEqual(put, []);
  });

  test("what is kept is the file at once, then what will be sent, then nothing once given up", async () => {
    const { bring, disk, guest, bringing, room } = harbour();
    await bring("one");
    assert.ok(!bringing.unfinished);
    assert.deepEqual(
      [...disk.values()].map(({ name, read }) => [name, read]),
      [["one", true]],
    );
    bringing.remove(guest(0));
    assert.equal(disk.size, 0);
    room.keeping = "full";
    await bring("two");
    assert.ok(bringing.unfinished);
  });

  test("what an earlier page left is sent as it was packed, what was refused stays refused", async () => {
    const { bringing, disk, ships, put, reads, states } = harbour();
    const cell = { x: 0, y: 0, w: 400, h: 300 };
    const row = { batch: "b", page: undefined, cell, zoom: 1 };
    const size = { width: 200, height: 100 };
    const left = [
      { ...row, key: "drawn", name: "drawn.svg", read: size, why: null },
      { ...row, key: "full", name: "full.png", read: size, why: "quota_board" },
      { ...row, key: "torn", name: "torn.png", read: null, why: "broken" },
    ];
    for (const { key, name } of left)
      disk.set(key, { name, text: Promise.resolve(name), read: true, why: null });
    await bringing.restore(left.map((one) => ({ row: one, bytes: new Blob([one.name]) })));
    await bringing.restore(left.map((one) => ({ row: one, bytes: new Blob([one.name]) })));
    await settle();
    assert.deepEqual(states(), ["sending", "stuck", "stuck"]);
    assert.ok(!reads.includes("drawn.svg"), "its packed bytes are no SVG");
    assert.equal(bringing.guests[0]?.read?.width, 200);
    await ships[0]?.arrive();
    const [full] = bringing.guests;
    assert.ok(full);
    await bringing.again(full);
    await settle();
    await ships[1]?.arrive();
    assert.deepEqual(put, ["drawn.svg", "full.png"]);
    assert.equal(bringing.waiting, 0);
  });

  test("what the board refuses after all comes back to its place", async () => {
    const { bring, bringing, guest, ships, put, states } = harbour();
    await bring("one");
    const one = guest(0);
    await ships[0]?.arrive();
    assert.deepEqual(put, ["one"]);
    bringing.comeBack(one, "not_allowed");
    assert.deepEqual(states(), ["stuck"]);
    await bringing.again(one);
    await ships[1]?.arrive();
    assert.deepEqual(put, ["one", "one"]);
  });

  test("without a connection it waits, says so, and goes on by itself", async () => {
    const { bring, bringing, net, guest, ships, put } = harbour();
    net.online = false;
    await bring("one");
    assert.deepEqual(guest(0).progress, { is: "waiting", offline: true, rests: true });
    net.online = true;
    bringing.reconsider();
    await ships[0]?.arrive();
    assert.deepEqual(put, ["one"]);
  });

  test("a connection that breaks on the way is tried again after a while, not at once", async () => {
    const { bring, guest, ships, timers } = harbour();
    await bring("one");
    await ships[0]?.fail(new Unsent("offline"));
    assert.deepEqual(guest(0).progress, { is: "waiting", offline: true, rests: true });
    assert.equal(ships.length, 1);
    timers[0]?.act();
    assert.equal(guest(0).progress.is, "sending");
  });

  test("a busy server says when", async () => {
    const { bring, ships, timers, guest } = harbour();
    await bring("one");
    await ships[0]?.fail(new Unsent("too_fast", 9000));
    assert.equal(timers[0]?.ms, 9000);
    assert.equal(guest(0).progress.is, "waiting");
  });
});

describe("places", () => {
  test("one is in the middle, no larger than on a screen, several are in rows", () => {
    const [cell] = cellsFor(1, WHERE.middle, WHERE.view);
    assert.ok(cell);
    assert.deepEqual(boxIn(cell, { width: 100, height: 50 }, 1), { x: -50, y: -25, w: 100, h: 50 });
    const xs = new Set(cellsFor(6, WHERE.middle, WHERE.view).map(({ x }) => Math.round(x)));
    assert.equal(xs.size, 3);
  });

  test("however many and however shaped, they lie apart and in the world", () => {
    const sizes = fc.record({
      width: fc.integer({ min: 1, max: 30_000 }),
      height: fc.integer({ min: 1, max: 30_000 }),
    });
    const place = fc.integer({ min: -990_000, max: 990_000 });
    fc.assert(
      fc.property(fc.array(sizes, { minLength: 1, maxLength: 40 }), place, place, (all, x, y) => {
        const cells = cellsFor(all.length, { x, y }, WHERE.view);
        const boxes = cells.map((cell, i) => boxIn(cell, all[i] ?? null, 1));
        for (const [i, a] of boxes.entries()) {
          assert.ok(a.w >= 1 && a.h >= 1 && Math.abs(a.x) <= 1e6 && Math.abs(a.y) <= 1e6);
          for (const b of boxes.slice(i + 1))
            assert.ok(
              a.x + a.w <= b.x + 1 ||
                b.x + b.w <= a.x + 1 ||
                a.y + a.h <= b.y + 1 ||
                b.y + b.h <= a.y + 1,
            );
        }
      }),
    );
  });
});

test("what the server answers is an asset, or a reason with a sentence", () => {
  assert.equal(answerOf(201, JSON.stringify({ asset: ASSET }), 0), ASSET);
  for (const [status, text, why] of /** @type {const} */ ([
    [413, '{"error":"too_big"}', "too_big"],
    [413, "<html>nginx</html>", "too_big"],
    [422, '{"error":"too_many_pixels"}', "too_many_pixels"],
    [409, '{"error":"quota_person"}', "quota_person"],
    [403, "", "not_allowed"],
    [429, '{"error":"too_fast"}', "too_fast"],
    [502, "", "offline"],
    [500, "null", "failed"],
    [201, '{"asset":"../x"}', "failed"],
  ])) {
    const found = answerOf(status, text, 5000);
    assert.ok(found instanceof Unsent);
    assert.equal(found.why, why, `${status} ${text}`);
  }
});
