// Which transport carries a session: what is begun when, what takes its place, and the way back up.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Choosing } from "../../static/board/sync/transports/choosing.js";
import { OVER_HTTP } from "../../static/board/sync/transports/index.js";
import { HandLine } from "./support/hand-line.js";
import { VirtualClock } from "./support/virtual-clock.js";

/**
 * @typedef {import("../../static/board/sync/session.js").Connection} Connection
 * @typedef {import("../../static/board/sync/transports/index.js").TransportName} TransportName
 */

await Promise.all(OVER_HTTP.map(({ load }) => load()));

/** Modules are fetched outside of the virtual time. */
const fetched = () => new Promise((resolve) => setTimeout(resolve, 20));

/** @param {TransportName} transport @param {boolean} [open] @returns {Connection} */
const connection = (transport, open = false) => /** @type {any} */ ({ transport, link: { open } });

/** A choosing whose session is played by the test. @param {{worked?: string}} [options] */
async function ready({ worked } = {}) {
  const clock = new VirtualClock();
  /** @type {string[]} */
  const log = [];
  /** @type {Connection[]} */
  const begun = [];
  const choosing = new Choosing(
    {
      begin: ({ name }) => {
        log.push(`${clock.now()} ${name}`);
        begun.push(connection(name));
        return /** @type {Connection} */ (begun.at(-1));
      },
      giveUp: ({ transport }) => log.push(`${clock.now()} not ${transport}`),
      lost: () => log.push(`${clock.now()} lost`),
    },
    {
      first: { name: "websocket", open: () => assert.fail(), url: "/ws/" },
      url: "/live/",
      network: { get: () => worked ?? null, set: () => {} },
      clock,
      random: () => 0.5,
    },
  );
  await fetched();
  return { clock, choosing, log, begun };
}

describe("while there is no connection", () => {
  test("the others are begun one after the other, and go on side by side", async () => {
    const { clock, choosing, log } = await ready();
    choosing.race(connection("websocket"));
    await clock.run(10_000);
    assert.deepEqual(log, ["0 sse", "1200 longpoll", "2400 poll"]);
  });

  test("what worked last comes first", async () => {
    const { clock, choosing, log } = await ready({ worked: "longpoll" });
    choosing.race(connection("websocket"));
    await clock.run(10_000);
    assert.deepEqual(log, ["0 longpoll", "1200 sse", "2400 poll"]);
  });

  test("what fails is followed at once, and what all of them need is tried once", async () => {
    const { clock, choosing, log, begun } = await ready();
    const first = connection("websocket");
    choosing.race(first);
    choosing.failed(first);
    assert.deepEqual(log, ["0 sse", "0 longpoll"]);
    for (const one of begun) choosing.failed(one);
    await clock.run(10_000);
    assert.deepEqual(log, ["0 sse", "0 longpoll", "0 lost"]);
  });

  test("one that has been opened and closed says nothing about the others", async () => {
    const { choosing, log, begun } = await ready();
    const first = connection("websocket");
    choosing.race(first);
    /** @type {any} */ (begun[0]).link.open = true;
    choosing.failed(/** @type {Connection} */ (begun[0]));
    assert.deepEqual(log, ["0 sse", "0 longpoll"]);
  });
});

