// What this person does at this moment, for the others: gathered, and sent at most 30 times a second (R9).

import { STEP_MAX, STEP_MIN } from "../core/points.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("../core/points.js").InkPoint} InkPoint
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./timers.js").Clock} Clock
 */

/** @typedef {{key: string, x: number, y: number, color: string, width: number, step: number, pressure: boolean}} StrokeStart */
/** @typedef {import("../core/fold.js").Element} Element */
/** @typedef {import("./live.js").LiveWriter} LiveWriter */
/** @typedef {import("./live.js").Transform} Transform */
/**
 * @typedef {StrokeStart & {stroke: number, first: number, points: InkPoint[], sent: number}} OwnStroke
 *   `first`: how many points before these are forgotten; `sent`: how many of these the others have
 */

/**
 * What company-sender.js has to say besides, in the same frames.
 * @typedef {object} More
 * @property {(writer: LiveWriter) => void} write
 * @property {() => void} sent
 * @property {() => void} forget without a connection nobody sees it
 * @property {(points: readonly {x: number, y: number}[]) => void} laser none: it is lifted
 */

/** A little over a thirtieth of a second: the protocol allows 30 frames. */
const FRAME_GAP_MS = 34;
/** For those who came in the meantime, or missed it (R9). */
const START_REPEAT_MS = 1000;
/** At most 11 bytes each: a record holds so many, and a frame of 16 KiB two such records beside the rest. */
const POINTS_PER_RECORD = 370;
const RECORDS_PER_FRAME = 2;
/** A stroke is told anew from its beginning over a new connection; of a longer one the beginning is a gap. */
const POINTS_KEPT = 4000;
/** Servers and pages before it know nothing of transforms and drafts, and close on them. */
const SCHEMA_OF_DRAFTS = 2;
/** Of a moved selection: finer than a pixel at any zoom that shows it whole. */
const TRANSFORM_STEP = 4;
/** A cursor needs no more than half a pixel. */
const CURSOR_STEPS_PER_PIXEL = 2;

export class LiveSender {
  /** @type {More | null} */
  more = null;
  #timers;
  #writer;
  #session;
  #lastFrame = -Infinity;
  #strokes = 0;
  /** @type {OwnStroke | null} */
  #stroke = null;
  #startDue = -Infinity;
  /** Strokes that were given up and whose end hasn't been sent. @type {number[]} */
  #ended = [];
  /** @type {{x: number, y: number, step: number} | "away" | null} */
  #cursor = null;
  /** @type {readonly string[] | null} */
  #selection = null;
  /** The selection that newcomers need to be told of. @type {readonly string[]} */
  #selected = [];
  /** What newcomers need to be told of, and whether the others have been. @type {{transform: Transform | null, due: boolean}} */
  #transform = { transform: null, due: false };
  /** And what of it has been on the board before. @type {{key: string, element: Element | null, was: Element | undefined, due: boolean}} */
  #draft = { key: "", element: null, was: undefined, due: false };
  /** Where the pointer is, for who doesn't know. @type {{x: number, y: number, step: number} | null} */
  #pointer = null;
  /** Who one was to those who have been told. @type {Session["you"]} */
  #you = null;

