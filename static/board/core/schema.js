// What the server takes as an element, for what comes from elsewhere: the same rules as boards/elements.py. Pure.

import { fromBase64 } from "./bytes.js";
import { STEP_MAX, STEP_MIN } from "./points.js";

/** @typedef {import("./fold.js").Element} Element */
/** @typedef {import("../protocol").Protocol} Protocol */
/** @typedef {(value: unknown) => boolean} Rule */

/** @type {Protocol["COORDINATE_MAX"]} */
const COORDINATE_MAX = 1000000;
/** @type {Protocol["TEXT_LENGTH"]} */
const TEXT_LENGTH = 10000;
/** @type {Protocol["POINTS_PER_STROKE"]} */
const POINTS_MAX = 10000;
/** @type {Protocol["NAME_LENGTH"]} */
const NAME_LENGTH = 200;
/** @type {Protocol["ALT_LENGTH"]} */
const ALT_LENGTH = 2000;
/** @type {Protocol["LINK_LENGTH"]} */
const LINK_LENGTH = 2000;
/** @type {Protocol["GROUP_DEPTH"]} */
const GROUP_DEPTH = 8;
const SEED_MAX = 2 ** 31 - 1;
const VARINT_BYTES = 5;
const VARINT_MAX = 2 ** 32 - 1;
const PALETTE = new Set(
  "black grey red orange yellow green teal blue violet pink brown white".split(" "),
);
const KEY = "[\\w-]{8,32}";
const GROUP = new RegExp(`^${KEY}(?:/${KEY}){0,${GROUP_DEPTH - 1}}$`);
const PART = "(?:0(?:\\.\\d{1,6})?|1(?:\\.0{1,6})?)";
const PLACE = "-?\\d{1,7}(?:\\.\\d{1,4})?";
const ANCHOR = new RegExp(`^${KEY}(?:@${PART},${PART})?$`);
const CROP = new RegExp(`^${PART}(?:,${PART}){3}$`);
const LINK = new RegExp(
  [
    "^(?:https?://[!-~\\u00a1-\\ud7ff\\ue000-\\uffff\\u{10000}-\\u{10ffff}]+",
    "mailto:[!-~]+",
    `#(?:page|element)=${KEY}`,
    `#view=${PLACE},${PLACE},${PLACE},${PLACE}(?:@${KEY})?)$`,
  ].join("|"),
  "u",
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\0-\x08\x0b-\x1f\x7f\ud800-\udfff]/u;
const HEADS = ["none", "arrow", "triangle", "dot", "diamond", "bar"];

/** @param {number} least @param {number} most @returns {Rule} */
const within = (least, most) => (value) =>
  typeof value === "number" && value >= least && value <= most && !Object.is(value, -0);
