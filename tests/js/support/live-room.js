// A board with nobody's work on it, that only passes on live frames: each connection as late as it is, in order, and the
// word of who has come or gone at the next tick.

import { ByteReader, ByteWriter } from "../../../static/board/core/bytes.js";
import { Document } from "../../../static/board/core/document.js";
import { readLiveFrame } from "../../../static/board/sync/live.js";
import { Session } from "../../../static/board/sync/session.js";

/**
 * @typedef {import("./virtual-clock.js").VirtualClock} VirtualClock
 * @typedef {import("../../../static/board/sync/transports/websocket.js").TransportHandlers} TransportHandlers
 * @typedef {import("../../../static/board/sync/transports/choosing.js").Host} Host
 * @typedef {{slot: number, person: number, name: string, color: string}} Someone
 */

const TICK_MS = 250;

/** What the server makes of a client's records: the slot before each kind. @param {Uint8Array} records @param {number} slot */
export function stamped(records, slot) {
  const reader = new ByteReader(records);
  const writer = new ByteWriter();
  writer.byte(1);
  while (reader.left > 0) {
    writer.varint(slot);
    writer.byte(reader.byte());
    const length = reader.varint();
    writer.varint(length);
    writer.bytes(reader.bytes(length));
  }
  return writer.take();
}

export class LiveRoom {
  /** @type {Set<Line>} */
  lines = new Set();
  /** @type {{joined: Someone[], left: number[]}} */
  #news = { joined: [], left: [] };
  #slots = 0;

  /** @param {VirtualClock} clock */
  constructor(clock) {
    this.clock = clock;
    const tick = () => {
      this.tell();
      clock.setTimeout(tick, TICK_MS);
    };
    clock.setTimeout(tick, TICK_MS);
  }

  /** @param {number} person @param {TransportHandlers} handlers @param {number} delay */
  connect(person, handlers, delay) {
    const line = new Line(this, handlers, delay, { slot: ++this.#slots, person });
    return line;
  }

  /** @param {Line} line */
  enter(line) {
    this.lines.add(line);
    this.#news.joined.push(line.someone);
  }

  /** @param {Line} line */
  leave(line) {
    if (this.lines.delete(line)) this.#news.left.push(line.someone.slot);
  }

  /** @param {Uint8Array} frame */
  pass(frame) {
    for (const line of this.lines) line.down(() => line.handlers.binary(frame));
  }

  tell() {
    const news = this.#news;
    if (news.joined.length + news.left.length === 0) return;
    this.#news = { joined: [], left: [] };
    for (const line of this.lines) line.says({ type: "people", ...news });
  }
}

/** One connection. */
class Line {
  #upAt = 0;
  #downAt = 0;
  #gone = false;
  bufferedAmount = 0;

  /** @param {LiveRoom} room @param {TransportHandlers} handlers @param {number} delay @param {{slot: number, person: number}} who */
  constructor(room, handlers, delay, who) {
    this.room = room;
    this.handlers = handlers;
    this.delay = delay;
    this.someone = { ...who, name: `person ${who.person}`, color: "red" };
    this.down(() => handlers.open());
  }

  /** @param {string} text */
  sendText(text) {
    const message = JSON.parse(text);
    this.#up(() => {
      if (message.type === "ping") this.says({ type: "pong" });
      if (message.type === "hello") this.#hello();
    });
  }

  /** @param {Uint8Array} bytes */
  sendBinary(bytes) {
    const { slot } = this.someone;
    this.#up(() => this.room.pass(stamped(bytes.subarray(1), slot)));
  }

  close() {
    this.#up(() => this.room.leave(this));
    this.#gone = true;
  }

  #hello() {
    this.room.enter(this);
    const people = [...this.room.lines].map(({ someone }) => someone);
    this.says({
      type: "welcome",
      you: this.someone,
      role: "editor",
      epoch: "e",
      clock: 0,
      schema: 3,
      title: "",
      frozen: false,
      may: ["see", "draw"],
      people,
    });
  }

  /** @param {object} message */
  says(message) {
    this.down(() => this.handlers.text(JSON.stringify(message)));
  }

  /** @param {() => void} act */
  #up(act) {
    const { clock } = this.room;
    if (this.#gone) return;
    this.#upAt = Math.max(this.#upAt, clock.now() + this.delay);
    clock.setTimeout(act, this.#upAt - clock.now());
  }

  /** @param {() => void} act */
  down(act) {
    const { clock } = this.room;
    this.#downAt = Math.max(this.#downAt, clock.now() + this.delay);
    clock.setTimeout(() => this.#gone || act(), this.#downAt - clock.now());
  }
}

/** Somebody whose connections are chosen by the test. */
export class Swapper {
  /** @type {Host | null} */
  #host = null;

  /** @param {LiveRoom} room @param {number} person @param {number} delay of the first connection */
  constructor(room, person, delay) {
    this.room = room;
    this.person = person;

    this.session = new Session({
      document: new Document(),
      url: "",
      documentUrl: "",
      openTransport: (_, handlers) => room.connect(person, handlers, delay),
      fetchDocument: async () => ({ epoch: "e", clock: 0, elements: {} }),
      fallback: {
        url: "",
        load: async () => ({
          Choosing: /** @type {any} */ (lending((host) => (this.#host = host))),
        }),
      },
      clock: room.clock,
      hints: null,
      readLive: readLiveFrame,
      random: () => 0.5,
    });
    this.session.start();
  }

  /** Another connection is opened beside the one there is. @param {number} delay */
  swap(delay) {
    const { room, person } = this;
    this.#host?.begin({
      name: "sse",
      url: "",
      open: (_, handlers) => room.connect(person, handlers, delay),
    });
  }
}

/** A choosing that leaves it to the test. @param {(host: Host) => void} lend */
function lending(lend) {
  return class {
    first = null;

    /** @param {Host} host */
    constructor(host) {
      lend(host);
    }
    race() {}
    failed() {}
    welcomed() {}
    ended() {}
    hint() {}
    stop() {}
  };
}
