// Unpacks a font from WOFF (version 1), for formats that take it only as it was before.

/** @typedef {{tag: number, checksum: number, bytes: Uint8Array}} Table */

const SIGNATURE = 0x774f4646;
const HEADER = 44;
const ROW = 20;
/** No font of ours comes near. */
const BYTES_MAX = 16 * 2 ** 20;

/** @param {Uint8Array<ArrayBuffer>} woff @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function unpackedFont(woff) {
  const view = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  if (view.getUint32(0) !== SIGNATURE) throw new Error("this is no WOFF file");
  const flavor = view.getUint32(4);
  const count = view.getUint16(12);
  /** @type {Table[]} */
  const tables = [];
  for (let i = 0; i < count; i++) {
    const row = HEADER + ROW * i;
    const at = view.getUint32(row + 4);
    const packed = woff.subarray(at, at + view.getUint32(row + 8));
    const length = view.getUint32(row + 12);
    if (length > BYTES_MAX) throw new Error(`a table of ${length} bytes is more than a font has`);
    const bytes = packed.length < length ? await inflated(packed) : packed;
    tables.push({ tag: view.getUint32(row), checksum: view.getUint32(row + 16), bytes });
  }
  return assembled(flavor, tables);
}

/** @param {number} flavor @param {readonly Table[]} tables */
function assembled(flavor, tables) {
  const count = tables.length;
  const start = 12 + 16 * count;
  const size = tables.reduce((sum, { bytes }) => sum + padded(bytes.length), start);
  const font = new Uint8Array(size);
  const view = new DataView(font.buffer);
  const power = Math.floor(Math.log2(Math.max(1, count)));
  view.setUint32(0, flavor);
  view.setUint16(4, count);
  view.setUint16(6, 16 * 2 ** power);
  view.setUint16(8, power);
  view.setUint16(10, 16 * (count - 2 ** power));
  let at = start;
  tables.forEach(({ tag, checksum, bytes }, i) => {
    [tag, checksum, at, bytes.length].forEach((value, j) => {
      view.setUint32(12 + 16 * i + 4 * j, value);
    });
    font.set(bytes, at);
    at += padded(bytes.length);
  });
  return font;
}

/** @param {number} length */
function padded(length) {
  return (length + 3) & ~3;
}

/** @param {Uint8Array<ArrayBuffer>} packed */
async function inflated(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
