// What a closed connection means, and how long to wait before the next. Pure.

/** @typedef {import("../protocol").CloseCode} CloseCode */

/** A connection that ended without a word. */
export const LOST = 1006;
/** Signing out closes all of a person's sockets, and the session of another device is still good. */
export const SIGNED_OUT = 4401;
/** No new connection would change these: not allowed, no such board, another protocol. */
const FINAL = new Set([4403, 4404, 4426]);
/** The server couldn't take what it was sent: bad message, too big. */
const BLAMED = new Set([4400, 4413]);
const TOO_FAST = 4429;

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 5000;

/**
 * @param {number} code
 * @param {number | null} before of the close before, if nothing good has come since
 */
export function isFinal(code, before) {
  return code === SIGNED_OUT ? before === SIGNED_OUT : FINAL.has(code);
}

/** @param {number} code */
export function isBlamed(code) {
  return BLAMED.has(code);
}

/**
 * Random, so that a class of forty doesn't come back in one moment; longer each time, up to a bound.
 * @param {number} attempt 0 for the first after a good connection
 * @param {number} code of the last close
 * @param {() => number} random
 */
export function reconnectDelay(attempt, code, random) {
  if (code === TOO_FAST) return LONGEST_DELAY_MS;
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt + 1));
  return FIRST_DELAY_MS + random() * (longest - FIRST_DELAY_MS);
}
