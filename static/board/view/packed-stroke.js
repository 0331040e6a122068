// A stroke as bytes: most boards have little else, and to read five numbers takes a tenth of what it takes to read text.
// Pure.

/** @typedef {import("../core/fold.js").Element} Element */

/** All that a stroke of today has; one with more goes as text, as other kinds do. */
const NAMES = new Set(["kind", "x", "y", "z", "color", "width", "opacity", "author", "points"]);
/** Numbers of eight bytes each, what isn't there is none; then the number of its colour, and the length of `z`. */
const NUMBERS = /** @type {const} */ (["x", "y", "width", "opacity", "author"]);
const COLOR_AT = 8 * NUMBERS.length;
const LENGTH_AT = COLOR_AT + 4;
const HEADER = LENGTH_AT + 1;
const LONGEST = 255;
const ASCII = /^[ -~]*$/;

/** Whether nothing of it would be lost. @param {Element} element */
export function isPlainStroke(element) {
  if (element.kind !== "stroke" || typeof element.color !== "string") return false;
  for (const name in element) if (!NAMES.has(name)) return false;
  for (const name of NUMBERS) {
    const value = element[name];
    if (value !== undefined && !Number.isFinite(value)) return false;
  }
  const { z } = element;
  return typeof z === "string" && z.length <= LONGEST && ASCII.test(z);
}

/** Bytes before its points. @param {Element} element */
export function headSize(element) {
  return HEADER + String(element.z).length;
}

/** @param {Uint8Array} bytes of that size @param {Element} element @param {number} color the number of its colour */
export function writeHead(bytes, element, color) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let i = 0; i < NUMBERS.length; i++) {
    const value = element[/** @type {string} */ (NUMBERS[i])];
    view.setFloat64(8 * i, value === undefined ? Number.NaN : Number(value));
  }
  view.setUint32(COLOR_AT, color);
  const z = String(element.z);
  bytes[LENGTH_AT] = z.length;
  for (let i = 0; i < z.length; i++) bytes[HEADER + i] = z.charCodeAt(i);
}

/** All but its points, and those. @param {Uint8Array} bytes @param {(color: number) => string} colorOf */
export function readHead(bytes, colorOf) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const end = HEADER + Number(bytes[LENGTH_AT]);
  /** @type {Record<string, import("../protocol").Scalar>} */
  const element = {
    kind: "stroke",
    z: String.fromCharCode.apply(null, /** @type {any} */ (bytes.subarray(HEADER, end))),
    color: colorOf(view.getUint32(COLOR_AT)),
  };
  const x = view.getFloat64(0);
  const y = view.getFloat64(8);
  const width = view.getFloat64(16);
  const opacity = view.getFloat64(24);
  const author = view.getFloat64(32);
  if (!Number.isNaN(x)) element.x = x;
  if (!Number.isNaN(y)) element.y = y;
  if (!Number.isNaN(width)) element.width = width;
  if (!Number.isNaN(opacity)) element.opacity = opacity;
  if (!Number.isNaN(author)) element.author = author;
  return { element, points: bytes.subarray(end) };
}