describe("on a fallback", () => {
  test("better ones are tried one by one, seldomer each time", async () => {
    const { clock, choosing, log } = await ready();
    choosing.welcomed("longpoll");
    await clock.run(50_000);
    assert.deepEqual(log, [
      "10000 websocket",
      "15000 not websocket",
      "15000 sse",
      "20000 not sse",
      "40000 websocket",
      "45000 not websocket",
      "45000 sse",
      "50000 not sse",
    ]);
    await clock.run(3_600_000);
    const tries = log.filter((line) => line.endsWith("not sse")).map((line) => parseInt(line, 10));
    assert.equal((tries.at(-1) ?? 0) - (tries.at(-2) ?? 0), 310_000);
  });

  test("a network that has come back is tried at once, a page that is looked at now and then", async () => {
    const { clock, choosing, log } = await ready();
    choosing.welcomed("sse");
    choosing.hint("online");
    choosing.hint("online");
    assert.deepEqual(log, ["0 websocket"]);
    await clock.run(6000);
    choosing.hint("visibilitychange");
    assert.equal(log.length, 2);
    choosing.hint("offline");
    assert.equal(log.length, 2);
  });

  test("once the best carries it, nothing is tried", async () => {
    const { clock, choosing, log } = await ready();
    choosing.welcomed("sse");
    choosing.welcomed("websocket");
    choosing.hint("online");
    await clock.run(3_600_000);
    assert.deepEqual(log, []);
  });

  test("what lives shortly three times in a row gives way to the next, until it lives longer", async () => {
    const { choosing } = await ready();
    for (const lived of [60_000, 100, 100]) choosing.ended("websocket", lived);
    const first = () => choosing.first?.name;
    assert.equal(first(), undefined);
    choosing.ended("websocket", 100);
    assert.equal(first(), "sse");
    choosing.ended("sse", 60_000);
    assert.equal(first(), "sse");
    choosing.ended("websocket", 60_000);
    assert.equal(first(), undefined);
  });
});

/** A page whose WebSockets are played by the test, and so is what comes beside them. */
class Falling {
  /** @type {string[]} */
  remembered = [];
  /** @type {{name: string, socket: any}[]} */
  rivals = [];

  /** @param {{worked?: string, loads?: boolean}} [options] */
  constructor({ worked, loads = true } = {}) {
    const { rivals } = this;
    this.line = new HandLine({
      fallback: {
        url: "/live/",
        network: { get: () => worked, set: (name) => this.remembered.push(name) },
        load: async () => {
          if (!loads) throw new TypeError("Failed to fetch");
          return { Choosing: /** @type {any} */ (faked(rivals)) };
        },
      },
    });
  }

  /** @param {string} name */
  welcome(name, more = {}) {
    const rival = this.rivals.find((one) => one.name === name);
    rival?.socket.handlers.open();
    const you = { slot: 9, person: 7, name: "Ann", color: "blue" };
    const { clock } = this.line.document;
    rival?.socket.handlers.text(
      JSON.stringify({
        ...{ type: "welcome", you, role: "editor", epoch: "e", clock, schema: 2, title: "Board" },
        ...{ frozen: false, people: [you] },
        ...more,
      }),
    );
    return rival?.socket;
  }
}

/** Begins server-sent events alone, when it is asked to. @param {Falling["rivals"]} rivals */
function faked(rivals) {
  return class extends Choosing {
    /** @param {any} host @param {any} options */
    constructor(host, options) {
      super(host, options);
      this.host = host;
    }

    /** @override */
    race() {
      this.beside("sse");
    }

    /** @override */
    hint() {
      this.beside("websocket");
    }

    /** @param {string} name */
    beside(name) {
      this.host.begin({
        name,
        url: "/live/",
        open: (/** @type {string} */ _, /** @type {any} */ handlers) => {
          /** @type {any[]} */
          const sent = [];
          const socket = {
            handlers,
            sent,
            closed: false,
            bufferedAmount: 0,
            sendText: (/** @type {string} */ text) => sent.push(JSON.parse(text)),
            sendBinary: () => {},
            close: () => (socket.closed = true),
          };
          rivals.push({ name, socket });
          return socket;
        },
      });
    }
  };
}