  /** @param {Session} session @param {Clock} [clock] @param {LiveWriter | null} [writer] without it, all that is to be told waits for `writeWith` */
  constructor(session, clock, writer = null) {
    this.#session = session;
    this.#writer = writer;
    this.#timers = new Timers(clock);
    session.subscribe((event) => {
      if (event.type === "people" && event.joined.length > 0) this.#introduce();
    });
    session.document.subscribe(() => this.#finishedByPut());
  }

  /** What writes records has come. @param {LiveWriter} writer */
  writeWith(writer) {
    this.#writer = writer;
    this.soon();
  }

  /** @param {number} x @param {number} y @param {number} zoom */
  cursor(x, y, zoom) {
    // While drawing, the stroke's last point says where the pointer is.
    if (this.#stroke) return;
    const step = Math.ceil(Math.log2(zoom * CURSOR_STEPS_PER_PIXEL));
    this.#pointer = { x, y, step: Math.min(STEP_MAX, Math.max(STEP_MIN, step)) };
    this.#cursor = this.#pointer;
    this.soon();
  }

  away() {
    this.#pointer = null;
    this.#cursor = "away";
    this.soon();
  }

  /** @param {readonly string[]} keys */
  selection(keys) {
    this.#selected = keys;
    this.#selection = keys;
    this.soon();
  }

  /** Where the selection is being moved; null when it has been, or is not any more. @param {Transform | null} transform */
  transform(transform) {
    if (!transform && !this.#transform.transform) return;
    this.#transform = { transform, due: true };
    this.soon();
  }

  /** The element that is being made; null when it is not any more. Its put ends it too. @param {string} key @param {Element | null} element */
  draft(key, element) {
    if (!element && !this.#draft.element) return;
    const goesOn = this.#draft.element && this.#draft.key === key;
    const was = goesOn ? this.#draft.was : this.#session.document.get(key);
    this.#draft = { key, element, was, due: true };
    this.soon();
  }

  /** @param {StrokeStart} start */
  strokeStart(start) {
    this.strokeEnd();
    this.#stroke = { ...start, stroke: ++this.#strokes, first: 0, points: [], sent: 0 };
    this.#startDue = -Infinity;
    this.soon();
  }

  /** @param {readonly InkPoint[]} points relative to the stroke's origin */
  strokePoints(points) {
    const stroke = this.#stroke;
    if (!stroke) return;
    stroke.points.push(...points);
    const over = stroke.points.length - POINTS_KEPT;
    if (over > 0) {
      stroke.points.splice(0, over);
      stroke.first += over;
      stroke.sent = Math.max(0, stroke.sent - over);
    }
    this.soon();
  }

  /** The stroke is given up. A finished one ends by its put, which the document tells. */
  strokeEnd() {
    if (!this.#stroke) return;
    this.#ended.push(this.#stroke.stroke);
    this.#stroke = null;
    this.soon();
  }

  #finishedByPut() {
    const { document } = this.#session;
    if (this.#stroke && document.has(this.#stroke.key)) this.#stroke = null;
    // Repeated, it would lie over what has become of it.
    const { key, element, was } = this.#draft;
    if (element && document.get(key) !== was)
      this.#draft = { key, element: null, was: undefined, due: false };
  }

  /** Newcomers know nothing of what is going on. */
  #introduce() {
    this.#startDue = -Infinity;
    if (this.#you !== this.#session.you) this.#beginAnew();
    if (this.#selected.length > 0) this.#selection = this.#selected;
    if (this.#transform.transform) this.#transform.due = true;
    if (this.#draft.element) this.#draft.due = true;
    if (this.#stroke || this.#selection || this.#transform.due || this.#draft.due) this.soon();
  }

  /** To the others a new connection is somebody new, who goes on with the same stroke. */
  #beginAnew() {
    this.#you = this.#session.you;
    this.#ended = [];
    if (this.#stroke) this.#stroke.sent = 0;
    else this.#cursor ??= this.#pointer;
  }

  /** The first at once, the others gathered. */
  soon() {
    if (this.#timers.runs("frame")) return;
    const pause = this.#lastFrame + FRAME_GAP_MS - this.#timers.now();
    if (pause > 0) this.#timers.start("frame", pause, () => this.#frame());
    else this.#frame();
  }

  #frame() {
    if (this.#session.state !== "live") {
      this.#forget();
      return;
    }
    const writer = this.#writer;
    if (!writer) return;
    const sentPoints = this.#write(writer);
    if (writer.length === 0) return;
    const now = this.#timers.now();
    this.#lastFrame = now;
    const went = this.#session.sendLive(writer.take());
    if (went) this.#sent(sentPoints, now);
    // What did not go, or not all at once, goes with the next.
    if (!went || this.#stroke?.points.length !== this.#stroke?.sent) this.soon();
    else this.#repeatLater();
  }

  /** What goes on in silence is told again, or it would be taken for over (R9). */
  #repeatLater() {
    const { transform } = this.#transform;
    const { element } = this.#draft;
    if (!this.#stroke && !transform && !element) return;
    this.#timers.start("repeat", START_REPEAT_MS, () => {
      if (this.#transform.transform) this.#transform.due = true;
      if (this.#draft.element) this.#draft.due = true;
      this.soon();
    });
  }

  /** Returns how many of the stroke's points are in it. @param {LiveWriter} writer */
  #write(writer) {
    if (this.#cursor === "away") writer.away();
    else if (this.#cursor) writer.cursor(this.#cursor.x, this.#cursor.y, this.#cursor.step);
    if (this.#selection) writer.selection(this.#selection);
    if (this.#session.schema >= SCHEMA_OF_DRAFTS) {
      if (this.#transform.due) writer.transform(this.#transform.transform, TRANSFORM_STEP);
      if (this.#draft.due) writer.draft(this.#draft.key, this.#draft.element);
    }
    this.more?.write(writer);
    for (const stroke of this.#ended) writer.strokeEnd(stroke);
    return this.#stroke ? this.#writeStroke(writer, this.#stroke) : 0;
  }

  /** @param {LiveWriter} writer @param {OwnStroke} stroke */
  #writeStroke(writer, { first, points, sent, step, pressure, ...start }) {
    if (this.#timers.now() >= this.#startDue) writer.strokeStart({ ...start, step, pressure });
    let next = sent;
    for (let i = 0; i < RECORDS_PER_FRAME && next < points.length; i++) {
      const some = points.slice(next, next + POINTS_PER_RECORD);
      writer.strokePoints(start.stroke, first + next, some, step, pressure);
      next += some.length;
    }
    return next - sent;
  }

  /** @param {number} points @param {number} now */
  #sent(points, now) {
    this.#cursor = null;
    this.#selection = null;
    this.#transform.due = this.#draft.due = false;
    this.more?.sent();
    this.#ended = [];
    if (now >= this.#startDue) this.#startDue = now + START_REPEAT_MS;
    if (this.#stroke) this.#stroke.sent += points;
  }

  /** Without a connection nobody sees it; whoever comes back is told anew. */
  #forget() {
    this.#cursor = null;
    this.#selection = null;
    this.#transform.due = this.#transform.transform !== null;
    this.#draft.due = this.#draft.element !== null;
    this.more?.forget();
    this.#ended = [];
    this.#startDue = -Infinity;
    this.#you = null;
  }
}
