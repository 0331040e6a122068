// Pages of one browser on one board: each can end at any moment, and what they keep is on one disk.

import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { Document } from "../../../static/board/core/document.js";
import { openWork } from "../../../static/board/sync/offline/database.js";
import { WorkStore } from "../../../static/board/sync/offline/store.js";
import { Waiting } from "../../../static/board/sync/offline/waiting.js";
import { Session } from "../../../static/board/sync/session.js";
import { CLEAN, FakeServer } from "./fake-server.js";
import { Chance } from "./random.js";
import { VirtualClock } from "./virtual-clock.js";

export const PERSON = 7;

/** Web Locks as far as pages use them: one holder of a name, who waits comes in order. */
export class Locks {
  /** @type {Map<string, (() => void)[]>} */
  #queues = new Map();
  /** What dies with a page. @type {Map<object, Set<() => void>>} */
  #held = new Map();

  /** @param {object} page */
  of(page) {
    this.#held.set(page, new Set());
    return { request: (/** @type {any[]} */ ...given) => this.#request(page, given) };
  }

  /** @param {object} page that ends */
  letGo(page) {
    const held = this.#held.get(page);
    this.#held.delete(page);
    for (const end of held ?? []) end();
  }

  /** @param {object} page @param {any[]} given */
  async #request(page, given) {
    const [name] = given;
    const act = given.at(-1);
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    const turn = new Promise((resolve) => queue.push(() => resolve(undefined)));
    if (queue.length === 1) queue[0]?.();
    await turn;
    const ended = new Promise((resolve) => this.#held.get(page)?.add(() => resolve(undefined)));
    // A page that is gone asks for nothing any more.
    if (this.#held.has(page)) await Promise.race([act(), ended]);
    queue.shift();
    queue[0]?.();
  }
}

/** What one page says, the others hear. */
export class Channels {
  /** @type {Set<any>} */
  #all = new Set();

  open() {
    const channel = {
      onmessage: /** @type {((event: any) => void) | null} */ (null),
      postMessage: (/** @type {any} */ data) => {
        for (const other of this.#all)
          if (other !== channel) queueMicrotask(() => other.onmessage?.({ data }));
      },
      close: () => void this.#all.delete(channel),
    };
    this.#all.add(channel);
    return channel;
  }
}

export class Browser {
  clock = new VirtualClock();
  locks = new Locks();
  channels = new Channels();
  /** @type {Set<Page>} */
  pages = new Set();
  /** The disk takes nothing. */
  full = false;

  /** @param {{seed?: number, withLocks?: boolean, faults?: import("./fake-server.js").Faults}} [options] */
  constructor({ seed = 1, withLocks = true, faults = CLEAN } = {}) {
    globalThis.indexedDB = new IDBFactory();
    this.withLocks = withLocks;
    this.server = new FakeServer(this.clock, new Chance(seed), faults);
    this.online = true;
  }

  /** @param {Partial<{person: number, board: string}>} [whose] */
  async open(whose = {}) {
    const page = new Page(this, whose);
    this.pages.add(page);
    await page.start();
    return page;
  }

  async close() {
    for (const page of this.pages) page.crash();
    await turns(20);
  }

  /** Time goes by for sessions; the disk and promises get their turns. @param {number} ms @param {number} [step] */
  async run(ms, step = 100) {
    for (let gone = 0; gone < ms; gone += step) {
      await this.clock.run(step);
      await turns(4);
    }
  }
}

export class Page {
  document = new Document();
  #over = false;

  /** @param {Browser} browser @param {Partial<{person: number, board: string}>} whose */
  constructor(browser, { person = PERSON, board = "board" }) {
    this.browser = browser;
    this.tab = `tab ${Math.random()}`;
    const { clock } = browser;
    this.session = new Session({
      document: this.document,
      url: "",
      documentUrl: "",
      person,
      openTransport: (_, handlers) => this.#connect(person, handlers),
      fetchDocument: () => this.#read(),
      clock,
      hints: new EventTarget(),
      random: () => 0.5,
    });
    const open = async () => {
      if (browser.full || this.#over) throw new Error("no room");
      return openWork("/");
    };
    this.store = new WorkStore({
      ...{ open, board, person, tab: this.tab, clock },
      changed: () => this.session.keeping({ fails: this.store.fails }),
    });
    this.waiting = new Waiting({
      document: this.document,
      session: this.session,
      store: this.store,
      tabs: {
        ...{ tab: this.tab, board: `${board} ${person}`, clock, now: clock.now },
        locks: browser.withLocks ? /** @type {any} */ (browser.locks.of(this)) : undefined,
        channel: /** @type {any} */ (browser.channels.open()),
        book: bookIn(open),
      },
      title: () => "Board",
      now: clock.now,
    });
  }

  async start() {
    this.session.start();
    await this.waiting.start();
    await turns(10);
  }

  /** @param {string} key */
  put(key) {
    const element = { kind: "stroke", key };
    return this.document.propose([/** @type {any} */ ({ op: "put", key, element })]).id;
  }

  get ids() {
    return this.document.pending.map(({ id }) => id);
  }

  /** No handler, no flush, no goodbye. */
  crash() {
    if (this.#over) return;
    this.#over = true;
    this.browser.pages.delete(this);
    this.session.stop();
    this.store.close();
    this.browser.locks.letGo(this);
    this.waiting.stop();
  }

  /** @param {number} person @param {any} handlers */
  #connect(person, handlers) {
    const { server, clock, online } = this.browser;
    if (!online) {
      clock.setTimeout(() => handlers.close(1006), 1);
      return { sendText: () => {}, sendBinary: () => {}, close: () => {}, bufferedAmount: 0 };
    }
    const wire = server.connect(person, handlers);
    return {
      sendText: (/** @type {string} */ text) => wire.fromClient(text),
      sendBinary: () => {},
      close: () => wire.cut(1006),
      bufferedAmount: 0,
    };
  }

  async #read() {
    if (!this.browser.online) throw new Error("no network");
    return this.browser.server.document();
  }
}

/** @param {() => ReturnType<typeof openWork>} open @returns {import("../../../static/board/sync/offline/tabs.js").TabBook} */
export function bookIn(open) {
  return {
    put: async (row) => (await open()).put("tabs", row),
    get: async (tab) => (await open()).get("tabs", tab),
    remove: async (tab) => (await open()).delete("tabs", tab),
  };
}

/** The disk's answers come in turns of the event loop. @param {number} count */
export async function turns(count) {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
