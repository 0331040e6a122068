// A session whose server is played by the test, message by message.

import { Document } from "../../../static/board/core/document.js";
import { readLiveFrame } from "../../../static/board/sync/live.js";
import { Session } from "../../../static/board/sync/session.js";
import { settled, VirtualClock } from "./virtual-clock.js";

export const YOU = { slot: 1, person: 7, name: "Ann", color: "blue" };
export const BOB = { slot: 2, person: 8, name: "Bob", color: "red" };

/** @typedef {import("../../../static/board/sync/transports/websocket.js").TransportHandlers} TransportHandlers */

/** One opened socket: what the page has sent, and a way to answer. */
class Socket {
  /** @type {any[]} */
  sent = [];
  /** @type {Uint8Array[]} */
  binary = [];
  closed = false;
  bufferedAmount = 0;

  /** @param {TransportHandlers} handlers */
  constructor(handlers) {
    this.handlers = handlers;
  }

  sendText = (/** @type {string} */ text) => void this.sent.push(JSON.parse(text));
  sendBinary = (/** @type {Uint8Array} */ bytes) => void this.binary.push(bytes);
  close = () => {
    this.closed = true;
  };

  /** @param {string} type */
  of(type) {
    return this.sent.filter((message) => message.type === type);
  }

  /** @param {object} message */
  says(message) {
    this.handlers.text(JSON.stringify(message));
  }
}

export class HandLine {
  clock = new VirtualClock();
  hints = new EventTarget();
  document = new Document();
  /** @type {Socket[]} */
  sockets = [];
  /** @type {any[]} */
  events = [];
  /** What the next readings of the document give; the last one stays. @type {any[]} */
  documents = [{ epoch: "e", clock: 0, elements: {} }];
  reads = 0;

  /** @param {Partial<ConstructorParameters<typeof Session>[0]>} [options] */
  constructor(options = {}) {
    this.session = new Session({
      document: this.document,
      url: "/ws/boards/1/",
      documentUrl: "/boards/1/document",
      openTransport: (_, handlers) => {
        const socket = new Socket(handlers);
        this.sockets.push(socket);
        return socket;
      },
      fetchDocument: async () => {
        this.reads++;
        const next = this.documents.length > 1 ? this.documents.shift() : this.documents[0];
        if (next instanceof Error) throw next;
        return structuredClone(next);
      },
      clock: this.clock,
      hints: this.hints,
      readLive: readLiveFrame,
      random: () => 0.5,
      ...options,
    });
    this.session.subscribe((event) => this.events.push(event));
  }

  /** @returns {Socket} the newest */
  get socket() {
    return /** @type {Socket} */ (this.sockets.at(-1));
  }

  /** @param {Partial<import("../../../static/board/protocol").Welcome>} [more] */
  welcome(more = {}) {
    this.socket.says({
      type: "welcome",
      you: YOU,
      role: "editor",
      epoch: "e",
      clock: this.document.clock,
      schema: 2,
      title: "Board",
      frozen: false,
      people: [YOU],
      ...more,
    });
  }

  /** Started, opened, welcomed. */
  async live() {
    this.session.start();
    await settled();
    await this.open();
    this.welcome();
    return this;
  }

  async open() {
    this.socket.handlers.open();
    await settled();
  }

  /** @param {{id: string, changes: readonly any[]}} transaction @param {number} clock */
  receipt({ id, changes }, clock) {
    const transactions = [{ clock, id, author: YOU.person, at: 0, changes }];
    this.socket.says({ type: "commits", epoch: "e", transactions });
  }

  /** @param {string} key */
  draw(key) {
    const transaction = this.document.propose([{ op: "put", key, element: { kind: "stroke" } }]);
    this.session.submit([transaction]);
    return transaction;
  }
}
