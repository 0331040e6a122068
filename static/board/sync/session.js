// One connection to one board, kept up: greets, catches up, sends what is pending, comes back (R5, R7).

import { DocumentDenied } from "./board-document.js";
import { isBlamed, isFinal, LOST, reconnectDelay, SIGNED_OUT } from "./closing.js";
import { DocumentReader } from "./document-reader.js";
import { Handover } from "./handover.js";
import { Link } from "./link.js";
import { Rivals } from "./rivals.js";
import { Sending } from "./sending.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("../core/document.js").Document} Document
 * @typedef {import("../core/document.js").Transaction} Transaction
 * @typedef {import("../protocol").FromServer} FromServer
 * @typedef {import("../protocol").Someone} Someone
 * @typedef {import("../protocol").Role} Role
 * @typedef {import("../protocol").Action} Action
 * @typedef {import("./board-document.js").BoardDocument} BoardDocument
 * @typedef {import("./session-shapes.js").BoardHead} BoardHead
 * @typedef {import("./session-shapes.js").Connection} Connection
 * @typedef {import("./session-shapes.js").Saved} Saved
 * @typedef {import("./session-shapes.js").SessionEvent} SessionEvent
 * @typedef {import("./session-shapes.js").SessionState} SessionState
 * @typedef {import("./timers.js").Clock} Clock
 * @typedef {import("./transports/choosing.js").Fallback} Fallback
 * @typedef {import("./transports/index.js").TransportName} TransportName
 * @typedef {import("./transports/websocket.js").OpenTransport} OpenTransport
 */

/** A gap that stays so long isn't a late frame. */
const GAP_PATIENCE_MS = 2000;
/** A connection that brings nothing of what it has to bring before it is live. */
const CATCH_UP_PATIENCE_MS = 10_000;
/** Live frames are shed while more than this is on its way up a slow line. */
const LIVE_BUFFER_BYTES = 64 * 1024;
/** A server that is behind the document it gives out needs a moment, not a storm of reading. */
const REREAD_PAUSE_MS = 250;
/** The newest that this page understands. */
export const SCHEMA = 4;
const SCHEMA_OF_HANDS = 3;
/** Codes from here on are the server's own: what carries them works. */
const OWN_CODES = 4000;
/** When the machine knows better than we do whether there is a network. */
const HINTS = ["online", "offline", "visibilitychange", "pageshow"];

export class Session {
  /** @type {SessionState} */
  state = "connecting";
  /** @type {Role | null} */
  role = null;
  /** @type {Someone | null} */
  you = null;
  /** By slot. @type {Map<number, Someone>} */
  people = new Map();
  /** @type {BoardHead | null} */
  board = null;
  /** What one may do now, as a server from schema 3 on says it. @type {ReadonlySet<Action> | null} */
  may = null;
  /** The newest that the server accepts; nothing is known of it before its welcome. */
  schema = 1;
  /** @type {{code: number, why: string} | null} */
  denial = null;
  /** The code of the last close, while there is no connection. @type {number | null} */
  closedWith = null;
  /** What carries the connection, or carried it last. @type {TransportName} */
  transport;
  /** What this device keeps of what waits, and of what was refused. */
  device = {
    /** How many of those waiting only this page has. */
    onlyHere: () => this.waiting,
    /** Whether nothing can be kept here. */
    fails: false,
    /** Refused changes of earlier visits. */
    refused: 0,
    /** On their way beside the document. */
    pictures: 0,
    /** Somebody has seen them, those of earlier visits or those of this one. */
    dismissed: (/** @type {boolean} */ _before) => {},
    /** Whether what was refused is shown, and kept, at its own place. */
    elsewhere: (/** @type {string} */ _id) => false,
    /** Comments that wait to be sent. */
    comments: 0,
  };

  /** @type {Connection | null} */
  #connection = null;
  #rivals;
  #handover;
  #sending;
  /** Connections since the last good one. */
  #attempt = 0;
  /** What the page shows of it. */
  #shown = "";
  /** @type {(() => void)[]} */
  #ends = [];
  /** @type {Set<(event: SessionEvent) => void>} */
  #listeners = new Set();
  #options;
  #timers;
  #reader;

