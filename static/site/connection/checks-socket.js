// The checks over WebSockets: handshake, subprotocol, origin, echo, round trips, and the ways to end.

import { askPlainly, askWhatWasSeen, newName, pause } from "./checks-http.js";
import { socketUrl, Watched } from "./watched.js";

/**
 * @typedef {import("./observations.d.ts").Observations} Observations
 * @typedef {import("./watched.js").Log} Log
 */

const PROTOCOL = "whiteboard.echo";
/** Others are offered too, so that there is something to choose from. */
export const OFFERED = ["whiteboard.chalk", PROTOCOL];
export const UNKNOWN = ["whiteboard.chalk"];
const PINGS = 20;
const PING_GAP_MS = 25;
const FRAME_MS = 6000;
export const WORDS = "안녕, whiteboard ✏️ 0123456789";

/**
 * @param {{socket: string, seen: string}} addresses @param {Log} log
 * @returns {Promise<{socket: NonNullable<Observations["socket"]>, plain: Observations["plain"], watched: Watched}>}
 */
export async function shakeHands({ socket: path, seen }, log) {
  const name = newName();
  const began = performance.now();
  const watched = new Watched("A", socketUrl(`${path}?try=${name}`), OFFERED, log);
  const opened = await watched.opened;
  const ms = performance.now() - began;
  if (!opened) {
    const code = watched.closing?.code ?? null;
    watched.close();
    const told = await askWhatWasSeen(seen, name);
    const plain = await askPlainly(path);
    return { socket: { opened, ms, code, report: null, seen: told }, plain, watched };
  }
  const first = await watched.next();
  const report = typeof first === "string" ? JSON.parse(first) : null;
  return { socket: { opened, ms, code: null, report, seen: null }, plain: null, watched };
}

/** Whether a handshake that offers only what the server doesn't know is refused. @param {string} path @param {Log} log */
export async function offerUnknown(path, log) {
  const watched = new Watched("B", socketUrl(path), UNKNOWN, log);
  const opened = await watched.opened;
  watched.close();
  return !opened;
}

/** What becomes of a handshake from a page without an origin. @param {string} address of that page @returns {Promise<"refused" | "accepted" | "untested">} */
export async function tryWithoutOrigin(address) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.setAttribute("title", "echo");
  frame.hidden = true;
  const told = new Promise((resolve) => {
    /** @param {MessageEvent} message */
    const hear = ({ source, data }) => {
      if (source !== frame.contentWindow) return;
      removeEventListener("message", hear);
      // Only a page that really has no origin proves anything.
      if (data?.origin !== "null") resolve("untested");
      else resolve(data.happened === "close" ? "refused" : "accepted");
    };
    addEventListener("message", hear);
  });
  frame.src = address;
  document.body.append(frame);
  const found = await Promise.race([told, pause(FRAME_MS).then(() => "untested")]);
  frame.remove();
  return /** @type {"refused" | "accepted" | "untested"} */ (found);
}

/** @param {Watched} watched */
export async function echo(watched) {
  watched.send(WORDS);
  const text = (await watched.next()) === WORDS;
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  watched.send(bytes);
  const back = await watched.next();
  const same = back instanceof ArrayBuffer && new Uint8Array(back).join() === bytes.join();
  return { text, binary: same };
}

/** @param {Watched} watched @returns {Promise<number[]>} ms there and back */
export async function roundTrips(watched) {
  const found = [];
  for (let i = 0; i < PINGS; i++) {
    const began = performance.now();
    watched.send(`ping ${i}`, true);
    if ((await watched.next()) === null) break;
    found.push(performance.now() - began);
    await pause(PING_GAP_MS);
  }
  return found;
}

export const ASKED = { code: 4321, reason: "as you wish" };

/** @param {Watched} watched */
export async function closeCleanly(watched) {
  watched.send(`!echo close ${ASKED.code} ${ASKED.reason}`);
  const { code, reason, wasClean } = await watched.closed;
  return { code, reason, clean: wasClean };
}

/** @param {string} path @param {Log} log @returns {Promise<Observations["aborted"]>} */
export async function abort(path, log) {
  const watched = new Watched("C", socketUrl(path), [PROTOCOL], log);
  if (!(await watched.opened)) return null;
  await watched.next();
  watched.send("!echo abort");
  const { code, wasClean } = await watched.closed;
  return { code, clean: wasClean };
}

/** A socket on which nothing is said for so long. @param {string} path @param {number} seconds @param {Log} log @returns {Promise<Observations["idle"]>} */
export async function beSilent(path, seconds, log) {
  const watched = new Watched("D", socketUrl(path), [PROTOCOL], log);
  if (!(await watched.opened)) return null;
  await watched.next();
  const began = performance.now();
  await Promise.race([watched.closed, pause(seconds * 1000)]);
  const code = watched.closing?.code ?? null;
  const held = performance.now() - began;
  watched.close();
  return { wanted: seconds * 1000, held, code };
}
