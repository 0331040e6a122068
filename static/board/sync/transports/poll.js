// A transport over plain polling and POSTs: asks often while something happens, seldom while nothing does.

import { HttpLink } from "./http-link.js";
import { poll } from "./polled.js";

/** @typedef {import("./websocket.js").OpenTransport} OpenTransport */

/** While something happens. */
const LIVELY_MS = 400;
/** An own message has its answer about now. */
const ANSWER_MS = 100;
const QUIET_MS = 5000;
/** A link that asks nothing for 15 s is over; a hidden page's timers may be late by a second. */
export const HIDDEN_MS = 10_000;
const GROWTH = 1.5;

/** @type {OpenTransport} */
export function openPoll(url, handlers, options = {}) {
  const { hidden = isHidden } = options;
  let pause = LIVELY_MS;
  let asked = 0;
  return new HttpLink(url, handlers, options, async (link) => {
    const { received, said } = link;
    await poll(link, 0);
    if (said > asked) {
      // What has just been taken is still being stored; only a ping has its answer at once.
      await link.pause("answer", ANSWER_MS);
      await poll(link, 0);
    }
    if (link.received > received || link.said > asked) pause = LIVELY_MS;
    asked = said;
    await rest(link, pause, said);
    pause = Math.min(pause * GROWTH, hidden() ? HIDDEN_MS : QUIET_MS);
  });
}

/** Less long where something has been said since. @param {HttpLink} link @param {number} ms @param {number} said when it was last asked */
async function rest(link, ms, said) {
  await link.pause("answer", ANSWER_MS);
  if (link.said > said) return;
  const hurried = new Promise((resolve) => {
    link.onSaid = () => resolve(undefined);
  });
  await Promise.race([hurried, link.pause("rest", ms - ANSWER_MS)]);
}

function isHidden() {
  return globalThis.document?.visibilityState === "hidden";
}