  /**
   * @param {object} options
   * @param {Document} options.document
   * @param {string} options.url of the socket
   * @param {string} options.documentUrl
   * @param {OpenTransport} options.openTransport
   * @param {TransportName} [options.transport] its name
   * @param {Fallback} [options.fallback] none: there is only the one transport
   * @param {(url: string) => Promise<BoardDocument>} [options.fetchDocument]
   * @param {Promise<BoardDocument> | null} [options.preloaded] a first reading that has been begun already
   * @param {import("./handover.js").ReadLive | null} [options.readLive] without it, what others do waits for `readLive`
   * @param {Clock} [options.clock]
   * @param {EventTarget | null} [options.hints] where online, offline and visibilitychange are heard
   * @param {() => number} [options.random]
   * @param {number} [options.person] whose page this is: what waits here is sent as nobody else
   */
  constructor(options) {
    this.document = options.document;
    this.#options = options;
    this.transport = options.transport ?? "websocket";
    this.#timers = new Timers(options.clock);
    this.#handover = new Handover(
      (records) => this.#tell({ type: "live", records }),
      options.clock,
      options.readLive,
    );
    this.#rivals = new Rivals(
      {
        connectionBy: (transport) => this.#connectionBy(transport),
        waits: (one) => one === this.#connection && one.welcomed === null,
        reads: () => this.#reader.busy !== null,
        lost: (code) => this.#lost(code, ""),
      },
      this,
      options,
    );
    this.#sending = new Sending(
      this.document,
      () => (this.#connection?.caughtUp ? this.#connection.link : null),
      options.clock,
    );
    const ifStarted = (/** @type {() => void} */ act) => this.#ends.length > 0 && act();
    this.#reader = new DocumentReader(options, {
      read: () => ifStarted(() => this.#greet()),
      failed: (error) => ifStarted(() => this.#unreadable(error)),
    });
  }

  /** Whether it has been started, and not stopped. */
  get started() {
    return this.#ends.length > 0;
  }

  /** How many own transactions have no receipt yet, and pictures no place on the board. */
  get waiting() {
    return this.document.pending.length + this.device.pictures;
  }

  /** With comments, which take another way. */
  get unsent() {
    return this.waiting + this.device.comments;
  }

  /** @returns {Saved} */
  get saved() {
    if (this.unsent === 0) return "saved";
    return this.state === "live" ? "saving" : "waiting";
  }

  /** @param {(event: SessionEvent) => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  start() {
    if (this.#ends.length > 0) return;
    const hints = this.#options.hints ?? globalThis.window;
    for (const name of HINTS) {
      const hint = () => this.#hint(name);
      hints?.addEventListener(name, hint);
      this.#ends.push(() => hints?.removeEventListener(name, hint));
    }
    this.#ends.push(this.document.subscribe(({ source }) => source === "local" && this.#flush()));
    this.state = "connecting";
    this.#connect();
  }

  stop() {
    for (const end of this.#ends.splice(0)) end();
    this.#drop();
    if (this.state !== "denied") this.state = "offline";
    this.#announce();
  }

  /** Sends what the document has proposed. It knows them already: what is pending is what is sent. @param {readonly Transaction[]} transactions */
  submit(transactions) {
    if (transactions.length > 0) this.#flush();
  }

  /** Live records go now or never: whether they went. @param {Uint8Array} records */
  sendLive(records) {
    const link = this.#connection?.caughtUp ? this.#connection.link : null;
    // While a culprit is looked for, nothing else may be what the server closes on.
    if (!link || this.#sending.cautious || link.waiting > LIVE_BUFFER_BYTES) return false;
    link.sendLive(records);
    return true;
  }

  /** What reads live frames has come. @param {import("./handover.js").ReadLive} read */
  readLive(read) {
    this.#handover.readBy(read);
  }

  /** One's own hand; another's goes down by its slot. @param {boolean} up @param {number} [slot] */
  raiseHand(up, slot) {
    if (this.schema < SCHEMA_OF_HANDS || this.state !== "live") return;
    this.#connection?.link.send(
      slot === undefined ? { type: "hand", up } : { type: "hand", up, slot },
    );
  }

  // -- connecting --------------------------------------------------------------------------------------

  #connect() {
    this.#timers.stop("reconnect");
    if (this.#connection) return;
    const way = this.#rivals.first;
    const connection = this.#connectionBy(way.name);
    this.#connection = connection;
    this.#expectMore();
    const open = () => {
      if (connection !== this.#connection) return;
      this.#rivals.expect(connection);
      connection.link.start(way.open, way.url);
    };
    // The first time, socket and document come side by side; a document that takes long is waited for first.
    if (this.#reader.needed) this.#reader.read();
    if (this.#reader.busy && this.#attempt > 0) void this.#reader.busy.then(open);
    else open();
  }

  /** @param {TransportName} transport */
  #connectionBy(transport) {
    const link = new Link(
      {
        open: () => this.#greet(),
        message: (message) => this.#receive(connection, message),
        live: (frame) => this.#handover.live(link, frame),
        closed: (code, why) => this.#closed(connection, code, why),
        owed: () => connection === this.#connection && this.#sending.unanswered,
      },
      this.#options.clock,
    );
    /** @type {Connection} */
    const connection = {
      link,
      transport,
      welcomed: null,
      greeted: false,
      target: null,
      caughtUp: false,
      rereads: 0,
    };
    return connection;
  }

  /** Says hello as soon as socket and document are both there. */
  #greet() {
    this.#sending.settle();
    if (this.#reader.needed) return;
    const { epoch, clock: since } = this.document;
    for (const connection of [this.#connection, ...this.#rivals.all]) {
      if (!connection?.link.open || connection.greeted) continue;
      connection.greeted = true;
      connection.link.send({ type: "hello", epoch, since, schema: SCHEMA });
      if (connection === this.#connection) this.#expectMore();
    }
  }

  /** @param {unknown} error */
  #unreadable(error) {
    this.#tell({ type: "error", error });
    if (error instanceof DocumentDenied) this.#deny(error.code, error.message);
    else this.#lost(LOST, String(error));
  }

  /** Another life of the board, or a tail longer than the document: reads afresh, says hello again (R1, R7). @param {Connection} connection */
  #reread(connection) {
    connection.greeted = false;
    connection.caughtUp = false;
    connection.target = null;
    this.#reader.needed = true;
    this.#sending.resend();
    this.#timers.stop("gap");
    this.#expectMore();
    this.#timers.start("reread", connection.rereads++ * REREAD_PAUSE_MS, () => this.#reader.read());
  }

  /** It has been welcomed: from here on it is the connection, and pending goes over it again (R2). @param {Connection} connection */
  #adopt(connection) {
    const old = this.#connection;
    this.#rivals.remove(connection);
    this.#timers.stop("gap");
    this.#sending.disconnected(false);
    this.#connection = connection;
    if (old && old.welcomed !== null) this.#handover.begin(old.link);
    else old?.link.end();
  }

  // -- receiving ---------------------------------------------------------------------------------------

  /** @param {Connection} connection @param {FromServer} message */
  #receive(connection, message) {
    if (connection !== this.#connection) {
      if (this.#handover.isFrom(connection.link) && message.type === "pong")
        this.#handover.answered();
      // All that is durable comes over the new connection too.
      if (message.type !== "welcome" || !this.#rivals.has(connection)) return;
      this.#adopt(connection);
    }
    if (!connection.caughtUp) this.#expectMore();
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
      case "later":
        return this.#later(message);
      case "reload":
        return this.#reread(connection);
      case "people":
        return this.#peopleChanged(message);
      case "board":
        return this.#boardChanged(message);
      default:
        // A pong has done its work by coming; what a newer server says besides is not for us (R15).
        return;
    }
  }

  /** @param {Connection} connection @param {import("../protocol").Welcome} welcome */
  #welcome(connection, welcome) {
    // Somebody else has signed in meanwhile, in another tab.
    const { person = welcome.you.person } = this.#options;
    if (welcome.you.person !== person) return this.#deny(SIGNED_OUT, "");
    if (connection.welcomed === null) this.#welcomed(connection);
    this.#handover.welcomed(welcome.you.slot);
    this.you = welcome.you;
    this.schema = welcome.schema;
    this.document.author = welcome.you.person;
    this.people = new Map(welcome.people.map((someone) => [someone.slot, someone]));
    this.#boardChanged(welcome);
    this.#tell({ type: "people", joined: welcome.people, left: [] });
    // A welcome that a newer hello has overtaken says nothing about the document of now.
    if (!connection.greeted) return;
    if (welcome.epoch !== this.document.epoch || welcome.clock < this.document.clock) {
      this.#reread(connection);
      return;
    }
    connection.target = welcome.clock;
    this.#progress(connection);
  }

  /** What has brought a welcome works. @param {Connection} connection */
  #welcomed(connection) {
    connection.welcomed = this.#timers.now();
    this.transport = connection.transport;
    this.#rivals.welcomed(this.transport);
  }

  /** @param {Connection} connection @param {import("../protocol").Commits} commits */
  #commits(connection, { epoch, transactions }) {
    if (epoch !== this.document.epoch) {
      if (connection.greeted) this.#reread(connection);
      return;
    }
    for (const transaction of transactions) this.document.confirm(transaction);
    this.#sending.settle();
    this.#progress(connection);
  }

  /** @param {string} id @param {string} code @param {string} why */
  #refused(id, code, why) {
    const mine = this.document.pending.some((transaction) => transaction.id === id);
    if (!mine) return;
    this.document.refuse(id);
    this.#sending.settle();
    this.#tell({ type: "refused", id, code, why });
    this.#flush();
  }

  /** @param {import("../protocol").Later} later */
  #later({ ids, after_ms: afterMs }) {
    this.#sending.postponed(ids, afterMs);
    this.#flush();
  }

  /** @param {import("../protocol").People} people */
  #peopleChanged({ joined, left }) {
    for (const slot of left) this.people.delete(slot);
    this.#handover.left(left);
    for (const someone of joined) this.people.set(someone.slot, someone);
    this.#tell({ type: "people", joined, left });
  }

  /** @param {import("../protocol").Welcome | import("../protocol").BoardChanged} head */
  #boardChanged(head) {
    const { title, frozen, role, paper = "blank", pens = [], talk = 0 } = head;
    this.role = role;
    this.may = head.may ? new Set(head.may) : null;
    const { own_only: ownOnly = false, muted = false } = head;
    const { notice = null, noticed = 0 } = "notice" in head ? head : {};
    this.board = { title, frozen, paper, pens, ownOnly, muted, talk, notice, noticed };
    this.#tell({ type: "board" });
  }

  #flush() {
    this.#sending.flush();
    this.#announce();
  }

  /** @param {Connection} connection */
  #progress(connection) {
    if (!connection.greeted) return;
    this.#watchGap();
    const { target } = connection;
    if (target !== null && !connection.caughtUp && this.document.clock >= target) {
      connection.caughtUp = true;
      connection.rereads = 0;
      this.#timers.stop("catch-up");
      this.#attempt = 0;
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
        if (this.document.clock === clock) this.#lost(LOST, "");
        else this.#watchGap();
      });
    }
  }

  /** Until it is live a connection has to bring something; while the document is read, that is what to wait for. */
  #expectMore() {
    this.#timers.start("catch-up", CATCH_UP_PATIENCE_MS, () => {
      if (this.#reader.busy) this.#expectMore();
      else this.#lost(LOST, "");
    });
  }

  // -- losing and coming back --------------------------------------------------------------------------

  /** @param {string} name */
  #hint(name) {
    this.#rivals.hint(name);
    if (this.#connection) this.#connection.link.beat(true);
    else if (name !== "offline" && this.#timers.runs("reconnect")) this.#connect();
  }

  /** @param {Connection} connection @param {number} code @param {string} why */
  #closed(connection, code, why) {
    if (this.#handover.isFrom(connection.link)) return;
    const silent = code < OWN_CODES;
    if (this.#rivals.remove(connection)) {
      // While there is no better one, what the server says to this one is said to all.
      if (silent || this.#connection?.caughtUp) this.#rivals.failed(connection);
      else this.#lost(code, why);
    } else if (silent && connection.welcomed === null && this.#options.fallback)
      void this.#rivals.race(connection, code);
    else this.#lost(code, why);
  }

  /** @param {number} code @param {string} why */
  #lost(code, why) {
    if (!this.#connection) return;
    const { transport, welcomed } = this.#connection;
    if (welcomed !== null && code < OWN_CODES)
      this.#rivals.ended(transport, this.#timers.now() - welcomed);
    if (isFinal(code, this.closedWith)) {
      this.#deny(code, why);
      return;
    }
    this.#drop();
    const guilty = this.#sending.disconnected(isBlamed(code));
    if (guilty) this.#refused(guilty, "bad_change", why);
    this.closedWith = code;
    this.state = "offline";
    const delay = reconnectDelay(this.#attempt++, code, this.#options.random ?? Math.random);
    this.#timers.start("reconnect", delay, () => this.#connect());
    this.#announce();
  }

  /** @param {number} code @param {string} why */
  #deny(code, why) {
    this.#drop();
    this.#sending.disconnected(false);
    this.closedWith = code;
    this.denial = { code, why };
    this.state = "denied";
    this.#tell({ type: "denied", code, why });
    this.#announce();
  }

  #drop() {
    this.#handover.drop();
    this.#connection?.link.end();
    this.#connection = null;
    this.#rivals.end();
    this.#sending.stop();
    this.#timers.clear();
  }

  // -- telling -----------------------------------------------------------------------------------------

  /** What the device keeps has changed. @param {Partial<Session["device"]>} now */
  keeping(now) {
    Object.assign(this.device, now);
    this.#announce();
  }

  /** Tells of what the page shows, if it is different. */
  #announce() {
    const { fails, refused } = this.device;
    const { state, unsent, role, closedWith, transport } = this;
    const shown = [state, unsent, role, closedWith, transport, fails, refused].join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#tell({ type: "state" });
  }

  /** @param {SessionEvent} event */
  #tell(event) {
    for (const listener of this.#listeners) listener(event);
  }
}
