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

/** @typedef {(url: string, handlers: TransportHandlers) => Transport} OpenTransport */

/** @type {readonly import("../../protocol").Protocol[("SUBPROTOCOL" | "SUBPROTOCOL_ANY")][]} */
const SUBPROTOCOLS = ["whiteboard.v1", "whiteboard"];

/** @type {OpenTransport} */
export function openWebSocket(url, { open, text, binary, close }) {
  const socket = new WebSocket(absolute(url), [...SUBPROTOCOLS]);
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
  if (socket.readyState === WebSocket.OPEN) socket.send(message);
}

/** Older browsers take no path and no http. @param {string} url */
function absolute(url) {
  const full = new URL(url, location.href);
  full.protocol = full.protocol.replace(/^http/, "ws");
  return full.href;
}
