// Which transport carries a session: others beside one that keeps us waiting, and back to a better one when it can be had.

import { Timers } from "../timers.js";
import { OVER_HTTP } from "./index.js";

/**
 * @typedef {import("../session.js").Connection} Connection
 * @typedef {import("../timers.js").Clock} Clock
 * @typedef {import("./index.js").TransportName} TransportName
 * @typedef {import("./websocket.js").OpenTransport} OpenTransport
 */

/**
 * Where the transports over HTTP lead, for a network that lets no WebSocket through.
 * @typedef {object} Fallback
 * @property {string} url at which they open
 * @property {import("./websocket.js").TransportOptions} [options]
 * @property {{get: () => unknown, set: (name: TransportName) => void}} [network] remembers what has worked last
 * @property {() => Promise<{Choosing: typeof Choosing}>} [load]
 */

/** A transport and where it opens. @typedef {{name: TransportName, open: OpenTransport, url: string}} Way */

/**
 * What a session does for it.
 * @typedef {object} Host
 * @property {(way: Way) => Connection} begin a connection beside the one there is, which it replaces once it is welcomed
 * @property {(connection: Connection) => void} giveUp
 * @property {() => void} lost there is nothing left to wait for
 */

/** From one to the next, so that all have been begun well within 5 s. */
const STEP_MS = 1200;
/** A better one that brings no welcome for so long isn't better. */
const CLIMB_PATIENCE_MS = 5000;
const FIRST_CLIMB_MS = 10_000;
const LONGEST_CLIMB_MS = 5 * 60_000;
/** A hint that something has changed is worth another look, but not every switch between tabs is. */
const HINT_GAP_MS = 60_000;
/** What is cut again and again so soon is carried better by another. */
const SHORT_LIFE_MS = 10_000;
const SHORT_LIVES = 3;

export class Choosing {
  /** What is sought: any connection at all, or a better one than there is. @type {"any" | "better" | null} */
  #sought = null;
  /** Those to try next. @type {TransportName[]} */
  #queue = [];
  /** Connections that may still be welcomed. @type {Set<Connection>} */
  #tried = new Set();
  /** What carries the session. @type {TransportName | null} */
  #current = null;
  /** What the next connection begins with, if the usual one is cut too often. @type {TransportName | null} */
  #start = null;
  #shortLives = 0;
  #climbs = 0;
  #climbedAt = -Infinity;
  /** In order of preference. @type {TransportName[]} */
  #names;
  /** @type {Map<TransportName, Way>} */
  #ways;
  /** Whether all that can be fetched have been. */
  #loaded = false;
  #host;
  #network;
  #random;
  #timers;

  /** @param {Host} host @param {Fallback & {first: Way, clock?: Clock | undefined, random?: (() => number) | undefined}} options */
  constructor(host, { first, url, options, network, clock, random = Math.random }) {
    this.#host = host;
    this.#network = network;
    this.#random = random;
    this.#timers = new Timers(clock);
    this.#names = [...new Set([first.name, ...OVER_HTTP.map(({ name }) => name)])];
    this.#ways = new Map([[first.name, first]]);
    void this.#load(url, options);
  }

  /** All at once, while there is a network to fetch them by. @param {string} url @param {import("./websocket.js").TransportOptions} [options] */
  async #load(url, options) {
    const loading = OVER_HTTP.map(async ({ name, load }) => {
      const open = await load();
      this.#ways.set(name, { name, url, open: (at, handlers) => open(at, handlers, options) });
    });
    await Promise.allSettled(loading);
    this.#loaded = true;
    if (this.#sought) this.#next();
  }

  /** What the next connection is to begin with, if it isn't the usual. */
  get first() {
    return this.#start && this.#ways.get(this.#start);
  }

  // -- what the session tells --------------------------------------------------------------------------

  /** A connection has brought nothing yet: others are begun beside it. @param {Connection} connection */
  race(connection) {
    if (this.#sought === "any") return;
    const worked = this.#network?.get();
    const others = this.#names.filter((name) => name !== connection.transport);
    others.sort((a, b) => Number(b === worked) - Number(a === worked));
    this.#seek("any", others);
    this.#tried.add(connection);
  }

  /** One of those tried has been closed before its welcome. @param {Connection} connection */
  failed(connection) {
    if (!this.#tried.delete(connection) || !this.#sought) return;
    // Those over HTTP all open by the same request.
    if (connection.transport !== "websocket" && !connection.link.open)
      this.#queue = this.#queue.filter((name) => name === "websocket");
    if (this.#loaded) this.#next();
  }

  /** A connection works, and has replaced all others. @param {TransportName} name */
  welcomed(name) {
    this.stop();
    this.#current = name;
    this.#climbLater();
  }

  /** A connection that had been welcomed has ended of itself. @param {TransportName} name @param {number} lived ms */
  ended(name, lived) {
    if (lived >= SHORT_LIFE_MS) {
      this.#shortLives = this.#climbs = 0;
      if (name === this.#names[0]) this.#start = null;
    } else if (++this.#shortLives >= SHORT_LIVES) {
      this.#start = this.#names[this.#names.indexOf(name) + 1] ?? null;
    }
  }

  /** What the machine says of its network, or of the page. @param {string} name of the event */
  hint(name) {
    if (name === "offline" || this.#sought || this.#better.length === 0) return;
    if (name !== "online" && this.#timers.now() - this.#climbedAt < HINT_GAP_MS) return;
    this.#climbs = 0;
    this.#climb();
  }

  stop() {
    this.#timers.clear();
    this.#sought = this.#current = null;
    this.#queue = [];
    this.#tried.clear();
  }

  // -- trying ------------------------------------------------------------------------------------------

  /** @param {"any" | "better"} what @param {TransportName[]} names */
  #seek(what, names) {
    this.#timers.clear();
    this.#sought = what;
    this.#queue = names;
    if (this.#loaded) this.#next();
  }

  #next() {
    this.#timers.stop("next");
    const way = this.#nextWay();
    if (way) this.#try(way);
    else if (this.#tried.size > 0) return;
    else if (this.#sought === "better") this.#climbLater();
    else {
      this.#sought = null;
      this.#host.lost();
    }
  }

  #nextWay() {
    while (this.#queue.length > 0) {
      const name = this.#queue.shift();
      const way = name && this.#ways.get(name);
      if (way) return way;
    }
    return null;
  }

  /** @param {Way} way */
  #try(way) {
    const connection = this.#host.begin(way);
    this.#tried.add(connection);
    // Where there is no connection at all they go on side by side.
    if (this.#sought === "any") this.#timers.start("next", STEP_MS, () => this.#next());
    else {
      this.#timers.start("next", CLIMB_PATIENCE_MS, () => {
        this.#tried.delete(connection);
        this.#host.giveUp(connection);
        this.#next();
      });
    }
  }

  // -- climbing back -----------------------------------------------------------------------------------

  /** Those that are better than what carries the session. */
  get #better() {
    return this.#current ? this.#names.slice(0, this.#names.indexOf(this.#current)) : [];
  }

  /** Seldom and at random, as a school's pages would all try again in the same moment. */
  #climbLater() {
    this.#sought = null;
    if (this.#better.length === 0) return;
    const ms = Math.min(LONGEST_CLIMB_MS, FIRST_CLIMB_MS * 2 ** this.#climbs++);
    this.#timers.start("climb", ms * (0.75 + this.#random() / 2), () => this.#climb());
  }

  #climb() {
    this.#climbedAt = this.#timers.now();
    this.#seek("better", this.#better);
  }
}
