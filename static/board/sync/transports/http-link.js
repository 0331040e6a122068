// What the transports over HTTP share: opening, numbered frames both ways, one POST at a time, trying again.

import { LOST } from "../closing.js";
import { Timers } from "../timers.js";
import { jsonOf } from "./frames.js";
import { Unsent } from "./unsent.js";

/**
 * @typedef {import("./websocket.js").Transport} Transport
 * @typedef {import("./websocket.js").TransportHandlers} TransportHandlers
 * @typedef {import("./websocket.js").TransportOptions} TransportOptions
 */

/** One request that asks for frames: fulfilled when there is a reason to ask again. @typedef {(link: HttpLink) => Promise<void>} Receive */

const PROTOCOLS = ["whiteboard.v1", "whiteboard"];
/** The server takes 256 KiB at a time; the rest is for what stands around the frames. */
const POST_BYTES = 250 * 1024;
/** An answer that takes longer isn't coming. */
const PATIENCE_MS = 10_000;
/** From a quarter of a second to four: eight failures in a row take longer than a link lives without requests. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4000;
const MOST_FAILURES = 8;
/** Who is answered with nothing sooner than this doesn't ask again at once. */
const SOON_MS = 300;
const TOO_MANY_REQUESTS = 429;
const TOO_FAST = 4429;
const CONFLICT = 409;

/** The link is not there any more, or was never for us: asking again is of no use. */
class Ended extends Error {}

/** @implements {Transport} */
export class HttpLink {
  /** Number of the last frame that has come. */
  received = 0;
  over = false;
  /** How many messages of text have been taken by the server. */
  said = 0;
  /** Called when one more has been. @type {() => void} */
  onSaid = () => {};
  #id = "";
  #unsent = new Unsent();
  #posting = false;
  /** @type {Set<AbortController>} */
  #requests = new Set();
  #url;
  #base;
  #handlers;
  #options;
  #timers;

  /** @param {string} url of the opening @param {TransportHandlers} handlers @param {TransportOptions} options @param {Receive} receive */
  constructor(url, handlers, options, receive) {
    this.#url = url;
    this.#base = url.slice(0, url.lastIndexOf("/live/") + "/live/".length);
    this.#handlers = handlers;
    this.#options = options;
    this.#timers = new Timers(options.clock);
    // A page that is left would seem to be there for 15 s; where it comes back it opens another.
    globalThis.addEventListener?.("pagehide", this.#leave);
    void this.#open(receive);
  }

  get bufferedAmount() {
    return this.#unsent.bytes;
  }

  /** @param {string} text */
  sendText(text) {
    this.#send(text, false);
  }

  /** @param {Uint8Array} bytes */
  sendBinary(bytes) {
    this.#send(jsonOf(bytes), true);
  }

  close() {
    if (this.over) return;
    this.#end();
    if (this.#id) this.#fetch("close", { method: "POST", keepalive: true }).catch(() => {});
  }

  #leave = () => {
    this.close();
    this.#handlers.close(LOST);
  };

  // -- for those who receive ---------------------------------------------------------------------------

  now() {
    return this.#timers.now();
  }

  /** @param {string} name @param {number} ms @returns {Promise<void>} */
  pause(name, ms) {
    return new Promise((resolve) => this.#timers.start(name, ms, resolve));
  }

  /**
   * Asks for frames. `read` calls `heard` whenever something has come, with how long the next may take.
   * @param {string} path
   * @param {Record<string, string>} headers
   * @param {number} patience in ms of silence
   * @param {(response: Response, heard: (ms: number) => void) => Promise<void>} read
   */
  async get(path, headers, patience, read) {
    await this.#patiently(patience, async (signal, heard) => {
      const response = await this.#fetch(path, { headers, signal });
      check(response);
      await read(response, heard);
    });
  }

  /** Frames that have come before are skipped; one that is missing ends the link. @param {number} number @param {string | Uint8Array} frame */
  take(number, frame) {
    if (this.over || number <= this.received) return;
    if (number !== this.received + 1) throw new Ended(`frame ${this.received + 1} is missing`);
    this.received = number;
    if (typeof frame === "string") this.#handlers.text(frame);
    else this.#handlers.binary(frame);
  }

  /** @param {number} code */
  finish(code) {
    if (this.over) return;
    this.#end();
    this.#handlers.close(code);
  }

  // -- opening and receiving ---------------------------------------------------------------------------

  /** @param {Receive} receive */
  async #open(receive) {
    try {
      await this.#patiently(PATIENCE_MS, (signal) => this.#opened(signal));
    } catch {
      this.finish(LOST);
      return;
    }
    if (this.over) {
      // Closed while it was being opened: it has been opened for nobody.
      if (this.#id) this.#fetch("close", { method: "POST" }).catch(() => {});
      return;
    }
    this.#handlers.open();
    this.#post();
    await this.#receive(receive);
  }

