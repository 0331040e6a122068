// How many bytes stand around what is said, computed: frames by RFC 6455, heads as HTTP/1.1 writes them. Pure.

/** @typedef {readonly (readonly [string, string])[]} Pairs */

const MASK_BYTES = 4;

/** What stands before a message of so many bytes in its frame. @param {number} size @param {boolean} masked as all that a browser sends is */
export function frameHead(size, masked) {
  let length = 2;
  if (size >= 126) length = size < 65_536 ? 4 : 10;
  return length + (masked ? MASK_BYTES : 0);
}

/** Names, values, and what stands between and behind them. @param {Iterable<readonly [string, string]>} pairs */
export function headersLength(pairs) {
  let length = 0;
  for (const [name, value] of pairs) length += name.length + value.length + 4;
  return length;
}

/** The answer to a handshake as every server gives it. @param {string} accept @param {string} protocol */
export function handshakeAnswer(accept, protocol) {
  return (
    "HTTP/1.1 101 Switching Protocols\r\n\r\n".length +
    headersLength([
      ["Upgrade", "websocket"],
      ["Connection", "Upgrade"],
      ["Sec-WebSocket-Accept", accept],
      ["Sec-WebSocket-Protocol", protocol],
    ])
  );
}

/** @param {number} status @param {Pairs} headers as received */
export function answerHead(status, headers) {
  return `HTTP/1.1 ${status} OK\r\n\r\n`.length + headersLength(headers);
}

/** A piece of an answer whose length isn't known before. @param {number} size */
export function chunkFraming(size) {
  return size.toString(16).length + 4;
}
