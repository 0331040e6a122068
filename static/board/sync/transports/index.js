// The transports in order of preference. All but the first are fetched when they are needed.

import { openWebSocket } from "./websocket.js";

/** @typedef {import("./websocket.js").OpenTransport} OpenTransport */
/** @typedef {"websocket" | "sse" | "longpoll" | "poll"} TransportName */
/** @typedef {{name: TransportName, load: () => Promise<OpenTransport>}} LaterTransport */

export const WEBSOCKET = { name: /** @type {const} */ ("websocket"), open: openWebSocket };

/** Those that need nothing but ordinary requests. @type {readonly LaterTransport[]} */
export const OVER_HTTP = [
  { name: "sse", load: async () => (await import("./sse.js")).openEventStream },
  { name: "longpoll", load: async () => (await import("./longpoll.js")).openLongPoll },
  { name: "poll", load: async () => (await import("./poll.js")).openPoll },
];

export const TRANSPORTS = [WEBSOCKET, ...OVER_HTTP];
