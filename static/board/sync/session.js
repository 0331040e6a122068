// One connection to one board, kept up: greets, catches up, sends what is pending, comes back (R5, R7, R10).

import { utf8Length } from "../core/limits.js";
import { DocumentDenied, fetchDocument } from "./board-document.js";
import { isBlamed, isFinal, LOST, reconnectDelay } from "./closing.js";
import { readLiveFrame } from "./live.js";
import { Outgoing } from "./outgoing.js";
import { Pulse } from "./pulse.js";
import { Reception } from "./reception.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("../core/document.js").Document} Document
 * @typedef {import("../core/document.js").Transaction} Transaction
 * @typedef {import("../protocol").FromServer} FromServer
 * @typedef {import("../protocol").Someone} Someone
 * @typedef {import("../protocol").Role} Role
 * @typedef {import("./board-document.js").BoardDocument} BoardDocument
 * @typedef {import("./live.js").LiveRecord} LiveRecord
 * @typedef {import("./timers.js").Clock} Clock
 * @typedef {import("./transports/websocket.js").OpenTransport} OpenTransport
 * @typedef {import("./transports/websocket.js").Transport} Transport
 */

/** @typedef {"connecting" | "live" | "offline" | "denied"} SessionState */
/** @typedef {"saved" | "saving" | "waiting"} Saved */

/**
 * @typedef {{type: "state"}
 *   | {type: "people", joined: readonly Someone[], left: readonly number[]}
 *   | {type: "board"}
 *   | {type: "refused", id: string, code: string, why: string}
 *   | {type: "live", records: LiveRecord[]}
 *   | {type: "denied", code: number, why: string}
 *   | {type: "error", error: unknown}} SessionEvent
 */

/**
 * What belongs to one connection and ends with it.
 * @typedef {object} Connection
 * @property {Transport | null} transport
 * @property {boolean} open
 * @property {boolean} greeted whether hello has been said since the document was read
 * @property {number | null} target the clock to reach before anything is sent; null before welcome
 * @property {boolean} caughtUp
 * @property {number} rereads
 * @property {{code: number, why: string} | null} bye
 * @property {Pulse} pulse
 * @property {Reception} reception
 */

/** A gap that stays so long isn't a late frame. */
const GAP_PATIENCE_MS = 2000;
/** A connection that brings nothing of what it has to bring before it is live. */
const CATCH_UP_PATIENCE_MS = 10_000;
/** Transactions of one moment share a message; nobody sees 4 ms. */
const COMMIT_GAP_MS = 4;
/** Live frames are shed, and transactions wait, while more than this is on its way up a slow line. */
const LIVE_BUFFER_BYTES = 64 * 1024;
const COMMIT_BUFFER_BYTES = 256 * 1024;
const BUFFER_PAUSE_MS = 50;
/** A server that is behind the document it gives out needs a moment, not a storm of reading. */
const REREAD_PAUSE_MS = 250;
const SCHEMA = 1;
const LIVE_FRAME = 1;

export class Session {
  /** @type {SessionState} */
  state = "connecting";
  /** @type {Role | null} */
  role = null;
  /** @type {Someone | null} */
  you = null;
  /** By slot. @type {Map<number, Someone>} */
  people = new Map();
  /** @type {{title: string, frozen: boolean} | null} */
  board = null;
  /** @type {{code: number, why: string} | null} */
  denial = null;
  /** The code of the last close, while there is no connection. @type {number | null} */
  closedWith = null;

  /** @type {Connection | null} */
  #connection = null;
  #outgoing = new Outgoing();
  #attempt = 0;
  #lastCommit = -Infinity;
  #needsDocument = true;
  /** @type {Promise<void> | null} */
  #reading = null;
  /** @type {Promise<BoardDocument> | null} */
  #preloaded;
  #shown = "";
  /** @type {(() => void)[]} */
  #ends = [];
  /** @type {Set<(event: SessionEvent) => void>} */
  #listeners = new Set();

  /**
   * @param {object} options
   * @param {Document} options.document
   * @param {string} options.url of the socket
   * @param {string} options.documentUrl
   * @param {OpenTransport} options.openTransport
   * @param {(url: string) => Promise<BoardDocument>} [options.fetchDocument]
   * @param {Promise<BoardDocument> | null} [options.preloaded] a first reading that has been begun already
   * @param {Clock} [options.clock]
   * @param {EventTarget | null} [options.hints] where online, offline and visibilitychange are heard
   * @param {() => number} [options.random]
   */
  constructor(options) {
    this.document = options.document;
    this.#url = options.url;
    this.#documentUrl = options.documentUrl;
    this.#openTransport = options.openTransport;
    this.#fetch = options.fetchDocument ?? fetchDocument;
    this.#preloaded = options.preloaded ?? null;
    this.#timers = new Timers(options.clock);
    this.#hints = options.hints ?? (typeof window === "undefined" ? null : window);
    this.#random = options.random ?? Math.random;
  }

