// The checks over ordinary requests: one that is answered at once, a stream, held requests, a large one.

import { EchoLink } from "./echo-link.js";

/**
 * @typedef {import("./observations.d.ts").Observations} Observations
 * @typedef {import("./observations.d.ts").Seen} Seen
 * @typedef {import("./observations.d.ts").Piece} Piece
 */

const PIECES = 5;
const PIECE_GAP_MS = 300;
/** What has not come so long after the last was sent is being kept. */
const LAST_PIECE_MS = 2000;
const ENDING_MS = 1500;
const EVENT_AFTER_MS = 400;
const EVENT_WAIT_S = 5;
/** In four frames, since each has to come back within the echo's limit. */
const LARGE_FRAMES = 4;
const LARGE_FRAME_BYTES = 50 * 1024;

/** @param {number} ms @returns {Promise<void>} */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {string} address @param {string} name of the handshake to ask for @returns {Promise<Seen | null>} */
export async function askWhatWasSeen(address, name) {
  try {
    const answer = await fetch(seenUrl(address, name), { cache: "no-store" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** @param {string} address @param {string} name */
function seenUrl(address, name) {
  return `${address}?${new URLSearchParams({ origin: location.origin, try: name })}`;
}

/** @param {string} address @returns {Promise<NonNullable<Observations["http"]>>} */
export async function askOnce(address) {
  const url = new URL(seenUrl(address, newName()), location.href);
  const began = performance.now();
  try {
    const answer = await fetch(url, { cache: "no-store" });
    const text = await answer.text();
    const ms = performance.now() - began;
    const server = [answer.headers.get("Server"), answer.headers.get("Via")]
      .filter(Boolean)
      .join(", ");
    const timing = performance.getEntriesByName(url.href).at(-1);
    const protocol = timing instanceof PerformanceResourceTiming ? timing.nextHopProtocol : "";
    const seen = answer.ok ? parsed(text) : null;
    const head = Math.max(0, (seen?.head ?? 0) - url.pathname.length - url.search.length);
    return { status: answer.status, ms, protocol, server, seen, head };
  } catch {
    return {
      status: 0,
      ms: performance.now() - began,
      protocol: "",
      server: "",
      seen: null,
      head: 0,
    };
  }
}

/** @returns {string} letters that nobody else has */
export function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .slice(0, 22);
}

/** @param {string} text @returns {Seen | null} */
function parsed(text) {
  try {
    const found = JSON.parse(text);
    return Array.isArray(found?.headers) ? found : null;
  } catch {
    return null;
  }
}

/** The socket's address by an ordinary request: our server has a distinct answer. @param {string} address */
export async function askPlainly(address) {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    const ours =
      answer.status === 426 && isJson === true && (await answer.json()).error === "upgrade";
    return { status: answer.status, ours };
  } catch {
    return { status: 0, ours: false };
  }
}

/** Whether pieces of a stream arrive one by one. @param {string} url @returns {Promise<NonNullable<Observations["stream"]>>} */
export async function watchStream(url) {
  const link = new EchoLink(url);
  const opened = await link.open();
  if (opened !== 200) return { status: opened, pieces: [] };
  let status = 0;
  /** @type {Piece[]} */
  const pieces = [];
  const began = performance.now();
  const now = () => performance.now() - began;
  const stopping = new AbortController();
  const reading = link
    .stream(
      (number) => {
        const piece = pieces[number - 1];
        if (piece) piece.arrived = now();
      },
      stopping.signal,
      (answered) => {
        status = answered;
      },
    )
    .catch(() => {});
  for (let i = 0; i < PIECES; i++) {
    /** @type {Piece} */
    const piece = { sent: now(), taken: null, arrived: null };
    pieces.push(piece);
    const answered = await link.send([`{"piece":${i}}`]);
    if (answered === 200) piece.taken = now();
    await pause(Math.max(0, (i + 1) * PIECE_GAP_MS - now()));
  }
  const end = now() + LAST_PIECE_MS;
  while (now() < end && pieces.some(({ arrived }) => arrived === null)) await pause(20);
  // What a proxy has kept comes with the end.
  await link.close();
  await Promise.race([reading, pause(ENDING_MS)]);
  stopping.abort();
  const anything = pieces.some(({ arrived }) => arrived !== null);
  return { status: status || (anything || isTaken(pieces) ? 200 : 0), pieces };
}

/** The stream's own head may be kept too, while everything else works. @param {Piece[]} pieces */
function isTaken(pieces) {
  return pieces.every(({ taken }) => taken !== null);
}

/** Whether a held request is answered by the event. @param {string} url @returns {Promise<NonNullable<Observations["poll"]>>} */
export async function watchPoll(url) {
  const link = new EchoLink(url);
  const opened = await link.open();
  if (opened !== 200) return { status: opened, late: null };
  const polling = link
    .poll(0, EVENT_WAIT_S)
    .then((answer) => ({ ...answer, at: performance.now() }));
  await pause(EVENT_AFTER_MS);
  await link.send(['{"event":1}']);
  const taken = performance.now();
  const { status, frames, at } = await polling;
  await link.close();
  return { status, late: frames.length > 0 ? Math.max(0, at - taken) : null };
}

/** How long a request may be held. @param {string} url @param {number} seconds @returns {Promise<NonNullable<Observations["held"]>>} */
export async function watchHeld(url, seconds) {
  const wanted = seconds * 1000;
  const link = new EchoLink(url);
  const opened = await link.open();
  if (opened !== 200) return { wanted, held: 0, status: opened };
  const began = performance.now();
  const { status } = await link.poll(0, seconds);
  const held = performance.now() - began;
  await link.close();
  return { wanted, held, status };
}

/** @param {string} url @returns {Promise<NonNullable<Observations["body"]>>} */
export async function sendLarge(url) {
  const link = new EchoLink(url);
  const opened = await link.open();
  const frame = `"${"A".repeat(LARGE_FRAME_BYTES)}"`;
  const bytes = LARGE_FRAMES * frame.length;
  if (opened !== 200) return { status: opened, bytes };
  const status = await link.send(Array.from({ length: LARGE_FRAMES }, () => frame));
  await link.close();
  return { status, bytes };
}
