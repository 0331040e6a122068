// Two people's changes of one text: nothing that either has written is lost.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { editsBetween, mergeTexts, placeAfter } from "../../static/board/core/text-merge.js";

const LETTERS = fc.constantFrom(..."ab \n가나", "👩‍👧", "é".normalize("NFD"));
const TEXT = fc.array(LETTERS, { maxLength: 24 }).map((all) => all.join(""));

/** @param {string} text @param {import("../../static/board/core/text-merge.js").Edit[]} edits */
function applied(text, edits) {
  return edits.toReversed().reduce((all, { from, to, text: by }) => {
    return all.slice(0, from) + by + all.slice(to);
  }, text);
}

describe("edits", () => {
  test("make one text the other, and are none between equals", () => {
    fc.assert(
      fc.property(TEXT, TEXT, (a, b) => {
        assert.equal(applied(a, editsBetween(a, b)), b);
        assert.deepEqual(editsBetween(a, a), []);
      }),
    );
  });

  test("never cut a character that has several parts", () => {
    assert.deepEqual(editsBetween("😀", "😁"), [{ from: 0, to: 2, text: "😁" }]);
    assert.deepEqual(editsBetween("👩‍👧", "👩‍👦"), [{ from: 0, to: 5, text: "👩‍👦" }]);
  });

  test("of texts that have nothing in common take their time within bounds", () => {
    const [a, b] = ["ab".repeat(5000), "xyz".repeat(3333)];
    assert.equal(applied(a, editsBetween(a, b)), b);
  });
});

describe("merged", () => {
  test("the change of one alone is the result", () => {
    fc.assert(
      fc.property(TEXT, TEXT, (base, other) => {
        assert.equal(mergeTexts(base, other, base), other);
        assert.equal(mergeTexts(base, base, other), other);
      }),
    );
  });

  test("what both have done alike is done once", () => {
    fc.assert(
      fc.property(TEXT, TEXT, (base, other) => {
        assert.equal(mergeTexts(base, other, other), other);
      }),
    );
    assert.equal(mergeTexts("one two", "One two!", "One two?"), "One two!?");
  });

  test("changes at different places are both there", () => {
    fc.assert(
      fc.property(TEXT, TEXT, TEXT, TEXT, (head, tail, ours, theirs) => {
        // A wall in the middle that neither touches.
        const base = `${head}#1#2#${tail}`;
        const merged = mergeTexts(base, `${ours}#1#2#${tail}`, `${head}#1#2#${theirs}`);
        assert.equal(merged, `${ours}#1#2#${theirs}`);
      }),
    );
  });

  test("two who write at the same place both keep what they wrote", () => {
    const words = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(TEXT, TEXT, words, words, (before, after, ours, theirs) => {
        const [head, tail] = [before.toUpperCase(), after.toUpperCase()];
        const base = head + tail;
        const put = (/** @type {string} */ by) => head + by + tail;
        const merged = mergeTexts(base, put(ours), put(theirs));
        const letters = [...merged].filter((letter) => /[a-z]/.test(letter));
        if (ours !== theirs) assert.equal(letters.length, ours.length + theirs.length, merged);
        assert.equal(merged.replace(/[a-z]/g, ""), base);
      }),
    );
    assert.equal(mergeTexts("", "mine", "theirs!"), "minetheirs!");
    assert.equal(mergeTexts("안녕", "안녕 나", "안녕 너"), "안녕 나 너");
  });

  test("what one takes out is gone, what the other writes meanwhile stays", () => {
    assert.equal(mergeTexts("keep this here", "keep here", "keep this here too"), "keep here too");
    assert.equal(mergeTexts("abcdef", "af", "abcXdef"), "aXf");
  });
});

describe("the caret", () => {
  test("stays between the same letters", () => {
    const edits = editsBetween("hello world", "oh hello brave world");
    assert.equal(placeAfter(edits, 5), 8);
    assert.equal(placeAfter(edits, 11), 20);
    assert.equal(placeAfter(edits, 0), 0);
    assert.equal(placeAfter(editsBetween("one two", "two"), 2), 0);
    assert.equal(placeAfter(editsBetween("hi", "hi there"), 2), 2);
  });

  test("is always within the text", () => {
    fc.assert(
      fc.property(TEXT, TEXT, fc.nat(), (a, b, n) => {
        const place = placeAfter(editsBetween(a, b), n % (a.length + 1));
        assert.ok(place >= 0 && place <= b.length);
      }),
    );
  });
});
