// Drawings from files: as images whose pixels can be read, wherever they come from.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ReadError } from "../../static/board/exchange/format.js";
import { asPixels } from "../../static/board/exchange/pictures.js";
import { readPicture } from "../../static/board/ui/images-reading.js";

const MARKUP = `<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><p>é</p></foreignObject></svg>`;
const before = { Image: globalThis.Image, document: globalThis.document };
const PIXELS = new Blob(["pixels"], { type: "image/png" });

/** A browser that gives pixels of drawings as Chromium does. @param {{breaks?: boolean}} [how] */
function browser({ breaks = false } = {}) {
  /** @type {string[]} */
  const addresses = [];
  class FakeImage {
    naturalWidth = 40;
    naturalHeight = 30;
    onload = () => {};
    onerror = () => {};
    /** @param {string} address */
    set src(address) {
      addresses.push(address);
      queueMicrotask(() => (breaks ? this.onerror() : this.onload()));
    }
  }
  const drawImage = () => assert.match(addresses.at(-1) ?? "", /^data:/);
  const toBlob = (/** @type {(blob: Blob) => void} */ give) => give(PIXELS);
  const createElement = () => ({ getContext: () => ({ drawImage }), toBlob });
  Object.assign(globalThis, { Image: FakeImage, document: { createElement } });
  return addresses;
}

afterEach(() => void Object.assign(globalThis, before));

test("an imported drawing and a pasted one come by the same address, as they are", async () => {
  const addresses = browser();
  const file = new Blob([MARKUP], { type: "image/svg+xml" });
  assert.equal(await asPixels(file), PIXELS);
  assert.equal((await readPicture(new Blob([MARKUP]), "Plan.SVG")).blob, PIXELS);
  const [imported, pasted] = addresses;
  assert.equal(imported, pasted);
  const [head, body] = String(imported).split(",");
  assert.equal(head, "data:image/svg+xml;base64");
  assert.equal(Buffer.from(String(body), "base64").toString(), MARKUP);
});

test("one that can't be shown is refused with words for it", async () => {
  browser({ breaks: true });
  const file = new Blob(["<svg"], { type: "image/svg+xml" });
  await assert.rejects(asPixels(file), ReadError);
  await assert.rejects(readPicture(file, ""), { why: "broken" });
});
