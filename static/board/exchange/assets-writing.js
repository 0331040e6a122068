// The pictures of a board, fetched once each for a file that is to have them in it.

/** @typedef {import("./format.js").Wanted} Wanted */
/** @typedef {import("./recording.js").Picture} Picture */
/** @typedef {{media: string, bytes: Uint8Array<ArrayBuffer>}} Asset */

const CHUNK = 0x8000;
/** A browser has six connections to a server, and the board needs some of them. */
const AT_ONCE = 4;

/** @param {Uint8Array} bytes */
export function base64Of(bytes) {
  /** @type {string[]} */
  const pieces = [];
  for (let at = 0; at < bytes.length; at += CHUNK)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  return btoa(pieces.join(""));
}

/** @param {Asset} asset */
export function asAddress({ media, bytes }) {
  return `data:${media};base64,${base64Of(bytes)}`;
}

export class Assets {
  /** @type {Map<string, Promise<Asset | null>>} */
  #known = new Map();

  /** @param {Pick<Wanted, "assets" | "signal">} wanted @param {typeof fetch} [get] */
  constructor({ assets, signal }, get = fetch) {
    this.address = assets.replace(/\/*$/, "/");
    this.signal = signal;
    this.get = get;
  }

  /** Null where it can't be had. @param {string} id */
  asset(id) {
    const known = this.#known.get(id) ?? this.#fetch(id);
    this.#known.set(id, known);
    return known;
  }

  /** Which of them can't be had, once all have come. @param {Iterable<string>} ids */
  async missing(ids) {
    /** @type {Set<string>} */
    const missing = new Set();
    const left = [...new Set(ids)];
    const some = Array.from({ length: AT_ONCE }, async () => {
      for (let id = left.pop(); id !== undefined; id = left.pop())
        if (!(await this.asset(id))) missing.add(id);
    });
    await Promise.all(some);
    return missing;
  }

  /** @param {string} id @returns {Promise<Asset | null>} */
  async #fetch(id) {
    try {
      const { signal } = this;
      const answer = await this.get.call(
        globalThis,
        this.address + encodeURIComponent(id),
        signal ? { signal } : {},
      );
      if (!answer.ok) return null;
      const media = (answer.headers.get("Content-Type") ?? "").split(";")[0] ?? "";
      return { media: media.trim(), bytes: new Uint8Array(await answer.arrayBuffer()) };
    } catch (error) {
      this.signal?.throwIfAborted();
      if (error instanceof TypeError) return null;
      throw error;
    }
  }
}

/** What is on a canvas's picture, as a PNG; null where it can't be read. @param {CanvasImageSource} picture @param {{width: number, height: number}} size @returns {Promise<Asset | null>} */
export async function asPng(picture, { width, height }) {
  const canvas = new OffscreenCanvas(Math.round(width), Math.round(height));
  const ctx = canvas.getContext("2d");
  if (!ctx) return null;
  ctx.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  return { media: "image/png", bytes: new Uint8Array(await blob.arrayBuffer()) };
}

/** A picture of another sort as a PNG; null where the browser can't show it either. @param {Asset} asset @returns {Promise<Asset | null>} */
export async function toPng({ media, bytes }) {
  if (typeof createImageBitmap === "undefined") return null;
  try {
    const bitmap = await createImageBitmap(new Blob([bytes], { type: media }));
    const png = await asPng(bitmap, bitmap);
    bitmap.close();
    return png;
  } catch {
    return null;
  }
}