  #url;
  #documentUrl;
  #openTransport;
  #fetch;
  #timers;
  #hints;
  #random;

  /** How many own transactions have no receipt yet. */
  get waiting() {
    return this.document.pending.length;
  }

  /** @returns {Saved} */
  get saved() {
    if (this.waiting === 0) return "saved";
    return this.state === "live" ? "saving" : "waiting";
  }

  /** @param {(event: SessionEvent) => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  start() {
    if (this.#ends.length > 0) return;
    this.state = "connecting";
    this.#ends.push(this.document.subscribe(({ source }) => source === "local" && this.#flush()));
    for (const name of ["online", "visibilitychange", "pageshow", "offline"]) {
      const hint = () => this.#hint(name);
      this.#hints?.addEventListener(name, hint);
      this.#ends.push(() => this.#hints?.removeEventListener(name, hint));
    }
    this.#connect();
  }

  stop() {
    for (const end of this.#ends.splice(0)) end();
    this.#drop();
    this.#timers.clear();
    if (this.state !== "denied") this.state = "offline";
    this.#announce();
  }

  /** Sends what the document has proposed. It knows them already: what is pending is what is sent. @param {readonly Transaction[]} transactions */
  submit(transactions) {
    if (transactions.length > 0) this.#flush();
  }

  /** Live records go now or never: whether they went. @param {Uint8Array} records */
  sendLive(records) {
    const transport = this.#connection?.caughtUp ? this.#connection.transport : null;
    // While a culprit is looked for, nothing else may be what the server closes on.
    if (!transport || this.#outgoing.cautious || transport.bufferedAmount > LIVE_BUFFER_BYTES)
      return false;
    const frame = new Uint8Array(records.length + 1);
    frame[0] = LIVE_FRAME;
    frame.set(records, 1);
    transport.sendBinary(frame);
    this.#active();
    return true;
  }

  // -- connecting --------------------------------------------------------------------------------------

  #connect() {
    this.#timers.stop("reconnect");
    if (this.#connection) return;
    const now = this.#timers.now();
    /** @type {Connection} */
    const connection = {
      transport: null,
      open: false,
      greeted: false,
      target: null,
      caughtUp: false,
      rereads: 0,
      bye: null,
      pulse: new Pulse(now),
      reception: new Reception(),
    };
    this.#connection = connection;
    this.#expectMore();
    // The first time, socket and document come side by side; a document that takes long is waited for first.
    if (this.#needsDocument) this.#read();
    if (this.#reading && this.#attempt > 0) void this.#reading.then(() => this.#open(connection));
    else this.#open(connection);
  }

  /** @param {Connection} connection */
  #open(connection) {
    if (connection !== this.#connection || connection.transport) return;
    const only = (/** @type {() => void} */ act) => connection === this.#connection && act();
    try {
      connection.transport = this.#openTransport(this.#url, {
        open: () => only(() => this.#opened(connection)),
        text: (text) => only(() => this.#receiveText(connection, text)),
        binary: (bytes) => only(() => this.#receiveBinary(connection, bytes)),
        close: (code) => only(() => this.#lost(connection.bye?.code ?? code)),
      });
    } catch (error) {
      this.#tell({ type: "error", error });
      this.#lost(LOST);
    }
  }

  /** @param {Connection} connection */
  #opened(connection) {
    connection.open = true;
    this.#greet();
  }

  /** Says hello as soon as socket and document are both there. */
  #greet() {
    const connection = this.#connection;
    if (!connection?.open || connection.greeted || this.#reading || this.#needsDocument) return;
    connection.greeted = true;
    connection.target = null;
    const { epoch, clock: since } = this.document;
    this.#send({ type: "hello", epoch, since, schema: SCHEMA });
    this.#expectMore();
    this.#beat();
  }

  /** Reads the document; the hello after it may go over a socket that has been open before. */
  #read() {
    this.#needsDocument = true;
    if (this.#reading) return;
    const reading = this.#preloaded ?? this.#fetch(this.#documentUrl);
    this.#preloaded = null;
    this.#reading = reading.then(
      (board) => this.#loaded(board),
      (error) => this.#unreadable(error),
    );
  }

  /** @param {BoardDocument} board */
  #loaded(board) {
    this.#reading = null;
    if (this.#ends.length === 0) return;
    this.#needsDocument = false;
    this.document.load(board);
    this.#settle();
    this.#greet();
  }

  /** @param {unknown} error */
  #unreadable(error) {
    this.#reading = null;
    if (this.#ends.length === 0) return;
    this.#tell({ type: "error", error });
    if (error instanceof DocumentDenied) this.#deny(error.code, error.message);
    else this.#lost(LOST);
  }

  /** Another life of the board, or a tail longer than the document: reads afresh, says hello again (R1, R7). */
  #reread() {
    const connection = this.#connection;
    if (!connection) return;
    connection.greeted = false;
    connection.caughtUp = false;
    connection.target = null;
    this.#needsDocument = true;
    this.#outgoing.resend();
    this.#timers.stop("gap");
    this.#expectMore();
    const pause = connection.rereads * REREAD_PAUSE_MS;
    connection.rereads += 1;
    this.#timers.start("reread", pause, () => this.#read());
  }

  // -- receiving ---------------------------------------------------------------------------------------

  /** @param {Connection} connection @param {number} bytes */
  #received(connection, bytes) {
    connection.pulse.received(this.#timers.now());
    const frames = connection.reception.received(bytes);
    if (frames !== null) this.#send({ type: "got", frames });
    if (!connection.caughtUp) this.#expectMore();
  }

  /** @param {Connection} connection @param {Uint8Array} bytes */
  #receiveBinary(connection, bytes) {
    this.#received(connection, bytes.length);
    const mine = this.you?.slot;
    const records = readLiveFrame(bytes).filter(({ slot }) => slot !== mine);
    if (records.length > 0) this.#tell({ type: "live", records });
  }

  /** @param {Connection} connection @param {string} text */
  #receiveText(connection, text) {
    this.#received(connection, utf8Length(text));
    /** @type {FromServer} */
    let message;
    try {
      message = JSON.parse(text);
    } catch (error) {
      this.#tell({ type: "error", error });
      this.#lost(LOST);
      return;
    }
    this.#hear(connection, message);
    this.#announce();
  }

