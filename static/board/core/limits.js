// The protocol's limits that a client has to keep, and cutting work to them. Pure.

/** @typedef {import("../protocol").Change} Change */
/** @typedef {import("../protocol").Protocol} Protocol */

/** Longest text message. @type {Protocol["MESSAGE_BYTES"]} */
export const MESSAGE_BYTES = 65536;
/** @type {Protocol["CHANGES_PER_TRANSACTION"]} */
export const CHANGES_PER_TRANSACTION = 1000;
/** @type {Protocol["TRANSACTIONS_PER_MESSAGE"]} */
export const TRANSACTIONS_PER_MESSAGE = 64;
/** Of a transaction's changes; the rest of a message is for what stands around them. */
export const CHANGES_BYTES = 60 * 1024;

/** How long a text is in UTF-8. @param {string} text */
export function utf8Length(text) {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    // Each half of a surrogate pair counts two of the pair's four bytes.
    length += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return length;
}

/** Changes in order, in as few transactions as the limits allow. @param {readonly Change[]} changes @returns {Change[][]} */
export function transactionsOf(changes) {
  /** @type {Change[][]} */
  const transactions = [];
  /** @type {Change[]} */
  let current = [];
  let bytes = 0;
  for (const change of changes) {
    const more = utf8Length(JSON.stringify(change)) + 1;
    if (
      current.length === CHANGES_PER_TRANSACTION ||
      (current.length > 0 && bytes + more > CHANGES_BYTES)
    ) {
      transactions.push(current);
      current = [];
      bytes = 0;
    }
    current.push(change);
    bytes += more;
  }
  return current.length > 0 ? [...transactions, current] : transactions;
}
