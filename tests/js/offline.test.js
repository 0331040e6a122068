// F8: what waits outlives the page, is sent once, and belongs to one person.

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import fc from "fast-check";
import { documentOf } from "../../static/board/sync/offline/copies.js";
import { changesFileName, fileOf, reasonsOf } from "../../static/board/sync/offline/file.js";
import { REFUSED_MOST } from "../../static/board/sync/offline/store.js";
import { Browser, PERSON, turns } from "./support/pages.js";

/** Longer than any session needs to come back and be done. */
const LONG_MS = 10_000;

/** @type {Browser[]} */
const browsers = [];
afterEach(async () => {
  for (const browser of browsers.splice(0)) await browser.close();
});

/** @param {ConstructorParameters<typeof Browser>[0]} [options] */
function newBrowser(options) {
  const browser = new Browser(options);
  browsers.push(browser);
  return browser;
}

/** @param {Browser} browser */
const committed = (browser) => browser.server.log.transactions.map(({ id }) => id);

describe("one page after another", () => {
  test("what was made without a network waits again on the next visit, in order, and is sent once", async () => {
    const browser = newBrowser();
    browser.online = false;
    const first = await browser.open();
    const made = ["aaaaaaaa", "bbbbbbbb", "cccccccc"].map((key) => first.put(key));
    await first.store.written();
    assert.equal(first.waiting.onlyHere, 0);
    first.crash();

    const second = await browser.open();
    assert.deepEqual(second.ids, made);
    assert.deepEqual([...second.document.keys()], ["aaaaaaaa", "bbbbbbbb", "cccccccc"]);
    browser.online = true;
    await browser.run(LONG_MS);
    assert.deepEqual(committed(browser), made);
    assert.deepEqual(await second.store.waiting(), []);
  });

  test("R2: what had been committed before the page died is not made again", async () => {
    const browser = newBrowser();
    const first = await browser.open();
    await browser.run(1000);
    const id = first.put("aaaaaaaa");
    await first.store.written();
    browser.server.commit({ id, changes: first.document.pending[0]?.changes ?? [] }, PERSON);
    first.crash();

    const second = await browser.open();
    await browser.run(LONG_MS);
    assert.deepEqual(committed(browser), [id]);
    assert.equal(second.document.size, 1);
    assert.deepEqual([second.ids, await second.store.waiting()], [[], []]);
  });

  test("another person's work and another board's stay where they are, unsent and unseen", async () => {
    const browser = newBrowser();
    browser.online = false;
    const anns = await browser.open();
    anns.put("aaaaaaaa");
    await anns.store.written();
    anns.crash();
    browser.online = true;
    const bobs = await browser.open({ person: 8 });
    const elsewhere = await browser.open({ board: "other" });
    await browser.run(LONG_MS);
    assert.deepEqual([bobs.ids, elsewhere.ids, committed(browser)], [[], [], []]);
    bobs.crash();
    elsewhere.crash();
    const again = await browser.open();
    await browser.run(LONG_MS);
    assert.equal(committed(browser).length, 1);
    assert.equal(browser.server.log.transactions[0]?.author, PERSON);
    assert.deepEqual(again.ids, []);
  });

  test("a page whose person has changed meanwhile sends nothing", async () => {
    const browser = newBrowser();
    browser.online = false;
    const page = await browser.open();
    page.put("aaaaaaaa");
    const { server } = browser;
    const connect = server.connect.bind(server);
    server.connect = (_, handlers) => connect(8, handlers);
    browser.online = true;
    await browser.run(LONG_MS);
    assert.deepEqual([page.session.state, page.session.denial?.code], ["denied", 4401]);
    assert.deepEqual(committed(browser), []);
    assert.equal((await page.store.waiting()).length, 1);
  });

  test("what is refused is kept with the reason, and does not wait again", async () => {
    const browser = newBrowser();
    browser.online = false;
    const first = await browser.open();
    const id = first.put("aaaaaaaa");
    await first.store.written();
    first.crash();
    const second = await browser.open();
    second.session.document.refuse(id);
    // As the session tells it, right after the document.
    for (const page of [second]) page.waiting.refused({ id, code: "frozen", why: "" });
    const [row] = await second.store.refused();
    assert.deepEqual([row?.id, row?.code, row?.away, row?.changes.length], [id, "frozen", true, 1]);
    assert.deepEqual(await second.store.waiting(), []);
  });

  test("what is refused and shown at its own place isn't counted a second time", async () => {
    const browser = newBrowser();
    browser.online = false;
    const page = await browser.open();
    const ids = [page.put("aaaaaaaa"), page.put("bbbbbbbb")];
    page.session.keeping({ elsewhere: (id) => id === ids[0] });
    for (const id of ids) {
      page.session.document.refuse(id);
      page.waiting.refused({ id, code: "not_allowed", why: "" });
    }
    assert.deepEqual(
      (await page.store.refused()).map(({ id }) => id),
      [ids[1]],
    );
    assert.deepEqual(await page.store.waiting(), []);
  });
});

