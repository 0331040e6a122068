// Files of boards that hang together or are large: in slices, with all pictures or a word that one is missing.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Assets } from "../../static/board/exchange/assets-writing.js";
import { Pace } from "../../static/board/exchange/pace.js";
import { eachMark, recordPages } from "../../static/board/exchange/page-writing.js";
import { pdfOf } from "../../static/board/exchange/pdf-making.js";
import { svgOf } from "../../static/board/exchange/svg-writing.js";
import * as lib from "../../static/npm/pdf-lib.js";
import { EVERY_KIND, wanted } from "./support/wanted.js";

/** @typedef {import("../../static/board/core/fold.js").Element} Element */

const HERE = "h".repeat(22);
const GONE = "g".repeat(22);
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const stroke = /** @type {Element} */ (EVERY_KIND["element-0xxx"]);

/** @param {string} asset @param {object} [more] */
function image(asset, more) {
  return /** @type {Element} */ ({
    ...{ kind: "image", x: 0, y: 0, w: 80, h: 60, z: "a1", asset },
    ...more,
  });
}

/** @type {Record<string, Element>} */
const BOARD = {
  "page-two-xxx": /** @type {Element} */ ({ kind: "page", z: "a1", w: 400, h: 300 }),
  "frame-on-one": /** @type {Element} */ ({ kind: "frame", x: 0, y: 0, z: "a0", w: 50, h: 50 }),
  "image-on-one": image(HERE, { frame: "frame-on-one" }),
  "image-on-two": image(HERE, { page: "page-two-xxx", x: 40 }),
  "gone-on-two-": image(GONE, { page: "page-two-xxx", x: 200 }),
  "arrow-on-one": /** @type {Element} */ ({
    ...EVERY_KIND["element-3xxx"],
    from: "image-on-one",
    text: "label",
  }),
};

/** @param {ReturnType<typeof wanted>} all */
function server(all) {
  /** @type {string[]} */
  const asked = [];
  const get = /** @type {typeof fetch} */ (
    /** @type {unknown} */ (
      async (/** @type {string} */ address) => {
        asked.push(address);
        const found = address.endsWith(HERE);
        return new Response(found ? PIXEL : null, {
          status: found ? 200 : 404,
          headers: { "Content-Type": "image/png" },
        });
      }
    )
  );
  return { asked, assets: new Assets(all, get) };
}

describe("files", () => {
  test("have the pictures of all pages, once, and say which are missing", async () => {
    /** @type {string[]} */
    const lost = [];
    const all = wanted(BOARD, {
      pages: ["first-page", "page-two-xxx"],
      assets: "/boards/one/assets",
      lost: (what) => lost.push(what),
    });
    const { asked, assets } = server(all);
    const pages = await recordPages(all, undefined, assets);
    assert.deepEqual(asked.toSorted(), [
      `/boards/one/assets/${GONE}`,
      `/boards/one/assets/${HERE}`,
    ]);
    assert.equal(lost.length, 1);
    const marks = pages.map(({ parts }) => [...eachMark(parts.flatMap((part) => part.marks))]);
    const [first = [], second = []] = marks.map((some) => some.filter((m) => m.type === "picture"));
    assert.equal(first.length, 1);
    assert.ok(first[0]?.clip, "cut by its frame");
    assert.equal(second.length, 1);
    assert.ok(marks[0]?.some((mark) => mark.type === "text" && mark.text === "label"));

    const bytes = await pdfOf(pages, all, { lib, files: [], assets });
    const file = await lib.PDFDocument.load(bytes);
    assert.equal(file.getPageCount(), 2);
    const images = file.context
      .enumerateIndirectObjects()
      .filter(([, one]) => String(one instanceof lib.PDFRawStream && one.dict).includes("/Image"));
    // The PNG with its own transparency, which stands apart.
    assert.ok(images.length <= 2, `${images.length} pictures`);
  });

  test("of large boards let others have their turn, tell how far they are, and stop at once", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1200 }, (_, i) => [`stroke-${i}`.padEnd(12, "-"), { ...stroke, y: i }]),
    );
    const stopped = new AbortController();
    /** @type {number[]} */
    const told = [];
    const all = wanted(many, { signal: stopped.signal });
    await recordPages(all, (part) => told.push(part));
    assert.ok(told.length > 2);
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
    const recording = recordPages(all, () => stopped.abort());
    await assert.rejects(recording, { name: "AbortError" });

    const [page] = await recordPages(wanted(many));
    assert.ok(page);
    const pace = new Pace(stopped.signal);
    const writing = svgOf(page, { title: "", faces: [], pictures: new Map() }, pace);
    await assert.rejects(writing, { name: "AbortError" });
    await assert.rejects(pdfOf([page], all, { lib, files: [] }), { name: "AbortError" });
  });
});
