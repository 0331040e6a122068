// R5, R7, R10: one session, with the server played by hand.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DocumentDenied } from "../../static/board/sync/board-document.js";
import { BOB, HandLine, YOU } from "./support/hand-line.js";
import { settled } from "./support/virtual-clock.js";

const A = "aaaaaaaa";
const B = "bbbbbbbb";
const C = "cccccccc";

/** @param {any} socket */
const sentIds = (socket) =>
  socket
    .of("commit")
    .map((/** @type {any} */ one) => one.transactions.map((/** @type {any} */ tx) => tx.id));

/** As a server from before schema 3 tells it. */
const PLAIN_BOARD = {
  frozen: false,
  paper: "blank",
  pens: [],
  ownOnly: false,
  muted: false,
  talk: 0,
  notice: null,
  noticed: 0,
};

describe("joining", () => {
  test("R7: reads the document, says hello with what it has, and is live when caught up", async () => {
    const line = new HandLine();
    line.documents = [{ epoch: "e", clock: 4, elements: {} }];
    line.session.start();
    assert.equal(line.session.state, "connecting");
    await settled();
    await line.open();
    assert.deepEqual(line.socket.sent, [{ type: "hello", epoch: "e", since: 4, schema: 4 }]);
    line.welcome({ clock: 5, people: [YOU, BOB] });
    assert.equal(line.session.state, "connecting");
    line.receipt({ id: "x", changes: [] }, 5);
    assert.equal(line.session.state, "live");
    assert.deepEqual([...line.session.people.values()], [YOU, BOB]);
    assert.deepEqual(line.session.board, { ...PLAIN_BOARD, title: "Board" });
    assert.equal(line.session.role, "editor");
    assert.equal(line.document.author, YOU.person);
  });

  test("takes a document whose reading has begun before", async () => {
    const preloaded = Promise.resolve({ epoch: "e", clock: 9, elements: {} });
    const line = await new HandLine({ preloaded }).live();
    assert.equal(line.reads, 0);
    assert.equal(line.document.clock, 9);
    assert.equal(line.session.state, "live");
  });

  test("R1: with another epoch reads again and says hello on the same socket", async () => {
    const line = new HandLine();
    line.documents = [
      { epoch: "old", clock: 8, elements: {} },
      { epoch: "e", clock: 3, elements: {} },
    ];
    line.session.start();
    await settled();
    await line.open();
    line.welcome({ clock: 3 });
    await line.clock.run(50);
    assert.deepEqual(
      line.socket.of("hello").map(({ epoch, since }) => [epoch, since]),
      [
        ["old", 8],
        ["e", 3],
      ],
    );
    line.welcome({ clock: 3 });
    assert.equal(line.session.state, "live");
    assert.equal(line.sockets.length, 1);
  });

  test("R1: a document from beyond the board's clock is read again, with growing pauses", async () => {
    const line = new HandLine();
    line.documents = [{ epoch: "e", clock: 9, elements: {} }];
    line.session.start();
    await settled();
    await line.open();
    for (let i = 0; i < 4; i++) {
      line.welcome({ clock: 8 });
      await line.clock.run(i * 250);
    }
    assert.equal(line.reads, 5);
    assert.equal(line.session.state, "connecting");
    line.welcome({ clock: 9 });
    assert.equal(line.session.state, "live");
  });

  test("R7: reload means to read again, then hello; what comes meanwhile is kept", async () => {
    const line = await new HandLine().live();
    line.documents = [{ epoch: "e", clock: 50, elements: { [A]: { kind: "stroke" } } }];
    line.socket.says({ type: "reload", clock: 50 });
    line.receipt({ id: "x", changes: [{ op: "put", key: B, element: { kind: "stroke" } }] }, 51);
    await line.clock.run(50);
    assert.equal(line.socket.of("hello").at(-1).since, 51);
    line.welcome();
    assert.deepEqual([...line.document.keys()].sort(), [A, B]);
    assert.equal(line.session.state, "live");
  });

  test("the document's no is final, its silence isn't", async () => {
    const denied = new HandLine();
    denied.documents = [new DocumentDenied(404)];
    denied.session.start();
    await denied.clock.run(20_000);
    assert.deepEqual([denied.session.state, denied.session.denial?.code], ["denied", 4404]);
    const down = new HandLine();
    down.documents = [new Error("no network"), { epoch: "e", clock: 0, elements: {} }];
    down.session.start();
    await down.clock.run(1500);
    await down.open();
    down.welcome();
    assert.equal(down.session.state, "live");
  });
});

