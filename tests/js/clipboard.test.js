// What is copied comes back as it was, under new names; what comes from elsewhere does no harm.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodePoints } from "../../static/board/core/points.js";
import { isElement } from "../../static/board/core/schema.js";
import {
  asHtml,
  ELEMENTS_MAX,
  LENGTH_MAX,
  packed,
  wordsOf,
} from "../../static/board/editor/clipboard.js";
import { cleanText, copiesOf, textElement } from "../../static/board/editor/clipboard-copies.js";
import { jsonIn, unpacked } from "../../static/board/editor/clipboard-reading.js";
import { styleFor, styleOf } from "../../static/board/editor/clipboard-style.js";
import { FIRST_STYLES } from "../../static/board/editor/style.js";

/** @typedef {import("../../static/board/core/fold.js").Element} Element */
/** @typedef {import("../../static/board/editor/clipboard.js").Entry} Entry */

const WHERE = { top: "b0", middle: { x: 0, y: 0 } };

/** @param {object} [more] @returns {Element} */
function box(more) {
  const looks = { color: "red", width: 2 };
  return { kind: "rectangle", x: 0, y: 0, z: "a0", w: 10, h: 10, ...looks, ...more };
}

/** @param {readonly Entry[]} entries @returns {any} */
function there(entries) {
  const json = packed(entries);
  assert(json !== null);
  const back = jsonIn(asHtml(json, wordsOf(entries)));
  assert(back !== null);
  return unpacked(back);
}

/** @param {Record<string, unknown>} elements @returns {any} */
function read(elements) {
  return unpacked(JSON.stringify({ whiteboard: 1, elements }));
}

test("what is copied comes back, but for the author", () => {
  const text = "quotes \" and ' and <b>&amp;</b>\n가나다 😀";
  const found = there([
    ["aaaaaaaa", box({ author: 7, text })],
    ["bbbbbbbb", box({ x: 5 })],
  ]);
  assert.deepEqual(found, {
    elements: [
      ["aaaaaaaa", box({ text })],
      ["bbbbbbbb", box({ x: 5 })],
    ],
    lost: 0,
    stripped: 0,
  });
});

test("other programs get the texts in the order of reading", () => {
  const entries = /** @type {Entry[]} */ ([
    ["a", box({ y: 50, text: "third" })],
    ["b", box({ x: 90, text: "second" })],
    ["c", box()],
    ["d", box({ text: "first <1>" })],
  ]);
  assert.equal(wordsOf(entries), "first <1>\nsecond\nthird");
  assert.match(asHtml("{}", wordsOf(entries)), />first &lt;1&gt;<br>second<br>third</);
});

test("HTML of others is none of ours", () => {
  assert.equal(jsonIn("<p>data-whiteboard</p>"), null);
  assert.equal(jsonIn(""), null);
  assert.deepEqual(unpacked(jsonIn('<p data-whiteboard="x') ?? ""), { problem: "broken" });
});

test("kinds that aren't there yet are left out, and properties that aren't there yet are dropped", () => {
  const found = read({
    aaaaaaaa: box({ sparkle: 3 }),
    bbbbbbbb: box({ kind: "hologram" }),
    cccccccc: box({ x: 1e9 }),
    dddddddd: null,
    eeeeeeee: [1],
    ffffffff: box({ author: 3 }),
  });
  assert.deepEqual(found.elements, [
    ["aaaaaaaa", box()],
    ["ffffffff", box()],
  ]);
  assert.equal(found.lost, 4);
  assert.equal(found.stripped, 1);
});

test("too much is not even looked at", () => {
  const many = Object.fromEntries(Array.from({ length: ELEMENTS_MAX + 1 }, (_, i) => [i, box()]));
  assert.deepEqual(read(many), { problem: "large" });
  assert.deepEqual(unpacked(`{"${"x".repeat(LENGTH_MAX)}`), { problem: "large" });
  assert.equal(packed(Object.entries(many)), null);
  const huge = `<div data-whiteboard="${"A".repeat(5 * LENGTH_MAX)}">`;
  assert.deepEqual(unpacked(jsonIn(huge) ?? ""), { problem: "large" });
});

