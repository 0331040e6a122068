// Fonts of what is written: their names for the canvas and the page, how wide their characters are, and the
// hand-written ones, whose files are fetched for the characters that are shown.

import { isSet, textOf } from "./kind.js";
import { coming } from "./later.js";

/** @typedef {import("./kind.js").Element} Element */
/** @typedef {"sans" | "serif" | "mono" | "hand"} FontName */
/** @typedef {{family: FontName, bold: boolean, italic: boolean}} Font */
/** What a file holds, in order. @typedef {{file: import("../../npm/fonts.js").FontFile, spans: [number, number][]}} Shelf */

const SANS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Pretendard Variable", Pretendard, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", NanumGothic, sans-serif';
/** @type {Record<FontName, string>} */
const FAMILIES = {
  sans: SANS,
  serif: 'ui-serif, Georgia, "Noto Serif KR", "Nanum Myeongjo", AppleMyungjo, Batang, serif',
  mono: 'ui-monospace, "SF Mono", Menlo, Consolas, "D2Coding", NanumGothicCoding, monospace',
  hand: `"Patrick Hand", Gaegu, ${SANS}`,
};
/** Widths are measured at this size and given as parts of it: large, so that no hinting rounds them. */
const MEASURED_AT = 100;
/** Of each font; a board has fewer words in view, and a stranger's may have any number. */
const WIDTHS_MAX = 20_000;
/** Longer ones are seldom written twice. */
const REMEMBERED_LENGTH = 40;
/** Where nothing can measure, as in tests without a browser: about what letters are. */
const GUESS = { narrow: 0.55, wide: 1, ascent: 0.93, descent: 0.24 };

/** @type {Map<string, Map<string, number>>} */
const widths = new Map();
/** @type {Map<string, {ascent: number, descent: number}>} */
const metrics = new Map();
/** @type {{font: string, textRendering: string, measureText: (text: string) => TextMetrics} | null | undefined} */
let ruler;
/** Grows when a font has come: what was laid out before is out of date. */
let generation = 0;
/** @type {Promise<Shelf[]> | null} */
let shelves = null;
/** @type {Set<string>} */
const fetched = new Set();
/** Characters that have been asked for, by weight. @type {Map<number, Set<string>>} */
const asked = new Map();

/** @param {Element} element @returns {Font} */
export function fontOf(element) {
  const name = isSet(element, "code") ? "mono" : textOf(element, "font", "sans");
  return {
    family: /** @type {FontName} */ (Object.hasOwn(FAMILIES, name) ? name : "sans"),
    bold: isSet(element, "bold"),
    italic: isSet(element, "italic"),
  };
}

/** As CSS and the canvas write it. @param {Font} font @param {number} size in pixels */
export function fontCss({ family, bold, italic }, size) {
  const names = family === "hand" ? handFamily() : FAMILIES[family];
  return `${italic ? "italic " : ""}${bold ? "700" : "400"} ${size}px ${names}`;
}

/** A worker's canvas goes on with what it has found for the same words: the name of no font makes them others. */
function handFamily() {
  return `${FAMILIES.hand}, "after ${generation}"`;
}

/** As parts of the size. @param {Font} font @returns {(text: string) => number} */
export function measureIn(font) {
  const css = fontCss(font, MEASURED_AT);
  let known = widths.get(css);
  if (!known) {
    known = new Map();
    widths.set(css, known);
  }
  const remembered = known;
  return (text) => {
    const width = remembered.get(text) ?? measure(css, text);
    if (text.length <= REMEMBERED_LENGTH && remembered.size < WIDTHS_MAX)
      remembered.set(text, width);
    return width;
  };
}

/** How far letters reach above and below the line they stand on, as parts of the size. @param {Font} font */
export function reachOf(font) {
  const css = fontCss(font, MEASURED_AT);
  let known = metrics.get(css);
  if (!known) {
    known = measuredReach(css);
    metrics.set(css, known);
  }
  return known;
}

/** What layouts that are kept have to be compared with. @param {Font} font */
export function fontGeneration({ family }) {
  return family === "hand" ? generation : 0;
}

