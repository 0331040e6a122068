// The client for other programs. tests/py/test_client_js.py runs it again beside a real server, whose boards BOARDS names.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import {
  ClosedError,
  connect,
  DeniedError,
  decodePoints,
  LiveWriter,
  RefusedError,
} from "../../static/board/client.js";

/** Addresses of empty boards, cookies of two people, and an access token of the first. */
const { urls = [], cookies = [], token = "" } = JSON.parse(process.env.BOARDS ?? "{}");
const skip = urls.length === 0 && "there is no server";
/** @type {("websocket" | "sse" | "longpoll" | "poll")[]} */
const TRANSPORTS = ["websocket", "sse", "longpoll", "poll"];
const DOT = "BgEAAIA";
/** @type {import("../../static/board/client.js").Board[]} */
const opened = [];
after(() => {
  for (const board of opened) board.close();
});

/** @param {string} url @param {number} person @param {typeof TRANSPORTS[number]} [transport] */
async function open(url, person, transport) {
  const headers = { Cookie: cookies[person], Origin: new URL(url).origin };
  // As Node's own takes headers, which no browser's does.
  class WithHeaders extends /** @type {any} */ (globalThis).WebSocket {
    /** @param {string} address @param {string[]} protocols */
    constructor(address, protocols) {
      super(address, { protocols, headers });
    }
  }
  const options = { headers, WebSocket: /** @type {any} */ (WithHeaders) };
  const board = await connect(url, transport ? { ...options, transport } : options);
  opened.push(board);
  return board;
}

/** @param {string} key @param {object} [more] @returns {any} */
function dot(key, more) {
  const element = { kind: "stroke", x: 1, y: 2, z: "a0", color: "red", width: 4, points: DOT };
  return { op: "put", key, element: { ...element, ...more } };
}

/** @param {import("../../static/board/client.js").Board} board @param {() => boolean} isSo */
function until(board, isSo) {
  return new Promise((resolve) => {
    const look = () => {
      if (isSo()) resolve(undefined);
      return isSo();
    };
    if (look()) return;
    const stop = board.subscribe(() => look() && stop());
  });
}

test("an address that is no board's is told in a sentence", async () => {
  await assert.rejects(connect("https://board.example.org/"), /is no board's address/);
});

describe("on a server", { skip }, () => {
  for (const transport of TRANSPORTS) {
    test(`${transport}: what is committed is durable, and everybody has it`, async () => {
      const url = urls.pop();
      const [ann, bob] = await Promise.all([open(url, 0, transport), open(url, 1, "sse")]);
      assert.equal(ann.transport, transport);
      assert.equal(await ann.commit([dot("of-ann-01")]), 1);
      const key = await ann.draw([
        { x: 3, y: 4 },
        { x: 10.5, y: 4 },
      ]);
      await until(bob, () => bob.document.clock === 2);
      assert.deepEqual(bob.elements, ann.elements);
      const stroke = bob.document.get(key);
      assert.deepEqual([...decodePoints(String(stroke?.points)).xs.slice(0, 2)], [0, 7.5]);
      assert.ok(String(stroke?.z) > "a0");
      await until(bob, () => bob.people.size === 2);
    });

    test(`${transport}: live records reach the others`, async () => {
      const url = urls.pop();
      const [ann, bob] = await Promise.all([open(url, 0, transport), open(url, 1, "sse")]);
      const heard = new Promise((resolve) => {
        bob.subscribe((event) => event.type === "live" && resolve(event.records));
      });
      const writer = new LiveWriter();
      writer.cursor(12, -3, 2);
      assert.ok(ann.live(writer));
      const slot = ann.session.you?.slot;
      assert.deepEqual(await heard, [{ type: "cursor", slot, x: 12, y: -3 }]);
    });
  }

  test("without a WebSocket it takes the next transport by itself", async () => {
    const url = urls.pop();
    const headers = { Cookie: cookies[0], Origin: new URL(url).origin };
    const board = await connect(url, { headers });
    opened.push(board);
    assert.equal(board.transport, "sse");
    assert.equal(await board.commit([dot("all-the-same")]), 1);
  });

  test("with an access token alone it reads the document below /api/, and draws", async () => {
    const url = urls.pop();
    const drawing = await open(url, 0);
    await drawing.commit([dot("there-before")]);
    /** @type {string[]} */
    const asked = [];
    const headers = { Authorization: `Bearer ${token}` };
    /** @type {typeof fetch} */
    const listening = (address, options) => {
      asked.push(new URL(String(address)).pathname);
      return fetch(address, options);
    };
    const board = await connect(url, { headers, fetch: listening });
    opened.push(board);
    const documents = asked.filter((path) => path.endsWith("/document"));
    assert.deepEqual(documents, [`/api${new URL(url).pathname}document`]);
    assert.ok(board.document.has("there-before"));
    assert.equal(await board.commit([dot("by-a-token")]), 2);
    const mistaken = { headers: { Authorization: `${headers.Authorization}x` } };
    await assert.rejects(connect(url, mistaken), DeniedError);
  });

  test("a refusal is an error with its code and is taken back", async () => {
    const board = await open(urls.pop(), 0);
    const refused = board.commit([dot("good-one-1"), dot("bad-one-12", { color: "no colour" })]);
    assert.equal(board.document.size, 2);
    await assert.rejects(
      refused,
      (error) => error instanceof RefusedError && error.code === "bad_change",
    );
    assert.equal(board.document.size, 0);
  });

  test("a closed door is final, and closing tells who waits", async () => {
    const url = urls.pop();
    const nowhere = url.replace(/[0-9a-f]{12}\/$/, "000000000000/");
    await assert.rejects(
      open(nowhere, 0),
      (error) => error instanceof DeniedError && error.code === 4404,
    );
    const board = await open(url, 0);
    const waiting = board.commit([dot("too-late-1")]);
    board.close();
    await assert.rejects(waiting, ClosedError);
    await assert.rejects(board.commit([dot("too-late-2")]), ClosedError);
  });
});
