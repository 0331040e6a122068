// Comments that wait are kept on this device as soon as they are written, and wait again on the next visit (F8).

import { Tabs } from "./tabs.js";

/**
 * @typedef {import("../comments.js").Comments} Comments
 * @typedef {import("../comments-told.js").Sending} Sending
 * @typedef {import("./database.js").CommentRow} CommentRow
 * @typedef {import("./store.js").WorkStore<CommentRow>} CommentStore
 */

export class CommentsWaiting {
  /** What was asked to be kept, by its id. @type {Map<string, {sending: Sending, order: number}>} */
  #asked = new Map();
  #order = 0;
  #tabs;
  #parts;

  /**
   * @param {object} parts
   * @param {Comments} parts.comments
   * @param {CommentStore} parts.store
   * @param {Omit<ConstructorParameters<typeof Tabs>[0], "gone">} parts.tabs
   * @param {import("./tabs.js").Channel} parts.forgotten on which any page says what is forgotten
   * @param {() => number} parts.now
   */
  constructor(parts) {
    this.#parts = parts;
    this.#tabs = new Tabs({ ...parts.tabs, gone: (tab) => void this.#adopt(tab) });
    parts.forgotten.onmessage = ({ data }) => parts.comments.forget(new Set(data));
  }

  /** How much of it is on this page alone. */
  get onlyHere() {
    const { comments, store } = this.#parts;
    return comments.unsaid.filter(({ id }) => !store.keeps(id)).length;
  }

  /** Comes back once it is known which other pages may have left something. */
  async start() {
    const { comments, store } = this.#parts;
    comments.subscribe(({ type }) => type === "comments" && this.#follow());
    this.#follow();
    await this.#tabs.start();
    await this.#tabs.watchThoseOf(store);
  }

  stop() {
    this.#tabs.stop();
    this.#parts.forgotten.close();
  }

  /** @param {string} tab that is gone */
  async #adopt(tab) {
    const { store, comments } = this.#parts;
    try {
      const rows = await store.adopt(tab);
      const left = rows.map(({ id, deed, refused, order }) => {
        const sending = { id, deed, refused };
        this.#asked.set(id, { sending, order });
        this.#order = Math.max(this.#order, order);
        return sending;
      });
      comments.restore(left);
    } catch {
      // It stays where it is, for the next page.
    }
  }

  /** The disk follows what the page has. */
  #follow() {
    const { comments, store } = this.#parts;
    const { unsaid } = comments;
    const now = new Set(unsaid.map(({ id }) => id));
    for (const id of this.#asked.keys()) {
      if (now.has(id)) continue;
      this.#asked.delete(id);
      store.drop(id);
    }
    store.keep(unsaid.flatMap((sending) => this.#changed(sending)));
  }

  /** Its row, unless that is as it was. @param {Sending} sending */
  #changed(sending) {
    const before = this.#asked.get(sending.id);
    if (before?.sending === sending) return [];
    const order = before?.order ?? this.#next();
    this.#asked.set(sending.id, { sending, order });
    return [{ ...sending, order }];
  }

  /** Later than all before, also where the machine's clock went back. */
  #next() {
    this.#order = Math.max(this.#order + 1, this.#parts.now());
    return this.#order;
  }
}