/** @param {RegExp} pattern @returns {Rule} */
const like = (pattern) => (value) => typeof value === "string" && pattern.test(value);
/** @param {readonly string[]} names @returns {Rule} */
const oneOf = (names) => (value) => typeof value === "string" && names.includes(value);
/** @type {Rule} */
const flag = (value) => typeof value === "boolean";
/** @type {Rule} */
const color = (value) =>
  typeof value === "string" && (PALETTE.has(value) || /^#[0-9a-f]{6}$/.test(value));
const place = within(-COORDINATE_MAX, COORDINATE_MAX);
const side = within(0, COORDINATE_MAX);
const seed = within(0, SEED_MAX);

const NEEDED_ALONG_POINTS = ["color", "width", "points"];
const NEEDED_IN_A_BOX = ["w", "h", "color", "width"];
/** What elements of each kind need, beside their place. @type {ReadonlyMap<unknown, readonly string[]>} */
const NEEDED = new Map([
  ["stroke", NEEDED_ALONG_POINTS],
  ["highlight", NEEDED_ALONG_POINTS],
  ["line", NEEDED_ALONG_POINTS],
  ["arrow", NEEDED_ALONG_POINTS],
  ["rectangle", NEEDED_IN_A_BOX],
  ["ellipse", NEEDED_IN_A_BOX],
  ["diamond", NEEDED_IN_A_BOX],
  ["triangle", NEEDED_IN_A_BOX],
  ["hexagon", NEEDED_IN_A_BOX],
  ["star", NEEDED_IN_A_BOX],
  ["cloud", NEEDED_IN_A_BOX],
  ["bubble", NEEDED_IN_A_BOX],
  ["text", ["color", "text", "size"]],
  ["note", ["w", "h", "text"]],
  ["image", ["w", "h", "asset"]],
  ["frame", ["w", "h"]],
  ["page", []],
]);

/** @type {ReadonlyMap<string, Rule>} */
const RULES = new Map(
  Object.entries({
    kind: (/** @type {unknown} */ value) => NEEDED.has(value),
    x: place,
    y: place,
    z: like(/^[0-9A-Za-z]{1,64}$/),
    color,
    width: within(0.01, 1000),
    points: isPoints,
    w: side,
    h: side,
    angle: within(-6.2832, 6.2832),
    flip: oneOf(["x", "y", "xy"]),
    fill: color,
    pattern: oneOf(["solid", "hachure", "cross", "zigzag", "dots"]),
    dash: oneOf(["dashed", "dotted"]),
    opacity: within(0.05, 1),
    look: oneOf(["drawn"]),
    seed: (/** @type {unknown} */ value) => Number.isInteger(value) && seed(value),
    round: flag,
    curve: flag,
    head: oneOf(HEADS),
    tail: oneOf(HEADS),
    text: isText,
    font: oneOf(["sans", "serif", "mono", "hand"]),
    size: within(1, 2000),
    align: oneOf(["start", "center", "end"]),
    valign: oneOf(["top", "middle", "bottom"]),
    bold: flag,
    italic: flag,
    code: flag,
    list: oneOf(["bullet", "number"]),
    wrap: flag,
    group: like(GROUP),
    locked: flag,
    page: like(new RegExp(`^${KEY}$`)),
    frame: like(new RegExp(`^${KEY}$`)),
    from: like(ANCHOR),
    to: like(ANCHOR),
    route: oneOf(["elbow"]),
    asset: like(/^[\w-]{22}$/),
    source: like(/^[\w-]{22}#[1-9]\d{0,4}$/),
    crop: like(CROP),
    alt: shortText(ALT_LENGTH),
    name: shortText(NAME_LENGTH),
    link: (/** @type {unknown} */ value) =>
      typeof value === "string" && [...value].length <= LINK_LENGTH && LINK.test(value),
    hidden: flag,
  }),
);

const PLACED = ["kind", "x", "y", "z"];
const OF_SCHEMA_4 = new Set(
  "page frame from to route asset source crop alt name link hidden".split(" "),
);
const KINDS_OF_SCHEMA_4 = new Set(["image", "frame", "page"]);
const OF_SCHEMA_1 = new Set([...PLACED, ...NEEDED_ALONG_POINTS]);

/** @param {string} name of a property */
export function isKnown(name) {
  return RULES.has(name);
}

/** @param {string} name of a property @param {unknown} value */
export function allows(name, value) {
  return RULES.get(name)?.(value) ?? false;
}

/** Whether the server takes it as a new element, once it has a schema as new as the element's. @param {Readonly<Record<string, unknown>>} element */
export function isElement(element) {
  const needed = NEEDED.get(element.kind);
  return (
    needed !== undefined &&
    Object.entries(element).every(([name, value]) => allows(name, value)) &&
    [...(element.kind === "page" ? ["z"] : PLACED), ...needed].every((name) =>
      Object.hasOwn(element, name),
    )
  );
}

/** The first schema of the protocol that has such elements. @param {Element} element */
export function schemaOf(element) {
  const names = Object.keys(element);
  if (KINDS_OF_SCHEMA_4.has(String(element.kind)) || names.some((n) => OF_SCHEMA_4.has(n)))
    return 4;
  const old = element.kind === "stroke" && names.every((n) => OF_SCHEMA_1.has(n));
  return old ? 1 : 2;
}

/** @param {number} most characters @returns {Rule} */
function shortText(most) {
  return (value) => isText(value) && [.../** @type {string} */ (value)].length <= most;
}

/** @param {unknown} value */
function isText(value) {
  if (typeof value !== "string" || value.length > 2 * TEXT_LENGTH) return false;
  return [...value].length <= TEXT_LENGTH && !CONTROL.test(value);
}

/** @param {unknown} value */
function isPoints(value) {
  if (typeof value !== "string" || !/^[A-Za-z0-9+/]*$/.test(value)) return false;
  if (value.length % 4 === 1) return false;
  const bytes = fromBase64(value);
  const [head = 0x80, flags = 2] = bytes;
  const step = (head >> 1) ^ -(head & 1);
  if (head >= 0x80 || step < STEP_MIN || step > STEP_MAX || flags > 1) return false;
  return leadsNotTooFar(bytes, flags, COORDINATE_MAX * 2 ** step);
}

/** Follows the points one by one, as the server does. @param {Uint8Array} bytes @param {number} pressures bytes of it after each point @param {number} farthest in steps */
function leadsNotTooFar(bytes, pressures, farthest) {
  /** @type {[number, number]} */
  const here = [0, 0];
  let count = 0;
  let at = 2;
  while (at < bytes.length && count <= POINTS_MAX) {
    for (const axis of /** @type {const} */ ([0, 1])) {
      const { number, next } = varintAt(bytes, at);
      if (number > VARINT_MAX) return false;
      here[axis] += number % 2 === 0 ? number / 2 : -(number + 1) / 2;
      if (Math.abs(here[axis]) > farthest) return false;
      at = next;
    }
    at += pressures;
    count++;
  }
  return at === bytes.length && count >= 1 && count <= POINTS_MAX;
}

/** Infinite where there is none. @param {Uint8Array} bytes @param {number} at */
function varintAt(bytes, at) {
  let number = 0;
  for (let i = 0; i < VARINT_BYTES; i++) {
    const byte = bytes[at + i] ?? 0x80;
    number += (byte % 0x80) * 2 ** (7 * i);
    if (byte < 0x80) return { number, next: at + i + 1 };
  }
  return { number: Number.POSITIVE_INFINITY, next: at };
}
