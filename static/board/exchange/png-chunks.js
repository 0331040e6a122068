// A PNG that a PDF takes as it is: its rows are packed in the same way there. Pure.

const SIGNATURE_BYTES = 8;
/** Of a chunk: length and name before its data, a checksum after it. */
const BEFORE = 8;
const AFTER = 4;
/** By how a PNG calls its colours: grey, red green blue, or from a palette. */
const COLORS = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
]);

/** @typedef {{width: number, height: number, bits: number, colors: number, palette: Uint8Array | null, rows: Uint8Array<ArrayBuffer>}} Rows */

/** Null where it is see-through or woven, which must be taken apart. @param {Uint8Array} png @returns {Rows | null} */
export function rowsOf(png) {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  /** @type {Uint8Array | null} */
  let head = null;
  /** @type {Uint8Array | null} */
  let palette = null;
  /** @type {Uint8Array[]} */
  const parts = [];
  for (let at = SIGNATURE_BYTES; at + BEFORE + AFTER <= png.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...png.subarray(at + 4, at + BEFORE));
    const data = png.subarray(at + BEFORE, at + BEFORE + length);
    if (name === "IHDR") head = data;
    if (name === "PLTE") palette = data;
    if (name === "IDAT") parts.push(data);
    if (name === "tRNS" || name === "iCCP") return null;
    at += BEFORE + length + AFTER;
  }
  return head && parts.length > 0 ? rowsWith(head, palette, parts) : null;
}

/** @param {Uint8Array} head @param {Uint8Array | null} palette @param {readonly Uint8Array[]} parts @returns {Rows | null} */
function rowsWith(head, palette, parts) {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const [bits = 0, kind = 0, , , woven = 0] = head.subarray(8);
  const colors = COLORS.get(kind);
  if (colors === undefined || woven !== 0 || (kind === 3 && !palette)) return null;
  const rows = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    rows.set(part, at);
    at += part.length;
  }
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  return { width, height, bits, colors, palette: kind === 3 ? palette : null, rows };
}
