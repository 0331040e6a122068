// One connection from its opening to its end: reads and writes messages, confirms, notices when it is dead.

import { utf8Length } from "../core/limits.js";
import { LOST } from "./closing.js";
import { Pulse } from "./pulse.js";
import { Reception } from "./reception.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("../protocol").FromClient} FromClient
 * @typedef {import("../protocol").FromServer} FromServer
 * @typedef {import("./timers.js").Clock} Clock
 * @typedef {import("./transports/websocket.js").OpenTransport} OpenTransport
 * @typedef {import("./transports/websocket.js").Transport} Transport
 */

/**
 * @typedef {object} LinkHandlers
 * @property {() => void} open
 * @property {(message: FromServer) => void} message
 * @property {(frame: Uint8Array) => void} live what others do
 * @property {(code: number, why: string) => void} closed once, unless it has been ended here
 * @property {() => boolean} owed whether the server owes an answer
 */

const LIVE_FRAME = 1;

export class Link {
  /** Whether the other side has answered the opening. */
  open = false;
  #ended = false;
  /** @type {Transport | null} */
  #transport = null;
  #reception = new Reception();
  #handlers;
  #timers;
  #pulse;

  /** @param {LinkHandlers} handlers @param {Clock} [clock] */
  constructor(handlers, clock) {
    this.#handlers = handlers;
    this.#timers = new Timers(clock);
    this.#pulse = new Pulse(this.#timers.now());
  }

  /** @param {OpenTransport} openTransport @param {string} url */
  start(openTransport, url) {
    const unlessEnded = (/** @type {() => void} */ act) => this.#ended || act();
    const opened = () => {
      this.open = true;
      this.#handlers.open();
      this.beat();
    };
    try {
      this.#transport = openTransport(url, {
        open: () => unlessEnded(opened),
        text: (text) => unlessEnded(() => this.#receiveText(text)),
        binary: (bytes) => unlessEnded(() => this.#receiveBinary(bytes)),
        close: (code) => unlessEnded(() => this.#close(code, "")),
      });
    } catch (error) {
      this.#close(LOST, String(error));
    }
  }

  /** From here on nothing is heard of it. */
  end() {
    this.#ended = true;
    this.#timers.clear();
    this.#transport?.close();
  }

  /** Bytes that wait to be sent. */
  get waiting() {
    return this.#transport?.bufferedAmount ?? 0;
  }

  /** @param {FromClient} message */
  send(message) {
    this.#transport?.sendText(JSON.stringify(message));
  }

  /** A message of the person's work. @param {string} text */
  sendText(text) {
    this.#transport?.sendText(text);
    this.#active();
  }

  /** @param {Uint8Array} records */
  sendLive(records) {
    const frame = new Uint8Array(records.length + 1);
    frame[0] = LIVE_FRAME;
    frame.set(records, 1);
    this.#transport?.sendBinary(frame);
    this.#active();
  }

  /** Looks whether it still lives; in doubt asks at once. */
  beat(doubt = false) {
    if (!this.open || this.#ended) return;
    const { act, again } = this.#pulse.check(this.#timers.now(), this.#handlers.owed(), doubt);
    if (act === "dead") {
      this.#close(LOST, "");
      return;
    }
    if (act === "ping") this.send({ type: "ping" });
    this.#timers.start("beat", again, () => this.beat());
  }

  #active() {
    // While nothing happens it is asked rarely; now it matters within seconds.
    if (this.#pulse.active(this.#timers.now())) this.beat();
  }

  /** @param {string} text */
  #receiveText(text) {
    this.#received(utf8Length(text));
    /** @type {FromServer} */
    let message;
    try {
      message = JSON.parse(text);
    } catch (error) {
      this.#close(LOST, String(error));
      return;
    }
    if (message.type === "bye") this.#close(message.code, message.why);
    else this.#handlers.message(message);
  }

  /** @param {Uint8Array} bytes */
  #receiveBinary(bytes) {
    this.#received(bytes.length);
    this.#handlers.live(bytes);
  }

  /** R10: confirms from the message handler, as timers sleep in background tabs. @param {number} bytes */
  #received(bytes) {
    this.#pulse.received(this.#timers.now());
    const frames = this.#reception.received(bytes);
    if (frames !== null) this.send({ type: "got", frames });
  }

  /** @param {number} code @param {string} why */
  #close(code, why) {
    this.end();
    this.#handlers.closed(code, why);
  }
}
