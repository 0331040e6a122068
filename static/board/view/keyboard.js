// The keyboard: finds the command that a key means, unless somebody is typing.

/**
 * What the keyboard needs to know of commands. Shortcuts are written as in aria-keyshortcuts, with `Mod`
 * for Ctrl (Command on a Mac): `V`, `Mod+Shift+Z`, `Delete`, `?`.
 * `native`: the browser tells of it by an event of its own.
 * @typedef {{enabled: (shortcut?: string) => boolean, run: (shortcut: string) => void, native?: boolean}} KeyCommand
 */

/**
 * @typedef {object} KeyPress
 * @property {string} key
 * @property {string} code
 * @property {boolean} ctrlKey
 * @property {boolean} metaKey
 * @property {boolean} shiftKey
 * @property {boolean} altKey
 * @property {boolean} isComposing
 * @property {number} [keyCode]
 */

/** What browsers report for keys that an input method is still working on. */
const IN_COMPOSITION = 229;

/** What goes on while the key is held: nudging, zooming, undoing. */
const REPEATED = /Arrow|^(Mod\+)?[-+=]$|^Mod\+/;

/** The shortcut that a key press is, in the same words as the commands' shortcuts. @param {KeyPress} press */
export function shortcutOf(press) {
  const key = nameOfKey(press);
  const parts = [];
  if (press.ctrlKey || press.metaKey) parts.push("Mod");
  if (press.altKey) parts.push("Alt");
  // A sign that needs Shift to be typed ("?") is named by the sign alone.
  if (press.shiftKey && (key.length > 1 || /[A-Z0-9[\]]/.test(key))) parts.push("Shift");
  return [...parts, key].join("+");
}

/** @param {KeyPress} press */
function nameOfKey({ key, code, shiftKey }) {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit && shiftKey) return digit;
  // Brackets turn into braces with Shift, but a pair of shortcuts reads better with the same key.
  if (shiftKey && key === "{") return "[";
  if (shiftKey && key === "}") return "]";
  if (key === " ") return "Space";
  // With a Korean, Greek or Cyrillic layout `key` is a letter of that script; the key is the same.
  if (key.length === 1 && key.charCodeAt(0) > 127) return /^Key([A-Z])$/.exec(code)?.[1] ?? key;
  return key.length === 1 ? key.toUpperCase() : key;
}

/** @param {KeyPress} press */
export function isComposing(press) {
  return press.isComposing || press.keyCode === IN_COMPOSITION;
}

/** @param {EventTarget | null} target */
function takesText(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !["button", "checkbox", "radio", "range", "color"].includes(target.type);
  return (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}

/** @param {EventTarget | null} target */
function takesKeys(target) {
  return (
    target instanceof Element &&
    target.closest("button, a, input, select, textarea, summary") !== null
  );
}

/** Leads from button to button, and from the board to the first of them unless something is selected on it. @param {string} shortcut */
function isTab(shortcut) {
  return shortcut === "Tab" || shortcut === "Shift+Tab";
}

/** What is closed keeps the focus for a moment, a field too, but has no keys of its own. @param {EventTarget | null} target */
function unlessClosed(target) {
  const closed = "dialog:not([open]), [popover]:not(:popover-open)";
  return target instanceof Element && target.closest(closed) ? null : target;
}

/** @param {EventTarget | null} target */
function inDialog(target) {
  return target instanceof Element && target.closest("dialog[open], :popover-open") !== null;
}

/** Escape closes what lies open over the board, wherever the focus is; the browser does that. @param {Window} window */
function hasOpenSheet(window) {
  return window.document.querySelector("dialog[open], :popover-open") !== null;
}

/**
 * @param {{window: Window, meaning: (shortcut: string) => KeyCommand | null, holdHand: (held: boolean) => void}} parts
 */
export function listenToKeys({ window, meaning, holdHand }) {
  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isComposing(event) || inDialog(event.target)) return;
    const target = unlessClosed(event.target);
    if (takesText(target)) return;
    const shortcut = shortcutOf(event);
    if (shortcut === "Space") {
      if (takesKeys(target)) return;
      event.preventDefault();
      holdHand(true);
      return;
    }
    // Enter on a button is the button's.
    if (shortcut === "Enter" && takesKeys(target)) return;
    if (shortcut === "Escape" && hasOpenSheet(window)) return;
    const command = meaning(shortcut);
    if (!command || command.native) return;
    if (isTab(shortcut) && (takesKeys(target) || !command.enabled(shortcut))) return;
    event.preventDefault();
    // A key that is held down zooms and nudges on; it doesn't open one sheet after another.
    if (event.repeat && !REPEATED.test(shortcut)) return;
    if (command.enabled()) command.run(shortcut);
  });
  window.addEventListener("keyup", (event) => {
    if (event.key === " ") holdHand(false);
  });
  // The release of a key is not told to a window that has lost the focus.
  window.addEventListener("blur", () => holdHand(false));
}