describe("sending", () => {
  test("R3, R5: goes at once, is saving until its receipt, then saved", async () => {
    const line = await new HandLine().live();
    assert.equal(line.session.saved, "saved");
    const transaction = line.draw(A);
    assert.deepEqual(sentIds(line.socket), [[transaction.id]]);
    assert.deepEqual([line.session.saved, line.session.waiting], ["saving", 1]);
    line.receipt(transaction, 1);
    assert.deepEqual([line.session.saved, line.session.waiting], ["saved", 0]);
  });

  test("what comes within 4 ms shares a message", async () => {
    const line = await new HandLine().live();
    const [a, b, c] = [line.draw(A), line.draw(B), line.draw(C)];
    assert.deepEqual(sentIds(line.socket), [[a.id]]);
    await line.clock.run(4);
    assert.deepEqual(sentIds(line.socket), [[a.id], [b.id, c.id]]);
  });

  test("S13: no message is longer than 64 KiB or has more than 64 transactions", async () => {
    const line = await new HandLine().live();
    line.socket.handlers.close(1006);
    for (let i = 0; i < 100; i++) line.draw(`element${i}`);
    const points = "A".repeat(50_000);
    for (const key of [A, B])
      line.document.propose([{ op: "put", key, element: { kind: "stroke", points } }]);
    await line.clock.run(1000);
    await line.open();
    line.welcome();
    await line.clock.run(100);
    const messages = line.socket.of("commit");
    assert.deepEqual(
      messages.map(({ transactions }) => transactions.length),
      [64, 37, 1],
    );
    for (const message of messages) assert.ok(JSON.stringify(message).length <= 65_536);
  });

  test("R5: a day's work goes in portions that wait for answers", async () => {
    const line = await new HandLine().live();
    const all = Array.from({ length: 400 }, (_, i) => line.draw(`element${i}`));
    await line.clock.run(1000);
    for (let answered = 0; answered < 384; answered += 128) {
      assert.equal(sentIds(line.socket).flat().length, answered + 128);
      for (let i = answered; i < answered + 128; i++)
        line.receipt(/** @type {typeof all[0]} */ (all[i]), i + 1);
      await line.clock.run(1000);
    }
    assert.deepEqual(
      sentIds(line.socket).flat(),
      all.map(({ id }) => id),
    );
  });

  test("R5: refused is taken back and told", async () => {
    const line = await new HandLine().live();
    const { id } = line.draw(A);
    line.socket.says({ type: "refused", id, code: "frozen", why: "no" });
    assert.equal(line.document.size, 0);
    assert.deepEqual(
      line.events.filter(({ type }) => type === "refused"),
      [{ type: "refused", id, code: "frozen", why: "no" }],
    );
    assert.equal(line.session.saved, "saved");
  });

  test("R5: later waits, then sends that and what came after it, in order", async () => {
    const line = await new HandLine().live();
    const a = line.draw(A);
    line.socket.says({ type: "later", ids: [a.id], after_ms: 300 });
    const b = line.draw(B);
    await line.clock.run(299);
    assert.deepEqual(sentIds(line.socket), [[a.id]]);
    assert.equal(line.session.saved, "saving");
    await line.clock.run(2);
    assert.deepEqual(sentIds(line.socket), [[a.id], [a.id, b.id]]);
  });

  test("R2: a living server that forgets to answer is asked again", async () => {
    const line = await new HandLine().live();
    const { id } = line.draw(A);
    const pong = () => line.socket.says({ type: "pong" });
    for (let i = 0; i < 16; i++) {
      await line.clock.run(1000);
      pong();
    }
    assert.deepEqual(sentIds(line.socket), [[id], [id]]);
  });

  test("R9: live frames are shed while the line up is full", async () => {
    const line = await new HandLine().live();
    assert.equal(line.session.sendLive(Uint8Array.of(2, 0)), true);
    assert.deepEqual([...(line.socket.binary[0] ?? [])], [1, 2, 0]);
    line.socket.bufferedAmount = 100_000;
    assert.equal(line.session.sendLive(Uint8Array.of(2, 0)), false);
  });
});

