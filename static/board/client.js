// A board for other programs: `await connect(url)` in Node 20 or newer, and in pages. Knows of no page; docs/clients.md has examples.

import { Document } from "./core/document.js";
import { elementKey } from "./core/ids.js";
import { topKey } from "./core/order.js";
import { encodePoints } from "./core/points.js";
import { fetchDocument } from "./sync/board-document.js";
import { readLiveFrame } from "./sync/live.js";
import { Session } from "./sync/session.js";
import { OVER_HTTP, WEBSOCKET } from "./sync/transports/index.js";

export { decodePoints, encodePoints } from "./core/points.js";
export { LiveWriter, pointsOf } from "./sync/live.js";

/**
 * @typedef {import("./core/document.js").DocumentEvent} DocumentEvent
 * @typedef {import("./core/fold.js").Change} Change
 * @typedef {import("./core/fold.js").Element} Element
 * @typedef {import("./protocol").Someone} Someone
 * @typedef {import("./sync/session.js").SessionEvent} SessionEvent
 * @typedef {import("./sync/transports/index.js").TransportName} TransportName
 * @typedef {import("./sync/transports/websocket.js").TransportOptions} TransportOptions
 */

/**
 * @typedef {object} ConnectOptions
 * @property {TransportName} [transport] the only one to use; without it the best that works
 * @property {Record<string, string>} [headers] of each request: `{Authorization: "Bearer wb_…"}`, or Cookie and Origin where
 *   no browser sends them. No browser lets a WebSocket have them, so with them it is left out unless `WebSocket` is given
 * @property {typeof fetch} [fetch]
 * @property {typeof WebSocket} [WebSocket] a class that is made with an address and subprotocols, where the platform's own
 *   won't do
 */

/** `changed`: elements look different, those of `keys` or any of them (null). @typedef {SessionEvent | ({type: "changed"} & DocumentEvent)} BoardEvent */

