// The registry of commands: one meaning for a key, and words for it that people and machines read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ariaShortcuts, Commands, shortcutLabel } from "../../static/board/ui/commands.js";

/**
 * @param {string} id
 * @param {string[]} shortcuts
 * @param {Partial<import("../../static/board/ui/commands.js").Command>} [more]
 * @returns {import("../../static/board/ui/commands.js").Command}
 */
function command(id, shortcuts, more = {}) {
  return {
    id,
    group: "edit",
    label: () => id,
    shortcuts,
    run: () => {},
    enabled: () => true,
    ...more,
  };
}

test("a key means one command", () => {
  const commands = new Commands();
  commands.add(command("undo", ["Mod+Z"]));
  assert.throws(() => commands.add(command("zap", ["Z", "Mod+Z"])), /Mod\+Z means undo already/);
  assert.throws(() => commands.add(command("undo", [])), /called undo already/);
});

test("a key may mean another command while the one that shares it isn't possible", () => {
  let drawing = false;
  const commands = new Commands();
  commands.add(command("write", ["Enter"]));
  commands.add(command("end", ["Enter"], { shared: true, enabled: () => drawing }));
  assert.equal(commands.meaning("Enter")?.id, "write");
  drawing = true;
  assert.equal(commands.meaning("Enter")?.id, "end");
});

test("a command that isn't possible now doesn't run", () => {
  let runs = 0;
  let possible = false;
  const commands = new Commands();
  commands.add(command("undo", [], { run: () => runs++, enabled: () => possible }));
  commands.run("undo");
  possible = true;
  commands.run("undo");
  assert.equal(runs, 1);
});

test("asking for a command that doesn't exist names it", () => {
  assert.throws(() => new Commands().get("fly"), /fly/);
});

test("shortcuts read as they are printed on the keys", () => {
  assert.equal(shortcutLabel("Mod+Shift+Z", false), "Ctrl+Shift+Z");
  assert.equal(shortcutLabel("Mod+Shift+Z", true), "⌘⇧Z");
  assert.equal(shortcutLabel("Mod++", false), "Ctrl++");
  assert.equal(shortcutLabel("Shift+ArrowLeft", false), "Shift+←");
  assert.equal(shortcutLabel("+", false), "+");
});

test("aria-keyshortcuts names the modifiers in full", () => {
  assert.equal(ariaShortcuts(["Mod+Shift+Z", "Mod+Y"], false), "Control+Shift+Z Control+Y");
  assert.equal(ariaShortcuts(["Mod+Z"], true), "Meta+Z");
  assert.equal(ariaShortcuts(["V"], false), "V");
});