test("an element that no message can carry is left out", () => {
  const far = Array.from({ length: 9000 }, (_, i) => ({
    x: i % 2 ? 1e6 : -1e6,
    y: 0,
    pressure: 1,
  }));
  const points = encodePoints(far, 0, true);
  const long = { kind: "stroke", x: 0, y: 0, z: "a0", color: "black", width: 4, points };
  assert(isElement(long));
  assert.equal(read({ aaaaaaaa: long }).lost, 1);
});

test("a newer format says so", () => {
  assert.deepEqual(unpacked('{"whiteboard":2,"elements":{}}'), { problem: "newer" });
  assert.deepEqual(unpacked('{"elements":{}}'), { problem: "newer" });
  assert.deepEqual(unpacked("[1]"), { problem: "broken" });
});

test("whatever is read could be on a board", () => {
  const anything = fc.dictionary(fc.string(), fc.oneof(fc.anything(), fc.constant(box())));
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string(), anything.map(written)), (text) => {
      const found = unpacked(text);
      if ("problem" in found) return;
      for (const [, element] of found.elements) assert(isElement(element));
    }),
  );
});

/** @param {Record<string, unknown>} elements */
function written(elements) {
  try {
    return JSON.stringify({ whiteboard: 1, elements });
  } catch {
    return "";
  }
}

test("copies have new keys, lie above the board and keep their order", () => {
  const copies = copiesOf(
    [
      ["aaaaaaaa", box({ z: "a5", fill: "blue" })],
      ["bbbbbbbb", box({ z: "a1", fill: "green" })],
    ],
    WHERE,
  );
  assert.deepEqual(
    copies.map(([, element]) => element.fill),
    ["green", "blue"],
  );
  const [low = "", high = ""] = copies.map(([, element]) => String(element.z));
  assert(WHERE.top <= low && low < high);
  assert(copies.every(([key]) => key.length === 16));
});

test("their middle comes where it was asked for", () => {
  const copies = copiesOf(
    [
      ["a", box({ x: 100, y: 100 })],
      ["b", box({ x: 190, y: 140 })],
    ],
    { ...WHERE, middle: { x: 500, y: 40 } },
  );
  assert.deepEqual(
    copies.map(([, { x, y }]) => [x, y]),
    [
      [450, 15],
      [540, 55],
    ],
  );
});

test("nothing leaves the world", () => {
  const [copy] = copiesOf([["a", box({ w: 100_000 })]], { ...WHERE, middle: { x: 1e6, y: -1e6 } });
  assert(copy && isElement(copy[1]));
});

test("groups get new names, the same for the same", () => {
  const copies = copiesOf(
    [
      ["a", box({ z: "a1", group: "outer001/inner001" })],
      ["b", box({ z: "a2", group: "outer001" })],
      ["c", box({ z: "a3" })],
    ],
    WHERE,
  );
  const [first, second, third] = copies.map(([, element]) => element.group);
  const [outer, inner] = String(first).split("/");
  assert.equal(second, outer);
  assert.equal(third, undefined);
  assert(outer !== "outer001" && inner !== "inner001" && outer !== inner);
  assert(copies.every(([, element]) => isElement(element)));
});

test("a text becomes an element, a long line a paragraph", () => {
  const short = textElement("hello", FIRST_STYLES.text);
  assert(isElement(short));
  assert.equal(short.wrap, undefined);
  const long = textElement("word ".repeat(30), FIRST_STYLES.text);
  assert(isElement(long));
  assert.deepEqual([long.w, long.wrap], [480, true]);
});

test("a text from elsewhere is cleaned of what a board doesn't take", () => {
  assert.equal(cleanText("\r\n a\r\nb\tc\0\x1b \n"), " a\nb\tc");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert(isElement(textElement(cleanText(text), FIRST_STYLES.text)));
    }),
  );
});

test("a style is what an element looks like, also without", () => {
  const style = styleOf(box({ fill: "blue", opacity: 0.5 }));
  assert.deepEqual([style.color, style.fill, style.opacity], ["red", "blue", 0.5]);
  assert.equal(styleOf(box()).fill, null);
  assert(!("size" in styleOf(box())), "a text can't be without");
  const stroke = { kind: "stroke", x: 0, y: 0, z: "a0", color: "black", width: 4, points: "" };
  assert.deepEqual(styleFor(style, stroke), { color: "red", width: 2, opacity: 0.5 });
});
