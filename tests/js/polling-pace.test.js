// How often plain polling asks, minute by minute of a clock that goes only when told to: docs/protocol.md says it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Link } from "../../static/board/sync/link.js";
import { openPoll } from "../../static/board/sync/transports/poll.js";
import { FakeLive } from "./support/fake-live.js";
import { VirtualClock } from "./support/virtual-clock.js";

const MINUTE = 60_000;
/** Steps of time in ms, after each of which the server answers. */
const STEP = 40;

class Page {
  clock = new VirtualClock();
  live = new FakeLive();
  hidden = false;
  closed = 0;
  /** Called with each receipt. */
  hears = () => {};
  #answered = 0;
  #counted = 0;

  constructor() {
    const { clock, live } = this;
    const options = { fetch: live.fetch, clock, hidden: () => this.hidden };
    const handlers = {
      open: () => {},
      message: (/** @type {{type: string}} */ { type }) => {
        if (type === "commits") this.hears();
      },
      live: () => {},
      closed: (/** @type {number} */ code) => {
        this.closed = code;
      },
      owed: () => false,
    };
    this.link = new Link(handlers, clock);
    this.link.start(
      (url, heard) => openPoll(url, heard, options),
      "https://a.example/live/boards/1/",
    );
  }

  /** Requests of one more minute, by what they ask. @param {(ms: number) => void} [meanwhile] */
  async minute(meanwhile = () => {}) {
    for (let ms = 0; ms < MINUTE; ms += STEP) {
      meanwhile(ms);
      await this.clock.run(STEP);
      // What has been asked is answered, which takes several turns.
      for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
      this.#answer();
    }
    assert.equal(this.closed, 0);
    const requests = this.live.requests.slice(this.#counted);
    this.#counted = this.live.requests.length;
    const polls = requests.filter(({ path }) => path.startsWith("poll")).length;
    return { polls, posts: requests.length - polls };
  }

  /** Pings get their pongs, and changes their receipts. */
  #answer() {
    const { link } = this.live;
    if (!link) return;
    for (const frame of link.received.slice(this.#answered))
      if (/** @type {any} */ (frame).type === "ping") this.live.says({ type: "pong" });
      else if (/** @type {any} */ (frame).type === "commit") this.live.says({ type: "commits" });
    this.#answered = link.received.length;
  }
}

/** @param {number} every @param {() => void} act */
const each = (every, act) => (/** @type {number} */ ms) => void (ms % every === 0 && act());

test("a minute at rest has 30 polls and 3 pings, one of others' drawing some 180, one's own no more", async () => {
  const page = new Page();
  await page.minute();
  const rest = await page.minute();
  assert.ok(rest.polls <= 32 && rest.posts <= 3, JSON.stringify(rest));
  const busy = await page.minute(each(120, () => page.live.says("AAAA")));
  // Nothing is missed for longer than 0.4 s and what a request takes.
  assert.ok(busy.polls >= 145 && busy.polls <= 190, JSON.stringify(busy));
  const drawn = await page.minute((ms) => {
    if (ms % 40 === 0) page.link.sendLive(new Uint8Array(20));
    if (ms % 1000 === 0) page.link.sendText('{"type":"commit"}');
  });
  assert.ok(drawn.polls >= 145 && drawn.polls <= 200, JSON.stringify(drawn));
  page.hidden = true;
  await page.minute();
  const hidden = await page.minute();
  assert.ok(hidden.polls <= 32, JSON.stringify(hidden));
  page.link.end();
});

test("what is committed on a quiet board has its receipt within 0.2 s, though it is stored first", async () => {
  const page = new Page();
  await page.minute();
  /** @type {number[]} */
  const waited = [];
  let said = 0;
  page.hears = () => waited.push(page.clock.now() - said);
  await page.minute(
    each(20_000, () => {
      said = page.clock.now();
      page.link.sendText('{"type":"commit"}');
    }),
  );
  assert.equal(waited.length, 3);
  assert.ok(Math.max(...waited) <= 200, String(waited));
  page.link.end();
});
