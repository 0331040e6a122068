// A transport over a WebSocket. Other transports have the same shape and know no more of the protocol.

/**
 * @typedef {object} Transport
 * @property {(text: string) => void} sendText
 * @property {(bytes: Uint8Array<ArrayBuffer>) => void} sendBinary
 * @property {() => void} close
 * @property {number} bufferedAmount bytes that wait to be sent
 */

/**
 * @typedef {object} TransportHandlers
 * @property {() => void} open
 * @property {(text: string) => void} text
 * @property {(bytes: Uint8Array) => void} binary
 * @property {(code: number) => void} close once, whichever side closed or failed
 */

/**
 * What clients that are no page of ours may want to be different.
 * @typedef {object} TransportOptions
 * @property {readonly string[]} [protocols] offered to the server
 * @property {typeof WebSocket} [WebSocket] where the platform has none, or headers are to be sent with its handshake
 * @property {Record<string, string>} [headers] of each request, as an Authorization; not of a WebSocket
 * @property {typeof fetch} [fetch]
 * @property {import("../timers.js").Clock} [clock]
 * @property {() => boolean} [hidden] whether nobody looks, so that asking may take its time
 */

/** @typedef {(url: string, handlers: TransportHandlers, options?: TransportOptions) => Transport} OpenTransport */

/** @type {readonly import("../../protocol").Protocol[("SUBPROTOCOL" | "SUBPROTOCOL_ANY")][]} */
const SUBPROTOCOLS = ["whiteboard.v1", "whiteboard"];

/** The ready state in which a socket takes messages. */
const OPEN = 1;

/** @type {OpenTransport} */
export function openWebSocket(url, { open, text, binary, close }, options = {}) {
  const { protocols = SUBPROTOCOLS, WebSocket = globalThis.WebSocket } = options;
  const socket = new WebSocket(absolute(url), [...protocols]);
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", open);
  socket.addEventListener("message", ({ data }) => {
    if (typeof data === "string") text(data);
    else binary(new Uint8Array(data));
  });
  socket.addEventListener("close", ({ code }) => close(code));
  return {
    sendText: (message) => send(socket, message),
    sendBinary: (bytes) => send(socket, bytes),
    close: () => socket.close(),
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
  };
}

/** A closing socket takes nothing more; its close event tells the rest. @param {WebSocket} socket @param {string | Uint8Array<ArrayBuffer>} message */
function send(socket, message) {
  if (socket.readyState === OPEN) socket.send(message);
}

/** Older browsers take no path and no http. @param {string} url */
function absolute(url) {
  const full = new URL(url, globalThis.location?.href);
  full.protocol = full.protocol.replace(/^http/, "ws");
  return full.href;
}
