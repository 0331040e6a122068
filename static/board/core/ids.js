// Random names for transactions and elements. `crypto.randomUUID` is missing on plain http, `getRandomValues` isn't.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** 128 random bits as base64url (R2). */
export function transactionId() {
  return base64url(crypto.getRandomValues(new Uint8Array(16)));
}

/** 96 random bits: a board of a million elements meets no equal keys. */
export function elementKey() {
  return base64url(crypto.getRandomValues(new Uint8Array(12)));
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += ALPHABET[(held >> bits) & 63];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(held << (6 - bits)) & 63] : text;
}
