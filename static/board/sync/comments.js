// The comments of one board: reads what is newer than known, and sends one's own until they have arrived.

import { transactionId } from "../core/ids.js";
import { isFinal } from "./comments-asking.js";
import { isWritten, merged, requestOf, shown, stillWaiting } from "./comments-told.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("./comments-asking.js").Ask} Ask
 * @typedef {import("./comments-told.js").Deed} Deed
 * @typedef {import("./comments-told.js").Named} Named
 * @typedef {import("./comments-told.js").Sending} Sending
 * @typedef {import("./comments-told.js").Somebody} Somebody
 * @typedef {import("./comments-told.js").ToldThread} ToldThread
 * @typedef {import("./session.js").Session} Session
 */

/** @typedef {{type: "comments"} | {type: "refused", deed: Deed, code: string}} CommentsEvent */

const RETRY_MS = 1000;
const RETRY_MOST_MS = 30_000;
/** Hundreds who hear of a comment at once don't ask for it in the same moment; few need not wait. */
const SPREAD_PER_PERSON_MS = 2;
const SPREAD_MOST_MS = 400;
const SPREAD_FROM_MS = 40;

export class Comments {
  /** @type {ReadonlyMap<number, ToldThread>} */
  #threads = new Map();
  /** @type {readonly Sending[]} */
  #sendings = [];
  /** Up to where the server's comments are known. */
  #talk = 0;
  /** A version that could not be read, for good. @type {number | null} */
  #denied = null;
  /** The life of the board that all this is of. @type {string | null} */
  #epoch = null;
  #reading = false;
  #sending = false;
  #failures = 0;
  /** @type {Set<(event: CommentsEvent) => void>} */
  #listeners = new Set();
  /** @type {ReturnType<typeof shown> | null} */
  #shown = null;
  /** Whom one may mention, once that was read. @type {readonly Named[] | null} */
  people = null;
  #timers;
  #stop;

