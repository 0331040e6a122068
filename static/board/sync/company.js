// What the others here are like at this moment, beside what they draw: where they look, what is in their hand, what they
// say, point at and feel. Bounded in all of it, whatever a hostile page sends.

import { KINDS } from "./live.js";
import { readMore } from "./live-more.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("./live.js").MoreRecord} MoreRecord
 * @typedef {import("./live-more.js").Note} Note
 * @typedef {import("./live-more.js").State} State
 * @typedef {import("./live-more.js").View} View
 * @typedef {import("./people.js").LivePeople} LivePeople
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./timers.js").Clock} Clock
 */

/** @typedef {Place & {at: number, starts: boolean}} LaserPoint `starts`: no line leads to it */
/** @typedef {{slot: number, index: number, x: number, y: number, at: number}} Reaction */
/**
 * @typedef {{type: "change" | "paint"} | {type: "page", slot: number} | {type: "view" | "summon", slot: number, view: View}
 *   | {type: "present", slot: number, view: View | null, said: boolean}} CompanyEvent
 *   `said`: not when a connection was lost, after which they may present on in a moment
 */

/** A presenter that is silent for so long presents no more. */
export const PRESENT_SILENCE_MS = 5000;
/** What is said stands as long as it takes to read, and a little. */
export const CHAT_MS = 15_000;
export const PICTURES_SILENCE_MS = 5000;
export const LASER_MS = 1000;
export const REACTION_MS = 2600;
const REACTIONS_PER_PERSON = 8;
const LASER_POINTS_KEPT = 400;
/** Live frames are quicker than the word of who has come. */
const EARLY_KEPT = 32;
/** More people can't be on a board. */
const PAGES_KEPT = 4096;
/** Points of one record come at once; they fade as they were drawn. */
const LASER_RECORD_MS = 34;
/** The slot of oneself, which no server gives. */
export const ME = -1;

export class Company {
  /** By slot. @type {Map<number, State>} */
  states = new Map();
  /** @type {Map<number, View>} */
  views = new Map();
  /** Those who have said which page they are on. @type {Map<number, string>} */
  pages = new Map();
  /** What to say of who is on another page; null: they are on this one. @type {(page: string | undefined) => string | null} */
  whereabouts = () => null;
  /** Those who present, with when that was last heard. @type {Map<number, {view: View, at: number}>} */
  presenters = new Map();
  /** @type {Map<number, {text: string, at: number}>} */
  chats = new Map();
  /** Pictures that somebody brings, with when they were last heard of. @type {Map<number, {pictures: readonly import("./live-pictures.js").Coming[], at: number}>} */
  coming = new Map();
  /** @type {Map<number, LaserPoint[]>} */
  lasers = new Map();
  /** @type {Reaction[]} */
  reactions = [];
  /** The last of each kind of those one hasn't been told of yet, by slot. @type {Map<number, Map<number, MoreRecord>>} */
  #early = new Map();
  /** Whose laser has been lifted. @type {Set<number>} */
  #lifted = new Set();
  /** Those who are here, as far as one has been told. @type {Set<number>} */
  #met;
  #isLive;
  /** @type {Set<(event: CompanyEvent) => void>} */
  #listeners = new Set();
  #session;
  #timers;

  /** @param {Session} session @param {Clock} [clock] */
  constructor(session, clock) {
    this.#session = session;
    this.#timers = new Timers(clock);
    this.#met = new Set(session.people.keys());
    this.#isLive = session.state === "live";
    session.subscribe((event) => {
      if (event.type === "live") {
        for (const record of event.records) {
          if (record.type === "more") this.#hear(record);
          else if (record.type === "page") this.#turned(record.slot, record.page);
        }
      } else if (event.type === "people") this.#peopleChanged();
      else if (event.type === "state") this.#stateChanged();
    });
  }

  /** Lost once, all is forgotten once: what the next connection brings may come before it is live. */
  #stateChanged() {
    const wasLive = this.#isLive;
    this.#isLive = this.#session.state === "live";
    if (this.#isLive || !wasLive) return;
    this.#early.clear();
    this.#forget((slot) => slot !== ME);
  }

  /** @param {MoreRecord} record */
  #hear(record) {
    const { slot, kind } = record;
    if (this.#session.people.has(slot)) this.#take(slot, readMore(record));
    else if (this.#early.size < EARLY_KEPT || this.#early.has(slot))
      this.#early.set(slot, (this.#early.get(slot) ?? new Map()).set(kind, record));
  }

  /** @param {number} slot @param {string} page */
  #turned(slot, page) {
    if (this.pages.get(slot) === page) return;
    if (this.pages.size < PAGES_KEPT || this.pages.has(slot)) this.pages.set(slot, page);
    this.lasers.delete(slot);
    this.coming.delete(slot);
    this.#tell({ type: "page", slot });
    this.#tell({ type: "change" });
  }