describe("losing the connection", () => {
  test("R5: pending is sent again after the tail, in order, with the same ids", async () => {
    const line = await new HandLine().live();
    const [a, b] = [line.draw(A), line.draw(B)];
    line.socket.handlers.close(1006);
    assert.deepEqual([line.session.state, line.session.saved], ["offline", "waiting"]);
    const c = line.draw(C);
    await line.clock.run(1000);
    await line.open();
    line.welcome({ clock: 1 });
    await line.clock.run(20);
    assert.deepEqual(sentIds(line.socket), []);
    line.receipt(a, 1);
    await line.clock.run(20);
    assert.deepEqual(sentIds(line.socket), [[b.id, c.id]]);
  });

  test("comes back within 0.5 to 5 s, at random", async () => {
    for (const [random, first] of /** @type {const} */ ([
      [0, 500],
      [0.999, 999],
    ])) {
      const line = await new HandLine({ random: () => random }).live();
      line.socket.handlers.close(1006);
      await line.clock.run(first - 2);
      assert.equal(line.sockets.length, 1);
      await line.clock.run(5);
      assert.equal(line.sockets.length, 2);
      for (let i = 0; i < 8; i++) {
        line.socket.handlers.close(1006);
        await line.clock.run(5001);
      }
      assert.ok(line.sockets.length >= 10);
    }
  });

  test("F2: while somebody edits, a dead link is noticed within 6 s", async () => {
    for (const idle of [0, 3_000, 60_000]) {
      const line = await new HandLine().live();
      for (let i = 0; i < idle; i += 1000) {
        await line.clock.run(1000);
        if (line.socket.of("ping").length > 0) line.socket.says({ type: "pong" });
      }
      line.draw(A);
      await line.clock.run(5900);
      assert.ok(line.sockets[0]?.closed, `after ${idle} ms of peace`);
    }
  });

  test("a living link is asked and left alone", async () => {
    const line = await new HandLine().live();
    line.draw(A);
    for (let i = 0; i < 30; i++) {
      await line.clock.run(2000);
      line.socket.says({ type: "pong" });
    }
    assert.equal(line.sockets.length, 1);
    assert.equal(line.session.state, "live");
  });

  test("R6: a gap that stays for 2 s brings a new connection, one that closes doesn't", async () => {
    const line = await new HandLine().live();
    line.receipt({ id: "x", changes: [] }, 2);
    await line.clock.run(1900);
    line.receipt({ id: "w", changes: [] }, 1);
    await line.clock.run(1000);
    assert.equal(line.session.state, "live");
    line.receipt({ id: "y", changes: [] }, 4);
    await line.clock.run(2100);
    assert.equal(line.session.state, "offline");
  });

  test("S3: signed out elsewhere, it comes back once, and stays if its session is still good", async () => {
    const line = await new HandLine().live();
    const lose = async () => {
      line.socket.says({ type: "bye", code: 4401, why: "so" });
      line.socket.handlers.close(4401);
      await line.clock.run(5000);
    };
    for (const sockets of [2, 3]) {
      await lose();
      assert.equal(line.sockets.length, sockets);
      await line.open();
      line.welcome();
      assert.equal(line.session.state, "live");
    }
    line.draw(A);
    await lose();
    await lose();
    await line.clock.run(60_000);
    assert.equal(line.sockets.length, 4);
    assert.deepEqual(line.session.denial, { code: 4401, why: "so" });
    assert.deepEqual([line.session.state, line.session.saved], ["denied", "waiting"]);
  });

  test("not allowed, no such board, another protocol: no way back", async () => {
    for (const code of [4403, 4404, 4426]) {
      const line = await new HandLine().live();
      line.draw(A);
      line.socket.says({ type: "bye", code, why: "so" });
      line.socket.handlers.close(code);
      await line.clock.run(60_000);
      assert.equal(line.sockets.length, 1);
      assert.deepEqual(line.session.denial, { code, why: "so" });
      assert.deepEqual([line.session.state, line.session.saved], ["denied", "waiting"]);
      assert.equal(line.events.filter(({ type }) => type === "denied").length, 1);
    }
  });

  test("the reason is believed where the close has none, as with servers that drop it", async () => {
    const line = await new HandLine().live();
    line.socket.says({ type: "bye", code: 4503, why: "deploy" });
    line.socket.handlers.close(1006);
    assert.deepEqual([line.session.state, line.session.closedWith], ["offline", 4503]);
    await line.clock.run(1000);
    assert.equal(line.sockets.length, 2);
  });

  test("R5: after 4400 pending goes alone, and what closes again counts as refused", async () => {
    for (const code of [4400, 4413]) {
      const line = await new HandLine().live();
      const [a, b, c] = [line.draw(A), line.draw(B), line.draw(C)];
      await line.clock.run(10);
      const back = async () => {
        line.socket.says({ type: "bye", code, why: "bad" });
        await line.clock.run(3000);
        await line.open();
        line.welcome();
        await line.clock.run(10);
      };
      await back();
      assert.deepEqual(sentIds(line.socket), [[a.id]]);
      assert.equal(line.session.sendLive(Uint8Array.of(2, 0)), false);
      line.receipt(a, 1);
      await line.clock.run(10);
      assert.deepEqual(sentIds(line.socket), [[a.id], [b.id]]);
      await back();
      assert.deepEqual(
        line.events.filter(({ type }) => type === "refused").map(({ id }) => id),
        [b.id],
      );
      assert.deepEqual(sentIds(line.socket), [[c.id]]);
      assert.deepEqual([...line.document.keys()].sort(), [A, C]);
      line.receipt(c, 2);
      assert.equal(line.session.sendLive(Uint8Array.of(2, 0)), true);
    }
  });

  test("the machine's own hints are taken", async () => {
    const line = await new HandLine().live();
    line.hints.dispatchEvent(new Event("offline"));
    assert.equal(line.socket.of("ping").length, 1);
    await line.clock.run(3100);
    assert.equal(line.session.state, "offline");
    line.hints.dispatchEvent(new Event("online"));
    assert.equal(line.sockets.length, 2);
  });

  test("stops for good, and hears nothing more", async () => {
    const line = await new HandLine().live();
    line.session.stop();
    assert.ok(line.socket.closed);
    line.welcome();
    line.draw(A);
    await line.clock.run(60_000);
    assert.equal(line.sockets.length, 1);
    assert.equal(line.session.state, "offline");
  });

  test("a transport that can't be opened is a lost connection", async () => {
    const line = new HandLine({ openTransport: () => assert.fail("no socket here") });
    line.session.start();
    await line.clock.run(100);
    assert.equal(line.session.state, "offline");
  });
});

