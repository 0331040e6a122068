// The fonts of a PDF: what of a text is written in which of them, and what in none.

import { spansOf } from "../elements/fonts.js";
import { graphemes } from "../elements/line-breaks.js";
import { unpackedFont } from "./woff.js";

/**
 * @typedef {import("../../npm/pdf-fonts.js").FontFile} FontFile
 * @typedef {import("../../npm/pdf-lib.js").PDFDocument} PDFDocument
 * @typedef {import("../../npm/pdf-lib.js").PDFFont} PDFFont
 * @typedef {import("./recording.js").Ruler} Ruler
 * @typedef {import("./recording.js").Text} Text
 * @typedef {typeof import("../../npm/pdf-lib.js")} PdfLib
 */

/** One that a reader has, or one of ours. @typedef {{font: PDFFont, has: (character: string) => boolean, standard: boolean, bold: boolean}} Face */
/** A part of a text in one font, null where no font has its characters; `at` and `width` as on the screen. @typedef {{text: string, face: Face | null, at: number, width: number}} Piece */

/** What readers of PDFs have, plain, bold, italic and both. */
const STANDARD = {
  sans: ["Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"],
  serif: ["Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"],
  mono: ["Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique"],
};
const OURS = { hand: ["Patrick Hand", "Gaegu"], others: ["Gowun Dodum"] };
const BOLD = 600;
/** Joined letters would have no width of their own in the file. */
const LETTER_BY_LETTER = { liga: false, clig: false, dlig: false, calt: false, rlig: false };

/** As the canvas takes it. @param {Text} text */
export function cssOf({ italic, weight, size, families }) {
  return `${italic ? "italic " : ""}${weight} ${size}px ${families}`;
}

export class Fonts {
  /** @type {Map<string, Promise<Face | null>>} */
  #faces = new Map();

  /**
   * @param {PDFDocument} file @param {PdfLib} lib @param {readonly FontFile[]} files
   * @param {{ruler: Ruler, bytes: (file: string) => Promise<Uint8Array<ArrayBuffer> | null>}} from
   */
  constructor(file, lib, files, { ruler, bytes }) {
    this.file = file;
    this.lib = lib;
    this.shelves = files.map((one) => ({ ...one, spans: spansOf(one.range) }));
    this.ruler = ruler;
    this.bytes = bytes;
  }

  /** @param {Text} mark @returns {Promise<Piece[]>} */
  async piecesOf(mark) {
    // What runs from right to left joins its letters, which only a browser does here.
    if (mark.rtl) return [{ text: mark.text, face: null, at: 0, width: mark.width }];
    /** @type {{text: string, face: Face | null}[]} */
    const pieces = [];
    for (const character of graphemes(mark.text)) {
      const last = pieces.at(-1);
      const face = last?.face?.has(character) ? last.face : await this.#faceFor(character, mark);
      if (last && last.face === face) last.text += character;
      else pieces.push({ text: character, face });
    }
    return this.#placed(pieces, mark);
  }

  /** One after another: all at once, as the file is saved, would be long. @param {import("./pace.js").Pace} pace */
  async finish(pace) {
    for (const face of this.#faces.values()) {
      await (await face)?.font.embed();
      await pace.restNow();
    }
  }

  /** Where each stands on the screen. @param {{text: string, face: Face | null}[]} pieces @param {Text} mark @returns {Piece[]} */
  #placed(pieces, mark) {
    this.ruler.font = cssOf(mark);
    this.ruler.textBaseline = "alphabetic";
    const measure = (/** @type {string} */ text) => this.ruler.measureText(text).width;
    const part = mark.width / (measure(mark.text) || 1);
    let before = "";
    return pieces.map(({ text, face }) => {
      const at = measure(before) * part;
      before += text;
      return { text, face, at, width: measure(before) * part - at };
    });
  }

  /** The first that has it, in the order of the screen. @param {string} character @param {Text} mark */
  async #faceFor(character, mark) {
    for (const find of this.#order(mark)) {
      const face = await find(character);
      if (face?.has(character)) return face;
    }
    return null;
  }

  /** @param {Text} mark @returns {((character: string) => Promise<Face | null>)[]} */
  #order({ families, weight, italic }) {
    const hand = families.includes("Patrick Hand");
    const kind = /\bui-serif\b/.test(families)
      ? "serif"
      : /monospace/.test(families)
        ? "mono"
        : "sans";
    const bold = weight >= BOLD;
    const name = STANDARD[kind][(bold ? 1 : 0) + (italic ? 2 : 0)] ?? "Helvetica";
    const ours = (/** @type {readonly string[]} */ names) =>
      names.map(
        (family) => (/** @type {string} */ character) => this.#ours(family, bold, character),
      );
    return [...(hand ? ours(OURS.hand) : []), () => this.#standard(name), ...ours(OURS.others)];
  }

  /** @param {string} name */
  #standard(name) {
    return this.#once(name, async () => {
      const font = await this.file.embedFont(name);
      const known = new Set(font.getCharacterSet());
      const has = (/** @type {string} */ text) =>
        [...text].every((one) => known.has(one.codePointAt(0) ?? 0));
      return { font, has, standard: true, bold: name.includes("Bold") };
    });
  }

  /** @param {string} family @param {boolean} bold @param {string} character */
  async #ours(family, bold, character) {
    const code = character.codePointAt(0) ?? 0;
    const all = this.shelves.filter(
      (one) => one.family === family && one.spans.some(([from, to]) => from <= code && code <= to),
    );
    const found = all.find(({ weight }) => weight >= BOLD === bold) ?? all[0];
    return found ? this.#once(found.file, () => this.#embed(found)) : null;
  }

  /** @param {FontFile} found @returns {Promise<Face | null>} */
  async #embed({ file, weight }) {
    const woff = await this.bytes(file);
    if (!woff) return null;
    const bytes = await unpackedFont(woff);
    const { fontkit } = await import("../../npm/pdf-fontkit.js");
    this.file.registerFontkit(/** @type {never} */ (fontkit));
    const known = new Set(fontkit.create(bytes).characterSet);
    const font = await this.file.embedFont(bytes, { features: LETTER_BY_LETTER });
    const has = (/** @type {string} */ text) =>
      [...text].every((one) => known.has(one.codePointAt(0) ?? 0));
    return { font, has, standard: false, bold: weight >= BOLD };
  }

  /** @param {string} name @param {() => Promise<Face | null>} make */
  #once(name, make) {
    const face = this.#faces.get(name) ?? make();
    this.#faces.set(name, face);
    return face;
  }
}
