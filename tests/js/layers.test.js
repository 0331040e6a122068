// The check of layers finds what it is for.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../scripts/layers.mjs", import.meta.url));

/** @param {Record<string, string>} files the text of each module of a board */
function check(files) {
  const board = mkdtempSync(join(tmpdir(), "layers-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(board, name)), { recursive: true });
    writeFileSync(join(board, name), text);
  }
  const { status, stderr } = spawnSync(process.execPath, [script, board], { encoding: "utf8" });
  rmSync(board, { recursive: true });
  return { passed: status === 0, stderr };
}

test("own layer, layers below, npm modules and protocol types may be imported", () => {
  const { passed, stderr } = check({
    "main.js": 'import "./ui/toolbar.js"; await import("./core/ids.js");',
    "view/tiles.js": 'import RBush from "../../npm/roughjs.js"; import x from "./overlay.js";',
    "sync/session.js": '/** @typedef {import("../protocol.d.ts").Put} Put */',
    "worker.js": 'import { draw } from "./elements/index.js";',
  });
  assert.equal(stderr, "");
  assert.ok(passed);
});

for (const [name, text] of Object.entries({
  "core/fold.js": 'import { kindOf } from "../elements/index.js";',
  "tools/pen.js": 'export { a } from "../view/overlay.js";',
  "elements/stroke.js": '/** @typedef {import("../editor.js").Editor} Editor */',
  "sync/live.js": 'const later = () => import("../main.js");',
  "ui/menu.js": 'import "../../site/theme.js";',
  "ui/help.js": 'import rbush from "roughjs";',
  "worker.js": 'import "./ui/toolbar.js";',
  "misc/things.js": "",
})) {
  test(`refuses ${name}: ${text || "a folder without a layer"}`, () => {
    const { passed, stderr } = check({ [name]: text });
    assert.ok(!passed);
    assert.match(stderr, new RegExp(name.replace(".", "\\.")));
  });
}
