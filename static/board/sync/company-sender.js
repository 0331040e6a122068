// What this person is like at this moment, for the others, in the frames of the live sender: nothing while nothing
// happens, and nothing that they may not.

import { ME } from "./company.js";
import { KINDS } from "./live.js";
import {
  stepFor,
  writeChat,
  writeLaser,
  writePage,
  writeReaction,
  writeState,
  writeView,
} from "./live-more.js";
import { writePictures } from "./live-pictures.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../protocol").Action} Action
 * @typedef {import("./company.js").Company} Company
 * @typedef {import("./live-more.js").State} State
 * @typedef {import("./live-more.js").View} View
 * @typedef {import("./live-sender.js").LiveSender} LiveSender
 * @typedef {import("./live-sender.js").More} More
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./timers.js").Clock} Clock
 */

/** What a camera shows. @typedef {View & {zoom: number}} Seen */

/** Servers and pages before it know nothing of these records, and close on them. */
const SCHEMA = 3;
const SCHEMA_OF_PAGES = 4;
const VIEW_GAP_MS = 100;
const PRESENT_EVERY_MS = 1000;
/** How far a picture is needs no more; in silence it is told again, or it would be taken for given up. */
const PICTURES_GAP_MS = 250;
const PICTURES_EVERY_MS = 1000;
/** What can't be sent for so long is not pointed at any more. */
const LASER_KEPT = 64;
const REACTIONS_KEPT = 8;

/** @implements {More} */
export class CompanySender {
  /** Records of which a later one replaces the one before. @type {Map<number, Uint8Array>} */
  #due = new Map();
  /** @type {Uint8Array[]} */
  #events = [];
  /** @type {Place[]} */
  #laser = [];
  #laserIsUp = true;
  #laserLifts = false;
  /** What newcomers need to be told of. */
  #chat = "";
  /** @type {State} */
  #state = { tool: "pen", idle: false, away: false };
  /** Without it one is on the first. @type {string | null} */
  #page = null;
  /** Those on their way. @type {readonly import("./live-pictures.js").Coming[]} */
  #pictures = [];
  /** @type {Seen | null} */
  #seen = null;
  presenting = false;
  #isLive;
  #live;
  #session;
  #company;
  #timers;

