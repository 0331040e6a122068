// A WebSocket client of the fewest instructions, so that 400 of them fit beside the server measured.
//
// The `ws` client costs 5 to 10 us per frame received, as much as the relay needs to send it: the
// generator would saturate first. This one reads frames out of each chunk without copying them.

import { randomBytes } from "node:crypto";
import { connect } from "node:net";

const CONTINUATION = 0;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const FINAL = 0x80;
const MASKED = 0x80;

/**
 * @typedef {object} Heard
 * @property {(text: string) => void} [text]
 * @property {(frame: Buffer) => void} [binary]
 * @property {(code: number) => void} [close]
 */

export class BenchSocket {
  /** Bytes of WebSocket frames received, headers included. */
  bytes = 0;
  /** Frames received on this connection, for `got`. */
  frames = 0;
  open = false;
  /** @type {Heard} */
  heard = {};
  /** @type {Buffer} */
  #rest = Buffer.alloc(0);
  #closeCode = 1006;
  /** @type {Buffer[]} */
  #parts = [];
  #partsKind = TEXT;
  #tcp;

  /** @param {{host: string, port: number, path: string, cookie: string, protocols: string, origin?: string | undefined}} where */
  constructor({ host, port, path, cookie, protocols, origin }) {
    this.#tcp = connect({ host, port, noDelay: true });
    this.opened = this.#shakeHands(
      [
        `GET ${path} HTTP/1.1`,
        `Host: ${host}:${port}`,
        `Origin: ${origin ?? `http://${host}:${port}`}`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
        ...(protocols ? [`Sec-WebSocket-Protocol: ${protocols}`] : []),
        ...(cookie ? [`Cookie: ${cookie}`] : []),
      ].join("\r\n"),
    );
  }

  /** @param {string} request */
  #shakeHands(request) {
    this.#tcp.write(`${request}\r\n\r\n`);
    return new Promise((resolve, reject) => {
      this.#tcp.on("error", reject);
      this.#tcp.on("close", () => {
        this.open = false;
        reject(new Error("closed during the handshake"));
        this.heard.close?.(this.#closeCode);
      });
      this.#tcp.on("data", (chunk) => {
        if (this.open) return this.#read(chunk);
        this.#rest = Buffer.concat([this.#rest, chunk]);
        const end = this.#rest.indexOf("\r\n\r\n");
        if (end < 0) return;
        const status = this.#rest.toString("latin1", 0, this.#rest.indexOf("\r\n"));
        if (!status.includes(" 101 "))
          return reject(new Error(`handshake answered with ${status}`));
        const first = this.#rest.subarray(end + 4);
        this.#rest = Buffer.alloc(0);
        this.open = true;
        resolve(this);
        if (first.length > 0) this.#read(first);
      });
    });
  }

  /** @param {Buffer} chunk */
  #read(chunk) {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    while (data.length >= 2) {
      let length = /** @type {number} */ (data[1]) & 127;
      let header = 2;
      if (length === 126) {
        if (data.length < 4) break;
        length = data.readUInt16BE(2);
        header = 4;
      } else if (length === 127) {
        if (data.length < 10) break;
        length = Number(data.readBigUInt64BE(2));
        header = 10;
      }
      if (data.length < header + length) break;
      this.bytes += header + length;
      this.#frame(/** @type {number} */ (data[0]), data.subarray(header, header + length));
      data = data.subarray(header + length);
    }
    this.#rest = data;
  }

  /** @param {number} first @param {Buffer} payload */
  #frame(first, payload) {
    const kind = first & 15;
    if (kind === PING) return this.#send(PONG, payload);
    if (kind === CLOSE) {
      this.#closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      return this.#tcp.end();
    }
    if (kind === PONG) return;
    if (kind === CONTINUATION || !(first & FINAL)) {
      if (kind !== CONTINUATION) this.#partsKind = kind;
      this.#parts.push(Buffer.from(payload));
      if (!(first & FINAL)) return;
      const whole = Buffer.concat(this.#parts.splice(0));
      return this.#message(this.#partsKind, whole);
    }
    this.#message(kind, payload);
  }

  /** @param {number} kind @param {Buffer} payload */
  #message(kind, payload) {
    this.frames += 1;
    if (kind === BINARY) this.heard.binary?.(payload);
    else this.heard.text?.(payload.toString("utf8"));
  }

  /** @param {string} text */
  text(text) {
    this.#send(TEXT, Buffer.from(text));
  }

  /** @param {Buffer} frame */
  binary(frame) {
    this.#send(BINARY, frame);
  }

  /** @param {number} kind @param {Buffer} payload */
  #send(kind, payload) {
    const size = payload.length;
    const header = size < 126 ? 2 : size < 65536 ? 4 : 10;
    const frame = Buffer.allocUnsafe(header + 4 + size);
    frame[0] = FINAL | kind;
    if (header === 2) frame[1] = MASKED | size;
    else if (header === 4) {
      frame[1] = MASKED | 126;
      frame.writeUInt16BE(size, 2);
    } else {
      frame[1] = MASKED | 127;
      frame.writeBigUInt64BE(BigInt(size), 2);
    }
    frame.writeUInt32BE((Math.random() * 2 ** 32) >>> 0, header);
    for (let i = 0; i < size; i += 1) {
      frame[header + 4 + i] =
        /** @type {number} */ (payload[i]) ^ /** @type {number} */ (frame[header + (i & 3)]);
    }
    this.#tcp.write(frame);
  }

  /** Reads nothing any more, like a page that hangs: no frame, no ping. */
  stall() {
    this.#tcp.pause();
  }

  resume() {
    this.#tcp.resume();
  }

  close() {
    if (this.open) this.#send(CLOSE, Buffer.from([0x03, 0xe8]));
    this.#tcp.end();
  }
}
