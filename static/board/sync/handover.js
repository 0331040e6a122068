// What others do comes live, over one connection or from one to the next: nothing is lost, doubled, or seen as another's.

import { Timers } from "./timers.js";

/**
 * @typedef {import("./link.js").Link} Link
 * @typedef {import("./live.js").LiveRecord} LiveRecord
 * @typedef {(frame: Uint8Array) => LiveRecord[]} ReadLive
 * @typedef {import("./timers.js").Clock} Clock
 */

/** What is still on its way to the old one comes within this, and others hear of the new one before it leaves. */
const LINGER_MS = 1000;
/** As long as it does not say that all has come; others are seen so much later, once. */
const HOLD_MS = 500;
/** What comes over both is known by its number; the rest, twice, would be seen twice. */
const NUMBERED = new Set(["start", "points", "end"]);
/** What reads them comes within moments; should it not, the newest are worth most. */
const UNREAD_KEPT = 1000;

export class Handover {
  /** The connection that has been replaced. @type {Link | null} */
  #old = null;
  /** What the new one brings waits for what is still on its way over the old one. @type {LiveRecord[] | null} */
  #held = null;
  /** One's own slots, whose records come round. @type {Set<number>} */
  #slots = new Set();
  /** Frames that came before they could be read, and who has left since. @type {{frame: Uint8Array, old: boolean, gone: Set<number>}[]} */
  #unread = [];
  #tell;
  #read;
  #timers;

  /** @param {(records: LiveRecord[]) => void} tell what others do @param {Clock} [clock] @param {ReadLive | null} [read] */
  constructor(tell, clock, read) {
    this.#tell = tell;
    this.#read = read;
    this.#timers = new Timers(clock);
  }

  /** @param {Link} old */
  begin(old) {
    this.end();
    this.#old = old;
    this.#held = [];
    // Once it is answered, all has come that was sent before.
    old.send({ type: "ping" });
    this.#timers.start("hold", HOLD_MS, () => this.#letGo());
    this.#timers.start("linger", LINGER_MS, () => this.end());
  }

  /** @param {Link} link */
  isFrom(link) {
    return link === this.#old;
  }

  /** The old one has answered. */
  answered() {
    this.#letGo();
  }

  /** Without an old connection its slot may be another's: the server may have begun anew. @param {number} slot one's own on the connection of now */
  welcomed(slot) {
    if (!this.#old) this.#slots.clear();
    this.#slots.add(slot);
  }

  /** @param {Link} link @param {Uint8Array} frame */
  live(link, frame) {
    const old = this.isFrom(link);
    if (this.#read) {
      this.#take(this.#read(frame), old);
      return;
    }
    this.#unread.push({ frame, old, gone: new Set() });
    if (this.#unread.length > UNREAD_KEPT) this.#unread.shift();
  }

  /** From here on frames can be read, those first that have come already. @param {ReadLive} read */
  readBy(read) {
    this.#read = read;
    for (const { frame, old, gone } of this.#unread.splice(0))
      this.#take(
        read(frame).filter(({ slot }) => !gone.has(slot)),
        old,
      );
  }

  /** Their slots may soon be others'. @param {readonly number[]} slots */
  left(slots) {
    for (const { gone } of this.#unread) for (const slot of slots) gone.add(slot);
  }

  /** @param {readonly LiveRecord[]} records @param {boolean} old */
  #take(records, old) {
    const others = records.filter(
      ({ slot, type }) => !this.#slots.has(slot) && (!old || NUMBERED.has(type)),
    );
    if (!old && this.#held) this.#held.push(...others);
    else if (others.length > 0) this.#tell(others);
  }

  #letGo() {
    const records = this.#held;
    this.#held = null;
    if (records && records.length > 0) this.#tell(records);
  }

  end() {
    this.#letGo();
    this.#timers.clear();
    this.#old?.end();
    this.#old = null;
  }

  /** There is no connection any more: who comes back is told anew. */
  drop() {
    this.end();
    this.#unread = [];
  }
}
