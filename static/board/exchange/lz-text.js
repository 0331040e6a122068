// Unpacks text that was packed by the LZ method of the program lz-string, as tldraw's clipboard is. Pure.

import { damaged } from "./reading.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
/** Codes that stand for no words: a sign of 8 bits follows, one of 16 bits, the end. */
const SHORT = 0;
const LONG = 1;
const END = 2;
/** Characters: a few letters can stand for millions. */
const LENGTH_MAX = 20 * 2 ** 20;

/** Bits of a text, the highest of each letter first. */
class Bits {
  #at = 0;

  /** @param {string} text of six bits a letter */
  constructor(text) {
    this.text = text;
  }

  /** The first bit is the lowest one. @param {number} count */
  read(count) {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      const six = ALPHABET.indexOf(this.text.charAt(Math.floor(this.#at / 6)));
      if (six < 0 || this.#at >= 6 * this.text.length) throw damaged();
      value |= ((six >> (5 - (this.#at % 6))) & 1) << i;
    }
    return value;
  }
}

/** @param {string} packed in base64 */
export function unpackedText(packed) {
  const bits = new Bits(packed);
  /** Each word is one before it and the first sign of the next. @type {string[]} */
  const words = ["", "", ""];
  /** @type {string[]} */
  const text = [];
  let length = 0;
  let width = 2;
  let last = "";
  for (;;) {
    const code = bits.read(width);
    if (code === END) return text.join("");
    const fresh = code === SHORT || code === LONG;
    if (fresh) words.push(String.fromCharCode(bits.read(code === SHORT ? 8 : 16)));
    const word = fresh
      ? words.at(-1)
      : (words[code] ?? (code === words.length ? repeated(last) : null));
    if (!word) throw damaged();
    if (last) words.push(last + word.charAt(0));
    text.push(word);
    length += word.length;
    if (length > LENGTH_MAX) throw damaged();
    last = word;
    width = widthFor(words.length);
  }
}

/** A word that begins as the one before it, and isn't written yet. @param {string} last */
function repeated(last) {
  return last + last.charAt(0);
}

/** Of the next code, which may be that of a word to come. @param {number} count */
function widthFor(count) {
  return Math.max(3, 32 - Math.clz32(count));
}
