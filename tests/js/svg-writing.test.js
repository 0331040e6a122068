// SVG: every kind goes into it, and what people write or name stays what it is.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { recordPages } from "../../static/board/exchange/page-writing.js";
import { Recording } from "../../static/board/exchange/recording.js";
import { pathText, svgOf } from "../../static/board/exchange/svg-writing.js";
import { EVERY_KIND, wanted } from "./support/wanted.js";

/** @typedef {import("../../static/board/core/fold.js").Element} Element */
/** @typedef {{name: string, attributes: Map<string, string>, text: string}} Tag */

const ALLOWED = new Set(
  "svg title desc style defs clipPath path image rect g text use a".split(" "),
);
const TAG = /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
const nothing = { title: "", faces: [], pictures: new Map() };

/** Stricter than a browser is: throws at whatever isn't well-formed. @param {string} svg @returns {Tag[]} */
function parsed(svg) {
  /** @type {Tag[]} */
  const tags = [];
  /** @type {Tag[]} */
  const open = [];
  for (let at = 0; at < svg.length; ) {
    if (svg[at] !== "<") {
      const end = svg.indexOf("<", at);
      const text = svg.slice(at, end < 0 ? svg.length : end);
      assert.match(text, /^(?:[^&]|&(?:amp|lt|gt|quot|#39);)*$/);
      const last = open.at(-1);
      if (last) last.text += text;
      else assert.equal(text.trim(), "");
      at += text.length;
      continue;
    }
    TAG.lastIndex = at;
    const [whole, closing, name = "", attributes = "", empty] = TAG.exec(svg) ?? [];
    assert.ok(whole, `no tag: ${svg.slice(at, at + 120)}`);
    at += whole.length;
    if (closing) {
      assert.equal(open.pop()?.name, name);
      continue;
    }
    const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(
      ([, key = "", value = ""]) => /** @type {[string, string]} */ ([key, value]),
    );
    assert.equal(new Set(pairs.map(([key]) => key)).size, pairs.length);
    const tag = { name, attributes: new Map(pairs), text: "" };
    tags.push(tag);
    if (!empty) open.push(tag);
  }
  assert.equal(open.length, 0);
  return tags;
}

/** @param {readonly Tag[]} tags */
function isHarmless(tags) {
  for (const { name, attributes } of tags) {
    assert.ok(ALLOWED.has(name), name);
    for (const [key, value] of attributes) {
      assert.ok(!/^on|^style$/i.test(key) || /^mix-blend-mode:[a-z]+$/.test(value), key);
      const leads = name === "a" ? /^(?:https?|mailto):/ : /^(?:#|data:image\/)/;
      if (/href$|^src$/.test(key)) assert.match(value, leads);
      assert.ok(!/NaN|Infinity|undefined/.test(value), `${key}="${value}"`);
    }
  }
}

/** @param {Record<string, Element>} elements @param {object} [more] */
async function svg(elements, more) {
  const [page] = await recordPages(wanted(elements, more));
  assert.ok(page);
  return svgOf(page, { ...nothing, title: "<A & 'B'>" });
}

describe("an SVG", () => {
  test("leads where elements lead, out of the board and safely (S8)", async () => {
    const star = /** @type {Element} */ (EVERY_KIND["element-9xxx"]);
    const links = [
      'https://example.org/?a=1&b="2"',
      "mailto:ann@example.org",
      "javascript:alert(1)",
      " JaVaScRiPt:alert(1)",
      "data:text/html,<script>alert(1)</script>",
      "#page=a-page-01",
    ];
    const elements = links.map((link, i) => [`element-${i}-link`, { ...star, link }]);
    const tags = parsed(await svg(Object.fromEntries(elements)));
    isHarmless(tags);
    const away = tags.filter(({ name }) => name === "a");
    assert.deepEqual(
      away.map(({ attributes }) => attributes.get("href")),
      ["https://example.org/?a=1&amp;b=%222%22", "mailto:ann@example.org"],
    );
    for (const { attributes } of away) assert.match(attributes.get("rel") ?? "", /noopener/);
  });

  test("has every kind, text as text, and the title", async () => {
    const tags = parsed(await svg(EVERY_KIND));
    isHarmless(tags);
    const texts = tags.filter(({ name }) => name === "text");
    assert.ok(texts.some(({ text }) => text === "Grüße 안녕"));
    assert.ok(texts.some(({ text }) => text === "&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert.ok(texts.every(({ attributes }) => Number(attributes.get("textLength")) > 0));
    assert.equal(tags.find(({ name }) => name === "title")?.text, "&lt;A &amp; &#39;B&#39;&gt;");
    assert.ok(tags.some(({ attributes }) => attributes.get("style") === "mix-blend-mode:multiply"));
    assert.ok(
      tags.some(({ name, attributes }) => name === "g" && attributes.get("opacity") === "0.5"),
    );
  });

  test("of a picture says what is on it", async () => {
    const element = { .../** @type {Element} */ (EVERY_KIND["element-10xx"]), alt: 'a "cloud"' };
    const tags = parsed(await svg({ cloudxxx: element }));
    assert.ok(tags.some(({ name, text }) => name === "title" && text === "a &quot;cloud&quot;"));
  });

  test("of a selection has nothing else, and lies close around it", async () => {
    const keys = new Set(["element-4xxx"]);
    const tags = parsed(await svg(EVERY_KIND, { keys, transparent: true }));
    assert.equal(tags.filter(({ name }) => name === "rect").length, 0);
    assert.ok(Number(tags[0]?.attributes.get("width")) < 220);
  });

  test("is well-formed and harmless whatever is written and named", async () => {
    const sign = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("]]>", "<!--", '"><script>', "'", "&#0;", "\ud800", "\0", "javascript:"),
    );
    const element = fc.record({
      kind: fc.constantFrom("text", "note", "rectangle", "bubble", "newer<kind>"),
      x: fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
      y: fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
      z: fc.constant("a0"),
      w: fc.double({ noNaN: true, min: 0, max: 1e6 }),
      h: fc.double({ noNaN: true, min: 0, max: 1e4 }),
      angle: fc.double({ noNaN: true, min: -6.28, max: 6.28 }),
      size: fc.double({ noNaN: true, min: 1, max: 2000 }),
      color: sign,
      fill: sign,
      font: sign,
      width: fc.double({ noNaN: true, min: 0.01, max: 1000 }),
      text: sign,
      alt: sign,
    });
    await fc.assert(
      fc.asyncProperty(element, sign, async (one, title) => {
        const [page] = await recordPages(wanted({ "one-element": /** @type {Element} */ (one) }));
        assert.ok(page);
        isHarmless(parsed(await svgOf({ ...page, name: title }, { ...nothing, title })));
      }),
      { numRuns: 60 },
    );
  });
});

describe("what is drawn", () => {
  const ruler = {
    font: "",
    textBaseline: "",
    measureText: (/** @type {string} */ text) => ({ width: text.length * 10 }),
  };

  test("is kept in units of the page, to a hundredth, relative to what was before", () => {
    const ctx = new Recording(ruler, 4);
    ctx.setTransform(4, 0, 0, 4, 40, 80);
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.lineTo(0.333, 0.5);
    ctx.lineTo(-1, 0);
    ctx.closePath();
    ctx.lineWidth = 2;
    ctx.stroke();
    const [mark] = ctx.take();
    assert.ok(mark?.type === "stroke");
    assert.equal(mark.width, 2);
    assert.equal(pathText(mark.path), "m10 20l.33 .5-1.33-.5z");
  });

  test("is cut by every outline that it was drawn within, and by none afterwards", () => {
    const ctx = new Recording(ruler, 1);
    ctx.save();
    for (const side of [100, 50]) {
      ctx.beginPath();
      ctx.rect(0, 0, side, side);
      ctx.clip();
    }
    ctx.fillRect(0, 0, 10, 10);
    ctx.restore();
    ctx.fillRect(0, 0, 10, 10);
    const [first, second] = ctx.take();
    assert.ok(first?.clip?.within);
    assert.equal(first.clip.within.within, null);
    assert.equal(second?.clip, null);
  });

  test("of a picture keeps which part of it is shown", async () => {
    const ctx = new Recording(ruler, 1);
    const picture = /** @type {CanvasImageSource} */ (
      /** @type {unknown} */ ({ width: 200, height: 100 })
    );
    ctx.drawImage(picture, 50, 25, 100, 50, 5, 6, 70, 80);
    const [mark] = ctx.take();
    assert.ok(mark?.type === "picture");
    assert.deepEqual(mark.part, { x: 0.25, y: 0.25, w: 0.5, h: 0.5 });
    assert.deepEqual(mark.matrix, [70, 0, 0, 80, 5, 6]);
    const page = { key: "", name: "", sheet: false, left: 0, top: 0, width: 100, height: 100 };
    const written = await svgOf(
      {
        ...page,
        background: null,
        paper: [],
        parts: [{ key: "", element: { kind: "image" }, marks: [mark, mark] }],
      },
      { ...nothing, pictures: new Map([[mark, "data:image/png;base64,AAAA"]]) },
    );
    const tags = parsed(written);
    isHarmless(tags);
    // Twice on the page, once in the file.
    assert.equal(tags.filter(({ name }) => name === "image").length, 1);
    assert.equal(tags.filter(({ name }) => name === "use").length, 2);
  });

  test("from right to left begins at the right", () => {
    const ctx = new Recording(ruler, 1);
    ctx.direction = "rtl";
    ctx.textAlign = "right";
    ctx.font = 'italic 700 20px "Patrick Hand", sans-serif, "after 3"';
    ctx.fillText("אבג", 100, 50);
    const [mark] = ctx.take();
    assert.ok(mark?.type === "text");
    assert.deepEqual(
      {
        x: mark.matrix[4],
        size: mark.size,
        weight: mark.weight,
        italic: mark.italic,
        families: mark.families,
      },
      { x: 70, size: 20, weight: 700, italic: true, families: '"Patrick Hand", sans-serif' },
    );
  });
});
