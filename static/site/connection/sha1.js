// SHA-1 for pages over plain http, where browsers give no crypto.subtle. For the handshake's accept value alone. Pure.

const BLOCK = 64;

/** @param {Uint8Array} message @returns {Uint8Array<ArrayBuffer>} 20 bytes */
export function sha1(message) {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const padded = withLength(message);
  for (let at = 0; at < padded.length; at += BLOCK) digestBlock(state, padded, at);
  const digest = new Uint8Array(20);
  const view = new DataView(digest.buffer);
  for (const [i, word] of state.entries()) view.setUint32(4 * i, word);
  return digest;
}

/** A one, zeros, and the length in bits at the end of the last block. @param {Uint8Array} message */
function withLength(message) {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / BLOCK) * BLOCK);
  padded.set(message);
  padded[message.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(message.length) * 8n);
  return padded;
}

/** @param {number[]} state @param {Uint8Array<ArrayBuffer>} padded @param {number} at */
function digestBlock(state, padded, at) {
  const words = expanded(new DataView(padded.buffer, at, BLOCK));
  let [a, b, c, d, e] = /** @type {[number, number, number, number, number]} */ (state);
  for (const [i, word] of words.entries()) {
    const [mixed, constant] = round(i, b, c, d);
    const next = (rotated(a, 5) + mixed + e + constant + word) >>> 0;
    [a, b, c, d, e] = [next, a, rotated(b, 30), c, d];
  }
  for (const [i, word] of [a, b, c, d, e].entries()) state[i] = (Number(state[i]) + word) >>> 0;
}

/** @param {DataView} block */
function expanded(block) {
  /** @type {number[]} */
  const words = [];
  for (let i = 0; i < 16; i++) words.push(block.getUint32(4 * i));
  for (let i = 16; i < 80; i++) {
    const mixed = [3, 8, 14, 16].reduce((sum, back) => sum ^ Number(words[i - back]), 0);
    words.push(rotated(mixed, 1));
  }
  return words;
}

/** @param {number} i @param {number} b @param {number} c @param {number} d @returns {[number, number]} */
function round(i, b, c, d) {
  if (i < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (i < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (i < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

/** @param {number} word @param {number} bits */
function rotated(word, bits) {
  return ((word << bits) | (word >>> (32 - bits))) >>> 0;
}
