// What others do at this moment: their cursors, selections and the strokes they are drawing (R9).

import { FIRST_PAGE } from "../elements/sheet.js";
import { pointsOf } from "./live.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("../core/points.js").InkPoint} InkPoint
 * @typedef {import("./live.js").Transform} Transform
 * @typedef {import("./live.js").LiveRecord} LiveRecord
 * @typedef {import("./live.js").StartRecord} StartRecord
 * @typedef {import("./live.js").PointsRecord} PointsRecord
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./timers.js").Clock} Clock
 */

/**
 * A stroke that somebody is drawing. Between two runs points are missing: nothing is drawn there.
 * @typedef {object} GrowingStroke
 * @property {string} key
 * @property {string} color
 * @property {number} width
 * @property {InkPoint[][]} runs in board units
 */

/** @typedef {{slot: number, name: string, color: string, x: number, y: number}} Cursor */
/** What a connection draws. A person's next one goes on with the same ink. @typedef {{slot: number, start: StartRecord, ink: GrowingStroke & {next: number, heard: number}}} Growing */

/**
 * Elements that somebody is moving. Those that have changed since it began are where they belong already.
 * @typedef {object} MovedElements
 * @property {number} slot
 * @property {Matrix} matrix
 * @property {boolean} copy
 * @property {ReadonlyMap<string, Element>} elements as they were when it began
 */

/** @typedef {{slot: number, key: string, element: Element}} Draft an element that somebody is making, or one that is there in another form */

/** A stroke, a movement or a draft that is silent for so long is over. */
const SILENCE_MS = 5000;
/** A movement that has ended lasts until its transaction comes, which takes another way; or it was given up. */
const LANDING_MS = 400;
/** Records of ended strokes come late by a tick, not by hundreds of strokes. */
const ENDED_KEPT = 64;
/** A hostile page could send points for ever; nobody draws so long a stroke. */
const POINTS_KEPT = 20_000;
const STROKES_PER_PERSON = 16;
/** Records by people one hasn't been told of yet, which takes a quarter of a second. */
const EARLY_KEPT = 64;
/** Records of kinds up to this one say how something is, and a later one replaces them; the others tell of an event. */
const LAST_STAYING = 15;

export class LivePeople {
  /** By slot and stroke number. @type {Map<string, Growing>} */
  #growing = new Map();
  /** By slot: numbers of strokes that are over. @type {Map<number, Set<number>>} */
  #ended = new Map();
  /** Of strokes that somebody else seems to be drawing, until it is known whether it is the same person. @type {(StartRecord | PointsRecord)[]} */
  #early = [];
  /** By slot, those who are here, and until they have been forgotten those who were. @type {Map<number, number>} */
  #persons = new Map();
  /** @type {Map<number, {x: number, y: number}>} */
  #cursors = new Map();
  /** @type {Map<number, string[]>} */
  #selections = new Map();
  /** By slot. @type {Map<number, MovedElements & {until: number, over: boolean}>} */
  #moved = new Map();
  /** By slot, with what was there under its key. @type {Map<number, Draft & {was: Element | undefined, until: number}>} */
  #drafts = new Map();
  /** By slot and kind: the last of each that stays as it is, until company.js has come to read it. @type {Map<number, Map<number, Uint8Array>>} */
  more = new Map();
  /** By slot: the page that they are on; who doesn't say is on the first. @type {Map<number, string>} */
  pages = new Map();
  /** The page in sight here: what happens on others isn't seen. */
  #sight;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  #isLive;
  #session;
  #timers;

