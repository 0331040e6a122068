// Lays text out in lines: breaks, direction, lists, tabs. All lengths are parts of the font's size, so that a layout
// serves at any size. Pure but for what it measures with.

import { graphemes, piecesOf } from "./line-breaks.js";

/** @typedef {(text: string) => number} Measure */
/** @typedef {import("./line-breaks.js").Piece} Piece */
/** A row of ink within a line, from where reading starts. @typedef {{text: string, at: number}} Run */

/**
 * @typedef {object} Line
 * @property {Run[]} runs
 * @property {number} width of the ink, without what it is indented by
 * @property {boolean} rtl
 * @property {string} marker of a list's item, at its first line
 */

/**
 * @typedef {object} Layout
 * @property {Line[]} lines
 * @property {number} width of the widest line, its indent with it
 * @property {number} height
 * @property {number} indent of every line
 * @property {boolean} broken whether a word had to be broken
 */

export const LINE_HEIGHT = 1.3;
/** From the start of the line. */
export const TAB = 2;
/** Nearer than this it is the next one that counts: a tab is to be seen. */
const TAB_GAP = 0.3;
const INDENT = { bullet: 1.25, number: 1.5 };
/** A number with more digits needs more. */
const INDENT_PER_DIGIT = 0.6;
const LETTER = /\p{L}/u;
const RTL_LETTER =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Sums of widths differ in their last digits. */
const HAIR = 1e-6;

/**
 * @param {string} text
 * @param {{measure: Measure, width: number | null, list: string}} how `width` null: lines break only where the text does
 * @returns {Layout}
 */
export function layOut(text, { measure, width, list }) {
  const paragraphs = text.split(/\r\n|\r|\n/);
  const indent = indentOf(list, paragraphs.length);
  const room = width === null ? Number.POSITIVE_INFINITY : Math.max(0, width - indent);
  const filler = new Filler(measure, room);
  let widest = 0;
  paragraphs.forEach((paragraph, i) => {
    filler.begin(isRtl(paragraph), markerOf(list, i));
    for (const piece of piecesOf(paragraph)) filler.add(piece);
    filler.end();
  });
  for (const line of filler.lines) widest = Math.max(widest, line.width);
  return {
    lines: filler.lines,
    width: widest + indent,
    height: filler.lines.length * LINE_HEIGHT,
    indent,
    broken: filler.broken,
  };
}

/** @param {string} list @param {number} items */
export function indentOf(list, items) {
  if (list === "bullet") return INDENT.bullet;
  if (list !== "number") return 0;
  return INDENT.number + INDENT_PER_DIGIT * (String(items).length - 1);
}

/** @param {string} list @param {number} index */
export function markerOf(list, index) {
  if (list === "bullet") return "•";
  return list === "number" ? `${index + 1}.` : "";
}

/** By its first letter, as `dir="auto"` has it. @param {string} text */
export function isRtl(text) {
  if (!RTL_LETTER.test(text)) return false;
  const first = LETTER.exec(text)?.[0];
  return first !== undefined && RTL_LETTER.test(first);
}

/** Fills lines with pieces, one paragraph after the other. */
class Filler {
  /** @type {Line[]} */
  lines = [];
  broken = false;
  /** @type {Run[]} */
  #runs = [];
  /** Of what the line has, the spaces at its end with it. */
  #at = 0;
  /** Without those spaces. */
  #inked = 0;
  #rtl = false;
  #marker = "";

  /** @param {Measure} measure @param {number} room */
  constructor(measure, room) {
    this.measure = measure;
    this.room = room;
  }

  /** @param {boolean} rtl @param {string} marker */
  begin(rtl, marker) {
    this.#rtl = rtl;
    this.#marker = marker;
  }

  /** @param {Piece} piece */
  add({ text, space }) {
    if (text === "\t") {
      this.#tab();
      return;
    }
    const width = this.measure(text);
    if (!space && this.#at + width > this.room + HAIR) {
      if (this.#at > 0) this.end();
      if (width > this.room + HAIR) {
        this.#addBroken(text);
        return;
      }
    }
    this.#put(text, width, space);
  }

  /** The line is full, or the paragraph over. */
  end() {
    const runs = this.#runs
      .map(({ text, at }, i) => ({ text: i === this.#runs.length - 1 ? text.trimEnd() : text, at }))
      .filter(({ text }) => text !== "");
    this.lines.push({ runs, width: this.#inked, rtl: this.#rtl, marker: this.#marker });
    this.#runs = [];
    this.#at = this.#inked = 0;
    this.#marker = "";
  }

  /** A word that is longer than a line breaks between any two characters. @param {string} word */
  #addBroken(word) {
    this.broken = true;
    for (const character of graphemes(word)) {
      const width = this.measure(character);
      if (this.#at > 0 && this.#at + width > this.room + HAIR) this.end();
      this.#put(character, width, false);
    }
  }

  #tab() {
    const stop = (Math.floor((this.#at + TAB_GAP) / TAB + HAIR) + 1) * TAB;
    if (stop > this.room && this.#at > 0) {
      this.end();
      return;
    }
    this.#at = stop;
    this.#runs.push({ text: "", at: stop });
  }

  /** @param {string} text @param {number} width @param {boolean} space */
  #put(text, width, space) {
    const run = this.#runs.at(-1);
    if (run) run.text += text;
    else this.#runs.push({ text, at: this.#at });
    this.#at += width;
    if (!space) this.#inked = this.#at;
  }
}
