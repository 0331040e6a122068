// The same stroke over all four transports to the echo and back: how late each point is, and what it costs.

import { TRANSPORTS } from "../../board/sync/transports/index.js";
import { openWebSocket } from "../../board/sync/transports/websocket.js";
import { pause } from "./checks-http.js";
import { frameHead, handshakeAnswer } from "./framing.js";
import { Ledger } from "./ledger.js";
import { POINTS, strokeFrames } from "./stroke.js";

/**
 * @typedef {import("../../board/sync/transports/websocket.js").OpenTransport} OpenTransport
 * @typedef {import("../../board/sync/transports/index.js").TransportName} TransportName
 */

/** Bytes one way: what was to be said, and what stood around it. @typedef {{drawing: number, around: number}} Bytes */
/**
 * @typedef {object} Lap
 * @property {TransportName} name
 * @property {number[]} late ms of each point, from being drawn to being back
 * @property {number} requests
 * @property {Bytes} up
 * @property {Bytes} down
 * @property {number | null} seen bytes received as the browser itself has counted them; null: it doesn't tell
 * @property {number} seconds
 */

const PROTOCOLS = ["whiteboard.echo"];
/** For frames that are still on their way when the last has been sent. */
const PATIENCE_MS = 8000;

/** @typedef {{socket: string, link: string, head: number, handshake: {head: number, accept: string} | null}} Course `head` of an ordinary request as the server has received it */

/** Each in turn; those that don't work are left out. @param {Course} course @param {(name: TransportName, share: number) => void} tell @returns {Promise<Lap[]>} */
export async function race(course, tell) {
  const laps = [];
  for (const transport of TRANSPORTS) {
    const isSocket = transport.name === "websocket";
    if (isSocket && !course.handshake) continue;
    const open = "load" in transport ? await transport.load() : openWebSocket;
    const lap = await run(transport.name, open, course, tell);
    if (lap) laps.push(lap);
  }
  return laps;
}

/** What comes back of the stroke, and how late. */
class Echoed {
  /** @type {number[]} */
  late = [];
  /** @type {Promise<boolean>} */
  opened;
  /** Until all has come back, or nothing more will. @type {Promise<void>} */
  over;
  /** @type {import("../../board/sync/transports/websocket.js").TransportHandlers} */
  handlers;
  #frames;
  #came = 0;
  #began = 0;

  /** @param {readonly import("./stroke.js").StrokeFrame[]} frames @param {(share: number) => void} tell */
  constructor(frames, tell) {
    this.#frames = frames;
    const [opened, over] = [deferred(), deferred()];
    this.opened = Promise.race([
      opened.done.then(() => true),
      pause(PATIENCE_MS).then(() => false),
    ]);
    this.over = over.done;
    this.handlers = {
      open: opened.finish,
      text: () => {},
      close: over.finish,
      binary: () => {
        this.#take();
        tell(this.late.length / POINTS);
        if (this.#came === frames.length) over.finish();
      },
    };
  }

  get complete() {
    return this.late.length === POINTS;
  }

  /** @param {(bytes: Uint8Array<ArrayBuffer>) => void} send @returns {Promise<number>} how long it took, in s */
  async draw(send) {
    this.#began = performance.now();
    for (const { at, bytes } of this.#frames) {
      await pause(Math.max(0, at - (performance.now() - this.#began)));
      send(bytes);
    }
    await Promise.race([this.over, pause(PATIENCE_MS)]);
    return (performance.now() - this.#began) / 1000;
  }

  #take() {
    const now = performance.now() - this.#began;
    for (const drawn of this.#frames[this.#came]?.points ?? []) this.late.push(now - drawn);
    this.#came += 1;
  }
}

function deferred() {
  /** @type {() => void} */
  let finish = () => {};
  /** @type {Promise<void>} */
  const done = new Promise((resolve) => {
    finish = () => resolve(undefined);
  });
  return { done, finish };
}

/** @param {TransportName} name @param {OpenTransport} open @param {Course} course @param {(name: TransportName, share: number) => void} tell @returns {Promise<Lap | null>} */
async function run(name, open, course, tell) {
  const ledger = new Ledger(course.head);
  const isSocket = name === "websocket";
  const frames = strokeFrames();
  const echoed = new Echoed(frames, (share) => tell(name, share));
  const options = { protocols: PROTOCOLS, fetch: ledger.fetch };
  const transport = open(isSocket ? course.socket : course.link, echoed.handlers, options);
  const opened = await echoed.opened;
  const seconds = opened ? await echoed.draw((bytes) => transport.sendBinary(bytes)) : 0;
  transport.close();
  // What is being read is counted to its end.
  await pause(0);
  if (!echoed.complete) return null;
  const drawing = frames.reduce((bytes, frame) => bytes + frame.bytes.length, 0);
  const cost = isSocket ? framed(frames, course) : ledger.total();
  return {
    name,
    late: echoed.late,
    requests: isSocket ? 1 : ledger.requests,
    up: { drawing, around: cost.up - drawing },
    down: { drawing, around: cost.down - drawing },
    seen: isSocket ? null : ledger.seen(),
    seconds,
  };
}

/** @param {readonly import("./stroke.js").StrokeFrame[]} frames @param {Course} course */
function framed(frames, { handshake }) {
  let up = handshake?.head ?? 0;
  let down = handshakeAnswer(handshake?.accept ?? "", String(PROTOCOLS[0]));
  for (const { bytes } of frames) {
    up += bytes.length + frameHead(bytes.length, true);
    down += bytes.length + frameHead(bytes.length, false);
  }
  return { up, down };
}