  /** @param {{live: LiveSender, session: Session, company: Company, clock?: Clock}} parts */
  constructor({ live, session, company, clock }) {
    this.#live = live;
    this.#session = session;
    this.#company = company;
    this.#timers = new Timers(clock);
    this.#isLive = session.state === "live";
    live.more = this;
    session.subscribe((event) => {
      if (event.type === "people" && event.joined.length > 0) this.#introduce();
      if (event.type === "state") this.#comeBack();
      if (event.type === "board" && this.presenting && !this.#may("lead")) this.present(false);
    });
  }

  /** @param {State} state */
  state(state) {
    this.#state = state;
    this.#tell(KINDS.STATE, "see", () => writeState(state));
  }

  /** @param {string} page that is in sight now */
  page(page) {
    if (page === this.#page) return;
    this.#page = page;
    this.#sayPage();
  }

  #sayPage() {
    const page = this.#page;
    if (page !== null && this.#session.schema >= SCHEMA_OF_PAGES)
      this.#tell(KINDS.PAGE, "see", () => writePage(page));
  }

  /** Those of this page of the board that are on their way; at most four times a second. @param {readonly import("./live-pictures.js").Coming[]} pictures */
  pictures(pictures) {
    if (pictures.length === 0 && this.#pictures.length === 0) return;
    this.#pictures = pictures;
    if (!this.#timers.runs("pictures gap")) this.#sayPictures();
  }

  #sayPictures() {
    const pictures = this.#pictures;
    this.#timers.stop("pictures");
    if (this.#session.schema >= SCHEMA_OF_PAGES)
      this.#tell(KINDS.PICTURES, "draw", () => writePictures(pictures, this.#step));
    if (pictures.length > 0)
      this.#timers.start("pictures", PICTURES_EVERY_MS, () => this.#sayPictures());
    this.#timers.start("pictures gap", PICTURES_GAP_MS, () => {
      if (this.#pictures !== pictures) this.#sayPictures();
    });
  }

  /** At most ten a second. @param {Seen} seen */
  look(seen) {
    this.#seen = seen;
    if (!this.#timers.runs("view")) this.#sayView();
  }

  #sayView() {
    const seen = this.#seen;
    if (!seen || !this.#tell(KINDS.VIEW, "see", () => written(seen))) return;
    const last = seen;
    this.#timers.start("view", VIEW_GAP_MS, () => this.#seen !== last && this.#sayView());
  }

  /** Whether it can be. @param {boolean} on */
  present(on) {
    if (on && !this.#may("lead")) return false;
    this.presenting = on;
    if (on) this.#sayPresent();
    else {
      this.#timers.stop("present");
      this.#tell(KINDS.PRESENT, "lead", () => new Uint8Array(0));
    }
    return true;
  }

  #sayPresent() {
    const seen = this.#seen;
    if (seen) this.#tell(KINDS.PRESENT, "lead", () => written(seen));
    this.#timers.start("present", PRESENT_EVERY_MS, () => this.presenting && this.#sayPresent());
  }

  /** @param {Seen} seen @returns {boolean} whether it goes */
  summon(seen) {
    if (!this.#reaches("lead")) return false;
    this.#events.push(new Uint8Array([KINDS.SUMMON, ...written(seen)]));
    this.#live.soon();
    return true;
  }

  /** @param {string} text empty: over */
  chat(text) {
    if (text === this.#chat) return;
    this.#chat = text;
    this.#company.say(ME, text);
    this.#tell(KINDS.CHAT, "comment", () => writeChat(text));
  }

  /** @param {number} index @param {Place} place */
  react(index, place) {
    if (!this.#may("react")) return;
    this.#company.react(ME, index, place);
    if (!this.#reaches("react") || this.#events.length >= REACTIONS_KEPT) return;
    const body = writeReaction(index, place, this.#step);
    this.#events.push(new Uint8Array([KINDS.REACTION, ...body]));
    this.#live.soon();
  }

  /** @param {readonly Place[]} points none: it is lifted */
  laser(points) {
    if (!this.#may("point")) return;
    this.#company.point(ME, points);
    if (!this.#reaches("point")) return;
    if (points.length === 0) this.#laserLifts ||= !this.#laserIsUp;
    this.#laser = [...this.#laser, ...points].slice(-LASER_KEPT);
    if (points.length > 0) this.#laserIsUp = false;
    this.#live.soon();
  }

  // -- what the live sender asks for -----------------------------------------------------------------

  /** @param {import("./live.js").LiveWriter} writer */
  write(writer) {
    for (const [kind, body] of this.#due) writer.more(kind, body);
    for (const event of this.#events) writer.more(Number(event[0]), event.subarray(1));
    if (this.#laser.length > 0) writer.more(KINDS.LASER, writeLaser(this.#laser, this.#step));
    if (this.#laserLifts) writer.more(KINDS.LASER, writeLaser([], 0));
  }

  sent() {
    this.#due.clear();
    this.#events = [];
    this.#laser = [];
    if (this.#laserLifts) this.#laserIsUp = true;
    this.#laserLifts = false;
  }

  forget() {
    this.sent();
    this.#laserIsUp = true;
  }

  // -- whether ---------------------------------------------------------------------------------------

  #comeBack() {
    const live = this.#session.state === "live";
    if (live && !this.#isLive) this.#introduce();
    this.#isLive = live;
  }

  /** Newcomers know nothing of what goes on; whoever is back is told too, being new to them. */
  #introduce() {
    this.#sayPage();
    this.state(this.#state);
    if (this.#chat) this.#tell(KINDS.CHAT, "comment", () => writeChat(this.#chat));
    if (this.presenting) this.#sayPresent();
    if (this.#pictures.length > 0) this.#sayPictures();
    if (this.#seen) this.#sayView();
  }

  get #step() {
    return stepFor(this.#seen?.zoom ?? 1);
  }

  /** @param {Action} right */
  #may(right) {
    return this.#session.schema >= SCHEMA && (this.#session.may?.has(right) ?? false);
  }

  /** Whether there is anybody to hear it. @param {Action} right */
  #reaches(right) {
    return this.#may(right) && this.#session.state === "live" && this.#session.people.size > 1;
  }

  /** @param {number} kind @param {Action} right @param {() => Uint8Array} write */
  #tell(kind, right, write) {
    if (!this.#reaches(right)) return false;
    this.#due.set(kind, write());
    this.#live.soon();
    return true;
  }
}

/** @param {Seen} seen */
function written(seen) {
  return writeView(seen, stepFor(seen.zoom));
}
