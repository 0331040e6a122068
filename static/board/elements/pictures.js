// Pixels of pictures: fetched when an element is first drawn with them, in the size it is seen at, and kept as long
// as there is room. The page and the worker each have their own; the browser's cache spares the second fetch.

import { awaited, picturesArrived } from "./later.js";

/**
 * What is drawn.
 * @typedef {CanvasImageSource & {readonly width: number, readonly height: number, close?: () => void}} Bitmap
 */
/** `coming` may be there later; `failed` is said to whoever looks, and asked for again now and then. @typedef {Bitmap | "coming" | "failed"} Found */

/**
 * @typedef {object} Surroundings
 * @property {(address: string, side: number) => Promise<Bitmap>} load
 * @property {() => number} now
 * @property {(act: () => void, ms: number) => void} later
 * @property {(assets: ReadonlySet<string>) => void} tell
 * @property {number} room bytes of pixels that are kept
 */

/** One size of one picture. @typedef {{asset: string, side: number, state: "waiting" | "coming" | "here" | "failed" | "left", bitmap: Bitmap | null, bytes: number, used: number, tries: number, settle: () => void}} Size */

/** The longer sides that the server has; of the original no more than this is kept. */
export const SIDES = /** @type {const} */ ([256, 512, 1024, 4096]);
const [SMALLEST] = SIDES;
const WHOLE = SIDES[3];
const ASSET = /^[\w-]{22}$/;
/** A browser has six connections to a server, and the board needs some of them. */
const AT_ONCE = 4;
/** Those who jump over a large board ask for more than they will ever look at. */
const WAITING_MAX = 400;
/** The rest of the room is for the smallest: a blurred picture is more than none. */
const LARGE_PART = 3 / 4;
/** So long after it was drawn a picture counts as seen: to let it go would only fetch it again. */
const SEEN_MS = 10_000;
/** Pictures that come one after the other are painted together. */
const TOGETHER_MS = 60;
/** What is asked for within so long belongs to one painting of the view. */
const PAINTING_MS = 100;
/** Without a connection: again after so long, then twice as long, up to this many times. */
const AGAIN_MS = 4000;
const TRIES = 7;

export class Pictures {
  #around;
  /** @type {string | null} */
  #address = null;
  /** Of those that may not be on this board: under its name a picture is the same on all. @type {Map<string, string>} */
  #elsewhere = new Map();
  /** @type {Map<string, Size>} */
  #sizes = new Map();
  #bytes = 0;
  #underWay = 0;
  /** @type {Set<string>} */
  #news = new Set();
  /** Set when something was asked for that isn't there, and may be soon. */
  missed = false;

  /** @param {Surroundings} around */
  constructor(around) {
    this.#around = around;
  }

  get bytes() {
    return this.#bytes;
  }

  /** Where they are fetched from; until it is known all of them are coming. @param {string} address */
  from(address) {
    if (!address || address === this.#address) return;
    this.#address = address;
    this.#fetchNext();
  }

  /** It is on another board, as what is in a library. @param {string} asset @param {string} address of that board's pictures */
  isElsewhere(asset, address) {
    this.#elsewhere.set(asset, address);
  }

  /** The best there is now; better ones are fetched. @param {string} asset @param {number} pixels how long its longer side is drawn @returns {Found} */
  at(asset, pixels) {
    if (!ASSET.test(asset)) return "failed";
    const wanted = this.#wanted(asset, sideFor(pixels));
    wanted.used = this.#around.now();
    if (wanted.state === "here") return /** @type {Bitmap} */ (wanted.bitmap);
    if (wanted.state === "waiting" || wanted.state === "coming") this.missed = true;
    if (wanted.state === "left") return this.#instead(asset) ?? "coming";
    return this.#instead(asset) ?? (wanted.state === "failed" ? "failed" : "coming");
  }

  /** Where nothing has come: asks again, as when there is a connection again. */
  again() {
    for (const size of this.#sizes.values()) {
      if (size.state !== "failed") continue;
      size.tries = 0;
      this.#ask(size);
    }
  }

  /** @param {string} asset @param {number} side @returns {Size} the next smaller one, where there is no room for it */
  #wanted(asset, side) {
    const name = `${asset} ${side}`;
    const known = this.#sizes.get(name);
    const now = this.#around.now();
    if (known?.state === "left" && side > SMALLEST && now < known.used + SEEN_MS)
      return this.#wanted(asset, smallerThan(side));
    if (known && known.state !== "left") return known;
    if (known && now < known.used + SEEN_MS) return known;
    /** @type {Size} */
    const size = {
      asset,
      side,
      state: "waiting",
      bitmap: null,
      bytes: 0,
      used: now,
      tries: 0,
      settle: () => {},
    };
    this.#sizes.set(name, size);
    this.#ask(size);
    return size;
  }

