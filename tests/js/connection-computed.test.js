// What the connection page computes itself: the accept value, frames' heads, figures.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { acceptOf } from "../../static/site/connection/accept.js";
import { median, percentile, writer } from "../../static/site/connection/figures.js";
import {
  chunkFraming,
  frameHead,
  handshakeAnswer,
  headersLength,
} from "../../static/site/connection/framing.js";
import { sha1 } from "../../static/site/connection/sha1.js";

const KEY = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

test("the RFC's key gives the RFC's accept value, by the browser's SHA-1 and by ours", async () => {
  assert.equal(await acceptOf(KEY), ACCEPT);
  assert.equal(await acceptOf(KEY, undefined), ACCEPT);
  const without = /** @type {any} */ (null);
  assert.equal(await acceptOf(KEY, without), ACCEPT);
});

test("our SHA-1 is SHA-1, whatever the length", () => {
  for (const length of [0, 1, 3, 54, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const message = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
    assert.deepEqual(
      Buffer.from(sha1(message)),
      createHash("sha1").update(message).digest(),
      `${length} bytes`,
    );
  }
});

test("frames have heads of 2, 4 or 10 bytes, and four more with a mask", () => {
  const sizes = [0, 125, 126, 65_535, 65_536];
  assert.deepEqual(
    sizes.map((size) => frameHead(size, false)),
    [2, 2, 4, 4, 10],
  );
  assert.deepEqual(
    sizes.map((size) => frameHead(size, true)),
    [6, 6, 8, 8, 14],
  );
});

test("heads are as long as they are on the wire", () => {
  assert.equal(headersLength([["Host", "a.b"]]), "Host: a.b\r\n".length);
  const answer = [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${ACCEPT}`,
    "Sec-WebSocket-Protocol: whiteboard.echo",
    "\r\n",
  ].join("\r\n");
  assert.equal(handshakeAnswer(ACCEPT, "whiteboard.echo"), answer.length);
  assert.equal(chunkFraming(26), "1a\r\n\r\n".length);
});

test("medians and percentiles are values that were measured", () => {
  const values = [5, 1, 4, 2, 3];
  assert.equal(median(values), 3);
  assert.equal(percentile(values, 0.95), 5);
  assert.equal(percentile([7], 0.95), 7);
  assert.ok(Number.isNaN(median([])));
});

test("figures are written as readers write them", () => {
  const { ms, bytes, seconds } = writer("en");
  assert.equal(ms(2.5499), "2.5\u00a0ms");
  assert.equal(ms(314.159), "314\u00a0ms");
  assert.equal(bytes(9_999), "9,999\u00a0B");
  assert.equal(bytes(20_480), "20\u00a0KiB");
  assert.equal(seconds(25_040), "25\u00a0s");
});
