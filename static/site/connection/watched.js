// A WebSocket of which every event is kept, with the state it left the socket in.

/**
 * @typedef {object} Happened
 * @property {number} at ms since the run began
 * @property {string} socket which one
 * @property {"open" | "message" | "error" | "close" | "send"} event
 * @property {number} readyState
 * @property {number} bufferedAmount
 * @property {string} detail
 */

/** @typedef {(happened: Happened) => void} Log */

const STATES = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"];
/** A handshake without an answer, or a message that doesn't come back, is given up. */
const PATIENCE_MS = 8000;
const SHOWN_LENGTH = 60;

/** @param {number} readyState */
export function nameOf(readyState) {
  return STATES[readyState] ?? String(readyState);
}

export class Watched {
  /** Whether it opened. @type {Promise<boolean>} */
  opened;
  /** @type {Promise<CloseEvent>} */
  closed;
  /** @type {CloseEvent | null} */
  closing = null;
  #socket;
  #name;
  #log;
  /** @type {(string | ArrayBuffer)[]} */
  #come = [];
  /** @type {((message: string | ArrayBuffer | null) => void) | null} */
  #waits = null;

  /** @param {string} name @param {string} url @param {string[]} protocols @param {Log} log */
  constructor(name, url, protocols, log) {
    this.#name = name;
    this.#log = log;
    this.#socket = new WebSocket(url, protocols);
    this.#socket.binaryType = "arraybuffer";
    this.closed = new Promise((resolve) => {
      this.#socket.addEventListener("close", (event) => {
        this.closing = event;
        this.#tell("close", [event.code, event.reason, event.wasClean ? "" : "!"].join(" ").trim());
        this.#waits?.(null);
        resolve(event);
      });
    });
    this.opened = new Promise((resolve) => {
      this.#socket.addEventListener("open", () => {
        this.#tell("open", this.#socket.protocol);
        resolve(true);
      });
      this.closed.then(() => resolve(false));
      setTimeout(() => resolve(false), PATIENCE_MS);
    });
    this.#socket.addEventListener("error", () => this.#tell("error", ""));
    this.#socket.addEventListener("message", ({ data }) => this.#heard(data));
  }

  get protocol() {
    return this.#socket.protocol;
  }

  /** @param {string | Uint8Array<ArrayBuffer>} message @param {boolean} [quietly] not told in the log */
  send(message, quietly = false) {
    this.#socket.send(message);
    if (!quietly) this.#tell("send", shown(message));
  }

  /** The next message; null where none comes. @returns {Promise<string | ArrayBuffer | null>} */
  next() {
    const come = this.#come.shift();
    if (come !== undefined) return Promise.resolve(come);
    if (this.closing) return Promise.resolve(null);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#waits?.(null), PATIENCE_MS);
      this.#waits = (message) => {
        clearTimeout(timer);
        this.#waits = null;
        resolve(message);
      };
    });
  }

  close() {
    this.#socket.close();
  }

  /** @param {string | ArrayBuffer} data */
  #heard(data) {
    // Round trips are told as figures; in the log they would hide the rest.
    if (typeof data !== "string" || !data.startsWith("ping ")) this.#tell("message", shown(data));
    if (this.#waits) this.#waits(data);
    else this.#come.push(data);
  }

  /** @param {Happened["event"]} event @param {string} detail */
  #tell(event, detail) {
    const { readyState, bufferedAmount } = this.#socket;
    const at = performance.now();
    this.#log({ at, socket: this.#name, event, readyState, bufferedAmount, detail });
  }
}

/** @param {string | ArrayBuffer | Uint8Array} message */
function shown(message) {
  if (typeof message !== "string") return `${message.byteLength} B`;
  return message.length > SHOWN_LENGTH ? `${message.slice(0, SHOWN_LENGTH)}…` : message;
}

/** @param {string} path */
export function socketUrl(path) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol.replace(/^http/, "ws");
  return url.href;
}