describe("a session", () => {
  test("looks for another transport at once where a WebSocket is refused", async () => {
    const falling = new Falling();
    falling.line.session.start();
    await falling.line.clock.run(5);
    falling.line.socket.handlers.close(1006);
    await falling.line.clock.run(5);
    falling.welcome("sse");
    const { session } = falling.line;
    assert.deepEqual([session.state, session.transport], ["live", "sse"]);
    assert.deepEqual(falling.remembered, ["sse"]);
  });

  test("after 1.5 s where it hangs, after 2.5 s where it swallows everything", async () => {
    for (const [opens, ms] of /** @type {const} */ ([
      [false, 1500],
      [true, 2500],
    ])) {
      const falling = new Falling();
      falling.line.session.start();
      await falling.line.clock.run(10);
      if (opens) await falling.line.open();
      await falling.line.clock.run(ms - 20);
      assert.equal(falling.rivals.length, 0);
      await falling.line.clock.run(20);
      assert.equal(falling.rivals.length, 1);
      falling.welcome("sse");
      assert.equal(falling.line.session.transport, "sse");
      assert.ok(falling.line.socket.closed);
    }
  });

  test("sooner where another one worked last", async () => {
    const falling = new Falling({ worked: "sse" });
    falling.line.session.start();
    await falling.line.clock.run(210);
    assert.equal(falling.rivals.length, 1);
    await falling.line.open();
    falling.line.welcome();
    await falling.line.clock.run(5);
    assert.equal(falling.line.session.transport, "websocket");
    assert.ok(falling.rivals[0]?.socket.closed);
  });

  test("has only the one transport where the others can't be fetched", async () => {
    const falling = new Falling({ loads: false });
    falling.line.session.start();
    await falling.line.clock.run(5);
    falling.line.socket.handlers.close(1006);
    await falling.line.clock.run(5);
    assert.equal(falling.line.session.state, "offline");
    await falling.line.clock.run(1000);
    assert.equal(falling.line.sockets.length, 2);
  });

  test("believes what the server says, whatever carries it", async () => {
    const falling = new Falling();
    falling.line.session.start();
    await falling.line.clock.run(1600);
    const { socket } = falling.rivals[0] ?? {};
    socket.handlers.open();
    socket.handlers.text(JSON.stringify({ type: "bye", code: 4404, why: "so" }));
    assert.deepEqual(falling.line.session.denial, { code: 4404, why: "so" });
    assert.ok(falling.line.socket.closed);
  });

  test("R2, R5: swaps while it is live, sends pending again with the same ids, and is live all through", async () => {
    const falling = new Falling();
    const { line } = falling;
    await line.live();
    await line.clock.run(1100);
    const a = line.draw("aaaaaaaa");
    line.hints.dispatchEvent(new Event("online"));
    await line.clock.run(5);
    const states = new Set();
    line.session.subscribe(() => states.add(line.session.state));
    const old = line.socket;
    const socket = falling.welcome("websocket", { clock: 1 });
    assert.deepEqual(
      socket.sent.map((/** @type {any} */ { type }) => type),
      ["hello"],
    );
    socket.handlers.text(
      JSON.stringify({
        type: "commits",
        epoch: "e",
        transactions: [{ clock: 1, id: "x", author: 8, at: 0, changes: [] }],
      }),
    );
    await line.clock.run(5);
    const commit = socket.sent.find((/** @type {any} */ { type }) => type === "commit");
    assert.deepEqual(
      commit.transactions.map((/** @type {any} */ { id }) => id),
      [a.id],
    );
    assert.equal(old.closed, false);
    await line.clock.run(1000);
    assert.equal(old.closed, true);
    assert.deepEqual([...states], ["live"]);
  });

  test("a better one that fails changes nothing", async () => {
    const falling = new Falling();
    const { line } = falling;
    await line.live();
    await line.clock.run(1100);
    line.hints.dispatchEvent(new Event("online"));
    await line.clock.run(5);
    const { socket } = falling.rivals[0] ?? {};
    socket.handlers.open();
    socket.handlers.text(JSON.stringify({ type: "bye", code: 4503, why: "elsewhere" }));
    await line.clock.run(100);
    assert.equal(line.session.state, "live");
    assert.equal(line.socket.closed, false);
  });
});