/** @param {string} css @param {string} text */
function measure(css, text) {
  const ctx = rulerFor(css);
  if (ctx) return ctx.measureText(text).width / MEASURED_AT;
  let width = 0;
  for (const character of text)
    width += character.charCodeAt(0) < 0x1100 ? GUESS.narrow : GUESS.wide;
  return width;
}

/** @param {string} css */
function measuredReach(css) {
  const box = rulerFor(css)?.measureText("x");
  if (!box?.fontBoundingBoxAscent) return { ascent: GUESS.ascent, descent: GUESS.descent };
  return {
    ascent: box.fontBoundingBoxAscent / MEASURED_AT,
    descent: box.fontBoundingBoxDescent / MEASURED_AT,
  };
}

/** @param {string} css */
function rulerFor(css) {
  if (ruler === undefined) ruler = newRuler();
  if (ruler) ruler.font = css;
  return ruler;
}

function newRuler() {
  const canvas =
    typeof OffscreenCanvas === "undefined"
      ? globalThis.document?.createElement("canvas")
      : new OffscreenCanvas(1, 1);
  const ctx = /** @type {CanvasRenderingContext2D | null | undefined} */ (canvas?.getContext("2d"));
  // Otherwise the same word could be wider or narrower from one zoom to the next.
  if (ctx) ctx.textRendering = "geometricPrecision";
  return ctx ?? null;
}

// -- the hand-written ones ---------------------------------------------------------------------------

/** Fetches what a text needs, unless it is there or on its way. @param {Font} font @param {string} text */
export function bringFont({ family, bold }, text) {
  if (family !== "hand" || !fontSet()) return;
  const weight = bold ? 700 : 400;
  let known = asked.get(weight);
  if (!known) {
    known = new Set();
    asked.set(weight, known);
  }
  /** @type {number[]} */
  const fresh = [];
  for (const character of text) {
    if (known.has(character)) continue;
    known.add(character);
    fresh.push(character.codePointAt(0) ?? 0);
  }
  if (fresh.length > 0) coming(fetchFor(fresh, weight));
}

/** @param {readonly number[]} characters @param {number} weight */
async function fetchFor(characters, weight) {
  shelves ??= readShelves();
  const wanted = (await shelves).filter(
    ({ file, spans }) =>
      !fetched.has(file.file) &&
      (file.weight === weight || file.family !== "Gaegu") &&
      characters.some((code) => spans.some(([from, to]) => from <= code && code <= to)),
  );
  // Nothing new: nobody has to paint anything again.
  if (wanted.length === 0) return Promise.reject();
  await Promise.all(wanted.map(({ file }) => fetchFile(file)));
  forgetMeasures();
}

/** @param {Shelf["file"]} file */
async function fetchFile({ family, weight, range, file }) {
  fetched.add(file);
  try {
    const face = new FontFace(family, `url("${fontAddress(file)}") format("woff2")`, {
      weight: String(weight),
      unicodeRange: range,
    });
    fontSet()?.add(await face.load());
  } catch (error) {
    fetched.delete(file);
    throw error;
  }
}

async function readShelves() {
  const { FONT_FILES } = await import("../../npm/fonts.js");
  return FONT_FILES.map((file) => ({ file, spans: spansOf(file.range) }));
}

/** @param {string} range as CSS has it @returns {[number, number][]} */
export function spansOf(range) {
  return range.split(",").map((part) => {
    const [from = "0", to = from] = part.trim().replace(/^U\+/i, "").split("-");
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });
}

/** Bundled, this module lies elsewhere: the folder of the fonts is found from where scripts lie. @param {string} file */
export function fontAddress(file, script = import.meta.url) {
  // The worker's own address ends in where the board's pictures are.
  const [path = ""] = script.split("#");
  return path.replace(/\/(?:board|site)\/(?:elements\/)?[^/]*$/, `/npm/fonts/${file}`);
}

/** That of the page or of the worker. @returns {FontFaceSet | null} */
function fontSet() {
  const { fonts } = /** @type {{fonts?: FontFaceSet}} */ (globalThis);
  return globalThis.document?.fonts ?? fonts ?? null;
}

function forgetMeasures() {
  generation++;
  for (const css of widths.keys()) if (css.includes("Patrick Hand")) widths.delete(css);
  for (const css of metrics.keys()) if (css.includes("Patrick Hand")) metrics.delete(css);
}
