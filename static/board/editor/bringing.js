// Bringing pictures to the board: each file is read, sent and then put where it was dropped. What can't be sent stays
// at its place, says why, and can be tried again.

import { boxIn, cellsFor } from "./bringing-places.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("./bringing-places.js").Box} Box
 */

/**
 * Why one isn't on the board: the server's codes, and what is found here before it is asked.
 * @typedef {"too_big" | "unknown_type" | "broken" | "too_many_pixels" | "quota_board" | "quota_person" | "quota_site"
 *   | "too_fast" | "not_allowed" | "failed"} Reason
 */

/** `rests`: not before its time has come. @typedef {{is: "reading"} | {is: "waiting", offline: boolean, rests: boolean} | {is: "sending", part: number} | {is: "stuck", why: Reason} | {is: "there", asset: string}} Progress */

/**
 * A picture as it was read.
 * @typedef {object} Read
 * @property {Blob} blob what is sent
 * @property {number} width
 * @property {number} height
 * @property {CanvasImageSource | null} preview small, for whoever waits
 */

/**
 * A picture on its way.
 * @typedef {object} Guest
 * @property {string} key of the element that it becomes
 * @property {string} batch those that came together
 * @property {string} name
 * @property {Blob} file
 * @property {Box} cell
 * @property {Box} box where it will be
 * @property {number} zoom it was brought at
 * @property {Read | null} read
 * @property {Progress} progress
 * @property {AbortController} stop
 */

/** What the server says no with, or that it can't be reached. */
export class Unsent extends Error {
  /** @param {Reason | "offline"} why @param {number} [after] milliseconds until it may be tried again */
  constructor(why, after = 0) {
    super(why);
    this.why = why;
    this.after = after;
  }
}

/**
 * @typedef {object} Ways
 * @property {(file: Blob, name: string) => Promise<Read>} read throws Unsent
 * @property {(blob: Blob, told: (part: number) => void, signal: AbortSignal) => Promise<string>} send comes back with the asset; throws Unsent
 * @property {(guest: Guest, asset: string) => void} put
 * @property {() => boolean} online
 * @property {() => string} newKey
 * @property {(act: () => void, ms: number) => void} later
 */

/** Two lines keep a slow connection busy; more would only make each of them slower. */
const AT_ONCE = 2;
/** Without an answer: the connection may be there before anybody has noticed. */
const AGAIN_MS = 5000;
const READY = /** @type {Progress} */ (
  Object.freeze({ is: "waiting", offline: false, rests: false })
);
const AWAY = /** @type {Progress} */ (Object.freeze({ is: "waiting", offline: true, rests: true }));

export class Bringing {
  #ways;
  /** In their order. @type {Guest[]} */
  #guests = [];
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {Ways} ways */
  constructor(ways) {
    this.#ways = ways;
  }

  /** Those that aren't on the board yet. @returns {readonly Guest[]} */
  get guests() {
    return this.#guests;
  }

  /** Whether something would be lost with the page. */
  get unfinished() {
    return this.#guests.some(({ progress }) => progress.is !== "there");
  }

  /** @param {() => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  /** @param {readonly {file: Blob, name: string}[]} files @param {{middle: Place, view: Bounds, zoom: number}} where */
  async bring(files, { middle, view, zoom }) {
    const batch = this.#ways.newKey();
    const cells = cellsFor(files.length, middle, view);
    const guests = files.map(({ file, name }, i) => {
      const cell = /** @type {Box} */ (cells[i]);
      /** @type {Guest} */
      const guest = {
        key: this.#ways.newKey(),
        batch,
        name,
        file,
        cell,
        box: boxIn(cell, null, zoom),
        zoom,
        read: null,
        progress: { is: "reading" },
        stop: new AbortController(),
      };
      return guest;
    });
    this.#guests.push(...guests);
    this.#tell();
    // One after the other: a dozen photos at once would be more memory than a phone has.
    for (const guest of guests) if (this.#guests.includes(guest)) await this.#read(guest);
  }

  /** @param {Guest} guest */
  async #read(guest) {
    try {
      const read = await this.#ways.read(guest.file, guest.name);
      guest.read = read;
      guest.box = boxIn(guest.cell, read, guest.zoom);
      this.#goTo(guest, READY);
      this.#sendNext();
    } catch (error) {
      this.#goTo(guest, { is: "stuck", why: reasonOf(error) });
    }
  }

  // -- sending ---------------------------------------------------------------------------------------

  #sendNext() {
    const waiting = this.#guests.filter(({ progress }) => progress.is === "waiting");
    if (!this.#ways.online()) {
      for (const guest of waiting) this.#goTo(guest, AWAY);
      return;
    }
    const sending = this.#guests.filter(({ progress }) => progress.is === "sending").length;
    const ready = waiting.filter(({ progress }) => progress.is === "waiting" && !progress.rests);
    for (const guest of ready.slice(0, Math.max(0, AT_ONCE - sending))) this.#send(guest);
  }

  /** @param {Guest} guest */
  async #send(guest) {
    const { blob } = /** @type {Read} */ (guest.read);
    const { signal } = guest.stop;
    this.#goTo(guest, { is: "sending", part: 0 });
    const told = (/** @type {number} */ part) => {
      if (guest.progress.is === "sending") this.#goTo(guest, { is: "sending", part });
    };
    try {
      const asset = await this.#ways.send(blob, told, signal);
      if (!this.#guests.includes(guest)) return;
      this.#goTo(guest, { is: "there", asset });
      this.#ways.put(guest, asset);
    } catch (error) {
      if (this.#guests.includes(guest)) this.#missed(guest, error);
    }
    this.#sendNext();
  }

  /** @param {Guest} guest @param {unknown} error */
  #missed(guest, error) {
    const after = error instanceof Unsent ? error.after : 0;
    const offline = error instanceof Unsent && error.why === "offline";
    if (!offline && after === 0) {
      this.#goTo(guest, { is: "stuck", why: reasonOf(error) });
      return;
    }
    this.#goTo(guest, { is: "waiting", offline, rests: true });
    this.#ways.later(() => this.#rested(guest), after || AGAIN_MS);
  }

  /** @param {Guest} guest */
  #rested(guest) {
    if (guest.progress.is !== "waiting") return;
    this.#goTo(guest, READY);
    this.#sendNext();
  }

  // -- what a person does ----------------------------------------------------------------------------

  /** @param {Guest} guest */
  remove(guest) {
    guest.stop.abort();
    this.#guests = this.#guests.filter((each) => each !== guest);
    this.#tell();
    this.#sendNext();
  }

  /** @param {Guest} guest */
  async again(guest) {
    if (guest.progress.is !== "stuck") return;
    if (guest.read) {
      this.#goTo(guest, READY);
      this.#sendNext();
      return;
    }
    this.#goTo(guest, { is: "reading" });
    await this.#read(guest);
  }

  /** There is a connection again, or none any more. */
  reconsider() {
    if (this.#ways.online()) {
      for (const guest of this.#guests)
        if (guest.progress.is === "waiting") this.#goTo(guest, READY);
    }
    this.#sendNext();
  }

  /** @param {Guest} guest @param {Progress} progress */
  #goTo(guest, progress) {
    guest.progress = progress;
    this.#tell();
  }
}

/** @param {unknown} error @returns {Reason} */
function reasonOf(error) {
  return error instanceof Unsent && error.why !== "offline" ? error.why : "failed";
}
