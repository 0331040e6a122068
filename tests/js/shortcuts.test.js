// Shortcuts of one's own: what a key means then, who goes without, and what nobody may take.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Commands, isSingleKey } from "../../static/board/ui/commands.js";
import {
  holderOf,
  isFree,
  isWhole,
  withoutOwn,
  withShortcut,
} from "../../static/board/ui/own-shortcuts.js";

/** @typedef {import("../../static/board/ui/commands.js").Command} Command */

/** @param {string} id @param {string[]} shortcuts @param {Partial<Command>} [more] @returns {Command} */
function command(id, shortcuts, more = {}) {
  return { id, group: "edit", label: () => id, shortcuts, run() {}, enabled: () => true, ...more };
}

function someCommands() {
  const commands = new Commands();
  commands.add(command("pen", ["P"]));
  commands.add(command("undo", ["Mod+Z", "Mod+Y"]));
  commands.add(command("delete", ["Delete"], { aliases: ["Backspace"] }));
  commands.add(command("nudge", ["ArrowLeft"], { fixed: true }));
  commands.add(command("copy", ["Mod+C"], { native: true }));
  return commands;
}

test("a shortcut of one's own replaces the others of the command", () => {
  const commands = someCommands();
  const pen = commands.get("pen");
  commands.setShortcuts(withShortcut(commands, pen, "Q"), true);
  assert.equal(commands.meaning("Q"), pen);
  assert.equal(commands.meaning("P"), null);
  assert.deepEqual(commands.shortcutsOf(pen), ["Q"]);
});

test("whoever had a key goes without it and keeps the rest", () => {
  const commands = someCommands();
  const [pen, undo] = [commands.get("pen"), commands.get("undo")];
  assert.equal(holderOf(commands, pen, "Mod+Y"), undo);
  assert.equal(holderOf(commands, undo, "Mod+Y"), null);
  commands.setShortcuts(withShortcut(commands, pen, "Mod+Y"), true);
  assert.equal(commands.meaning("Mod+Y"), pen);
  assert.deepEqual(commands.shortcutsOf(undo), ["Mod+Z"]);
});

test("an alias can be taken too", () => {
  const commands = someCommands();
  const pen = commands.get("pen");
  commands.setShortcuts(withShortcut(commands, pen, "Backspace"), true);
  assert.equal(commands.meaning("Backspace"), pen);
  assert.equal(commands.meaning("Delete")?.id, "delete");
});

test("going back to what it was takes the key back", () => {
  const commands = someCommands();
  const [pen, undo] = [commands.get("pen"), commands.get("undo")];
  commands.setShortcuts(withShortcut(commands, pen, "Mod+Z"), true);
  commands.setShortcuts(withoutOwn(commands, undo), true);
  assert.equal(commands.meaning("Mod+Z"), undo);
  assert.deepEqual(commands.shortcutsOf(undo), ["Mod+Z", "Mod+Y"]);
  assert.deepEqual(commands.shortcutsOf(pen), []);
  commands.setShortcuts(withoutOwn(commands, pen), true);
  assert.equal(commands.meaning("P"), pen);
});

test("what the page, the browser or a set of keys needs can't be taken", () => {
  const commands = someCommands();
  for (const shortcut of ["Escape", "Tab", "Enter", "Space", "ArrowLeft", "Mod+C"])
    assert.ok(!isFree(commands, shortcut), shortcut);
  assert.ok(isFree(commands, "Mod+Y"));
  assert.ok(isFree(commands, "Mod+Shift+1"));
});

test("what was stored for a command that keeps its keys has no effect", () => {
  const commands = someCommands();
  commands.setShortcuts({ nudge: ["Q"], copy: ["W"] }, true);
  assert.equal(commands.meaning("Q"), null);
  assert.equal(commands.meaning("ArrowLeft")?.id, "nudge");
  assert.deepEqual(commands.shortcutsOf(commands.get("copy")), ["Mod+C"]);
});

test("single keys can be switched off; the others stay", () => {
  const commands = someCommands();
  commands.setShortcuts({}, false);
  assert.equal(commands.meaning("P"), null);
  assert.deepEqual(commands.shortcutsOf(commands.get("pen")), []);
  assert.equal(commands.meaning("Mod+Z")?.id, "undo");
  assert.equal(commands.meaning("Delete")?.id, "delete");
});

test("a single key is a letter, digit or sign, with or without Shift", () => {
  assert.deepEqual(["P", "?", "+", "Shift+1"].map(isSingleKey), [true, true, true, true]);
  assert.deepEqual(["Mod+P", "Alt+S", "Mod++", "Delete", "Shift+F10"].map(isSingleKey), [
    false,
    false,
    false,
    false,
    false,
  ]);
});

test("whoever shows shortcuts is told when they change", () => {
  const commands = someCommands();
  let told = 0;
  const stop = commands.subscribe(() => told++);
  const own = { pen: ["Q"] };
  commands.setShortcuts(own, true);
  commands.setShortcuts(own, true);
  commands.setShortcuts(own, false);
  stop();
  commands.setShortcuts({}, true);
  assert.equal(told, 2);
});

test("modifiers alone are no shortcut", () => {
  assert.ok(!isWhole({ key: "Shift" }));
  assert.ok(!isWhole({ key: "Dead" }));
  assert.ok(isWhole({ key: "q" }));
});
