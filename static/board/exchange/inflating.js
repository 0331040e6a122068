// Packing by deflate; and unpacking, up to a limit: a small file may hold an endless one.

import { damaged } from "./reading.js";

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

/** In the format of zlib; the browser does it beside the page. @param {BlobPart} all @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function deflated(all) {
  const packed = new Blob([all]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
