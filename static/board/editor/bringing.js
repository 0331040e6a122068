// Bringing pictures to the board: each file is kept on the device, read, sent and then put where it was dropped. What
// can't be sent stays at its place, says why, and can be tried again.

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
 * @property {string | undefined} page of the board, which may be turned meanwhile
 * @property {Keeping | null} kept whether it outlives this page; null: not known yet
 * @property {string | null} replaces the picture on the board whose place it takes
 * @property {Box} cell
 * @property {Box} box where it will be
 * @property {number} zoom it was brought at
 * @property {Read | null} read
 * @property {Progress} progress
 * @property {AbortController} stop
 */

/** Whether its bytes are on this device's disk. @typedef {"kept" | "full" | "failed"} Keeping */
/** What is known of one that was left by an earlier page. @typedef {Pick<Guest, "key" | "batch" | "name" | "page" | "cell" | "zoom"> & {replaces?: string | null, read: {width: number, height: number} | null, why: string | null}} Left */

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
 * @property {(guest: Guest) => Promise<Keeping>} keep its file, and how large it is once it has been read
 * @property {(guest: Guest, why: Reason | null) => void} mark what became of it, for the next visit
 * @property {(guest: Guest) => void} drop what was kept of it
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
  /** What was brought last here, until something else is done. @type {string | null} */
  latest = null;

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
    return this.#guests.some(({ kept, progress }) => kept !== "kept" && progress.is !== "there");
  }

  /** How many are on their way. */
  get waiting() {
    return this.#guests.filter(({ progress }) => progress.is !== "stuck").length;
  }

  /** @param {() => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  /** @param {readonly {file: Blob, name: string}[]} files @param {{middle: Place, view: Bounds, zoom: number, page?: string | undefined}} where */
  async bring(files, { middle, view, zoom, page }) {
    const batch = this.#ways.newKey();
    const cells = cellsFor(files.length, middle, view);
    const guests = files.map(({ file, name }, i) => {
      const cell = /** @type {Box} */ (cells[i]);
      return guestOf({ key: this.#ways.newKey(), batch, name, page, cell, zoom }, file);
    });
    await this.#come(guests, batch);
  }

  /** Brings one that takes the place of a picture on the board. @param {{file: Blob, name: string}} file @param {{key: string, box: Box, zoom: number, page: string | undefined}} picture */
  async replace({ file, name }, { key, box, zoom, page }) {
    const [own, batch] = [this.#ways.newKey(), this.#ways.newKey()];
    const known = { key: own, batch, name, page, cell: box, zoom, replaces: key };
    await this.#come([guestOf(known, file)], batch);
  }

  /** @param {readonly Guest[]} guests @param {string} batch */
  async #come(guests, batch) {
    this.#guests.push(...guests);
    this.latest = batch;
    this.#tell();
    // Before anything else: whatever happens now, their bytes are here.
    const kept = guests.map((guest) => this.#keep(guest));
    // One after the other: a dozen photos at once would be more memory than a phone has.
    for (const [i, guest] of guests.entries()) {
      await kept[i];
      if (this.#guests.includes(guest)) await this.#read(guest);
    }
  }

  /** Those that an earlier page has left. @param {readonly {row: Left, bytes: Blob}[]} found */
  async restore(found) {
    const known = new Set(this.#guests.map(({ key }) => key));
    const fresh = found.filter(({ row }) => !known.has(row.key));
    const guests = fresh.map(({ row, bytes }) => {
      const guest = guestOf(row, bytes);
      guest.kept = "kept";
      guest.box = boxIn(row.cell, row.read, row.zoom);
      if (row.why) guest.progress = { is: "stuck", why: /** @type {Reason} */ (row.why) };
      return guest;
    });
    this.#guests.push(...guests);
    this.#tell();
    for (const [i, guest] of guests.entries())
      if (this.#guests.includes(guest)) await this.#readAgain(guest, fresh[i]?.row.read ?? null);
  }

  /** @param {Guest} guest */
  async #keep(guest) {
    guest.kept = await this.#ways.keep(guest);
    this.#tell();
  }

  /** @param {Guest} guest */
  async #read(guest) {
    try {
      const read = await this.#ways.read(guest.file, guest.name);
      if (!this.#guests.includes(guest)) return;
      guest.read = read;
      guest.box = boxIn(guest.cell, read, guest.zoom);
      // What will be sent is kept instead, which is seldom larger.
      guest.file = read.blob;
      await this.#keep(guest);
      if (!this.#guests.includes(guest)) return;
      this.#goTo(guest, READY);
      this.#sendNext();
    } catch (error) {
      this.#stick(guest, reasonOf(error));
    }
  }

  /** What was kept may be what is to be sent: it isn't read by its name, nor packed, a second time. @param {Guest} guest @param {{width: number, height: number} | null} size */
  async #readAgain(guest, size) {
    if (!size) {
      if (guest.progress.is === "reading") await this.#read(guest);
      return;
    }
    try {
      const { preview } = await this.#ways.read(guest.file, "");
      guest.read = { ...size, blob: guest.file, preview };
    } catch (error) {
      this.#stick(guest, reasonOf(error));
    }
    if (guest.progress.is === "reading") this.#goTo(guest, READY);
    this.#tell();
    this.#sendNext();
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
      this.#stick(guest, reasonOf(error));
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
    this.#ways.drop(guest);
    this.leave(guest);
  }

  /** It is on the board. @param {Guest} guest */
  leave(guest) {
    this.#guests = this.#guests.filter((each) => each !== guest);
    this.#tell();
    this.#sendNext();
  }

  /** It was on the board, and isn't any more. @param {Guest} guest @param {Reason} why */
  comeBack(guest, why) {
    if (!this.#guests.includes(guest)) this.#guests.push(guest);
    this.#stick(guest, why);
  }

  /** @param {Guest} guest */
  async again(guest) {
    if (guest.progress.is !== "stuck") return;
    this.#ways.mark(guest, null);
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

  /** @param {Guest} guest @param {Reason} why */
  #stick(guest, why) {
    this.#ways.mark(guest, why);
    this.#goTo(guest, { is: "stuck", why });
  }

  /** @param {Guest} guest @param {Progress} progress */
  #goTo(guest, progress) {
    guest.progress = progress;
    this.#tell();
  }
}

/** @param {Pick<Guest, "key" | "batch" | "name" | "page" | "cell" | "zoom"> & {replaces?: string | null}} known @param {Blob} file @returns {Guest} */
function guestOf({ key, batch, name, page, cell, zoom, replaces = null }, file) {
  return {
    ...{ key, batch, name, page, replaces, cell, zoom, file },
    box: boxIn(cell, null, zoom),
    kept: null,
    read: null,
    progress: { is: "reading" },
    stop: new AbortController(),
  };
}

/** @param {unknown} error @returns {Reason} */
function reasonOf(error) {
  return error instanceof Unsent && error.why !== "offline" ? error.why : "failed";
}