  #peopleChanged() {
    const { people } = this.#session;
    // Who is not told of yet is not gone: the page they are on comes sooner than they do.
    this.#forget((slot) => this.#met.has(slot) && !people.has(slot));
    this.#met = new Set(people.keys());
    for (const [slot, records] of this.#early) {
      if (!people.has(slot)) continue;
      this.#early.delete(slot);
      for (const record of records.values()) this.#take(slot, readMore(record));
    }
  }

  /** What came before this did. @param {Pick<LivePeople, "more" | "pages">} people */
  catchUp({ more, pages }) {
    for (const [slot, page] of pages) this.#turned(slot, page);
    for (const [slot, bodies] of more)
      for (const [kind, body] of bodies)
        if (kind !== KINDS.CHAT) this.#hear({ type: "more", slot, kind, body });
  }

  /** @param {(event: CompanyEvent) => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  now() {
    return this.#timers.now();
  }

  /** @param {number} slot @param {Note | null} note */
  #take(slot, note) {
    if (!note || !this.#session.people.has(slot)) return;
    switch (note.type) {
      case "state":
        this.states.set(slot, note);
        this.#tell({ type: "change" });
        return;
      case "view":
        this.views.set(slot, note.view);
        this.#tell({ type: "view", slot, view: note.view });
        return;
      case "summon":
        this.#tell({ type: "summon", slot, view: note.view });
        return;
      case "present":
        this.#present(slot, note.view);
        return;
      case "chat":
        this.say(slot, note.text);
        return;
      case "pictures":
        this.#bring(slot, note.pictures);
        return;
      case "laser":
        this.point(slot, note.points);
        return;
      case "reaction":
        this.react(slot, note.index, note);
        return;
    }
  }

  /** @param {number} slot @param {View | null} view */
  #present(slot, view, said = true) {
    if (!view && !this.presenters.has(slot)) return;
    if (view) this.presenters.set(slot, { view, at: this.now() });
    else this.presenters.delete(slot);
    this.#expireLater();
    this.#tell({ type: "present", slot, view, said });
  }

  /** @param {number} slot @param {readonly import("./live-pictures.js").Coming[]} pictures none: no more */
  #bring(slot, pictures) {
    if (pictures.length > 0) this.coming.set(slot, { pictures, at: this.now() });
    else if (!this.coming.delete(slot)) return;
    this.#expireLater();
    this.#tell({ type: "paint" });
  }

  /** @param {number} slot or `ME` @param {string} text empty: over */
  say(slot, text) {
    if (text.trim()) this.chats.set(slot, { text, at: this.now() });
    else if (!this.chats.delete(slot)) return;
    this.#expireLater();
    this.#tell({ type: "paint" });
  }

  /** @param {number} slot or `ME` @param {readonly Place[]} points none: it is lifted */
  point(slot, points) {
    if (points.length === 0) {
      this.#lifted.add(slot);
      return;
    }
    const now = this.now();
    const trail = this.lasers.get(slot) ?? [];
    const since = Math.max(trail.at(-1)?.at ?? 0, now - LASER_RECORD_MS);
    for (const [i, { x, y }] of points.entries()) {
      const at = since + ((now - since) * (i + 1)) / points.length;
      trail.push({ x, y, at, starts: i === 0 && (trail.length === 0 || this.#lifted.has(slot)) });
    }
    this.#lifted.delete(slot);
    this.lasers.set(slot, trail.slice(-LASER_POINTS_KEPT));
    this.#expireLater();
    this.#tell({ type: "paint" });
  }

  /** @param {number} slot or `ME` @param {number} index @param {Place} place */
  react(slot, index, { x, y }) {
    const own = this.reactions.filter((one) => one.slot === slot);
    const [first] = own;
    if (own.length >= REACTIONS_PER_PERSON)
      this.reactions = this.reactions.filter((one) => one !== first);
    this.reactions.push({ slot, index, x, y, at: this.now() });
    this.#expireLater();
    this.#tell({ type: "paint" });
  }

  /** What has been seen long enough goes; the next look is when the next is due. */
  #expireLater() {
    const due = this.#due();
    if (due === Infinity) return;
    this.#timers.start("expire", Math.max(0, due - this.now()), () => {
      this.#expire(this.now());
      this.#expireLater();
    });
  }

  #due() {
    return Math.min(
      ...[...this.presenters.values()].map(({ at }) => at + PRESENT_SILENCE_MS),
      ...[...this.chats.values()].map(({ at }) => at + CHAT_MS),
      ...[...this.coming.values()].map(({ at }) => at + PICTURES_SILENCE_MS),
      ...[...this.lasers.values()].map((trail) => (trail.at(-1)?.at ?? 0) + LASER_MS),
      ...this.reactions.map(({ at }) => at + REACTION_MS),
    );
  }

  /** @param {number} now */
  #expire(now) {
    for (const [slot, { at }] of this.presenters)
      if (now - at >= PRESENT_SILENCE_MS) this.#present(slot, null);
    for (const [slot, { at }] of this.chats) if (now - at >= CHAT_MS) this.chats.delete(slot);
    for (const [slot, { at }] of this.coming)
      if (now - at >= PICTURES_SILENCE_MS) this.coming.delete(slot);
    for (const [slot, trail] of this.lasers)
      if (now - (trail.at(-1)?.at ?? 0) >= LASER_MS) this.lasers.delete(slot);
    this.reactions = this.reactions.filter(({ at }) => now - at < REACTION_MS);
    this.#tell({ type: "paint" });
  }

  /** @param {(slot: number) => boolean} isGone */
  #forget(isGone) {
    for (const map of [this.states, this.views, this.chats, this.lasers, this.coming, this.pages])
      for (const slot of map.keys()) if (isGone(slot)) map.delete(slot);
    for (const slot of [...this.presenters.keys()])
      if (isGone(slot)) this.#present(slot, null, false);
    this.#lifted = new Set([...this.#lifted].filter((slot) => !isGone(slot)));
    this.#tell({ type: "change" });
  }

  /** @param {CompanyEvent} event */
  #tell(event) {
    for (const listener of this.#listeners) listener(event);
  }
}
