// Connections beside the one there is, over other transports and not yet welcomed: the first that is replaces it.

import { LOST } from "./closing.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("./session-shapes.js").Connection} Connection
 * @typedef {import("./timers.js").Clock} Clock
 * @typedef {import("./transports/choosing.js").Choosing} Choosing
 * @typedef {import("./transports/choosing.js").Fallback} Fallback
 * @typedef {import("./transports/choosing.js").Way} Way
 * @typedef {import("./transports/index.js").TransportName} TransportName
 * @typedef {import("./transports/websocket.js").OpenTransport} OpenTransport
 */

/**
 * What a session does for it.
 * @typedef {object} Host
 * @property {(transport: TransportName) => Connection} connectionBy makes one
 * @property {(connection: Connection) => boolean} waits whether it is the session's, and not welcomed yet
 * @property {() => boolean} reads whether the document is being read
 * @property {(code: number) => void} lost there is nothing left to wait for
 */

/** @typedef {{readonly transport: TransportName, readonly state: string, readonly started: boolean}} Carried */
/** @typedef {{url: string, openTransport: OpenTransport, transport?: TransportName, fallback?: Fallback, clock?: Clock, random?: () => number}} Options */

/** A transport that has brought nothing for so long gets company; where another one worked last, sooner. */
const FALL_BACK_MS = 1500;
const FALL_BACK_AGAIN_MS = 200;
const ANSWERED_MS = 1000;
/** Once there is a connection: how to find another must be known before the network is gone. */
const CHOOSING_AFTER_MS = 1000;

export class Rivals {
  /** @type {Set<Connection>} */
  #all = new Set();
  /** @type {Choosing | null} */
  #choosing = null;
  #host;
  #session;
  #options;
  #timers;

  /** @param {Host} host @param {Carried} session @param {Options} options */
  constructor(host, session, options) {
    this.#host = host;
    this.#session = session;
    this.#options = options;
    this.#timers = new Timers(options.clock);
  }

  /** @returns {Iterable<Connection>} */
  get all() {
    return this.#all;
  }

  /** What the next connection begins with. @returns {Way} */
  get first() {
    return this.#choosing?.first ?? this.#usual;
  }

  /** @returns {Way} */
  get #usual() {
    const { transport = "websocket", openTransport, url } = this.#options;
    return { name: transport, open: openTransport, url };
  }

  /** Something is expected of a connection, or it gets company. @param {Connection} connection */
  expect(connection) {
    const { fallback } = this.#options;
    if (!fallback) return;
    const worked = fallback.network?.get() ?? this.#session.transport;
    this.#raceIn(worked === connection.transport ? FALL_BACK_MS : FALL_BACK_AGAIN_MS, connection);
  }

  /** @param {number} ms @param {Connection} connection */
  #raceIn(ms, connection) {
    this.#timers.start("fallback", ms, () => {
      // What has answered has earned some patience; what waits for the document as we do, all of it.
      const answered = connection.link.open && (this.#host.reads() || ms === FALL_BACK_MS);
      if (answered) this.#raceIn(ANSWERED_MS, connection);
      else void this.race(connection);
    });
  }

  /** Others are tried beside a connection that has brought nothing yet, or in its place. @param {Connection} connection @param {number} [failed] the code it was closed with */
  async race(connection, failed) {
    this.#timers.stop("fallback");
    const choosing = await this.#choose();
    if (!this.#host.waits(connection)) return;
    choosing?.race(connection);
    if (failed === undefined) return;
    if (choosing) choosing.failed(connection);
    else this.#host.lost(failed);
  }

  /** Null where it can't be fetched. */
  async #choose() {
    const { fallback, clock, random } = this.#options;
    if (this.#choosing || !fallback) return this.#choosing;
    const { load = () => import("./transports/choosing.js") } = fallback;
    const module = await load().catch(() => null);
    if (!module || this.#choosing || !this.#session.started) return this.#choosing;
    this.#choosing = new module.Choosing(
      {
        begin: (way) => this.#begin(way),
        giveUp: (connection) => this.#giveUp(connection),
        lost: () => this.#host.lost(LOST),
      },
      { first: this.#usual, ...fallback, clock, random },
    );
    if (this.#session.state === "live") this.#choosing.welcomed(this.#session.transport);
    return this.#choosing;
  }

  /** @param {Way} way */
  #begin({ name, open, url }) {
    const connection = this.#host.connectionBy(name);
    this.#all.add(connection);
    // Not before it is known to who has asked for it: it may fail at once.
    queueMicrotask(() => this.#all.has(connection) && connection.link.start(open, url));
    return connection;
  }

  /** @param {Connection} connection */
  #giveUp(connection) {
    if (this.#all.delete(connection)) connection.link.end();
  }

  /** @param {Connection} connection */
  has(connection) {
    return this.#all.has(connection);
  }

  /** Returns whether it was one. @param {Connection} connection */
  remove(connection) {
    return this.#all.delete(connection);
  }

  /** What has brought a welcome works. @param {TransportName} transport */
  welcomed(transport) {
    for (const connection of this.#all) this.#giveUp(connection);
    this.#timers.stop("fallback");
    const { fallback } = this.#options;
    if (!fallback) return;
    fallback.network?.set(transport);
    if (this.#choosing) this.#choosing.welcomed(transport);
    else this.#timers.start("choosing", CHOOSING_AFTER_MS, () => void this.#choose());
  }

  /** One has been closed before its welcome. @param {Connection} connection */
  failed(connection) {
    this.#choosing?.failed(connection);
  }

  /** A connection that had been welcomed has ended of itself. @param {TransportName} transport @param {number} lived ms */
  ended(transport, lived) {
    this.#choosing?.ended(transport, lived);
  }

  /** @param {string} name of the machine's event */
  hint(name) {
    this.#choosing?.hint(name);
  }

  end() {
    for (const { link } of this.#all) link.end();
    this.#all.clear();
    this.#choosing?.stop();
    this.#timers.clear();
  }
}