  /** @param {AbortSignal} signal */
  async #opened(signal) {
    const { protocols = PROTOCOLS } = this.#options;
    const response = await this.#request(this.#url, {
      ...asJson(JSON.stringify({ protocols })),
      signal,
    });
    if (response.status === TOO_MANY_REQUESTS) this.finish(TOO_FAST);
    check(response);
    const { link } = await response.json();
    if (typeof link !== "string") throw new Error("the server has opened no link");
    this.#id = link;
  }

  /** @param {Receive} receive */
  async #receive(receive) {
    for (let failures = 0; !this.over; ) {
      const [before, began] = [this.received, this.now()];
      const went = await this.#attempt(() => receive(this));
      const worth = this.received > before || (went && this.now() - began >= SOON_MS);
      failures = worth ? 0 : failures + 1;
      if (!this.over && !worth) await this.#pauseAfter("receive", failures);
    }
  }

  /** Whether it has succeeded. @param {() => Promise<void>} act */
  async #attempt(act) {
    try {
      await act();
      return true;
    } catch (error) {
      if (error instanceof Ended) this.finish(LOST);
      return false;
    }
  }

  /** @param {string} name @param {number} failures in a row */
  async #pauseAfter(name, failures) {
    if (failures > MOST_FAILURES) this.finish(LOST);
    else await this.pause(name, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)));
  }

  // -- sending -----------------------------------------------------------------------------------------

  /** @param {string} json @param {boolean} binary */
  #send(json, binary) {
    if (this.over) return;
    this.#unsent.push(json, binary);
    this.#post();
  }

  /** One POST at a time, with all that has gathered in the meantime. */
  async #post() {
    if (this.#posting || !this.#id) return;
    this.#posting = true;
    // What is said in one moment goes together.
    await undefined;
    for (let failures = 0; !this.over && this.#unsent.length > 0; ) {
      const before = this.#unsent.first;
      const went = await this.#attempt(() => this.#postNext());
      failures = went && this.#unsent.first > before ? 0 : failures + 1;
      if (!this.over && failures > 0) await this.#pauseAfter("send", failures);
    }
    this.#posting = false;
  }

  async #postNext() {
    const body = this.#unsent.next(POST_BYTES);
    await this.#patiently(PATIENCE_MS, async (signal) => {
      const response = await this.#fetch("send", { ...asJson(body), signal });
      if (response.status !== CONFLICT) check(response);
      const { received } = await response.json();
      // What it says to have taken of what has been forgotten here is lost for good.
      if (!(received >= this.#unsent.first - 1))
        throw new Ended(`the server has taken ${received} only`);
      const said = this.#unsent.taken(received);
      this.said += said;
      if (said > 0) this.onSaid();
    });
  }

  // -- requests ----------------------------------------------------------------------------------------

  /** @param {string} path below /live/ @param {RequestInit} init */
  #fetch(path, init) {
    const headers = { ...init.headers, "X-Whiteboard-Link": this.#id };
    return this.#request(this.#base + path, { ...init, headers });
  }

  /** @param {string} url @param {RequestInit} init */
  #request(url, init) {
    const { fetch = globalThis.fetch, headers } = this.#options;
    return fetch(url, {
      cache: "no-store",
      credentials: "same-origin",
      ...init,
      headers: { ...headers, .../** @type {Record<string, string>} */ (init.headers) },
    });
  }

  /** @param {number} patience in ms of silence @param {(signal: AbortSignal, heard: (ms: number) => void) => Promise<void>} act */
  async #patiently(patience, act) {
    const request = new AbortController();
    const clock = new Timers(this.#options.clock);
    const heard = (/** @type {number} */ ms) => clock.start("silence", ms, () => request.abort());
    this.#requests.add(request);
    heard(patience);
    try {
      await act(request.signal, heard);
    } finally {
      clock.clear();
      this.#requests.delete(request);
    }
  }

  #end() {
    this.over = true;
    globalThis.removeEventListener?.("pagehide", this.#leave);
    this.#timers.clear();
    for (const request of this.#requests) request.abort();
    this.#unsent.clear();
  }
}

/** Throws where it isn't what was asked for: for good, or for now. @param {Response} response */
function check({ ok, status }) {
  if (ok) return;
  if (status >= 400 && status < 500) throw new Ended(`answered with ${status}`);
  throw new Error(`answered with ${status}`);
}

/** @param {string} body */
function asJson(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body };
}
