// What the command palette finds, and in which order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inEnglish, setCatalogue, t } from "../../static/board/core/translate.js";
import { found } from "../../static/board/ui/palette-search.js";

const ENTRIES = [
  { id: "eraser", names: ["지우개", "Eraser"], enabled: true },
  { id: "zoom-in", names: ["확대", "Zoom in"], enabled: true },
  { id: "zoom-fit", names: ["전체 보기", "Zoom to fit"], enabled: true },
  { id: "paste", names: ["붙여넣기", "Paste"], enabled: false },
  { id: "paste-style", names: ["스타일 붙여넣기", "Paste style"], enabled: true },
];

/** @param {string} query @param {string[]} [recent] */
function ids(query, recent = []) {
  return found(ENTRIES, query, recent).map(({ id }) => id);
}

test("without words everything is there, what was used lately first, what is impossible last", () => {
  assert.deepEqual(ids("", ["zoom-fit", "zoom-in"]), [
    "zoom-fit",
    "zoom-in",
    "eraser",
    "paste-style",
    "paste",
  ]);
});

test("words are found in one's own language and in English, in any order and case", () => {
  assert.deepEqual(ids("지우"), ["eraser"]);
  assert.deepEqual(ids("ERAS"), ["eraser"]);
  assert.deepEqual(ids("fit zoom"), ["zoom-fit"]);
  assert.deepEqual(ids("zoom 확대"), []);
});

test("the beginning of a name counts more than a word in it, and that more than a part of a word", () => {
  const entries = ["Upstyle", "Paste style", "Style"].map((name) => ({
    id: name,
    names: [name],
    enabled: true,
  }));
  assert.deepEqual(
    found(entries, "style", []).map(({ id }) => id),
    ["Style", "Paste style", "Upstyle"],
  );
});

test("first consonants find a Korean name", () => {
  assert.deepEqual(ids("ㅈㅇㄱ"), ["eraser"]);
  assert.deepEqual(ids("ㅂㅇ"), ["paste-style", "paste"]);
});

test("a name can be had in English while the page is Korean", () => {
  setCatalogue({ Undo: "실행 취소" });
  assert.equal(t("Undo"), "실행 취소");
  assert.equal(
    inEnglish(() => t("Undo")),
    "Undo",
  );
  assert.equal(t("Undo"), "실행 취소");
  setCatalogue(null);
});