  /** @param {Session} session @param {Clock} [clock] @param {{readonly page?: string}} [sight] */
  constructor(session, clock, sight = {}) {
    this.#session = session;
    this.#sight = sight;
    this.#timers = new Timers(clock);
    this.#isLive = session.state === "live";
    this.#meet();
    session.subscribe((event) => {
      if (event.type === "live") this.receive(event.records, this.#timers.now());
      else if (event.type === "people") this.#peopleChanged();
      else if (event.type === "state") this.#stateChanged();
    });
    session.document.subscribe(({ keys }) => this.#endByPut(keys));
  }

  /** Lost once, all is forgotten once: what the next connection brings may come before it is live. */
  #stateChanged() {
    const wasLive = this.#isLive;
    this.#isLive = this.#session.state === "live";
    if (wasLive && !this.#isLive) this.#forget(() => true);
  }

  /** @param {() => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @returns {Iterable<GrowingStroke>} */
  strokes() {
    const here = [...this.#growing.values()].filter(({ slot }) => this.isHere(slot));
    return new Set(here.map(({ ink }) => ink));
  }

  /** The page that somebody is on. @param {number} slot */
  pageOf(slot) {
    return this.pages.get(slot) ?? FIRST_PAGE;
  }

  /** Whether somebody is on the page in sight. @param {number} slot */
  isHere(slot) {
    return this.pageOf(slot) === (this.#sight.page ?? FIRST_PAGE);
  }

  /** @returns {Cursor[]} */
  cursors() {
    // A person has one hand: of two connections the one that has moved last says where it is.
    /** @type {Map<number, Cursor>} */
    const last = new Map();
    for (const [slot, { x, y }] of this.#cursors) {
      const someone = this.#session.people.get(slot);
      if (someone && this.isHere(slot))
        last.set(someone.person, { slot, name: someone.name, color: someone.color, x, y });
    }
    return [...last.values()];
  }

  /** @param {number} slot */
  someone(slot) {
    return this.#session.people.get(slot);
  }

  /** What others have selected here, by slot. @returns {ReadonlyMap<number, readonly string[]>} */
  selections() {
    return new Map([...this.#selections].filter(([slot]) => this.isHere(slot)));
  }

  /** @returns {MovedElements[]} */
  moved() {
    const { document } = this.#session;
    return [...this.#moved.values()].flatMap((one) => {
      if (!this.isHere(one.slot)) return [];
      /** @type {Map<string, Element>} */
      const still = new Map();
      for (const [key, was] of one.elements) {
        const is = document.get(key);
        if (is && standsAs(is, was)) still.set(key, is);
      }
      return still.size > 0 ? [{ ...one, elements: still }] : [];
    });
  }

  /** @returns {Draft[]} */
  drafts() {
    return [...this.#drafts.values()].filter(({ slot }) => this.isHere(slot));
  }

  /** @param {readonly LiveRecord[]} records @param {number} now */
  receive(records, now) {
    for (const record of records) this.#take(record, now);
    this.#expire(now);
    this.#tell();
  }

  /** @param {LiveRecord} record @param {number} now */
  #take(record, now) {
    const { slot } = record;
    switch (record.type) {
      case "cursor":
        this.#point(slot, record);
        return;
      case "away":
        this.#cursors.delete(slot);
        return;
      case "selection":
        if (record.keys.length > 0) this.#selections.set(slot, record.keys);
        else this.#selections.delete(slot);
        return;
      case "transform":
        this.#move(slot, record.transform, now);
        return;
      case "draft":
        this.#sketch(slot, record.draft, now);
        return;
      case "start":
        this.#begin(record, now);
        return;
      case "points":
        this.#grow(record, now);
        return;
      case "end":
        this.#giveUp(slot, record.stroke);
        return;
      case "page":
        // The pointer is somewhere else there.
        if (record.page !== this.pageOf(slot)) this.#cursors.delete(slot);
        this.pages.set(slot, record.page);
        return;
      case "more":
        if (record.kind > LAST_STAYING) return;
        if (!this.more.has(slot)) this.more.set(slot, new Map());
        this.more.get(slot)?.set(record.kind, record.body);
        return;
    }
  }

  /** @param {number} slot @param {Transform | null} transform @param {number} now */
  #move(slot, transform, now) {
    const moving = this.#moved.get(slot);
    if (!transform) {
      if (!moving) return;
      moving.over = true;
      moving.until = Math.min(moving.until, now + LANDING_MS);
      return;
    }
    const elements = moving && !moving.over ? moving.elements : this.#selected(slot);
    for (const other of this.#moved.keys())
      if (this.#maybeSame(other, slot)) this.#moved.delete(other);
    const until = now + SILENCE_MS;
    this.#moved.set(slot, { slot, ...transform, elements, until, over: false });
  }

  /** @param {number} slot @param {{key: string, element: Element} | null} draft @param {number} now */
  #sketch(slot, draft, now) {
    const known = this.#drafts.get(slot);
    if (!draft) {
      // An element that is there shows its old form until its change comes, which takes another way.
      if (known?.was) known.until = Math.min(known.until, now + LANDING_MS);
      else this.#drafts.delete(slot);
      return;
    }
    for (const [other, { key }] of this.#drafts)
      if (key === draft.key && this.#maybeSame(other, slot)) this.#drafts.delete(other);
    const was = known?.key === draft.key ? known.was : this.#session.document.get(draft.key);
    if (this.#session.document.get(draft.key) === was)
      this.#drafts.set(slot, { slot, ...draft, was, until: now + SILENCE_MS });
  }

  /** @param {number} slot @returns {Map<string, Element>} */
  #selected(slot) {
    const { document } = this.#session;
    /** @type {Map<string, Element>} */
    const elements = new Map();
    for (const key of this.#selections.get(slot) ?? []) {
      const element = document.get(key);
      if (element) elements.set(key, element);
    }
    // What is in a frame goes with it, though nobody has selected it, and so does what is in a frame in it.
    const hasFrame = () => [...elements.values()].some(({ kind }) => kind === "frame");
    for (let before = 0; before < elements.size && hasFrame(); ) {
      before = elements.size;
      for (const [key, element] of document.entries())
        if (elements.has(String(element.frame))) elements.set(key, element);
    }
    return elements;
  }

  /** @param {StartRecord} start @param {number} now */
  #begin(start, now) {
    const { slot, stroke, key, color, width } = start;
    const known = this.#growing.get(nameOf(slot, stroke));
    if (known) {
      known.ink.heard = now;
      return;
    }
    if (this.#isOver(slot, stroke)) return;
    // Its put may have come first: transactions and live frames are different queues.
    if (this.#session.document.has(key)) {
      this.#end(slot, stroke);
      return;
    }
    const same = [...this.#growing.values()].find(
      (one) => one.start.key === key && this.#maybeSame(one.slot, slot),
    );
    if (same && !(this.#persons.has(slot) && this.#persons.has(same.slot))) {
      this.#keepEarly(start);
      return;
    }
    const others = [...this.#growing.values()].filter((one) => one.slot === slot);
    if (others.length >= STROKES_PER_PERSON && others[0]) this.#end(slot, others[0].start.stroke);
    const ink = same?.ink ?? { key, color, width, runs: [], next: 0, heard: now };
    this.#growing.set(nameOf(slot, stroke), { slot, start, ink });
  }

  /** @param {PointsRecord} record @param {number} now */
  #grow(record, now) {
    const growing = this.#growing.get(nameOf(record.slot, record.stroke));
    if (!growing) {
      if (this.#early.length > 0) this.#keepEarly(record);
      return;
    }
    const { ink, start } = growing;
    ink.heard = now;
    const all = pointsOf(record, start);
    const last = all.at(-1);
    if (last) this.#point(record.slot, last);
    // What has come before, or again, is drawn already.
    const points = all.slice(Math.max(0, ink.next - record.first));
    if (points.length === 0 || ink.next > POINTS_KEPT) return;
    const run = ink.runs.at(-1);
    if (run && record.first <= ink.next) run.push(...points);
    else ink.runs.push(points);
    ink.next = Math.max(ink.next, record.first) + points.length;
  }

  /** @param {number} slot @param {{x: number, y: number}} place */
  #point(slot, { x, y }) {
    this.#cursors.delete(slot);
    this.#cursors.set(slot, { x, y });
  }

  /** The same ink may be that of two connections of a person. @param {number} slot @param {number} stroke */
  #giveUp(slot, stroke) {
    const ink = this.#growing.get(nameOf(slot, stroke))?.ink;
    this.#end(slot, stroke);
    for (const one of [...this.#growing.values()])
      if (one.ink === ink) this.#end(one.slot, one.start.stroke);
  }

  /** Whether they are connections of one person, or may be: one isn't told of at once who has come. @param {number} slot @param {number} other */
  #maybeSame(slot, other) {
    const [one, two] = [this.#persons.get(slot), this.#persons.get(other)];
    return slot !== other && (one === undefined || two === undefined || one === two);
  }

  /** @param {StartRecord | PointsRecord} record */
  #keepEarly(record) {
    this.#early.push(record);
    if (this.#early.length > EARLY_KEPT) this.#early.shift();
  }

  #meet() {
    for (const { slot, person } of this.#session.people.values()) this.#persons.set(slot, person);
  }

  #peopleChanged() {
    const { people } = this.#session;
    this.#meet();
    const early = this.#early;
    this.#early = [];
    if (early.length > 0) this.receive(early, this.#timers.now());
    // Of those who are not told of yet nothing is forgotten.
    this.#forget((slot) => this.#persons.has(slot) && !people.has(slot));
  }

  /** @param {number} slot @param {number} stroke */
  #end(slot, stroke) {
    this.#growing.delete(nameOf(slot, stroke));
    const ended = this.#ended.get(slot) ?? new Set();
    this.#ended.set(slot, ended.add(stroke));
    const [oldest] = ended;
    if (ended.size > ENDED_KEPT && oldest !== undefined) ended.delete(oldest);
  }

  /** @param {number} slot @param {number} stroke */
  #isOver(slot, stroke) {
    return this.#ended.get(slot)?.has(stroke) ?? false;
  }

  /** @param {Set<string> | null} keys */
  #endByPut(keys) {
    let ended = this.#moved.size > 0;
    for (const [slot, { key, was }] of this.#drafts) {
      if ((keys && !keys.has(key)) || this.#session.document.get(key) === was) continue;
      this.#drafts.delete(slot);
      ended = true;
    }
    for (const { slot, start } of [...this.#growing.values()]) {
      const { key } = start;
      if ((keys && !keys.has(key)) || !this.#session.document.has(key)) continue;
      this.#end(slot, start.stroke);
      ended = true;
    }
    if (ended) this.#tell();
  }

  /** @param {number} now */
  #expire(now) {
    let next = Infinity;
    for (const { slot, start, ink } of [...this.#growing.values()]) {
      const { heard } = ink;
      if (now - heard >= SILENCE_MS) this.#end(slot, start.stroke);
      else next = Math.min(next, heard + SILENCE_MS - now);
    }
    for (const map of [this.#moved, this.#drafts]) {
      for (const [slot, { until }] of map) {
        if (until <= now) map.delete(slot);
        else next = Math.min(next, until - now);
      }
    }
    if (next === Infinity) this.#timers.stop("expire");
    else {
      this.#timers.start("expire", next, () => {
        this.#expire(this.#timers.now());
        this.#tell();
      });
    }
  }

  /** @param {(slot: number) => boolean} isGone */
  #forget(isGone) {
    for (const [name, { slot }] of this.#growing) if (isGone(slot)) this.#growing.delete(name);
    const { more } = this;
    for (const map of [
      this.#cursors,
      this.#selections,
      this.#ended,
      this.#moved,
      this.#drafts,
      this.pages,
      more,
      this.#persons,
    ]) {
      for (const slot of map.keys()) if (isGone(slot)) map.delete(slot);
    }
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}

/** What says where an element is; in another colour it is still on its way. */
const PLACING = ["x", "y", "w", "h", "angle", "flip", "points", "size"];

/** @param {Element} is @param {Element} was */
function standsAs(is, was) {
  return is === was || PLACING.every((name) => is[name] === was[name]);
}

/** @param {number} slot @param {number} stroke */
function nameOf(slot, stroke) {
  return `${slot} ${stroke}`;
}