describe("what was refused", () => {
  /** @param {number} at */
  const refusal = (at) => ({
    ...{ id: `refused ${at}`, at, order: at, title: "Board", changes: [] },
    ...{ code: "frozen", why: "", away: at % 2 === 0 },
  });

  test("stays over visits, also what was made with a connection, until its person knows of it", async () => {
    const browser = newBrowser();
    const first = await browser.open();
    for (const at of [1, 2]) first.store.refuse(refusal(at));
    await first.store.written();
    first.crash();
    const second = await browser.open();
    const rows = await second.store.refused();
    assert.deepEqual(
      rows.map(({ id, told }) => [id, told]),
      [
        ["refused 1", undefined],
        ["refused 2", undefined],
      ],
    );
    second.store.tellNoMore(rows.slice(0, 1));
    second.crash();
    const third = await browser.open();
    assert.equal((await third.store.refused()).length, 2, "a crash comes before the disk");
    third.store.tellNoMore(rows.slice(0, 1));
    assert.deepEqual(
      (await third.store.refused()).map(({ told }) => told),
      [true, undefined],
    );
  });

  test("is bounded: the oldest go first", async () => {
    const page = await newBrowser().open();
    for (let at = 0; at < REFUSED_MOST + 3; at++) page.store.refuse(refusal(at));
    const [oldest] = await page.store.refused();
    assert.equal(oldest?.id, "refused 3");
    assert.equal((await page.store.refused()).length, REFUSED_MOST);
  });
});

describe("two pages at once", () => {
  for (const withLocks of [true, false])
    test(`the other takes over what a closed one left, ${withLocks ? "by its lock" : "without locks"}`, async () => {
      const browser = newBrowser({ withLocks });
      browser.online = false;
      const [first, second] = [await browser.open(), await browser.open()];
      const made = [first.put("aaaaaaaa"), second.put("bbbbbbbb")];
      await first.store.written();
      await second.store.written();
      assert.equal(second.ids.length, 1);
      first.crash();
      // Silence has to last before it counts as gone; a lock is let go of at once.
      await browser.run(withLocks ? 100 : 90_000, withLocks ? 100 : 1000);
      assert.deepEqual(second.ids, made);
      browser.online = true;
      await browser.run(LONG_MS);
      assert.deepEqual(committed(browser), made);
    });

  test("whoever took it over may die as well", async () => {
    const browser = newBrowser();
    browser.online = false;
    const [first, second] = [await browser.open(), await browser.open()];
    const id = first.put("aaaaaaaa");
    await first.store.written();
    first.crash();
    await browser.run(100);
    assert.deepEqual(second.ids, [id]);
    second.crash();
    assert.deepEqual((await browser.open()).ids, [id]);
  });

  test("taken over by two, it is still there once, for the server and on the screen", async () => {
    const browser = newBrowser();
    browser.online = false;
    const [first, second] = [await browser.open(), await browser.open()];
    const id = first.put("aaaaaaaa");
    await first.store.written();
    const rows = await second.store.adopt(first.tab);
    second.document.restore(rows.map(({ id: same, changes }) => ({ id: same, changes })));
    browser.online = true;
    await browser.run(LONG_MS);
    assert.deepEqual(committed(browser), [id]);
    for (const page of [first, second]) assert.deepEqual([page.ids, page.document.size], [[], 1]);
    assert.deepEqual(await second.store.waiting(), []);
  });
});

describe("a disk that takes nothing", () => {
  test("the page goes on and says that it is the only one who has it, until there is room", async () => {
    const browser = newBrowser();
    browser.online = false;
    browser.full = true;
    const page = await browser.open();
    page.put("aaaaaaaa");
    await page.store.written();
    assert.deepEqual([page.session.device.fails, page.waiting.onlyHere], [true, 1]);
    browser.full = false;
    await browser.run(6000);
    await page.store.written();
    assert.deepEqual([page.session.device.fails, page.waiting.onlyHere], [false, 0]);
    browser.online = true;
    await browser.run(LONG_MS);
    assert.equal(committed(browser).length, 1);
  });
});

