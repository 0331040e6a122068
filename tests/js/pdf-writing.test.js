// PDF: pages of the right sizes, in which every kind is drawn and text is text.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import fc from "fast-check";
import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";
import { Assets } from "../../static/board/exchange/assets-writing.js";
import { recordPages } from "../../static/board/exchange/page-writing.js";
import { pdfOf } from "../../static/board/exchange/pdf-making.js";
import { upright } from "../../static/board/exchange/pdf-pictures.js";
import { pathContent } from "../../static/board/exchange/pdf-writing.js";
import { rowsOf } from "../../static/board/exchange/png-chunks.js";
import { PDF_FONT_FILES } from "../../static/npm/pdf-fonts.js";
import * as lib from "../../static/npm/pdf-lib.js";
import { EVERY_KIND, wanted } from "./support/wanted.js";

/** @typedef {import("../../static/board/core/fold.js").Element} Element */

const NPM = new URL("../../static/npm/", import.meta.url);
const bytes = async (/** @type {string} */ file) =>
  new Uint8Array(await readFile(new URL(`fonts/${file}`, NPM)));

/** @param {Record<string, Element>} elements @param {Partial<import("../../static/board/exchange/format.js").Wanted>} [more] @param {Assets} [assets] */
async function pdf(elements, more, assets) {
  const all = wanted(elements, more);
  const from = { lib, files: PDF_FONT_FILES, bytes, ...(assets && { assets }) };
  return pdfOf(await recordPages(all), all, from);
}

/** As a reader of PDFs has it. @param {Uint8Array} file */
function read(file) {
  return pdfjs.getDocument({ data: file.slice(), verbosity: 0 }).promise;
}

/** What stands on a page, unpacked. @param {Uint8Array} file @param {number} [index] */
async function content(file, index = 0) {
  const page = (await lib.PDFDocument.load(file)).getPage(index);
  const stream = page.node.Contents();
  assert.ok(stream instanceof lib.PDFRawStream);
  return new TextDecoder("latin1").decode(lib.decodePDFRawStream(stream).decode());
}

describe("a PDF", () => {
  test("has every kind, and text that can be found and copied", async () => {
    const file = await pdf(EVERY_KIND);
    const page = await (await read(file)).getPage(1);
    const { items } = await page.getTextContent();
    const text = items.map((item) => ("str" in item ? item.str : "")).join("");
    for (const words of ["Grüße", "안녕", "<script>alert(1)</script>", "by hand", "Hi", "newer"])
      assert.ok(text.includes(words), `${words} in ${text}`);
    const loaded = await lib.PDFDocument.load(file);
    assert.equal(loaded.getTitle(), "A board");
    assert.match(await content(file), /gs\n/);
  });

  test("has a page for each page, of its own size or fitted around what is on it", async () => {
    const star = /** @type {Element} */ (EVERY_KIND["element-9xxx"]);
    const file = await pdf(
      {
        "a-page-01": { kind: "page", z: "a1", w: 595, h: 842, name: "A4 쪽" },
        "on-the-page": {
          .../** @type {Element} */ (EVERY_KIND["element-4xxx"]),
          page: "a-page-01",
          link: "https://example.org/(a)?b=[c]",
        },
        "on-the-first": {
          ...star,
          link: "#page=a-page-01",
        },
        "to-a-view": { ...star, link: "#view=10,20,100,80@a-page-01" },
        "to-an-element": { ...star, link: "#element=on-the-page" },
        nowhere: { ...star, link: "javascript:alert(1)" },
        gone: { ...star, link: "#element=not-there-any-more" },
      },
      { pages: ["first-page", "a-page-01"] },
    );
    const opened = await read(file);
    assert.equal(opened.numPages, 2);
    const second = await opened.getPage(2);
    assert.deepEqual(second.view, [0, 0, 595, 842]);
    const [link] = await second.getAnnotations();
    assert.equal(link.url, "https://example.org/(a)?b=[c]");
    const dests = (await (await opened.getPage(1)).getAnnotations()).map(({ dest }) => dest);
    const place = [0, 1].map((i) => dests.map((dest) => dest[i]?.name ?? dest[i]?.num));
    const [[one, ...same], ways] = /** @type {[unknown[], unknown[]]} */ (place);
    assert.deepEqual(same, [one, one]);
    assert.equal(await opened.getPageIndex(dests[0][0]), 1);
    assert.deepEqual(ways, ["Fit", "FitR", "XYZ"]);
    assert.deepEqual(dests[1].slice(2), [10, 742, 110, 822]);
    const outline = (await opened.getOutline()) ?? [];
    assert.deepEqual(
      outline.map(({ title }) => title),
      ["Page 1", "A4 쪽"],
    );
    assert.equal(await opened.getPageIndex(/** @type {any} */ (outline).at(-1).dest[0]), 1);
  });

  test("takes a page of another PDF as it was, in the place of its picture", async () => {
    const other = await lib.PDFDocument.create();
    const page = other.addPage([300, 200]);
    page.setRotation(lib.degrees(90));
    page.drawText("from outside", { x: 20, y: 100, size: 20 });
    const data = await other.save();
    const get = /** @type {typeof fetch} */ (
      /** @type {unknown} */ (
        async () =>
          new Response(/** @type {BodyInit} */ (data), {
            headers: { "Content-Type": "application/pdf" },
          })
      )
    );
    const all = wanted({});
    const [empty] = await recordPages(all);
    assert.ok(empty);
    const picture = /** @type {CanvasImageSource} */ (
      /** @type {unknown} */ ({ width: 200, height: 300 })
    );
    const id = "a".repeat(22);
    const mark = /** @type {import("../../static/board/exchange/recording.js").Picture} */ ({
      type: "picture",
      picture,
      part: { x: 0, y: 0, w: 1, h: 1 },
      matrix: [200, 0, 0, 300, 0, 0],
      alpha: 1,
      blend: "source-over",
      clip: null,
    });
    const element = /** @type {Element} */ ({
      kind: "image",
      x: 0,
      y: 0,
      w: 200,
      h: 300,
      z: "a0",
      asset: id,
      source: `${id}#1`,
    });
    const file = await pdfOf([{ ...empty, parts: [{ key: "one", element, marks: [mark] }] }], all, {
      lib,
      files: [],
      bytes,
      assets: new Assets(all, get),
    });
    const { items } = await (await (await read(file)).getPage(1)).getTextContent();
    assert.ok(items.some((item) => "str" in item && item.str === "from outside"));
  });

  test("has finite numbers only, whatever there is on the board", async () => {
    const number = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
    const element = fc.record({
      kind: fc.constantFrom("text", "note", "rectangle", "ellipse", "arrow"),
      x: number,
      y: number,
      z: fc.constant("a0"),
      w: fc.double({ noNaN: true, min: 0, max: 1e6 }),
      h: fc.double({ noNaN: true, min: 0, max: 1e4 }),
      angle: fc.double({ noNaN: true, min: -6.28, max: 6.28 }),
      size: fc.double({ noNaN: true, min: 1, max: 2000 }),
      opacity: fc.double({ noNaN: true, min: 0.05, max: 1 }),
      width: fc.double({ noNaN: true, min: 0.01, max: 1000 }),
      dash: fc.constantFrom("dashed", "dotted", "none"),
      fill: fc.constantFrom("red", "#12345g"),
      text: fc.string({ unit: "binary", maxLength: 20 }),
      points: fc.constant(EVERY_KIND["element-0xxx"]?.points),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(element, { minLength: 1, maxLength: 3 }), async (some) => {
        const elements = Object.fromEntries(some.map((one, i) => [`element-${i}`, one]));
        const file = await pdf(/** @type {Record<string, Element>} */ (elements));
        const text = await content(file);
        assert.ok(!/NaN|Infinity|undefined|\de[+-]/.test(text));
        assert.equal(text.match(/^q$/gm)?.length, text.match(/^Q$/gm)?.length);
        const page = await (await read(file)).getPage(1);
        assert.ok(page.view.every(Number.isFinite));
      }),
      { numRuns: 25 },
    );
  });
});

