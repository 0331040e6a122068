// ZIP files; what others unpack out of them is in tests/e2e/test_imports.py.

import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, zipOf } from "../../static/board/exchange/zip-writing.js";

test("checksums are those of everybody", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
  assert.equal(crc32(new Uint8Array()), 0);
});

test("each file stands where the list says, as it is", async () => {
  const texts = ["first", "", "second ".repeat(5000)];
  const entries = texts.map((text, i) => ({ name: `${i}-쪽.png`, file: new Blob([text]) }));
  const bytes = Buffer.from(await (await zipOf(entries)).arrayBuffer());
  let at = bytes.readUInt32LE(bytes.length - 6);
  for (const [i, text] of texts.entries()) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const [size, length, file] = [24, 28, 42].map((place) => bytes.readUInt16LE(at + place));
    const name = bytes.subarray(at + 46, at + 46 + Number(length));
    assert.equal(name.toString(), entries[i]?.name);
    const data = Number(file) + 30 + Number(length);
    assert.equal(bytes.subarray(data, data + Number(size)).toString(), text);
    at += 46 + Number(length);
  }
});
