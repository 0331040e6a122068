// Ways of the outline that need no page: from line to line, and calmly after the board.

import { Timers } from "../sync/timers.js";

/** It follows the board at rest, and not more often. */
const EVERY_MS = 500;
const FIRST_MS = 100;
const FAR = 10;

/** The line that a key leads to; null: none of its keys. @param {readonly string[]} ids @param {string} from @param {string} key */
export function lineAfter(ids, from, key) {
  const index = ids.indexOf(from);
  /** @type {Record<string, number>} */
  const ways = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + FAR,
    PageUp: index - FAR,
    Home: 0,
    End: ids.length - 1,
  };
  const to = Object.hasOwn(ways, key) ? ways[key] : undefined;
  if (to === undefined) return null;
  return ids[Math.max(0, Math.min(ids.length - 1, to))] ?? null;
}

/** A selection with these as well, or without them if all of them are in it. @param {ReadonlySet<string>} selection @param {readonly string[]} keys */
export function toggled(selection, keys) {
  const all = keys.every((key) => selection.has(key));
  return all ? [...selection].filter((key) => !keys.includes(key)) : [...selection, ...keys];
}

/** Does something soon, once for however many reasons there are, and never while the board is busy. */
export class Calm {
  #last = Number.NEGATIVE_INFINITY;
  #timers;

  /** @param {() => void} act @param {() => boolean} busy @param {import("../sync/timers.js").Clock} [clock] */
  constructor(act, busy, clock) {
    this.act = act;
    this.busy = busy;
    this.#timers = new Timers(clock);
  }

  soon() {
    if (this.#timers.runs("act")) return;
    const wait = Math.max(FIRST_MS, this.#last + EVERY_MS - this.#timers.now());
    this.#timers.start("act", wait, () => {
      if (this.busy()) {
        this.soon();
        return;
      }
      this.act();
      this.#last = this.#timers.now();
    });
  }

  stop() {
    this.#timers.clear();
  }
}
