// Several files as one ZIP file. Nothing in it is packed, for pictures are already.

/** @typedef {{name: string, file: Blob}} Entry */
/** What stands before a file and, again, in the list at the end. @typedef {{head: Uint8Array<ArrayBuffer>, name: Uint8Array<ArrayBuffer>, file: Blob, at: number}} Placed */

/** "PK" and what follows, as the numbers are written: the lower byte first. */
const FILE = 0x04034b50;
const LISTED = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** That names are in UTF-8. */
const UNICODE = 0x0800;
const POLYNOMIAL = 0xedb88320;
/** The format's own days begin then. */
const FIRST_YEAR = 1980;

/** @param {readonly Entry[]} entries with different names @param {Date} [now] @returns {Promise<Blob>} */
export async function zipOf(entries, now = new Date()) {
  /** @type {Placed[]} */
  const placed = [];
  /** @type {BlobPart[]} */
  const parts = [];
  let at = 0;
  for (const { name, file } of entries) {
    const one = { ...(await headOf(name, file, now)), file, at };
    placed.push(one);
    const before = numbers([FILE, 4]);
    parts.push(before, one.head, one.name, file);
    at += before.length + one.head.length + one.name.length + file.size;
  }
  const list = placed.flatMap(listed);
  const size = list.reduce((sum, part) => sum + part.length, 0);
  return new Blob([...parts, ...list, endOf(placed.length, size, at)], {
    type: "application/zip",
  });
}

/** @param {string} text @param {Blob} file @param {Date} now */
async function headOf(text, file, now) {
  const name = new TextEncoder().encode(text);
  const checksum = crc32(new Uint8Array(await file.arrayBuffer()));
  const head = numbers(
    ...[
      [VERSION, 2],
      [UNICODE, 2],
      [0, 2],
      [timeOf(now), 2],
      [dayOf(now), 2],
    ],
    ...[
      [checksum, 4],
      [file.size, 4],
      [file.size, 4],
      [name.length, 2],
      [0, 2],
    ],
  );
  return { head, name };
}

/** @param {Placed} placed */
function listed({ head, name, at }) {
  const more = numbers([0, 2], [0, 2], [0, 2], [0, 4], [at, 4]);
  return [numbers([LISTED, 4], [VERSION, 2]), head, more, name];
}

/** @param {number} count @param {number} size of the list @param {number} at where it begins */
function endOf(count, size, at) {
  return numbers([END, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [at, 4], [0, 2]);
}

/** @param {readonly number[][]} fields each a number and how many bytes it takes */
function numbers(...fields) {
  const bytes = fields.flatMap(([value = 0, length = 0]) =>
    Array.from({ length }, (_, i) => (value >>> (8 * i)) & 0xff),
  );
  return Uint8Array.from(bytes);
}

/** In two seconds. @param {Date} now */
function timeOf(now) {
  return (now.getHours() << 11) | (now.getMinutes() << 5) | (now.getSeconds() >> 1);
}

/** @param {Date} now */
function dayOf(now) {
  return ((now.getFullYear() - FIRST_YEAR) << 9) | ((now.getMonth() + 1) << 5) | now.getDate();
}

/** @type {Uint32Array | undefined} */
let table;

/** @param {Uint8Array} bytes */
export function crc32(bytes) {
  table ??= newTable();
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ Number(table[(sum ^ byte) & 0xff]);
  return (sum ^ 0xffffffff) >>> 0;
}

function newTable() {
  return Uint32Array.from({ length: 256 }, (_, i) => {
    let sum = i;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1;
    return sum;
  });
}
