// The registry of commands, which feeds toolbar, menus, shortcuts, palette and help.

/**
 * Shortcuts are written as the keyboard reports them, `Mod` being Ctrl, or Command on a Mac.
 * @typedef {object} Command
 * @property {string} id
 * @property {"tools" | "edit" | "arrange" | "style" | "view" | "board" | "order" | "keyboard"} group
 * @property {() => string} label
 * @property {import("./dom.js").IconNode} [icon]
 * @property {readonly string[]} shortcuts those it comes with; `Commands.shortcutsOf` tells which count
 * @property {readonly string[]} [aliases] shortcuts that work, but aren't worth a place in the help
 * @property {boolean} [fixed] whether its shortcuts stay as they are, as those that come as a set do
 * @property {boolean} [shared] whether its shortcuts mean another command while this one isn't possible
 * @property {(shortcut?: string) => void} run told which of its shortcuts it was, if it was one
 * @property {(shortcut?: string) => boolean} enabled told in the same way
 * @property {() => boolean} [pressed] for what stays on, as a tool does
 * @property {boolean} [native] its keys are the browser's, which tells of them by an event of its own
 */

/** A person's own shortcuts by command. @typedef {Readonly<Record<string, readonly string[]>>} OwnShortcuts */

export class Commands {
  /** @type {Map<string, Command>} */
  #byId = new Map();
  /** @type {OwnShortcuts} */
  #own = {};
  #singleKeys = true;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {Command} command */
  add(command) {
    if (this.#byId.has(command.id))
      throw new Error(`there is a command called ${command.id} already`);
    for (const other of this.#byId.values()) {
      if (command.shared || other.shared) continue;
      const both = keysOf(other).find((shortcut) => keysOf(command).includes(shortcut));
      if (both)
        throw new Error(`${both} means ${other.id} already, so it can't mean ${command.id}`);
    }
    this.#byId.set(command.id, command);
  }

  /** @param {string} id */
  get(id) {
    const command = this.#byId.get(id);
    if (!command) throw new Error(`no command is called ${id}`);
    return command;
  }

  /** Those of the ids that are commands, in this order. @param {readonly string[]} ids */
  those(ids) {
    return ids.flatMap((id) => this.#byId.get(id) ?? []);
  }

  get all() {
    return [...this.#byId.values()];
  }

  /** @param {Command["group"]} group */
  inGroup(group) {
    return this.all.filter((command) => command.group === group);
  }

  /** @param {string} id */
  run(id) {
    const command = this.get(id);
    if (command.enabled()) command.run();
  }

  // -- shortcuts -----------------------------------------------------------------------------------

  /** @param {() => void} listener told when shortcuts mean something else */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {OwnShortcuts} own @param {boolean} singleKeys whether keys without Ctrl or Alt count */
  setShortcuts(own, singleKeys) {
    if (own === this.#own && singleKeys === this.#singleKeys) return;
    this.#own = own;
    this.#singleKeys = singleKeys;
    for (const listener of this.#listeners) listener();
  }

  get own() {
    return this.#own;
  }

  /** @param {Command} command */
  shortcutsOf(command) {
    return this.#counting(this.#ownOf(command) ?? command.shortcuts);
  }

  /** The command that a shortcut means; what somebody has chosen comes before what we have. @param {string} shortcut */
  meaning(shortcut) {
    if (this.#counting([shortcut]).length === 0) return null;
    const chosen = this.all.find((command) => this.#ownOf(command)?.includes(shortcut));
    if (chosen) return chosen;
    const given = this.all.filter(
      (command) => !this.#ownOf(command) && keysOf(command).includes(shortcut),
    );
    const now = given.find(({ shared, enabled }) => !shared || enabled());
    return given.find(({ shared, enabled }) => shared && enabled()) ?? now ?? given[0] ?? null;
  }

  /** @param {Command} command */
  #ownOf(command) {
    const { id } = command;
    return !keepsItsKeys(command) && Object.hasOwn(this.#own, id) ? this.#own[id] : undefined;
  }

  /** @param {readonly string[]} shortcuts */
  #counting(shortcuts) {
    return this.#singleKeys ? shortcuts : shortcuts.filter((keys) => !isSingleKey(keys));
  }
}

/** Whether its shortcuts can't be changed. @param {Command} command */
export function keepsItsKeys({ fixed = false, native = false }) {
  return fixed || native;
}

/** @param {Command} command */
export function keysOf({ shortcuts, aliases = [] }) {
  return [...shortcuts, ...aliases];
}

/** A letter, digit or sign, alone or with Shift: what speech and shaking hands press unawares (WCAG 2.1.4). @param {string} shortcut */
export function isSingleKey(shortcut) {
  const parts = splitShortcut(shortcut);
  return parts.at(-1)?.length === 1 && !parts.includes("Mod") && !parts.includes("Alt");
}

/** As it stands in a tooltip or the help sheet. @param {string} shortcut @param {boolean} mac */
export function shortcutLabel(shortcut, mac) {
  /** @type {Record<string, string>} */
  const names = mac ? { Mod: "⌘", Shift: "⇧", Alt: "⌥" } : { Mod: "Ctrl" };
  /** @type {Record<string, string>} */
  const arrows = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc" };
  const parts = splitShortcut(shortcut).map((part) => names[part] ?? arrows[part] ?? part);
  return parts.join(mac ? "" : "+");
}

/** As `aria-keyshortcuts` wants it. @param {readonly string[]} shortcuts @param {boolean} mac */
export function ariaShortcuts(shortcuts, mac) {
  return shortcuts
    .map((shortcut) => shortcut.replace(/^Mod(?=\+)/, mac ? "Meta" : "Control"))
    .join(" ");
}

/** `Mod++` is Mod and the plus key. @param {string} shortcut */
function splitShortcut(shortcut) {
  return shortcut === "+" ? ["+"] : shortcut.split(/\+(?=.)/);
}
