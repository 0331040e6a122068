// A tool whose code comes later loses nothing of what the pointer did before.

import assert from "node:assert/strict";
import { test } from "node:test";
import { laterTool } from "../../static/board/tools/later.js";

/** @typedef {import("../../static/board/editor.js").Tool} Tool */

const DESCRIPTION = { name: "late", cursor: "default", changes: false };
const at = /** @type {any} */ ({ x: 1, y: 2 });

/** @param {string[]} acts @returns {Tool} */
function noting(acts) {
  return {
    ...DESCRIPTION,
    cursor: "move",
    onPointerDown: () => acts.push("down"),
    onPointerMove: () => acts.push("move"),
    onPointerUp: () => acts.push("up"),
    onCancel: () => acts.push("cancel"),
  };
}

test("what the pointer did meanwhile is done in its order, once", async () => {
  /** @type {string[]} */
  const acts = [];
  let times = 0;
  const tool = laterTool(DESCRIPTION, async () => {
    times++;
    return noting(acts);
  });
  assert.equal(times, 0, "not before it is needed");
  tool.onPointerDown(at);
  tool.onPointerMove(at);
  assert.deepEqual(acts, []);
  assert.equal(tool.cursor, "default");
  await tool.load();
  tool.onPointerUp(at);
  assert.deepEqual(acts, ["down", "move", "up"]);
  assert.equal(tool.cursor, "move");
  assert.equal(times, 1);
});

test("what can't come now is asked for again at the next press", async () => {
  /** @type {string[]} */
  const acts = [];
  let online = false;
  const tool = laterTool(DESCRIPTION, async () => {
    if (!online) throw new Error("no connection");
    return noting(acts);
  });
  tool.onPointerDown(at);
  await tool.load();
  online = true;
  tool.onPointerDown(at);
  await tool.load();
  assert.deepEqual(acts, ["down"]);
});
