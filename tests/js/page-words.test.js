// What the page says: every state and refusal has its sentence, and names are cut to initials kindly.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setCatalogue } from "../../static/board/core/translate.js";
import { fileName } from "../../static/board/ui/download.js";
import { initials, oncePerPerson } from "../../static/board/ui/people-bar.js";
import { savedWords } from "../../static/board/ui/saved-words.js";
import { sentenceFor } from "../../static/board/ui/sentences.js";

setCatalogue({});

/** @param {Partial<import("../../static/board/ui/sentences.js").BoardState>} state */
function sentence(state) {
  return sentenceFor({
    connection: "live",
    wasLive: true,
    online: true,
    waiting: 0,
    denial: null,
    closedWith: null,
    draws: true,
    muted: false,
    pen: false,
    frozen: false,
    refused: null,
    earlier: 0,
    fails: false,
    ...state,
  });
}

test("a board that is as it should be says nothing", () => {
  assert.equal(sentence({}), null);
});

test("every close code that shuts out has its own sentence and a way on", () => {
  const texts = [4401, 4403, 4404, 4426, 4999].map((code) => {
    const said = sentence({ connection: "denied", denial: { code } });
    assert.ok(said?.action, `${code} says what to do`);
    return said.text;
  });
  assert.equal(new Set(texts).size, texts.length);
});

test("who is shut out is told what was not sent, and can save it where it is kept", () => {
  const state = /** @type {const} */ ({ connection: "denied", denial: { code: 4403 }, waiting: 2 });
  const kept = sentence(state);
  assert.match(
    kept?.text ?? "",
    /Your last 2 changes were not sent; they are kept on this device\.$/,
  );
  assert.equal(kept?.save, true);
  const lost = sentence({ ...state, fails: true });
  assert.match(lost?.text ?? "", /Your last 2 changes were not saved\.$/);
  assert.equal(lost?.save, false);
});

test("where nothing can be kept, it says so while something waits", () => {
  const state = /** @type {const} */ ({ connection: "offline", closedWith: 1006, fails: true });
  assert.match(
    sentence({ ...state, waiting: 3 })?.text ?? "",
    /Keep this page open: your 3 changes/,
  );
  assert.doesNotMatch(sentence({ ...state, waiting: 0 })?.text ?? "", /Keep this page open/);
});

test("what was refused on an earlier visit is told of, and can be saved", () => {
  const said = sentence({ earlier: 2 });
  assert.match(said?.text ?? "", /^2 changes that you made earlier were not accepted/);
  assert.deepEqual([said?.action, said?.save], ["dismiss", true]);
});

test("every passing close code has its own sentence, and says that the work is safe", () => {
  const texts = [4400, 4408, 4429, 4503, 1006].map((closedWith) => {
    const said = sentence({ connection: "offline", closedWith, waiting: 3 });
    assert.match(said?.text ?? "", /Your 3 changes are kept here and will be sent\.$/);
    return said?.text;
  });
  assert.equal(new Set(texts).size, texts.length);
});

test("one change is one change", () => {
  assert.match(
    sentence({ connection: "offline", waiting: 1 })?.text ?? "",
    /Your 1 change is kept/,
  );
});

test("no network is told apart from no server", () => {
  assert.match(
    sentence({ connection: "offline", online: false })?.text ?? "",
    /^You are offline\./,
  );
});

test("the first connection is only that", () => {
  assert.equal(sentence({ connection: "connecting", wasLive: false })?.text, "Connecting…");
});

test("R5: every refusal says what happened to the change", () => {
  for (const refused of [
    "bad_change",
    "board_full",
    "frozen",
    "id_reused",
    "not_allowed",
    "unknown_kind",
    "unknown_property",
  ]) {
    const said = sentence({ refused });
    assert.match(said?.text ?? "", /taken back/, refused);
    assert.equal(said?.action, "dismiss");
  }
});

test("readers and frozen boards are told why there is no pen", () => {
  assert.match(sentence({ draws: false })?.text ?? "", /not draw/);
  assert.match(sentence({ draws: false, frozen: true })?.text ?? "", /frozen/);
});

test("the saved mark is words", () => {
  assert.equal(savedWords("saved", 0), "Saved");
  assert.equal(savedWords("saving", 2), "Saving…");
  assert.equal(savedWords("waiting", 1), "1 change waiting");
  assert.equal(savedWords("waiting", 3), "3 changes waiting");
});

test("initials are two of two words, one of a Korean name, and never empty", () => {
  assert.equal(initials("Ada Lovelace"), "AL");
  assert.equal(initials("ann"), "A");
  assert.equal(initials("김민수"), "김");
  assert.equal(initials("🦊 fox"), "🦊");
  assert.equal(initials("  "), "?");
});

test("somebody with two tabs is one person, and oneself comes first", () => {
  const people = [
    { slot: 1, person: 7, name: "Bob", color: "red" },
    { slot: 2, person: 9, name: "Ann", color: "blue" },
    { slot: 3, person: 7, name: "Bob", color: "red" },
  ];
  assert.deepEqual(
    oncePerPerson(people, 9).map(({ slot }) => slot),
    [2, 1],
  );
});

test("S35: a file's name holds letters and digits of any script, nothing that a shell minds", () => {
  assert.equal(fileName("수업 3/4: Photosynthesis?"), "수업-3-4-Photosynthesis.png");
  assert.equal(fileName("../../etc/passwd"), "etc-passwd.png");
  assert.equal(fileName("…"), "board.png");
});
