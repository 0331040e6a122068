// A key press becomes the same words that commands use for their shortcuts.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { isComposing, listenToKeys, shortcutOf } from "../../static/board/view/keyboard.js";

/** @param {string} key @param {Partial<KeyboardEvent>} [more] */
function press(key, more = {}) {
  return {
    key,
    code: "",
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    isComposing: false,
    ...more,
  };
}

test("a letter is its capital, with or without caps lock", () => {
  assert.equal(shortcutOf(press("v")), "V");
  assert.equal(shortcutOf(press("V")), "V");
});

test("Ctrl and Command are the same modifier", () => {
  assert.equal(shortcutOf(press("z", { ctrlKey: true })), "Mod+Z");
  assert.equal(shortcutOf(press("z", { metaKey: true })), "Mod+Z");
  assert.equal(shortcutOf(press("Z", { ctrlKey: true, shiftKey: true })), "Mod+Shift+Z");
});

test("a sign typed with Shift is named by the sign", () => {
  assert.equal(shortcutOf(press("?", { shiftKey: true, code: "Slash" })), "?");
  assert.equal(shortcutOf(press("+", { shiftKey: true, code: "Equal" })), "+");
});

test("Shift and a digit is the digit on every layout", () => {
  assert.equal(shortcutOf(press("!", { shiftKey: true, code: "Digit1" })), "Shift+1");
  assert.equal(shortcutOf(press('"', { shiftKey: true, code: "Digit2" })), "Shift+2");
});

test("with a Korean layout the key counts, not its syllable", () => {
  assert.equal(shortcutOf(press("ㅍ", { code: "KeyV" })), "V");
  assert.equal(shortcutOf(press("ㅋ", { code: "KeyZ", ctrlKey: true })), "Mod+Z");
});

test("named keys keep their names", () => {
  assert.equal(shortcutOf(press("Delete")), "Delete");
  assert.equal(shortcutOf(press("ArrowLeft", { shiftKey: true })), "Shift+ArrowLeft");
  assert.equal(shortcutOf(press(" ")), "Space");
});

test("keys that an input method is working on are its own", () => {
  assert.ok(isComposing(press("Process", { keyCode: 229 })));
  assert.ok(isComposing(press("v", { isComposing: true })));
  assert.ok(!isComposing(press("v")));
});

test("Shift and a bracket is the bracket, whose brace nobody means", () => {
  assert.equal(shortcutOf(press("}", { ctrlKey: true, shiftKey: true })), "Mod+Shift+]");
  assert.equal(shortcutOf(press("[", { ctrlKey: true })), "Mod+[");
});

describe("whose a key is", () => {
  const before = Object.fromEntries(
    ["Element", "HTMLElement", "HTMLInputElement", "HTMLTextAreaElement", "HTMLSelectElement"].map(
      (name) => [name, /** @type {any} */ (globalThis)[name]],
    ),
  );
  class Field {
    type = "text";
    /** @param {"open" | "closed" | "none"} dialog around it */
    constructor(dialog) {
      this.dialog = dialog;
    }
    closest(/** @type {string} */ where) {
      if (where.includes("input")) return this;
      const state = where.includes("not(") ? "closed" : "open";
      return this.dialog === state ? this : null;
    }
  }
  for (const name of Object.keys(before))
    Object.assign(globalThis, { [name]: name.startsWith("HTMLT") ? class {} : Field });
  after(() => Object.assign(globalThis, before));

  /** The shortcuts that are run. @param {"open" | "closed" | "none"} dialog @param {...ReturnType<typeof press>} presses */
  function pressedIn(dialog, ...presses) {
    const window = Object.assign(new EventTarget(), { document: { querySelector: () => null } });
    /** @type {string[]} */
    const ran = [];
    listenToKeys({
      window: /** @type {any} */ (window),
      meaning: () => ({ enabled: () => true, run: (shortcut) => ran.push(shortcut) }),
      holdHand: (held) => void (held && ran.push("hand")),
    });
    for (const one of presses) {
      const event = new Event("keydown");
      Object.defineProperty(event, "target", { value: new Field(dialog) });
      window.dispatchEvent(Object.assign(event, one));
    }
    return ran;
  }
  const find = press("f", { ctrlKey: true });

  test("a field has its keys, in an open dialog and beside it", () => {
    assert.deepEqual(pressedIn("none", find, press(" ")), []);
    assert.deepEqual(pressedIn("open", find, press(" "), press("Enter")), []);
  });

  test("a field that has the focus still, though its dialog is closed, has none", () => {
    const ran = pressedIn("closed", find, press(" "), press("Enter"), press("Tab"));
    assert.deepEqual(ran, ["Mod+F", "hand", "Enter", "Tab"]);
  });
});
