// The registry of commands, which feeds the toolbar, the shortcuts and the help sheet.

/**
 * Shortcuts are written as the keyboard reports them, `Mod` being Ctrl, or Command on a Mac.
 * @typedef {object} Command
 * @property {string} id
 * @property {"tools" | "edit" | "arrange" | "style" | "view" | "board"} group
 * @property {() => string} label
 * @property {import("./dom.js").IconNode} [icon]
 * @property {readonly string[]} shortcuts
 * @property {readonly string[]} [aliases] shortcuts that work, but aren't worth a place in the help
 * @property {(shortcut?: string) => void} run told which of its shortcuts it was, if it was one
 * @property {(shortcut?: string) => boolean} enabled told in the same way
 * @property {() => boolean} [pressed] for what stays on, as a tool does
 */

export class Commands {
  /** @type {Map<string, Command>} */
  #byId = new Map();

  /** @param {Command} command */
  add(command) {
    if (this.#byId.has(command.id))
      throw new Error(`there is a command called ${command.id} already`);
    for (const other of this.#byId.values()) {
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

  /** @param {string} id */
  run(id) {
    const command = this.get(id);
    if (command.enabled()) command.run();
  }

  /** The command that a shortcut means. @param {string} shortcut */
  meaning(shortcut) {
    return [...this.#byId.values()].find((command) => keysOf(command).includes(shortcut)) ?? null;
  }

  /** @param {Command["group"]} group */
  inGroup(group) {
    return [...this.#byId.values()].filter((command) => command.group === group);
  }
}

/** @param {Command} command */
export function keysOf({ shortcuts, aliases = [] }) {
  return [...shortcuts, ...aliases];
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