test("quadratic curves become cubic ones through the same places", () => {
  assert.equal(pathContent([0, 0, 0, 2, 3, 3, 6, 0]), "0 0 m\n2 2 4 2 6 0 c\n");
});

test("a turned page stands upright in the unit square", () => {
  const box = { left: 10, bottom: 20, right: 110, top: 220 };
  const at = (/** @type {number} */ angle, /** @type {number} */ x, /** @type {number} */ y) => {
    const [a, b, c, d, e, f] = upright(box, angle);
    return [a * x + c * y + e, b * x + d * y + f].map((each) => Math.round(each * 1e6) / 1e6 || 0);
  };
  // Where the lower left corner comes to lie.
  assert.deepEqual(at(0, 10, 20), [0, 0]);
  assert.deepEqual(at(90, 10, 20), [0, 1]);
  assert.deepEqual(at(180, 10, 20), [1, 1]);
  assert.deepEqual(at(-90, 10, 20), [1, 0]);
});

/** @param {number} kind of its colours @param {[string, Uint8Array][]} [more] chunks */
function png(kind, more = []) {
  const head = new Uint8Array([0, 0, 0, 2, 0, 0, 0, 1, 8, kind, 0, 0, 0]);
  /** @type {[string, Uint8Array][]} */
  const chunks = [
    ["IHDR", head],
    ...more,
    ["IDAT", Uint8Array.of(1, 2)],
    ["IDAT", Uint8Array.of(3)],
  ];
  const parts = chunks.map(([name, data]) => {
    const length = new DataView(new ArrayBuffer(4));
    length.setUint32(0, data.length);
    return [...new Uint8Array(length.buffer), ...Buffer.from(name), ...data, 0, 0, 0, 0];
  });
  return Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, ...parts.flat()]);
}

test("a PNG goes into a PDF as it is where nothing shines through it", () => {
  const palette = Uint8Array.of(255, 0, 0);
  const [grey, colored, indexed] = [png(0), png(2), png(3, [["PLTE", palette]])].map(rowsOf);
  assert.deepEqual([grey?.colors, colored?.colors, indexed?.colors], [1, 3, 1]);
  assert.deepEqual([indexed?.palette, indexed?.width, indexed?.height], [palette, 2, 1]);
  assert.deepEqual(colored?.rows, Uint8Array.of(1, 2, 3));
  for (const other of [png(6), png(4), png(3), png(2, [["tRNS", palette]]), png(2).subarray(0, 20)])
    assert.equal(rowsOf(other), null);
});
