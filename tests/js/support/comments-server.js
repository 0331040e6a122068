// A server of comments for tests: keeps threads, answers each uid once, and loses what it is told to lose.

import { VirtualClock } from "./virtual-clock.js";

/** @typedef {import("../../../static/board/sync/comments-told.js").ToldThread} ToldThread */

export const ANN = { id: 1, name: "Ann", color: "red" };

export class CommentsServer {
  clock = new VirtualClock();
  talk = 0;
  /** @type {ToldThread[]} */
  threads = [];
  /** @type {string[]} */
  asked = [];
  /** What becomes of the next requests. @type {("fine" | "away" | "lost" | number)[]} */
  fates = [];
  #ids = 0;

  /** @type {import("../../../static/board/sync/comments-asking.js").Ask} */
  ask = async (path, body) => {
    this.asked.push(path);
    const fate = this.fates.shift() ?? "fine";
    await new Promise((answer) => this.clock.setTimeout(() => answer(null), 1));
    if (fate === "away") return null;
    if (typeof fate === "number") return { status: fate, answer: { error: `code-${fate}` } };
    const answer = structuredClone(body ? this.#post(path, body) : this.#read(path));
    return fate === "lost" ? null : { status: 200, answer };
  };

  /** Somebody else's. @param {string} text */
  say(text) {
    return this.#open({ uid: `other-${this.threads.length}`, text, x: 0, y: 0 }, 2);
  }

  /** @param {ToldThread} thread @param {string} text */
  answer(thread, text) {
    return this.#add(thread, { uid: `other-${thread.id}-${thread.comments.length}`, text }, 2);
  }

  get texts() {
    return this.threads.map(({ comments }) => comments.map(({ text }) => text));
  }

  /** @param {string} path */
  #read(path) {
    const since = Number(path.split("=")[1]);
    const threads = this.threads.filter(({ talk }) => talk > since);
    return { talk: this.talk, threads, ...(since === 0 ? { people: [ANN] } : {}) };
  }

  /** @param {string} path @param {any} body */
  #post(path, body) {
    const [, id, verb] = path.split("/");
    const known = this.threads.find(({ comments }) => comments.some(({ uid }) => uid === body.uid));
    if (known) return { thread: known };
    if (!id) return { thread: this.#open(body, ANN.id) };
    const thread = this.threads.find((each) => each.id === Number(id));
    if (!thread) throw new Error(`there is no thread ${id}`);
    if (verb === "seen") {
      thread.unread = false;
      return {};
    }
    if (verb === "resolve") thread.resolved = body.resolved ? 5 : null;
    else return { thread: this.#add(thread, body, ANN.id) };
    thread.talk = ++this.talk;
    return { thread };
  }

  /** @param {any} body @param {number} author */
  #open({ uid, text, x, y, element = null }, author) {
    const rest = { was_at: null, resolved: null, resolved_by: null, mentions_me: false };
    const id = ++this.#ids;
    const place = { x, y, element, created: id };
    this.threads.push({ id, ...place, ...rest, talk: 0, unread: false, comments: [] });
    return this.#add(/** @type {ToldThread} */ (this.threads.at(-1)), { uid, text }, author);
  }

  /** @param {ToldThread} thread @param {{uid: string, text: string}} said @param {number} author */
  #add(thread, { uid, text }, author) {
    const by = { ...ANN, id: author };
    const rest = { edited: null, removed: false, mentions: [] };
    const comment = { id: ++this.#ids, uid, author: by, at: 0, text, ...rest };
    thread.comments = [...thread.comments, comment];
    thread.unread = author !== ANN.id;
    thread.talk = ++this.talk;
    return thread;
  }
}

/** A session as far as comments need one. @param {CommentsServer} server */
export function listener(server) {
  const { clock } = server;
  /** @type {Set<(event: {type: string}) => void>} */
  const listeners = new Set();
  const session = {
    state: "live",
    board: { talk: 0 },
    document: { epoch: "one" },
    people: new Map(),
    subscribe: (/** @type {(event: {type: string}) => void} */ hear) => {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
  };
  return {
    clock,
    session: /** @type {any} */ (session),
    /** The server's heartbeat has told the version. */
    hears() {
      session.board = { talk: server.talk };
      for (const hear of listeners) hear({ type: "board" });
    },
    /** So many have the board open. @param {number} count */
    isCrowded(count) {
      for (let slot = 0; slot < count; slot++) session.people.set(slot, {});
    },
    /** Put back from a backup. */
    livesAnew() {
      session.document = { epoch: "two" };
    },
    /** @param {string} state */
    becomes(state) {
      session.state = state;
      for (const hear of listeners) hear({ type: "state" });
    },
  };
}