  /**
   * @param {{session: Session, me: () => Somebody, ask: Ask, clock?: import("./timers.js").Clock, now?: () => number,
   *   random?: () => number}} parts
   */
  constructor({ session, me, ask, clock, now = Date.now, random = Math.random }) {
    this.session = session;
    this.me = me;
    this.ask = ask;
    this.now = now;
    this.random = random;
    this.#timers = new Timers(clock);
    this.#stop = session.subscribe(({ type }) => {
      if (type === "board" || type === "state") this.#go();
    });
    this.#go();
  }

  close() {
    this.#stop();
    this.#timers.clear();
  }

  /** @param {(event: CommentsEvent) => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** As they are shown: what is on its way included. */
  get threads() {
    this.#shown ??= shown(this.#threads.values(), this.#sendings, this.me());
    return this.#shown;
  }

  /** By its key; an answer that was shown alone is found in its thread as well. @param {string} key */
  get(key) {
    const has = (/** @type {{uid: string}} */ { uid }) => uid === key;
    return (
      this.threads.find((thread) => thread.key === key) ??
      this.threads.find(({ comments }) => comments.some(has)) ??
      null
    );
  }

  /** How many comments haven't arrived. */
  get waiting() {
    const on = this.#sendings.filter(({ deed, refused }) => deed.kind !== "seen" && !refused);
    return on.length;
  }

  /** What is to be kept until it has arrived, or was refused and its writer has seen that. */
  get unsaid() {
    return this.#sendings.filter(({ deed }) => deed.kind !== "seen");
  }

  /** What another page has left, maybe the one before this. @param {readonly Sending[]} left in its order */
  restore(left) {
    const known = new Set(this.#sendings.map(({ id }) => id));
    const added = left.filter(({ id }) => !known.has(id));
    this.#sendings = stillWaiting([...added, ...this.#sendings], this.#threads.values());
    this.#changed();
    void this.#send();
  }

  // -- what one does -------------------------------------------------------------------------------

  /** A new thread; returns its key. @param {{x: number, y: number, element: string | null, page?: string | null, text: string, mentions: readonly number[]}} said */
  open(said) {
    const uid = transactionId();
    this.#do({ kind: "thread", uid, ...said, at: this.now() }, uid);
    return uid;
  }

  /** @param {string} to @param {string} text @param {readonly number[]} mentions */
  reply(to, text, mentions) {
    const uid = transactionId();
    const where = this.#placeOf(to);
    this.#do({ kind: "reply", uid, to, text, mentions, at: this.now(), ...where }, uid);
  }

  /** @param {string} to @param {string} uid @param {string} text @param {readonly number[]} mentions */
  edit(to, uid, text, mentions) {
    this.#do({ kind: "edit", uid, to, text, mentions, at: this.now(), ...this.#placeOf(to) });
  }

  /** @param {string} to a thread's key */
  #placeOf(to) {
    const thread = this.get(to);
    if (!thread) return {};
    const { x, y, element, page = null } = thread;
    return { place: { x, y, element, page } };
  }

  /** Also what was refused. @param {string} to @param {string} uid */
  remove(to, uid) {
    const before = this.#sendings.length;
    this.#sendings = this.#sendings.filter(({ deed, refused }) => {
      const mine = "uid" in deed && deed.uid === uid;
      return !(mine && refused !== null);
    });
    if (this.#sendings.length < before) this.#changed();
    else this.#do({ kind: "remove", uid, to });
  }

  /** Its writer wants to hear no more of it. @param {ReadonlySet<string>} ids of what is kept */
  forget(ids) {
    const left = this.#sendings.filter(({ id }) => !ids.has(id));
    if (left.length === this.#sendings.length) return;
    this.#sendings = left;
    this.#changed();
  }

  /** @param {string} to @param {boolean} resolved */
  resolve(to, resolved) {
    this.#do({ kind: "resolve", to, resolved });
  }

  /** What is in the thread has been read. @param {string} to */
  see(to) {
    const thread = this.get(to);
    if (thread?.unread) this.#do({ kind: "seen", to, talk: thread.talk });
  }

  /** Sends once more what was refused. @param {string} uid */
  sendAgain(uid) {
    this.#sendings = this.#sendings.map((sending) =>
      "uid" in sending.deed && sending.deed.uid === uid ? { ...sending, refused: null } : sending,
    );
    this.#changed();
    this.#send();
  }

  /** Reads whom one may mention, unless that is known. */
  async findPeople() {
    if (this.people) return;
    const said = await this.ask("?since=0");
    if (said?.status === 200) this.#told(said.answer);
  }

  /** @param {Deed} deed @param {string} [id] */
  #do(deed, id = transactionId()) {
    this.#sendings = [...this.#sendings, { id, deed, refused: null }];
    this.#changed();
    this.#send();
  }

  // -- reading -------------------------------------------------------------------------------------

  get #wanted() {
    return this.session.board?.talk ?? 0;
  }

  #go() {
    if (this.session.state !== "live") return;
    this.#forgetAnotherLife();
    const spread = Math.min(SPREAD_MOST_MS, this.session.people.size * SPREAD_PER_PERSON_MS);
    if (spread < SPREAD_FROM_MS) void this.#read();
    else if (!this.#timers.runs("read"))
      this.#timers.start("read", this.random() * spread, () => this.#read());
    void this.#send();
  }

  /** A board that was put back from a backup counts anew. */
  #forgetAnotherLife() {
    const { epoch } = this.session.document;
    if (epoch === this.#epoch) return;
    if (this.#epoch !== null) {
      this.#threads = new Map();
      this.#talk = 0;
      this.#changed();
    }
    this.#epoch = epoch;
  }

  async #read() {
    if (this.#reading || this.#wanted === this.#denied) return;
    this.#reading = true;
    try {
      while (this.session.state === "live" && this.#wanted > this.#talk) {
        const known = this.#talk;
        const said = await this.ask(`?since=${known}`);
        if (said?.status === 200) this.#told(said.answer);
        else if (isFinal(said)) this.#denied = this.#wanted;
        if (this.#denied === this.#wanted) return;
        // Whatever is wrong, asking at once again would not help.
        if (this.#talk === known) return this.#later();
        this.#failures = 0;
      }
    } finally {
      this.#reading = false;
    }
    void this.#send();
  }

  /** Whether there are threads that this page has not heard of yet. */
  get #behind() {
    return this.#wanted > this.#talk && this.#wanted !== this.#denied;
  }

  /** @param {{talk: number, threads: readonly ToldThread[], people?: readonly Named[]}} told */
  #told({ talk, threads, people }) {
    this.#threads = merged(this.#threads, threads);
    this.#sendings = stillWaiting(this.#sendings, this.#threads.values());
    this.#talk = Math.max(this.#talk, talk);
    if (people) this.people = people;
    this.#changed();
  }

  // -- sending -------------------------------------------------------------------------------------

  /** One after the other: what answers a new thread needs its number. */
  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (this.session.state === "live" && this.#next) {
        if (!(await this.#sendOne(this.#next))) return this.#later();
        this.#failures = 0;
      }
    } finally {
      this.#sending = false;
    }
  }

  get #next() {
    return this.#sendings.find(({ refused }) => refused === null);
  }

  /** Whether it has come to an end, good or bad. @param {Sending} sending */
  async #sendOne({ deed }) {
    const request = requestOf(deed, this.#threads.values());
    if (!request) return !this.#behind && this.#refused(deed, "gone");
    const said = await this.ask(request.path, request.body);
    if (said && said.status < 300) this.#arrived(deed, said.answer?.thread);
    else if (isFinal(said)) this.#refused(deed, said?.answer?.error ?? "not_allowed");
    else return false;
    return true;
  }

  /** @param {Deed} deed @param {ToldThread | undefined} thread */
  #arrived(deed, thread) {
    this.#sendings = this.#sendings.filter((sending) => sending.deed !== deed);
    if (thread) {
      this.#threads = merged(this.#threads, [thread]);
      // Nothing else has changed in between.
      if (thread.talk === this.#talk + 1) this.#talk = thread.talk;
    } else if (deed.kind === "seen") this.#markSeen(deed);
    this.#changed();
  }

  /** @param {import("./comments-told.js").Seen} deed */
  #markSeen({ to, talk }) {
    const threads = [...this.#threads.values()].map((thread) =>
      thread.comments[0]?.uid === to && thread.talk <= talk ? { ...thread, unread: false } : thread,
    );
    this.#threads = new Map(threads.map((thread) => [thread.id, thread]));
  }

  /** What somebody has written stays until they have seen that; the rest is told once. @param {Deed} deed @param {string} code */
  #refused(deed, code) {
    this.#sendings = this.#sendings.flatMap((sending) => {
      if (sending.deed !== deed) return sending;
      return isWritten(deed) ? { ...sending, refused: code } : [];
    });
    this.#changed();
    if (deed.kind !== "seen") this.#tell({ type: "refused", deed, code });
    return true;
  }

  #later() {
    const delay = Math.min(RETRY_MOST_MS, RETRY_MS * 2 ** this.#failures++);
    this.#timers.start("again", delay, () => this.#go());
  }

  // -- telling -------------------------------------------------------------------------------------

  #changed() {
    this.#shown = null;
    this.#tell({ type: "comments" });
  }

  /** @param {CommentsEvent} event */
  #tell(event) {
    for (const listener of this.#listeners) listener(event);
  }
}
