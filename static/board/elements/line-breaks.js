// Where lines of text may break: words as they are written in the scripts of the world. Pure.

/** A piece is ink that stays together, or the space, or tab, after which a line may break. @typedef {{text: string, space: boolean}} Piece */

/** Not the no-break spaces: there a line doesn't break. */
const SPACE = /([ \t\u1680\u2000-\u2006\u2008-\u200b\u205f\u3000]+)/;
/** Chinese and Japanese break between any two characters, Korean between words. */
const ANYWHERE =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|[\u3001\u3002\uff00-\uffef]/u;
/** Not at the start of a line: what closes or goes on. */
const NOT_FIRST =
  /^[\u3001\u3002\u3005\u3009\u300b\u300d\u300f\u3011\u3015\u30fb\u30fc\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d!),.:;?\]}\u2019\u201d\u2026]/;
/** Not at the end of a line: what opens. */
const NOT_LAST = /[\u3008\u300a\u300c\u300e\u3010\u3014\uff08\uff3b\uff5b([{\u2018\u201c]$/;
/** Most words are of these letters alone, and looking for their scripts is slow. */
const PLAIN = /^[\u0021-\u02af\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]*$/;
const HYPHEN = /[-\u2010\u2013\u2014]/;
const AFTER_HYPHEN = /(?<=[\p{L}\p{N}][-\u2010\u2013\u2014])(?=\p{L})/u;

/** @type {Intl.Segmenter | null} */
const segmenter =
  typeof Intl === "object" && "Segmenter" in Intl
    ? new Intl.Segmenter(undefined, { granularity: "grapheme" })
    : null;

/** What a reader takes for one character. @param {string} text @returns {string[]} */
export function graphemes(text) {
  // Most text is plain, and the segmenter is slow.
  if (/^[\u0020-\u007e\uac00-\ud7a3]*$/.test(text)) return text.split("");
  if (!segmenter) return [...text];
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** @param {string} paragraph @returns {Piece[]} */
export function piecesOf(paragraph) {
  /** @type {Piece[]} */
  const pieces = [];
  paragraph.split(SPACE).forEach((part, i) => {
    if (part === "") return;
    if (i % 2 === 0) for (const text of words(part)) pieces.push({ text, space: false });
    else if (part.includes("\t")) pieces.push(...tabsApart(part));
    else pieces.push({ text: part, space: true });
  });
  return pieces;
}

/** @param {string} space @returns {Piece[]} */
function tabsApart(space) {
  return space.split(/(\t)/).flatMap((text) => (text ? [{ text, space: true }] : []));
}

/** @param {string} ink without spaces @returns {string[]} */
function words(ink) {
  if (PLAIN.test(ink) || !ANYWHERE.test(ink))
    return HYPHEN.test(ink) ? ink.split(AFTER_HYPHEN) : [ink];
  /** @type {string[]} */
  const found = [];
  let before = "";
  for (const character of graphemes(ink)) {
    const last = found.at(-1);
    if (last !== undefined && staysWith(before, character)) found[found.length - 1] += character;
    else found.push(character);
    before = character;
  }
  return found;
}

/** @param {string} before @param {string} after */
function staysWith(before, after) {
  if (NOT_LAST.test(before) || NOT_FIRST.test(after)) return true;
  return !ANYWHERE.test(before) && !ANYWHERE.test(after);
}
