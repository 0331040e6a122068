// The words of a module, as the build finds them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { wordsIn } from "../../scripts/words.mjs";
import { addWords, setCatalogue, t } from "../../static/board/core/translate.js";

test("finds the first text of every call, over lines and with signs escaped", () => {
  const source = `
    t("Undo"); tn("{count} change", "{count} changes", n);
    make(t(
      "Say \\"yes\\" – now",
    ));
    start("Not this"); const t2 = at("nor this");`;
  assert.deepEqual(wordsIn(source), ["Undo", "{count} change", 'Say "yes" – now']);
});

test("finds the words of a real module", () => {
  const source = readFileSync(
    new URL("../../static/board/ui/sentences-unreached.js", import.meta.url),
    "utf8",
  );
  assert.ok(wordsIn(source).includes("You are offline."));
  assert.ok(wordsIn(source).includes("Your {count} change is kept here and will be sent."));
});

test("words that come later are known beside the first", () => {
  setCatalogue({ Undo: "실행 취소" });
  addWords({ Redo: "다시 실행" });
  assert.deepEqual([t("Undo"), t("Redo")], ["실행 취소", "다시 실행"]);
  setCatalogue(null);
});
