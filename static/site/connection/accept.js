// Sec-WebSocket-Accept, computed from the key as RFC 6455 says: SHA-1 of key and a fixed text, in base64. Pure.

import { sha1 } from "./sha1.js";

/** From the RFC: no server that doesn't know WebSockets answers with it by chance. */
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** @param {string} key @param {SubtleCrypto | undefined} subtle missing on plain http */
export async function acceptOf(key, subtle = globalThis.crypto?.subtle) {
  const bytes = new TextEncoder().encode(key + GUID);
  const digest = subtle ? new Uint8Array(await subtle.digest("SHA-1", bytes)) : sha1(bytes);
  return btoa(String.fromCharCode(...digest));
}
