// Shortcuts of one's own: what a key may become, whom it is taken from, and back to how it was. Pure.

import { keepsItsKeys, keysOf } from "./commands.js";

/**
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("./commands.js").Commands} Commands
 * @typedef {import("./commands.js").OwnShortcuts} OwnShortcuts
 */

/** Keys that move the focus, close, press and pan; they must go on doing so. */
const KEPT = new Set(["Tab", "Shift+Tab", "Escape", "Enter", "Space", "ContextMenu"]);
const MODIFIERS = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Process"]);

/** Whether a press is a whole shortcut, and not the modifiers that will be part of one. @param {{key: string}} press */
export function isWhole({ key }) {
  return !MODIFIERS.has(key) && key !== "Dead" && key !== "Unidentified";
}

/** Whether a command may have it at all. @param {Commands} commands @param {string} shortcut */
export function isFree(commands, shortcut) {
  const holder = commands.meaning(shortcut);
  return !KEPT.has(shortcut) && !(holder && keepsItsKeys(holder));
}

/** Who has it now, if somebody else does. @param {Commands} commands @param {Command} command @param {string} shortcut */
export function holderOf(commands, command, shortcut) {
  const holder = commands.meaning(shortcut);
  return holder && holder.id !== command.id ? holder : null;
}

/** Gives a command this shortcut instead of its own; whoever had it goes without. @param {Commands} commands @param {Command} command @param {string} shortcut @returns {OwnShortcuts} */
export function withShortcut(commands, command, shortcut) {
  const holder = holderOf(commands, command, shortcut);
  const own = { ...commands.own, [command.id]: [shortcut] };
  if (!holder) return own;
  const left = (commands.own[holder.id] ?? keysOf(holder)).filter((keys) => keys !== shortcut);
  return { ...own, [holder.id]: left };
}

/** Those it comes with; where somebody else has taken one since, that one has to go back too. @param {Commands} commands @param {Command} command @returns {OwnShortcuts} */
export function withoutOwn(commands, command) {
  const back = keysOf(command);
  const entries = Object.entries(commands.own).filter(([id]) => id !== command.id);
  return Object.fromEntries(
    entries.map(([id, shortcuts]) => [id, shortcuts.filter((keys) => !back.includes(keys))]),
  );
}
