// The transports over HTTP: what goes in on one side comes out on the other once and in order, whatever the network does.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { EventStream } from "../../static/board/sync/transports/event-stream.js";
import { named, TRANSPORTS } from "../../static/board/sync/transports/index.js";
import { openLongPoll } from "../../static/board/sync/transports/longpoll.js";
import { HIDDEN_MS, openPoll } from "../../static/board/sync/transports/poll.js";
import { openEventStream } from "../../static/board/sync/transports/sse.js";
import { Unsent } from "../../static/board/sync/transports/unsent.js";
import { FakeLive } from "./support/fake-live.js";
import { Chance } from "./support/random.js";

/** A hundred times as fast as time. */
const HURRIED = {
  now: () => performance.now() * 100,
  setTimeout: (/** @type {() => void} */ act, /** @type {number} */ ms) =>
    setTimeout(act, ms / 100),
  clearTimeout: (/** @type {any} */ timer) => clearTimeout(timer),
};
const OVER_HTTP = /** @type {const} */ ([
  ["sse", openEventStream],
  ["longpoll", openLongPoll],
  ["poll", openPoll],
]);

/** @param {() => boolean} isSo */
async function until(isSo) {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** @param {typeof openPoll} open @param {FakeLive} live @param {import("../../static/board/sync/transports/websocket.js").TransportOptions} [options] */
function opened(open, live, options) {
  /** @type {unknown[]} */
  const heard = [];
  const state = { open: false, code: 0 };
  const transport = open(
    "https://a.example/live/boards/1/",
    {
      open: () => {
        state.open = true;
      },
      text: (text) => heard.push(JSON.parse(text)),
      binary: (bytes) => heard.push([...bytes]),
      close: (code) => {
        state.code = code;
      },
    },
    { fetch: live.fetch, clock: HURRIED, ...options },
  );
  return { transport, heard, state };
}

const base64 = (/** @type {number[]} */ ...bytes) => Buffer.from(bytes).toString("base64");

describe("an event stream", () => {
  test("is read the same however it is cut, in lines, line ends and letters", () => {
    const text =
      '﻿: hello\r\n\r\nid: 7\ndata: {"a":"글자 🖍"}\n\nevent: end\rdata:x\rdata: y\r\rid\nnoise: 1\ndata\n\n';
    const bytes = new TextEncoder().encode(text);
    const expected = [
      { id: "7", event: "message", data: '{"a":"글자 🖍"}' },
      { id: "7", event: "end", data: "x\ny" },
      { id: "", event: "message", data: "" },
    ];
    const cuts = fc.uniqueArray(fc.nat(bytes.length), { maxLength: bytes.length });
    fc.assert(
      fc.property(cuts, (places) => {
        const stream = new EventStream();
        const ends = [...places.sort((a, b) => a - b), bytes.length];
        const events = ends.flatMap((end, i) => stream.push(bytes.subarray(ends[i - 1] ?? 0, end)));
        assert.deepEqual(events, expected);
      }),
    );
  });
});

test("the transports in order of preference", async () => {
  assert.deepEqual(
    TRANSPORTS.map(({ name }) => name),
    ["websocket", "sse", "longpoll", "poll"],
  );
  for (const { name } of TRANSPORTS) {
    const found = await named(name);
    assert.equal(found?.transport, name);
    assert.equal(typeof found.openTransport, "function");
  }
  assert.equal(await named("pigeon"), null);
});

for (const [name, open] of OVER_HTTP) {
  describe(name, () => {
    test("carries messages and live frames both ways", async () => {
      const live = new FakeLive();
      const { transport, heard, state } = opened(open, live);
      transport.sendText('{"type":"hello"}');
      assert.ok(transport.bufferedAmount > 0);
      await until(() => state.open && live.link.received.length === 1);
      transport.sendBinary(Uint8Array.of(1, 255, 0));
      transport.sendText('{"type":"commit","글":"가"}');
      await until(() => live.link.received.length === 3);
      assert.deepEqual(live.link.received, [
        { type: "hello" },
        base64(1, 255, 0),
        { type: "commit", 글: "가" },
      ]);
      await until(() => transport.bufferedAmount === 0);
      live.says({ type: "welcome", title: "글자 🖍" });
      live.says(base64(1, 2, 200));
      await until(() => heard.length === 2);
      assert.deepEqual(heard, [{ type: "welcome", title: "글자 🖍" }, [1, 2, 200]]);
      transport.close();
      await until(() => live.link.closed);
      assert.equal(state.code, 0);
    });

    test("loses and repeats nothing while requests and answers get lost and streams are cut", async () => {
      for (let seed = 1; seed <= 4; seed++) {
        const chance = new Chance(seed);
        const live = new FakeLive();
        const { transport, heard, state } = opened(open, live);
        await until(() => state.open);
        live.fate = () => (chance.happens(0.7) ? "well" : chance.one(["lost", "unanswered", 503]));
        live.pieces = (bytes) => [bytes.subarray(0, 9), bytes.subarray(9)];
        for (let i = 0; i < 40; i++) {
          transport.sendText(JSON.stringify({ i }));
          live.says({ i });
          if (chance.happens(0.2)) live.cut();
          if (chance.happens(0.5)) await new Promise((resolve) => setTimeout(resolve, 1));
        }
        await until(() => heard.length >= 40 && live.link.received.length >= 40);
        const all = Array.from({ length: 40 }, (_, i) => ({ i }));
        assert.deepEqual(heard, all);
        assert.deepEqual(live.link.received, all);
        assert.equal(state.code, 0);
        transport.close();
      }
    });

    test("tells the server's code, after all that came before it", async () => {
      const live = new FakeLive();
      const { heard, state } = opened(open, live);
      await until(() => state.open);
      live.says({ type: "bye" });
      live.ends(4503);
      await until(() => state.code > 0);
      assert.deepEqual([heard, state.code], [[{ type: "bye" }], 4503]);
    });

    test("ends where its link is gone, or was never given", async () => {
      const live = new FakeLive();
      const { state } = opened(open, live);
      await until(() => state.open);
      live.link.closed = true;
      live.cut();
      live.lets();
      await until(() => state.code === 1006);
      for (const [status, code] of /** @type {const} */ ([
        [403, 1006],
        [404, 1006],
        [503, 1006],
        [429, 4429],
      ])) {
        const refusing = new FakeLive();
        refusing.opening = status;
        const refused = opened(open, refusing);
        await until(() => refused.state.code > 0);
        assert.deepEqual([refused.state.open, refused.state.code], [false, code]);
      }
    });

    test("gives up a server that is not there any more", async () => {
      const live = new FakeLive();
      const { state, transport } = opened(open, live);
      await until(() => state.open);
      live.fate = () => "lost";
      live.cut();
      live.lets();
      await until(() => state.code === 1006);
      assert.equal(transport.bufferedAmount, 0);
    });

    test("says who it is with every request, where that is asked for", async () => {
      const live = new FakeLive();
      const headers = { Authorization: "Bearer wb_x" };
      const { transport, state } = opened(open, live, { headers, protocols: ["whiteboard.echo"] });
      transport.sendText("{}");
      await until(() => state.open && live.link.received.length === 1);
      assert.deepEqual(live.requests[0]?.body, { protocols: ["whiteboard.echo"] });
      for (const request of live.requests)
        assert.equal(request.headers.get("Authorization"), "Bearer wb_x");
      transport.close();
    });

    test("sends in one go what has gathered, and never two at a time", async () => {
      const live = new FakeLive();
      const { transport, state } = opened(open, live);
      await until(() => state.open);
      for (let i = 0; i < 10; i++) transport.sendText(`{"i":${i}}`);
      const large = JSON.stringify({ large: "가".repeat(20_000) });
      for (let i = 0; i < 5; i++) transport.sendText(large);
      await until(() => live.link.received.length === 15);
      const posts = live.requests.filter(({ path }) => path === "send");
      assert.deepEqual(
        posts.map(({ body }) => [body.first, body.frames.length]),
        [
          [1, 14],
          [15, 1],
        ],
      );
      transport.close();
    });
  });
}

test("long polling holds shorter where something in between cuts what is held", async () => {
  const live = new FakeLive();
  live.longestWait = 3;
  const { transport, heard, state } = opened(openLongPoll, live);
  await until(() => state.open);
  await until(() => live.requests.some(({ path }) => path === "poll?after=0&wait=2"));
  live.says({ a: 1 });
  await until(() => heard.length === 1);
  transport.close();
});

test("a request holds no more frames than the server takes, and a hidden page asks before its link is over", () => {
  const unsent = new Unsent();
  for (let i = 0; i < 1500; i++) unsent.push("{}", false);
  assert.equal(JSON.parse(unsent.next(250_000)).frames.length, 512);
  assert.equal(unsent.taken(512), 512);
  assert.equal(JSON.parse(unsent.next(250_000)).first, 513);
  assert.ok(HIDDEN_MS + 1000 < 15_000);
});

test("polling asks less and less often while nothing happens", async () => {
  const live = new FakeLive();
  const { transport, state } = opened(openPoll, live, { hidden: () => true });
  await until(() => state.open);
  const polls = () => live.requests.filter(({ path }) => path.startsWith("poll")).length;
  await until(() => polls() >= 8);
  transport.sendText("{}");
  const before = polls();
  await until(() => polls() > before);
  transport.close();
});
