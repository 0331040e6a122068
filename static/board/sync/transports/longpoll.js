// A transport over long polling and POSTs: one request is held by the server until there is something to say.

import { HttpLink } from "./http-link.js";
import { poll } from "./polled.js";

/** @typedef {import("./websocket.js").OpenTransport} OpenTransport */

/** Under the 30 s after which proxies cut what is silent. */
const HELD_S = 25;
const SHORTEST_HELD_S = 2;

/** @type {OpenTransport} */
export function openLongPoll(url, handlers, options = {}) {
  let wait = HELD_S;
  return new HttpLink(url, handlers, options, async (link) => {
    const began = link.now();
    try {
      await poll(link, wait);
    } catch (error) {
      // Something in between doesn't let it be held for so long.
      const held = Math.floor(((link.now() - began) * 0.75) / 1000);
      wait = Math.min(wait, Math.max(SHORTEST_HELD_S, held));
      throw error;
    }
  });
}
