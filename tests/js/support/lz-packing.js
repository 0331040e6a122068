// Packs text as lz-string does, for what is to be unpacked again.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** @param {string} text */
export function packedText(text) {
  /** @type {number[]} */
  const bits = [];
  const write = (/** @type {number} */ value, /** @type {number} */ count) => {
    for (let i = 0; i < count; i++) bits.push((value >> i) & 1);
  };
  const words = new Map();
  const fresh = new Set();
  let [size, room, width] = [3, 2, 2];
  const grow = () => {
    if (--room === 0) room = 2 ** width++;
  };
  const put = (/** @type {string} */ word) => {
    if (fresh.delete(word)) {
      const long = word.charCodeAt(0) > 255;
      write(long ? 1 : 0, width);
      write(word.charCodeAt(0), long ? 16 : 8);
      grow();
    } else write(words.get(word), width);
    grow();
  };
  let word = "";
  for (let i = 0; i < text.length; i++) {
    const sign = text.charAt(i);
    if (!words.has(sign)) {
      words.set(sign, size++);
      fresh.add(sign);
    }
    if (words.has(word + sign)) word += sign;
    else {
      put(word);
      words.set(word + sign, size++);
      word = sign;
    }
  }
  if (word) put(word);
  write(2, width);
  return lettersOf(bits);
}

/** A few letters that stand for so many words, each a sign longer than the one before it. @param {number} count */
export function growingWords(count) {
  /** @type {number[]} */
  const bits = [0, 0, ...[..."10000110"].map(Number)];
  for (let code = 4; code < count; code++)
    for (let i = 0; i < 32 - Math.clz32(code); i++) bits.push((code >> i) & 1);
  return lettersOf(bits);
}

/** @param {number[]} bits */
function lettersOf(bits) {
  while (bits.length % 6) bits.push(0);
  const letters = [];
  for (let i = 0; i < bits.length; i += 6)
    letters.push(ALPHABET[Number.parseInt(bits.slice(i, i + 6).join(""), 2)]);
  return letters.join("");
}
