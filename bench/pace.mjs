// Sends at an even rate for everyone, each with a phase of its own, and says how late it was.

import { random } from "./ink.mjs";
import { Latency } from "./latency.mjs";

/**
 * Calls `send(i)` for each of `count` senders `perSecond` times a second until `seconds` are over.
 * A late timer is made up for, so that the number of messages does not depend on the machine.
 * With `goOn` also until that is false.
 * @param {{count: number, perSecond: number, seconds: number, seed: number, send: (i: number) => void, goOn?: () => boolean}} how
 * @returns {Promise<Latency>} how late the sending was
 */
export function pace({ count, perSecond, seconds, seed, send, goOn = () => true }) {
  const chance = random(seed);
  const period = 1000 / perSecond;
  const phases = Array.from({ length: count }, () => chance() * period).sort((a, b) => a - b);
  const events = count * Math.round(seconds * perSecond);
  const lateness = new Latency();
  const begin = performance.now();
  let next = 0;
  /** @param {number} event */
  const due = (event) =>
    begin + Math.floor(event / count) * period + /** @type {number} */ (phases[event % count]);
  return new Promise((resolve, reject) => {
    const step = () => {
      try {
        for (
          let now = performance.now();
          next < events && due(next) <= now;
          now = performance.now()
        ) {
          lateness.add(now - due(next));
          send(next % count);
          next += 1;
        }
      } catch (error) {
        return reject(error);
      }
      if (next >= events || !goOn()) return resolve(lateness);
      setTimeout(step, 1);
    };
    step();
  });
}

/** @param {number} ms @returns {Promise<void>} */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits until it is so, or gives up and says false. @param {() => boolean} isSo @param {number} seconds */
export async function until(isSo, seconds) {
  const end = performance.now() + seconds * 1000;
  while (!isSo()) {
    if (performance.now() > end) return false;
    await pause(20);
  }
  return true;
}