test("F8: whatever crashes when, what was on the disk reaches the server exactly once", async () => {
  const page = fc.nat({ max: 1 });
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant("draw"), page }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("turns"), page: fc.nat({ max: 6 }) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("wait"), page: fc.nat({ max: 8 }) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("crash"), page }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("network"), page }) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.boolean(),
      fc.nat(),
      async (steps, withLocks, seed) => {
        const browser = newBrowser({ withLocks, seed });
        browser.online = seed % 2 === 0;
        await live(browser, steps);
        await browser.close();
      },
    ),
    { numRuns: 40 },
  );
});

/** @param {Browser} browser @param {readonly {do: string, page: number}[]} steps */
async function live(browser, steps) {
  /** @type {Set<string>} */
  const safe = new Set();
  /** @type {(Awaited<ReturnType<Browser["open"]>>)[]} */
  const pages = [await browser.open(), await browser.open()];
  const note = () => {
    for (const page of pages) for (const id of page.ids) if (page.store.keeps(id)) safe.add(id);
  };
  let drawn = 0;
  for (const { do: what, page: which } of steps) {
    const page = pages[which % 2];
    if (what === "draw") page?.put(`element-${drawn++}`);
    else if (what === "turns") await turns(which);
    else if (what === "wait") await browser.run(which * 100);
    else if (what === "network") {
      browser.online = !browser.online;
      if (!browser.online) for (const wire of browser.server.wires) wire.cut(1006);
    } else {
      note();
      page?.crash();
      pages[which % 2] = await browser.open();
    }
    note();
  }
  browser.online = true;
  if (!browser.withLocks) await browser.run(100_000, 2000);
  await browser.run(LONG_MS);
  const ids = committed(browser);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(
    [...safe].filter((id) => !ids.includes(id)),
    [],
  );
  for (const page of pages) {
    assert.deepEqual(page.ids, []);
    assert.deepEqual(
      [...page.document.keys()].sort(),
      [...browser.server.log.elements.keys()].sort(),
    );
    assert.deepEqual(await page.store.waiting(), []);
  }
}

describe("a copy of the board", () => {
  test("R14: the copy and what came after it are the document at the later clock", () => {
    const element = { kind: "stroke", x: 1 };
    const copy = {
      board: "b",
      person: 1,
      epoch: "e",
      clock: 4,
      making: "m",
      parts: 1,
      schema: 3,
      accepts: 3,
      at: 0,
    };
    const parts = [
      { board: "b", making: "m", part: 0, elements: [/** @type {any} */ (["k", element])] },
    ];
    const later = [5, 6, 8].map((clock) => ({
      ...{ board: "b", epoch: "e", clock },
      transaction: /** @type {any} */ ({
        ...{ clock, id: `t${clock}`, author: 2 },
        changes: [{ op: "set", key: "k", props: { x: clock } }],
      }),
    }));
    const found = documentOf(copy, parts, later);
    assert.deepEqual([found?.epoch, found?.clock, found?.elements.k?.x], ["e", 6, 6]);
    assert.equal(documentOf({ ...copy, parts: 2 }, parts, later), null);
  });
});

describe("the file of changes that were not saved", () => {
  const row = {
    ...{ id: "i", board: "b", person: 1, tab: "t", order: 1, at: 0, title: "x" },
    changes: [/** @type {const} */ ({ op: "remove", key: "aaaaaaaa" })],
  };

  test("holds the board, every change and the reason", () => {
    const unsaved = [{ code: "frozen", row }];
    const file = JSON.parse(fileOf({ board: "b", title: "Sums", unsaved }));
    assert.deepEqual(file.transactions[0].changes, row.changes);
    assert.deepEqual([file.title, file.transactions[0].reason], ["Sums", "frozen"]);
    assert.equal(file.comments, undefined);
    /** @type {import("../../static/board/sync/comments-told.js").Reply} */
    const deed = { kind: "reply", uid: "u", to: "t", text: "So.", mentions: [], at: 0 };
    const comments = [{ id: "u", deed, refused: "gone" }];
    const withWords = JSON.parse(fileOf({ board: "b", title: "Sums", unsaved, comments }));
    assert.deepEqual([withWords.comments[0].reason, withWords.comments[0].deed], ["gone", deed]);
  });

  test("S35: its name is safe", () => {
    assert.equal(changesFileName('../..\\etc:"pass"\u202e'), "etc-pass-changes.json");
    assert.equal(changesFileName("수학 1반"), "수학-1반-changes.json");
    assert.equal(changesFileName("///"), "board-changes.json");
  });

  test("reasons are counted, the most frequent first", () => {
    const of = (/** @type {string} */ code) => ({ code, row });
    assert.deepEqual(reasonsOf([of("a"), of("b"), of("b")]), [
      ["b", 2],
      ["a", 1],
    ]);
  });
});