  /** Another size of it, meanwhile. @param {string} asset @returns {Bitmap | null} */
  #instead(asset) {
    for (const side of SIDES.toReversed()) {
      const size = this.#sizes.get(`${asset} ${side}`);
      if (!size?.bitmap) continue;
      size.used = this.#around.now();
      return size.bitmap;
    }
    return null;
  }

  // -- fetching --------------------------------------------------------------------------------------

  /** @param {Size} size */
  #ask(size) {
    size.state = "waiting";
    awaited(
      /** @type {Promise<void>} */ (
        new Promise((resolve) => {
          size.settle = resolve;
        })
      ),
    );
    this.#dropOldQuestions();
    this.#fetchNext();
  }

  #dropOldQuestions() {
    const waiting = this.#waiting();
    for (const size of waiting.slice(WAITING_MAX)) this.#forget(size);
  }

  /** Those asked for last stand first: they are looked at; of one painting the first, which is nearest the middle. @returns {Size[]} */
  #waiting() {
    return [...this.#sizes.values()]
      .filter(({ state }) => state === "waiting")
      .sort((a, b) => paintingOf(b) - paintingOf(a));
  }

  #fetchNext() {
    if (this.#address === null || this.#underWay >= AT_ONCE) return;
    for (const size of this.#waiting().slice(0, AT_ONCE - this.#underWay)) this.#fetch(size);
  }

  /** @param {Size} size */
  async #fetch(size) {
    this.#underWay++;
    size.state = "coming";
    const address = this.#elsewhere.get(size.asset) ?? this.#address;
    const query = size.side === WHOLE ? "" : `?side=${size.side}`;
    try {
      const bitmap = await this.#around.load(`${address}/${size.asset}${query}`, size.side);
      this.#keep(size, bitmap);
    } catch {
      // That board may be closed by now, and this one have got the picture.
      this.#elsewhere.delete(size.asset);
      this.#miss(size);
    }
    this.#underWay--;
    this.#tell(size.asset);
    size.settle();
    this.#fetchNext();
  }

  /** @param {Size} size @param {Bitmap} bitmap */
  #keep(size, bitmap) {
    const bytes = bitmap.width * bitmap.height * 4;
    const room = this.#around.room * (size.side > SMALLEST ? LARGE_PART : 1) - bytes;
    this.#makeRoom(room);
    if (this.#bytes > room) {
      // All that is kept is looked at: a smaller one has to do.
      bitmap.close?.();
      size.state = "left";
      size.used = this.#around.now();
      return;
    }
    Object.assign(size, { state: "here", bitmap, bytes, tries: 0 });
    this.#bytes += bytes;
  }

  /** @param {Size} size */
  #miss(size) {
    size.state = "failed";
    size.tries++;
    if (size.tries >= TRIES) return;
    this.#around.later(
      () => {
        if (size.state === "failed" && this.#isKnown(size)) this.#ask(size);
      },
      AGAIN_MS * 2 ** (size.tries - 1),
    );
  }

  /** @param {Size} size */
  #isKnown(size) {
    return this.#sizes.get(`${size.asset} ${size.side}`) === size;
  }

  /** Lets go of what was seen longest ago. @param {number} bytes that may stay */
  #makeRoom(bytes) {
    const now = this.#around.now();
    const kept = [...this.#sizes.values()].filter(
      ({ bitmap, used }) => bitmap && now - used > SEEN_MS,
    );
    kept.sort((a, b) => a.used - b.used);
    for (const size of kept) {
      if (this.#bytes <= bytes) return;
      this.#forget(size);
    }
  }

  /** @param {Size} size */
  #forget(size) {
    this.#sizes.delete(`${size.asset} ${size.side}`);
    this.#bytes -= size.bytes;
    size.bitmap?.close?.();
    size.settle();
  }

  /** @param {string} asset */
  #tell(asset) {
    if (this.#news.size === 0)
      this.#around.later(() => {
        const news = this.#news;
        this.#news = new Set();
        this.#around.tell(news);
      }, TOGETHER_MS);
    this.#news.add(asset);
  }
}

/** @param {Size} size */
function paintingOf({ used }) {
  return Math.floor(used / PAINTING_MS);
}

/** @param {number} pixels */
function sideFor(pixels) {
  return SIDES.find((side) => pixels <= side) ?? WHOLE;
}

/** @param {number} side */
function smallerThan(side) {
  return SIDES.findLast((each) => each < side) ?? SMALLEST;
}

/** @param {string} address @param {number} side @returns {Promise<Bitmap>} */
export async function load(address, side) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  const bitmap = await createImageBitmap(await answer.blob());
  const factor = side / Math.max(bitmap.width, bitmap.height);
  return factor < 1 ? smaller(bitmap, factor) : bitmap;
}

/** @param {ImageBitmap} bitmap @param {number} factor @returns {Promise<Bitmap>} */
async function smaller(bitmap, factor) {
  const resizeWidth = Math.max(1, Math.round(bitmap.width * factor));
  const resizeHeight = Math.max(1, Math.round(bitmap.height * factor));
  const small = await createImageBitmap(bitmap, {
    resizeWidth,
    resizeHeight,
    resizeQuality: "high",
  });
  bitmap.close();
  return small;
}

const MIB = 2 ** 20;
/** The worker paints the board; the page only what is moved, and what is made. */
const room = globalThis.document ? 64 * MIB : 160 * MIB;

export const pictures = new Pictures({
  load,
  now: () => performance.now(),
  later: (act, ms) => void setTimeout(act, ms),
  tell: picturesArrived,
  room,
});
globalThis.addEventListener?.("online", () => pictures.again());

/** @param {string} address below which they are */
export function picturesFrom(address) {
  pictures.from(address);
}
