// Text: how it breaks into lines, where it lies, how it is put somewhere else.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { multiply, rotation, scaling, translation } from "../../static/board/core/matrix.js";
import { outOfFrame } from "../../static/board/elements/box.js";
import { fontAddress, fontOf, spansOf } from "../../static/board/elements/fonts.js";
import { transformed } from "../../static/board/elements/index.js";
import { graphemes } from "../../static/board/elements/line-breaks.js";
import { text } from "../../static/board/elements/text.js";
import { isRtl, LINE_HEIGHT, layOut, TAB } from "../../static/board/elements/text-layout.js";
import { drawTextIn, textHeightIn, textOverflow } from "../../static/board/elements/writing.js";
import { coarseContext } from "./support/coarse-canvas.js";

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

describe("a text on the board", () => {
  /** @param {object} [more] */
  const written = (more = {}) => ({
    ...{ kind: "text", x: 10, y: 20, z: "a0", color: "black", size: 20, text: "hello\nall of you" },
    ...more,
  });
  const VIEW = /** @type {const} */ ({ theme: "light", scale: 1, left: 0, top: 0 });

  test("is as wide as its longest line, or as it is told to be", () => {
    const frame = text.frame(written());
    assert.equal(frame.h, 2 * LINE_HEIGHT * 20);
    assert.ok(frame.w > 100 && frame.w < 130, `${frame.w}`);
    assert.equal(text.frame(written({ wrap: true, w: 60 })).w, 60);
    assert.ok(text.frame(written({ wrap: true, w: 60 })).h > frame.h);
    assert.ok(text.frame(written({ text: "" })).w > 0);
  });

  test("is hit anywhere in its box, turned or not", () => {
    assert.equal(text.hit(written(), 60, 30, 0), true);
    assert.equal(text.hit(written(), 60, 90, 0), false);
    const turned = written({ angle: Math.PI / 2 });
    const { x, y, w, h } = text.frame(turned);
    assert.equal(text.hit(turned, x + w / 2, y + h / 2 + w / 2 - 2, 0), true);
    assert.equal(text.hit(turned, x + 2, y + h / 2, 0), false);
    assert.equal(text.crosses(turned, { minX: 1000, minY: 0, maxX: 1001, maxY: 1 }), false);
    assert.equal(text.crosses(written(), { minX: 30, minY: 30, maxX: 31, maxY: 31 }), true);
  });

  test("grows with its box, and gets another width by a side", () => {
    const fixed = { x: 10, y: 20 };
    const twice = transformed(written(), scaling(2, 2, fixed));
    assert.deepEqual([twice.x, twice.y, twice.size], [10, 20, 40]);
    const wide = transformed(written(), scaling(0.5, 1, fixed));
    assert.deepEqual([wide.x, wide.y, wide.size, wide.wrap], [10, 20, 20, true]);
    assert.ok(Math.abs(Number(wide.w) - text.frame(written()).w / 2) < 0.01);
    const wrapped = transformed(written({ wrap: true, w: 80 }), scaling(3, 3, fixed));
    assert.deepEqual([wrapped.w, wrapped.size], [240, 60]);
  });

  test("turned, and drawn by a side, keeps its first corner", () => {
    const turned = written({ angle: 0.7, wrap: true, w: 160 });
    const corner = outOfFrame(text.frame(turned), 0, 0);
    const along = multiply(
      rotation(0.7, corner),
      multiply(scaling(0.5, 1, corner), rotation(-0.7, corner)),
    );
    const narrow = transformed(turned, along);
    const after = outOfFrame(text.frame(narrow), 0, 0);
    assert.ok(Math.hypot(after.x - corner.x, after.y - corner.y) < 0.05);
    assert.ok(text.frame(narrow).h > text.frame(turned).h);
  });

  test("is moved by moving alone, and never mirrored", () => {
    assert.deepEqual(text.transform(written(), translation(5, 6)), { x: 15, y: 26 });
    const mirrored = transformed(written(), scaling(-1, 1, { x: 0, y: 0 }));
    assert.equal(Object.hasOwn(mirrored, "flip"), false);
    assert.equal(Object.hasOwn(mirrored, "angle"), false);
  });

  test("too small to be read is drawn as bars; the canvas is left as it was", () => {
    const ctx = coarseContext();
    const painted = () => /** @type {any} */ (ctx).texts;
    text.draw(ctx, written(), { ...VIEW, scale: 0.1 });
    assert.deepEqual(painted(), []);
    text.draw(ctx, written({ list: "number", opacity: 0.3 }), VIEW);
    assert.deepEqual(painted(), ["hello", "1.", "all of you", "2."]);
    assert.equal(ctx.globalAlpha, 1);
    text.draw(ctx, written({ text: "שלום" }), VIEW);
    assert.equal(ctx.direction, "ltr");
  });

  test("in a shape is in its middle, in an ink that can be read on its filling", () => {
    const ctx = coarseContext();
    const shape = { kind: "rectangle", color: "black", fill: "black", text: "hi", size: 20 };
    drawTextIn(ctx, shape, { x: 0, y: 0, w: 100, h: 100 }, VIEW);
    assert.equal(ctx.fillStyle, "#ffffff");
    drawTextIn(ctx, { ...shape, fill: "yellow" }, { x: 0, y: 0, w: 100, h: 100 }, VIEW);
    assert.equal(ctx.fillStyle, "#1c1b1a");
    assert.equal(textHeightIn(shape, { x: 0, y: 0, w: 100, h: 0 }), 26);
    assert.equal(textHeightIn({ kind: "rectangle" }, { x: 0, y: 0, w: 100, h: 0 }), 0);
    assert.equal(textOverflow(shape, { x: 0, y: 0, w: 100, h: 20 }), 6);
    assert.equal(textOverflow(shape, { x: 0, y: 0, w: 100, h: 200 }), 0);
  });
});

describe("fonts", () => {
  test("have the files of the characters that are shown", () => {
    assert.deepEqual(spansOf("U+0-7F, U+AC00-AC02,U+11"), [
      [0, 0x7f],
      [0xac00, 0xac02],
      [0x11, 0x11],
    ]);
    for (const script of [
      "/static/board/elements/fonts.js",
      "/static/board/worker.5d.js",
      "/static/board/worker.5d.js#/boards/0000/assets",
      "/static/site/x.js",
    ])
      assert.equal(fontAddress("a.woff2", script), "/static/npm/fonts/a.woff2");
  });

  test("of a name that is none, or of a page that is hostile, are the usual one", () => {
    for (const font of ["__proto__", "constructor", 7, "comic"])
      assert.equal(fontOf(/** @type {any} */ ({ font })).family, "sans");
    assert.equal(fontOf({ font: "hand", code: true }).family, "mono");
  });
});
