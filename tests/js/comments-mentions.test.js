// Names after an @: what is offered while one writes, what is sent, and what is marked where it is read.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  mentionsIn,
  peopleCalled,
  piecesOf,
  wantedName,
  withName,
} from "../../static/board/ui/comments-mentions.js";
import { ago, excerpt } from "../../static/board/ui/comments-words.js";

const PEOPLE = [
  { id: 1, name: "Ann" },
  { id: 2, name: "Ann Lee" },
  { id: 3, name: "김지수" },
  { id: 4, name: "Ann" },
];

test("a name is wanted after an @ that begins a word", () => {
  assert.equal(wantedName("Hi @An", 6), "An");
  assert.equal(wantedName("@", 1), "");
  assert.equal(wantedName("(@ann lee", 9), "ann lee");
  for (const text of ["mail@example", "@Ann\nnext", "none", `@${"x".repeat(41)}`])
    assert.equal(wantedName(text, text.length), null);
});

test("those are offered whose name or a word of it begins so", () => {
  const called = (/** @type {string} */ wanted) => peopleCalled(PEOPLE, wanted).map(({ id }) => id);
  assert.deepEqual(called("ann"), [1, 2, 4]);
  assert.deepEqual(called("le"), [2]);
  assert.deepEqual(called("김"), [3]);
  assert.deepEqual(called("nobody"), []);
});

test("the chosen name takes the place of what was typed", () => {
  const { text, caret } = withName("Ask @le  please", 7, "Ann Lee");
  assert.equal(text, "Ask @Ann Lee please");
  assert.equal(text.slice(caret), "please");
});

test("who is named is mentioned, of two with one name the chosen one", () => {
  assert.deepEqual(mentionsIn("@김지수 look", PEOPLE, new Set()), [3]);
  assert.deepEqual(mentionsIn("@Ann look", PEOPLE, new Set([4])), [4]);
  assert.deepEqual(mentionsIn("@Ann look", PEOPLE, new Set()), [1]);
  assert.deepEqual(mentionsIn("nobody", PEOPLE, new Set([4])), []);
});

test("marking names loses nothing of a text, whatever is in it", () => {
  const word = fc.constantFrom("@Ann", "@Ann Lee", "@김지수", " ", "<b>", "@", "x", "\n");
  fc.assert(
    fc.property(fc.array(word), fc.subarray(PEOPLE.map(({ name }) => name)), (words, names) => {
      const text = words.join("");
      const pieces = piecesOf(text, names);
      assert.equal(pieces.map((piece) => piece.text).join(""), text);
      for (const piece of pieces)
        if (piece.isName) assert.ok(names.includes(piece.text.slice(1)), piece.text);
    }),
  );
  assert.deepEqual(piecesOf("@Ann Lee!", ["Ann", "Ann Lee"]), [
    { text: "@Ann Lee", isName: true },
    { text: "!", isName: false },
  ]);
});

test("times are told in the largest unit there is", () => {
  const now = Date.UTC(2026, 0, 10);
  assert.equal(ago(now - 30_000, now, "en"), "just now");
  assert.equal(ago(now + 30_000, now, "en"), "just now");
  assert.equal(ago(now - 5 * 60_000, now, "en"), "5 minutes ago");
  assert.equal(ago(now - 26 * 3_600_000, now, "en"), "yesterday");
  assert.equal(ago(now - 5 * 60_000, now, "ko"), "5분 전");
});

test("a long text is cut between signs", () => {
  assert.equal(excerpt("a\nb  c"), "a b c");
  assert.equal(Array.from(excerpt("👩".repeat(500))).length, 141);
});