const BOARD =
  /^(https?:\/\/[^/?#]+)\/boards\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[/?#]|$)/i;
/** One step is 1/32 of a board unit. */
const STEP = 5;

/** The server's final no: nothing of the transaction has happened. */
export class RefusedError extends Error {
  /** @param {string} code as in docs/protocol.md: `locked`, `frozen`, `not_allowed` … @param {string} why */
  constructor(code, why) {
    super(`${code}: ${why}`);
    this.code = code;
    this.why = why;
  }
}

/** The board is closed to us, and coming again would not change it. */
export class DeniedError extends Error {
  /** @param {number} code a close code: 4401 signed out, 4403 not allowed, 4404 no such board … @param {string} why */
  constructor(code, why) {
    super(`${why || "the board does not let us in"} (${code})`);
    this.code = code;
    this.why = why;
  }
}

/** The board was closed from here. */
export class ClosedError extends Error {}

/**
 * Opens a board; fulfilled when everything on it has come, however long that takes. Rejected with DeniedError.
 * @param {string} boardUrl its address as a browser shows it
 * @param {ConnectOptions} [options]
 * @returns {Promise<Board>}
 */
export async function connect(boardUrl, options = {}) {
  const [, origin, id] = BOARD.exec(boardUrl) ?? [];
  if (!origin || !id)
    throw new TypeError(`"${boardUrl}" is no board's address, as https://host/boards/<uuid>/`);
  const board = new Board(await sessionOptions(origin, id.toLowerCase(), options));
  await board.opened;
  return board;
}

/** @param {string} origin @param {string} id @param {ConnectOptions} options */
async function sessionOptions(origin, id, options) {
  const links = `${origin}/live/boards/${id}/`;
  const way = await firstWay(options);
  return {
    url: way.name === "websocket" ? `${origin}/ws/boards/${id}/` : links,
    documentUrl: `${origin}${showsToken(options) ? "/api" : ""}/boards/${id}/document`,
    fetchDocument: (/** @type {string} */ url) => fetchDocument(url, options),
    transport: way.name,
    openTransport: way.open,
    ...(options.transport ? {} : { fallback: { url: links, options } }),
  };
}

/** What a token opens stands below /api/. @param {ConnectOptions} options */
function showsToken({ headers = {} }) {
  return Object.keys(headers).some((name) => name.toLowerCase() === "authorization");
}

/** @param {ConnectOptions} options */
async function firstWay({ transport, ...options }) {
  const { WebSocket = options.headers ? undefined : globalThis.WebSocket } = options;
  const name = transport ?? (WebSocket ? "websocket" : "sse");
  const found = OVER_HTTP.find((one) => one.name === name);
  if (!found && name !== "websocket") throw new TypeError(`"${name}" is no transport`);
  if (!found && !WebSocket)
    throw new TypeError(
      "no WebSocket here that sends what is needed: give one, or another transport",
    );
  const open = found ? await found.load() : WEBSOCKET.open;
  /** @type {import("./sync/transports/websocket.js").OpenTransport} */
  const withOptions = (url, handlers) => open(url, handlers, options);
  return { name, open: withOptions };
}

/** Made by `connect`. It comes back by itself whenever its connection is lost. */
export class Board {
  /** The elements, with own changes that are still on their way: `get`, `has`, `keys`, `entries`, `size`, `clock`. */
  document = new Document();
  /** What happens on the connection, as the page uses it too. */
  session;
  /** Fulfilled when everything has come for the first time. @type {Promise<void>} */
  opened;
  /** By id of the transaction. @type {Map<string, {resolve: (clock: number) => void, reject: (error: Error) => void}>} */
  #receipts = new Map();
  /** @type {Set<(event: BoardEvent) => void>} */
  #listeners = new Set();
  #closed = false;

  /** @param {Omit<ConstructorParameters<typeof Session>[0], "document">} options */
  constructor(options) {
    this.session = new Session({ ...options, readLive: readLiveFrame, document: this.document });
    this.document.watch({
      // A transaction is told just before it is applied: the clock is the next one then.
      receipt: ({ id }, before) =>
        this.#settle(id, ({ resolve }) => resolve(this.document.clock + (before ? 1 : 0))),
      refusal: () => {},
    });
    this.document.subscribe((event) => this.#tell({ type: "changed", ...event }));
    this.opened = new Promise((resolve, reject) => {
      this.session.subscribe((event) => {
        this.#hear(event);
        if (this.session.state === "live") resolve();
        if (event.type === "denied") reject(new DeniedError(event.code, event.why));
      });
    });
    this.session.start();
  }

  /** Elements by key, as they look with own changes that are on their way. @returns {ReadonlyMap<string, Element>} */
  get elements() {
    return new Map(this.document.entries());
  }

  /** Everybody on the board, ourselves included, by slot. @returns {ReadonlyMap<number, Someone>} */
  get people() {
    return this.session.people;
  }

  /** The one in use, or the last. */
  get transport() {
    return this.session.transport;
  }

  /**
   * Changes the board, whole or not at all; shown in `elements` at once. Fulfilled with the board's clock when that is
   * durable, which takes as long as the board can't be reached: it is sent again, with the same id, until it is answered.
   * Rejected with RefusedError, DeniedError or, when the board is closed before, ClosedError.
   * @param {readonly Change[]} changes 1 to 1,000, at most 60 KiB as JSON
   * @returns {Promise<number>}
   */
  commit(changes) {
    if (this.#closed) return Promise.reject(new ClosedError("the board is closed"));
    return new Promise((resolve, reject) => {
      // The session hears of it by the document, and may send it at once.
      const { id } = this.document.propose(changes);
      this.#receipts.set(id, { resolve, reject });
    });
  }

  /**
   * Draws a stroke; fulfilled with its key when it is durable. Rejected as `commit` is.
   * @param {readonly {x: number, y: number, pressure?: number}[]} points in board units; pressure from 0 to 1
   * @param {{color?: string, width?: number}} [style] of the ink palette or "#rrggbb"; in board units
   */
  async draw(points, { color = "black", width = 4 } = {}) {
    const [{ x, y } = { x: 0, y: 0 }] = points;
    const ink = points.map((p) => ({ x: p.x - x, y: p.y - y, pressure: p.pressure ?? 1 }));
    const withPressure = points.some(({ pressure }) => pressure !== undefined);
    const key = elementKey();
    const z = topKey(this.document);
    const element = { kind: "stroke", x, y, z, color, width };
    await this.commit([
      { op: "put", key, element: { ...element, points: encodePoints(ink, STEP, withPressure) } },
    ]);
    return key;
  }

  /**
   * Shows live records to the others, at most 30 times a second: never stored, never sent again.
   * @param {import("./sync/live.js").LiveWriter} writer with records in it, of which it is emptied
   * @returns {boolean} whether they went
   */
  live(writer) {
    return this.session.sendLive(writer.take());
  }

  /** @param {(event: BoardEvent) => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Leaves. What has no receipt yet is rejected with ClosedError; it may have been saved all the same. */
  close() {
    this.#closed = true;
    this.session.stop();
    this.#rejectAll(new ClosedError("the board was closed before this was saved"));
  }

  // -- how ---------------------------------------------------------------------------------------------

  /** @param {SessionEvent} event */
  #hear(event) {
    if (event.type === "refused")
      this.#settle(event.id, ({ reject }) => reject(new RefusedError(event.code, event.why)));
    if (event.type === "denied") {
      this.#closed = true;
      this.#rejectAll(new DeniedError(event.code, event.why));
    }
    this.#tell(event);
  }

  /** @param {string} id @param {(receipt: {resolve: (clock: number) => void, reject: (error: Error) => void}) => void} settle */
  #settle(id, settle) {
    const receipt = this.#receipts.get(id);
    if (!receipt) return;
    this.#receipts.delete(id);
    settle(receipt);
  }

  /** @param {Error} error */
  #rejectAll(error) {
    for (const id of [...this.#receipts.keys()]) this.#settle(id, ({ reject }) => reject(error));
  }

  /** @param {BoardEvent} event */
  #tell(event) {
    for (const listener of this.#listeners) listener(event);
  }
}