  /** @param {Connection} connection @param {FromServer} message */
  #hear(connection, message) {
    switch (message.type) {
      case "welcome":
        return this.#welcome(connection, message);
      case "commits":
        return this.#commits(connection, message);
      case "refused":
        return this.#refused(message.id, message.code, message.why);
      case "later": {
        const { ids, after_ms: afterMs } = message;
        this.#outgoing.postponed(ids, afterMs, this.document.pending, this.#timers.now());
        return this.#flush();
      }
      case "reload":
        return this.#reread();
      case "people":
        return this.#peopleChanged(message);
      case "board":
        this.role = message.role;
        this.board = { title: message.title, frozen: message.frozen };
        return this.#tell({ type: "board" });
      case "bye":
        connection.bye = { code: message.code, why: message.why };
        return this.#lost(message.code);
      default:
        // A pong has done its work by coming; what a newer server says besides is not for us (R15).
        return;
    }
  }

  /** @param {Connection} connection @param {import("../protocol").Welcome} welcome */
  #welcome(connection, welcome) {
    this.you = welcome.you;
    this.role = welcome.role;
    this.board = { title: welcome.title, frozen: welcome.frozen };
    this.people = new Map(welcome.people.map((someone) => [someone.slot, someone]));
    this.document.author = welcome.you.person;
    this.#tell({ type: "board" });
    this.#tell({ type: "people", joined: welcome.people, left: [] });
    // A welcome that a newer hello has overtaken says nothing about the document of now.
    if (!connection.greeted) return;
    if (welcome.epoch !== this.document.epoch || welcome.clock < this.document.clock) {
      this.#reread();
      return;
    }
    connection.target = welcome.clock;
    this.#progress(connection);
  }

  /** @param {Connection} connection @param {import("../protocol").Commits} commits */
  #commits(connection, { epoch, transactions }) {
    if (epoch !== this.document.epoch) {
      if (connection.greeted) this.#reread();
      return;
    }
    for (const transaction of transactions) this.document.confirm(transaction);
    this.#settle();
    this.#progress(connection);
  }

  /** @param {string} id @param {string} code @param {string} why */
  #refused(id, code, why) {
    const mine = this.document.pending.some((transaction) => transaction.id === id);
    if (!mine) return;
    this.document.refuse(id);
    this.#settle();
    this.#tell({ type: "refused", id, code, why });
    this.#flush();
  }

  #settle() {
    this.#outgoing.keepOnly(this.document.pending, this.#timers.now());
  }

  /** @param {import("../protocol").People} people */
  #peopleChanged({ joined, left }) {
    for (const slot of left) this.people.delete(slot);
    for (const someone of joined) this.people.set(someone.slot, someone);
    this.#tell({ type: "people", joined, left });
  }

  /** @param {Connection} connection */
  #progress(connection) {
    if (!connection.greeted) return;
    this.#watchGap();
    const { target } = connection;
    if (target !== null && !connection.caughtUp && this.document.clock >= target) {
      connection.caughtUp = true;
      connection.rereads = 0;
      this.#attempt = 0;
      this.#timers.stop("catch-up");
      this.closedWith = null;
      this.state = "live";
    }
    this.#flush();
  }

  #watchGap() {
    if (!this.document.gap) this.#timers.stop("gap");
    else if (!this.#timers.runs("gap")) {
      const { clock } = this.document;
      this.#timers.start("gap", GAP_PATIENCE_MS, () => {
        if (this.document.clock === clock) this.#lost(LOST);
        else this.#watchGap();
      });
    }
  }

  /** Until it is live a connection has to bring something; while the document is read, that is what to wait for. */
  #expectMore() {
    this.#timers.start("catch-up", CATCH_UP_PATIENCE_MS, () => {
      if (this.#reading) this.#expectMore();
      else this.#lost(LOST);
    });
  }

  // -- sending -----------------------------------------------------------------------------------------

  /** @param {import("../protocol").FromClient} message */
  #send(message) {
    this.#connection?.transport?.sendText(JSON.stringify(message));
  }

  /** Sends what is due of the pending, at once where the last message isn't too near. */
  #flush() {
    const transport = this.#connection?.caughtUp ? this.#connection.transport : null;
    if (transport && !this.#timers.runs("flush")) {
      const now = this.#timers.now();
      const pause = Math.max(
        this.#lastCommit + COMMIT_GAP_MS - now,
        transport.bufferedAmount > COMMIT_BUFFER_BYTES ? BUFFER_PAUSE_MS : 0,
        this.#outgoing.wait(now),
      );
      if (pause > 0) this.#timers.start("flush", pause, () => this.#flush());
      else this.#sendNext(transport, now);
    }
    this.#announce();
  }

  /** @param {Transport} transport @param {number} now */
  #sendNext(transport, now) {
    const text = this.#outgoing.next(this.document.pending, now);
    if (text === null) return;
    this.#lastCommit = now;
    transport.sendText(text);
    this.#timers.start("flush", COMMIT_GAP_MS, () => this.#flush());
    this.#active();
  }

  #active() {
    if (this.#connection?.pulse.active(this.#timers.now())) this.#beat();
  }

  // -- noticing that a connection is dead, and coming back ---------------------------------------------

  #beat(doubt = false) {
    const connection = this.#connection;
    if (!connection?.greeted) return;
    const now = this.#timers.now();
    if (this.#outgoing.impatient(now)) this.#flush();
    const { act, again } = connection.pulse.check(now, this.#outgoing.unanswered, doubt);
    if (act === "dead") {
      this.#lost(LOST);
      return;
    }
    if (act === "ping") this.#send({ type: "ping" });
    this.#timers.start("beat", again, () => this.#beat());
  }

  /** @param {string} name */
  #hint(name) {
    if (this.#connection) this.#beat(true);
    else if (name !== "offline" && this.#timers.runs("reconnect")) this.#connect();
  }

  /** @param {number} code */
  #lost(code) {
    const connection = this.#connection;
    if (!connection) return;
    if (isFinal(code)) {
      this.#deny(code, connection.bye?.why ?? "");
      return;
    }
    this.#drop();
    const guilty = this.#outgoing.disconnected(isBlamed(code));
    if (guilty) this.#refused(guilty, "bad_change", connection.bye?.why ?? "");
    this.closedWith = code;
    this.state = "offline";
    this.#timers.start("reconnect", reconnectDelay(this.#attempt++, code, this.#random), () =>
      this.#connect(),
    );
    this.#announce();
  }

  /** @param {number} code @param {string} why */
  #deny(code, why) {
    this.#drop();
    this.#timers.clear();
    this.#outgoing.disconnected(false);
    this.closedWith = code;
    this.denial = { code, why };
    this.state = "denied";
    this.#tell({ type: "denied", code, why });
    this.#announce();
  }

  #drop() {
    const transport = this.#connection?.transport;
    this.#connection = null;
    for (const name of ["catch-up", "gap", "reread", "flush", "beat"]) this.#timers.stop(name);
    transport?.close();
  }

  // -- telling -----------------------------------------------------------------------------------------

  /** Tells of what the page shows, if it is different. */
  #announce() {
    const shown = `${this.state} ${this.waiting} ${this.role} ${this.closedWith}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#tell({ type: "state" });
  }

  /** @param {SessionEvent} event */
  #tell(event) {
    for (const listener of this.#listeners) listener(event);
  }
}
