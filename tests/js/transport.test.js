// The edges of sync: the WebSocket transport and the reading of the document.

import assert from "node:assert/strict";
import { afterEach, describe, mock, test } from "node:test";
import { DocumentDenied, fetchDocument } from "../../static/board/sync/board-document.js";
import { isBlamed, isFinal, reconnectDelay } from "../../static/board/sync/closing.js";
import { openWebSocket } from "../../static/board/sync/transports/websocket.js";

const globals = /** @type {any} */ (globalThis);

class FakeSocket extends EventTarget {
  static OPEN = 1;
  readyState = 0;
  bufferedAmount = 12;
  binaryType = "blob";
  /** @type {unknown[]} */
  sent = [];

  /** @param {string} url @param {string[]} protocols */
  constructor(url, protocols) {
    super();
    this.url = url;
    this.protocols = protocols;
    FakeSocket.last = this;
  }

  /** @type {FakeSocket | null} */
  static last = null;

  /** @param {unknown} message */
  send(message) {
    this.sent.push(message);
  }

  close() {
    this.readyState = 3;
  }

  /** @param {string} type @param {object} [more] */
  happens(type, more = {}) {
    this.dispatchEvent(Object.assign(new Event(type), more));
  }
}

const REAL = { WebSocket: globals.WebSocket, location: globals.location, fetch: globals.fetch };
afterEach(() => {
  for (const [name, value] of Object.entries(REAL)) globals[name] = value;
  mock.restoreAll();
});

describe("the WebSocket transport", () => {
  /** @param {string} page */
  const opened = (page) => {
    globals.WebSocket = FakeSocket;
    globals.location = { href: page };
    /** @type {unknown[][]} */
    const heard = [];
    const transport = openWebSocket("/ws/boards/1/", {
      open: () => heard.push(["open"]),
      text: (text) => heard.push(["text", text]),
      binary: (bytes) => heard.push(["binary", ...bytes]),
      close: (code) => heard.push(["close", code]),
    });
    return { transport, heard, socket: /** @type {FakeSocket} */ (FakeSocket.last) };
  };

  test("offers both subprotocols, at the page's own host, secure where the page is", () => {
    const plain = opened("http://10.0.0.5:8000/boards/1/").socket;
    assert.equal(plain.url, "ws://10.0.0.5:8000/ws/boards/1/");
    assert.deepEqual(plain.protocols, ["whiteboard.v1", "whiteboard"]);
    assert.equal(
      opened("https://board.example/boards/1/").socket.url,
      "wss://board.example/ws/boards/1/",
    );
  });

  test("tells what comes, text and binary", () => {
    const { heard, socket } = opened("http://a/");
    assert.equal(socket.binaryType, "arraybuffer");
    socket.happens("open");
    socket.happens("message", { data: "hi" });
    socket.happens("message", { data: Uint8Array.of(1, 2).buffer });
    socket.happens("close", { code: 4503 });
    assert.deepEqual(heard, [["open"], ["text", "hi"], ["binary", 1, 2], ["close", 4503]]);
  });

  test("sends while it is open, and drops what comes after", () => {
    const { transport, socket } = opened("http://a/");
    transport.sendText("early");
    socket.readyState = 1;
    transport.sendText("a");
    transport.sendBinary(Uint8Array.of(3));
    assert.equal(transport.bufferedAmount, 12);
    transport.close();
    transport.sendText("late");
    assert.deepEqual(socket.sent, ["a", Uint8Array.of(3)]);
  });
});

describe("reading the document", () => {
  /** @param {Response} response */
  const answering = (response) => {
    globals.fetch = async () => response;
    return fetchDocument("/boards/1/document");
  };

  test("gives what the server has, letters cut between two chunks included", async () => {
    const bytes = new TextEncoder().encode(
      '{"epoch":"e","clock":3,"elements":{"aaaaaaaa":{"kind":"글"}}}',
    );
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const board = await answering(new Response(body));
    assert.deepEqual(board, { epoch: "e", clock: 3, elements: { aaaaaaaa: { kind: "글" } } });
  });

  test("tells a final no from a passing one", async () => {
    for (const [status, code] of /** @type {const} */ ([
      [401, 4401],
      [403, 4403],
      [404, 4404],
    ])) {
      await assert.rejects(answering(new Response("", { status })), (error) => {
        return error instanceof DocumentDenied && error.code === code;
      });
    }
    await assert.rejects(answering(new Response("", { status: 503 })), /answered with 503/);
    await assert.rejects(answering(new Response("{")), SyntaxError);
  });
});

describe("closing", () => {
  test("each close code means one thing", () => {
    const codes = [1006, 4400, 4401, 4403, 4404, 4408, 4413, 4426, 4429, 4503];
    const final = (/** @type {number | null} */ before) =>
      codes.filter((code) => isFinal(code, before));
    assert.deepEqual(final(null), [4403, 4404, 4426]);
    assert.deepEqual(final(4401), [4401, 4403, 4404, 4426]);
    assert.deepEqual(codes.filter(isBlamed), [4400, 4413]);
  });

  test("the way back takes 0.5 to 5 s, and longest where it was too fast", () => {
    for (let attempt = 0; attempt < 12; attempt++) {
      for (const random of [0, 0.5, 1]) {
        const delay = reconnectDelay(attempt, 1006, () => random);
        assert.ok(delay >= 500 && delay <= 5000);
      }
    }
    assert.equal(
      reconnectDelay(0, 1006, () => 1),
      1000,
    );
    assert.equal(
      reconnectDelay(0, 4429, () => 0),
      5000,
    );
  });
});
