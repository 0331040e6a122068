// Which pages of this browser have the same board open, and when one of them is gone.

/**
 * @typedef {import("../timers.js").Clock} Clock
 * @typedef {import("./database.js").TabRow} TabRow
 */

/** Where pages write down that they live. @typedef {{put: (row: TabRow) => Promise<unknown>, get: (tab: string) => Promise<TabRow | undefined>, remove: (tab: string) => Promise<unknown>}} TabBook */
/** What pages of one browser hear each other by. @typedef {Pick<BroadcastChannel, "postMessage" | "close"> & {onmessage: ((event: any) => void) | null}} Channel */

const BEAT_MS = 5000;
/** Browsers let hidden pages act once a minute only. To take a living one for gone does no harm: both send the same. */
const SILENCE_MS = 75_000;

export class Tabs {
  /** Those waited for. @type {Set<string>} */
  #others = new Set();
  /** @type {unknown} */
  #beat = null;
  /** Ends waiting for locks, and lets go of one's own. */
  #end = new AbortController();
  #options;

  /**
   * @param {object} options
   * @param {string} options.tab
   * @param {string} options.board and whose: pages of other boards or people are no concern
   * @param {LockManager | undefined} options.locks absent on plain http
   * @param {Channel} options.channel
   * @param {TabBook} options.book
   * @param {Clock} options.clock
   * @param {() => number} options.now of all pages, in ms
   * @param {(tab: string) => void} options.gone
   */
  constructor(options) {
    this.#options = options;
  }

  async start() {
    const { locks, channel, tab } = this.#options;
    channel.onmessage = ({ data }) => this.#hear(data);
    if (locks) await this.#hold(locks, tab);
    else await this.#live();
    channel.postMessage({ board: this.#options.board, tab, answer: true });
  }

  /** Tells once it is gone. @param {string} tab */
  watch(tab) {
    if (tab === this.#options.tab || this.#others.has(tab)) return;
    this.#others.add(tab);
    const { locks } = this.#options;
    if (!locks) return void this.#look(tab);
    locks
      .request(lockOf(tab), { signal: this.#end.signal }, () => this.#isGone(tab))
      .catch(() => {});
  }

  /** All pages that have left something of their own on this device. @param {{waiting: () => Promise<readonly {tab: string}[]>}} store */
  async watchThoseOf(store) {
    try {
      const rows = await store.waiting();
      for (const tab of new Set(rows.map((row) => row.tab))) this.watch(tab);
    } catch {
      // Nothing to be read here; what is made now waits on this page alone.
    }
  }

  stop() {
    this.#end.abort();
    this.#options.clock.clearTimeout(this.#beat);
    this.#options.channel.close();
    if (!this.#options.locks) this.#options.book.remove(this.#options.tab).catch(() => {});
  }

  /** @param {{board: string, tab: string, answer: boolean}} said */
  #hear({ board, tab, answer }) {
    if (board !== this.#options.board) return;
    this.watch(tab);
    if (answer) this.#options.channel.postMessage({ board, tab: this.#options.tab, answer: false });
  }

  /** @param {string} tab */
  #isGone(tab) {
    if (!this.#others.delete(tab)) return;
    if (!this.#options.locks) this.#options.book.remove(tab).catch(() => {});
    this.#options.gone(tab);
  }

  /** The browser itself lets go of it when the page ends, however it ends. @param {LockManager} locks @param {string} tab */
  #hold(locks, tab) {
    return new Promise((held) => {
      const { signal } = this.#end;
      locks
        .request(lockOf(tab), () => {
          held(undefined);
          return new Promise((ended) => signal.addEventListener("abort", ended, { once: true }));
        })
        .catch(() => held(undefined));
    });
  }

  async #live() {
    const { book, tab, clock, now } = this.#options;
    await book.put({ tab, seen: now() }).catch(() => {});
    for (const other of this.#others) this.#look(other);
    if (!this.#end.signal.aborted) this.#beat = clock.setTimeout(() => void this.#live(), BEAT_MS);
  }

  /** @param {string} tab */
  async #look(tab) {
    const row = await this.#options.book.get(tab).catch(() => null);
    // Unreadable is not gone.
    if (row === null || this.#end.signal.aborted) return;
    if (!row || row.seen < this.#options.now() - SILENCE_MS) this.#isGone(tab);
  }
}

/** @param {string} tab */
function lockOf(tab) {
  return `whiteboard page ${tab}`;
}