describe("receiving", () => {
  test("R10: confirms at every 32 frames, text and binary counted together", async () => {
    const line = await new HandLine().live();
    for (let i = 1; i < 32; i++) line.socket.handlers.binary(Uint8Array.of(1));
    assert.deepEqual(line.socket.of("got"), [{ type: "got", frames: 32 }]);
    for (let i = 0; i < 32; i++) line.socket.says({ type: "pong" });
    assert.deepEqual(line.socket.of("got").at(-1), { type: "got", frames: 64 });
  });

  test("R10: confirms large frames at once, Korean ones by their bytes", async () => {
    const line = await new HandLine().live();
    line.socket.says({ type: "board", title: "가".repeat(12_000), frozen: false, role: "editor" });
    assert.deepEqual(line.socket.of("got"), [{ type: "got", frames: 2 }]);
  });

  test("people come, change and leave", async () => {
    const line = await new HandLine().live();
    line.socket.says({ type: "people", joined: [BOB], left: [] });
    line.socket.says({ type: "people", joined: [{ ...BOB, name: "Rob" }], left: [YOU.slot] });
    assert.deepEqual([...line.session.people.values()], [{ ...BOB, name: "Rob" }]);
    line.socket.says({
      type: "board",
      title: "New",
      frozen: true,
      role: "commenter",
      paper: "dotted",
      may: ["see", "comment"],
      pens: [7],
      own_only: true,
      talk: 3,
      notice: "cleared",
      noticed: 5,
    });
    assert.deepEqual(
      [line.session.board, line.session.role],
      [
        {
          title: "New",
          frozen: true,
          paper: "dotted",
          pens: [7],
          ownOnly: true,
          muted: false,
          talk: 3,
          notice: "cleared",
          noticed: 5,
        },
        "commenter",
      ],
    );
    assert.deepEqual([...(line.session.may ?? [])], ["see", "comment"]);
  });

  test("R9: own live records are skipped, others' told", async () => {
    const line = await new HandLine().live();
    line.socket.handlers.binary(Uint8Array.of(1, YOU.slot, 2, 0, BOB.slot, 2, 0));
    const told = line.events.filter(({ type }) => type === "live");
    assert.deepEqual(told, [{ type: "live", records: [{ type: "away", slot: BOB.slot }] }]);
  });

  test("R15: what a newer server says besides does no harm; what isn't a message ends the connection", async () => {
    const line = await new HandLine().live();
    line.socket.says({ type: "weather", sun: true });
    assert.equal(line.session.state, "live");
    line.socket.handlers.text("{");
    assert.equal(line.session.state, "offline");
  });

  test("tells of states once each", async () => {
    const line = await new HandLine().live();
    const before = line.events.length;
    line.socket.says({ type: "pong" });
    assert.equal(line.events.length, before);
  });
});
