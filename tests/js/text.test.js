// Text: how it breaks into lines, where it lies, how it is put somewhere else.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { graphemes } from "../../static/board/elements/line-breaks.js";
import { isRtl, LINE_HEIGHT, layOut, TAB } from "../../static/board/elements/text-layout.js";

/** Every character is half as wide as the font is high. @param {string} text */
const measure = (text) => graphemes(text).length / 2;

/** @param {string} text @param {number | null} characters that have room in a line @param {string} list */
function laidOut(text, characters = null, list = "") {
  return layOut(text, { measure, width: characters === null ? null : characters / 2, list });
}

/** @param {string} text @param {number | null} [characters] @param {string} [list] */
function lines(text, characters, list) {
  return laidOut(text, characters, list).lines.map(({ runs }) =>
    runs.map((run) => run.text).join("→"),
  );
}

describe("lines", () => {
  test("break where the text does, and there alone if it may be as wide as it likes", () => {
    assert.deepEqual(lines("one two\nthree\n\nfour"), ["one two", "three", "", "four"]);
    assert.deepEqual(lines(""), [""]);
  });

  test("break between words where they are full; the spaces there take no room", () => {
    assert.deepEqual(lines("one two three four", 9), ["one two", "three", "four"]);
    assert.deepEqual(lines("one two   three", 7), ["one two", "three"]);
    assert.deepEqual(lines("  indented", 20), ["  indented"]);
  });

  test("break Korean between words, and a word only where it is longer than a line", () => {
    assert.deepEqual(lines("우리는 함께 그림을 그려요", 6), ["우리는 함께", "그림을", "그려요"]);
    assert.deepEqual(lines("아버지가방에들어가신다", 4), ["아버지가", "방에들어", "가신다"]);
    assert.equal(laidOut("아버지가방에들어가신다", 4).broken, true);
    assert.equal(laidOut("우리는 함께", 4).broken, false);
  });

  test("break Chinese and Japanese anywhere, but not before what closes", () => {
    assert.deepEqual(lines("今日はいい天気です。", 4), ["今日はい", "い天気で", "す。"]);
    assert.deepEqual(lines("他说「你好」了", 3), ["他说", "「你", "好」了"]);
  });

  test("break after a hyphen, not at a no-break space", () => {
    assert.deepEqual(lines("well-known fact", 6), ["well-", "known", "fact"]);
    assert.deepEqual(lines("10\u00a0km far", 5), ["10\u00a0km", "far"]);
  });

  test("never split what is one character to a reader", () => {
    const family = "👩‍👩‍👧‍👦";
    assert.deepEqual(lines(family.repeat(5), 2), [family.repeat(2), family.repeat(2), family]);
    assert.deepEqual(
      lines("각".normalize("NFD").repeat(4), 3),
      ["각각각", "각"].map((all) => all.normalize("NFD")),
    );
  });

  test("have all the ink of the text, in order, and none is wider than the room", () => {
    const characters = fc.constantFrom(..."ab 가나\n今。-\u00a0👍\t한");
    const written = fc.array(characters, { maxLength: 60 }).map((all) => all.join(""));
    fc.assert(
      fc.property(written, fc.integer({ min: 4, max: 20 }), (text, room) => {
        const layout = laidOut(text, room);
        const ink = layout.lines.flatMap(({ runs }) => runs.map((run) => run.text)).join("");
        const bare = (/** @type {string} */ all) => all.replace(/[\s\u00a0]/g, "");
        assert.equal(bare(ink), bare(text));
        for (const { width } of layout.lines) assert.ok(width <= room / 2 + 1e-6, `${width}`);
        assert.ok(Math.abs(layout.height - layout.lines.length * LINE_HEIGHT) < 1e-9);
      }),
    );
  });
});

describe("paragraphs", () => {
  test("are read from the right if their first letter is", () => {
    assert.deepEqual(
      laidOut("שלום\nhello\n123 مرحبا\n...").lines.map(({ rtl }) => rtl),
      [true, false, true, false],
    );
    assert.equal(isRtl("(שלום) hello"), true);
  });

  test("are items of a list, with a mark at the first line of each", () => {
    const { lines: all, indent, width } = laidOut("one two\nthree", 8, "number");
    assert.deepEqual(
      all.map(({ marker }) => marker),
      ["1.", "", "2."],
    );
    assert.ok(width <= indent + 5 / 2);
    assert.ok(laidOut(`${"x\n".repeat(99)}x`, null, "number").indent > indent);
    assert.equal(laidOut("x", null, "bullet").lines[0]?.marker, "•");
  });

  test("have tab stops", () => {
    const [line] = laidOut("a\tb\tc").lines;
    assert.deepEqual(line?.runs, [
      { text: "a", at: 0 },
      { text: "b", at: TAB },
      { text: "c", at: 2 * TAB },
    ]);
  });
});
