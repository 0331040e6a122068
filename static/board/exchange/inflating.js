// Packing by deflate; and unpacking, up to a limit: a small file may hold an endless one.

import { damaged } from "./reading.js";

/** Packed in a millisecond or two. */
const PIECE = 0x10000;

/** @param {Uint8Array<ArrayBuffer>} packed in the format of zlib @param {number} most bytes @returns {Promise<Uint8Array>} */
export async function inflated(packed, most) {
  const reader = new Blob([packed])
    .stream()
    .pipeThrough(new DecompressionStream("deflate"))
    .getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  let length = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length;
      if (length > most) break;
      parts.push(next.value);
    }
  } catch {
    throw damaged();
  }
  if (length <= most) return joined(parts, length);
  await reader.cancel();
  throw damaged();
}

/** @param {readonly Uint8Array[]} parts @param {number} length */
function joined(parts, length) {
  const all = new Uint8Array(length);
  let at = 0;
  for (const each of parts) {
    all.set(each, at);
    at += each.length;
  }
  return all;
}

/** In the format of zlib. Browsers do it in the page itself, so not all at once. @param {Uint8Array<ArrayBuffer>} all @param {import("./pace.js").Pace} pace @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function deflated(all, pace) {
  const packing = new CompressionStream("deflate");
  const packed = new Response(packing.readable).arrayBuffer();
  const writer = packing.writable.getWriter();
  try {
    for (let at = 0; at < all.length; at += PIECE) {
      await writer.write(all.subarray(at, at + PIECE));
      await pace.restNow();
    }
    await writer.close();
  } catch (error) {
    writer.abort(error).catch(() => {});
    packed.catch(() => {});
    throw error;
  }
  return new Uint8Array(await packed);
}
