// Pixels of pictures: fetched in the size they are seen at, a few at a time, kept within bounds, asked for again.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Pictures } from "../../static/board/elements/pictures.js";

const ADDRESS = "/boards/1/assets";
const MIB = 2 ** 20;

/** @param {number} n */
const asset = (n) => `asset-${String(n).padStart(16, "0")}`;

/** A store of pictures, and a clock. @param {{room?: number}} [options] */
function store({ room = 100 * MIB } = {}) {
  let now = 0;
  /** @type {string[]} */
  const asked = [];
  /** @type {Map<string, (fails: boolean) => void>} */
  const open = new Map();
  /** @type {{act: () => void, at: number}[]} */
  let timers = [];
  /** @type {Set<string>} */
  const told = new Set();
  let closed = 0;
  const pictures = new Pictures({
    room,
    now: () => now,
    later: (act, ms) => void timers.push({ act, at: now + ms }),
    tell: (assets) => {
      for (const one of assets) told.add(one);
    },
    load: (address, side) =>
      new Promise((resolve, reject) => {
        asked.push(address.replace(`${ADDRESS}/`, ""));
        open.set(address, (fails) => {
          open.delete(address);
          if (fails) reject(new Error("no network"));
          else
            resolve(
              /** @type {any} */ ({ width: side, height: side, side, close: () => closed++ }),
            );
        });
      }),
  });
  return {
    pictures,
    asked,
    told,
    get underWay() {
      return open.size;
    },
    get closed() {
      return closed;
    },
    /** All that is under way comes, and what that lets begin. @param {boolean} [fails] */
    async come(fails = false) {
      while (open.size > 0) {
        for (const answer of [...open.values()]) answer(fails);
        for (let i = 0; i < 8; i++) await Promise.resolve();
      }
    },
    /** @param {number} ms */
    wait(ms) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { act } of due) act();
    },
    /** @param {number} n @param {number} pixels @returns {any} */
    at: (n, pixels) => pictures.at(asset(n), pixels),
  };
}

describe("a picture", () => {
  test("is fetched in the smallest size that is large enough, and then is there", async () => {
    const { pictures, asked, come, at } = store();
    pictures.from(ADDRESS);
    assert.equal(at(1, 200), "coming");
    await come();
    assert.equal(at(1, 200).side, 256);
    at(1, 257);
    at(2, 700);
    at(3, 5000);
    const sizes = [`${asset(1)}?side=512`, `${asset(2)}?side=1024`, asset(3)];
    assert.deepEqual(asked, [`${asset(1)}?side=256`, ...sizes]);
  });

  test("is shown in another size while the right one comes", async () => {
    const { pictures, come, at } = store();
    pictures.from(ADDRESS);
    at(1, 200);
    await come();
    assert.equal(at(1, 900).side, 256);
    await come();
    assert.equal(at(1, 900).side, 1024);
    assert.equal(at(1, 200).side, 256);
  });

  test("waits for the address, and no address is made of what is none", async () => {
    const { pictures, asked, come, at } = store();
    assert.equal(at(1, 200), "coming");
    assert.equal(pictures.at("../../secret", 200), "failed");
    assert.deepEqual(asked, []);
    pictures.from(ADDRESS);
    await come();
    assert.equal(at(1, 200).side, 256);
  });

  test("of another board comes from there, and from this board where that one is closed", async () => {
    const { pictures, asked, come, wait, at } = store();
    pictures.from(ADDRESS);
    pictures.isElsewhere(asset(1), "/boards/2/assets");
    at(1, 200);
    await come(true);
    assert.equal(at(1, 200), "failed");
    wait(4000);
    await come();
    assert.equal(at(1, 200).side, 256);
    const name = `${asset(1)}?side=256`;
    assert.deepEqual(asked, [`/boards/2/assets/${name}`, name]);
  });

  test("is told of together with those that come at the same time", async () => {
    const desk = store();
    desk.pictures.from(ADDRESS);
    for (let n = 0; n < 3; n++) desk.at(n, 100);
    await desk.come();
    assert.equal(desk.told.size, 0);
    desk.wait(100);
    assert.deepEqual([...desk.told].sort(), [asset(0), asset(1), asset(2)]);
  });
});

describe("many pictures", () => {
  test("are fetched four at a time, those that are looked at first, nearest the middle first", async () => {
    const desk = store();
    for (let n = 0; n < 200; n++) {
      if (n % 50 === 0) desk.wait(500);
      desk.at(n, 100);
    }
    desk.pictures.from(ADDRESS);
    assert.equal(desk.underWay, 4);
    const first = [150, 151, 152, 153].map((n) => `${asset(n)}?side=256`);
    assert.deepEqual(desk.asked, first);
    await desk.come();
    assert.equal(desk.asked.length, 200);
    assert.equal(new Set(desk.asked).size, 200);
  });

  test("are let go of when they haven't been seen for long, the oldest first", async () => {
    const desk = store({ room: 10 * 4 * 256 * 256 });
    desk.pictures.from(ADDRESS);
    for (let n = 0; n < 30; n++) {
      desk.at(n, 100);
      await desk.come();
      desk.wait(20_000);
      assert.ok(desk.pictures.bytes <= 10 * 4 * 256 * 256);
    }
    assert.equal(desk.closed, 20);
    assert.equal(desk.at(29, 100).side, 256);
    assert.equal(desk.at(0, 100), "coming");
  });

  test("that are all looked at are shown smaller rather than fetched again and again", async () => {
    const desk = store({ room: 6 * MIB });
    desk.pictures.from(ADDRESS);
    for (let round = 0; round < 20; round++) {
      for (let n = 0; n < 8; n++) desk.at(n, 1000);
      await desk.come();
      desk.wait(100);
    }
    assert.ok(desk.pictures.bytes <= 6 * MIB);
    for (let n = 0; n < 8; n++) assert.notEqual(typeof desk.at(n, 1000), "string");
    assert.ok(desk.asked.length <= 24, `${desk.asked.length} fetched`);
  });
});

describe("without a connection", () => {
  test("it says so, and asks again by itself", async () => {
    const desk = store();
    desk.pictures.from(ADDRESS);
    desk.at(1, 100);
    await desk.come(true);
    assert.equal(desk.at(1, 100), "failed");
    assert.equal(desk.asked.length, 1);
    desk.wait(4000);
    assert.equal(desk.asked.length, 2);
    await desk.come();
    assert.equal(desk.at(1, 100).side, 256);
  });

  test("what isn't there is asked for ever more seldom, and not for ever", async () => {
    const desk = store();
    desk.pictures.from(ADDRESS);
    desk.at(1, 100);
    for (let i = 0; i < 400; i++) {
      await desk.come(true);
      desk.wait(5000);
    }
    assert.equal(desk.asked.length, 7);
    desk.pictures.again();
    await desk.come();
    assert.equal(desk.at(1, 100).side, 256);
  });
});
