// The command palette: type a few letters, press Enter.

import { inEnglish, t } from "../core/translate.js";
import { isComposing } from "../view/keyboard.js";
import { MAC } from "./command-button.js";
import { shortcutLabel } from "./commands.js";
import { icon, make } from "./dom.js";
import { groupName } from "./group-names.js";
import { takeKeys } from "./held-keys.js";
import { found } from "./palette-search.js";
import { openDialog } from "./sheet.js";
import { store, stored } from "./storage.js";
import { styles } from "./stylesheet.js";

/** @typedef {import("./commands.js").Command} Command */
/** @typedef {import("./commands.js").Commands} Commands */

const RECENT = "whiteboard.recent";
const RECENT_KEPT = 6;

/** @param {Commands} commands */
export async function openPalette(commands) {
  await styles("dialog-styles");
  const { text, ended } = takeKeys();
  if (!ended && !document.getElementById("palette")) new Palette(commands).open(text);
}

class Palette {
  /** @type {{command: Command, option: HTMLElement}[]} */
  #shown = [];
  #active = 0;
  #input;
  #list;
  #dialog;

  /** @param {Commands} commands */
  constructor(commands) {
    this.commands = commands;
    this.recent = recentIds();
    this.entries = entriesOf(commands);
    this.#input = searchField();
    this.#list = make("div", { id: "palette-list", role: "listbox", "aria-label": t("Commands") });
    this.#dialog = make(
      "dialog",
      { id: "palette", class: "palette", "aria-label": t("All commands") },
      this.#input,
      this.#list,
    );
  }

  /** @param {string} text that was typed meanwhile, Enter at its end perhaps */
  open(text) {
    this.#input.addEventListener("input", () => this.#search());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    openDialog(this.#dialog);
    this.#input.focus();
    this.#input.value = text;
    this.#search();
    if (text.endsWith("\n")) this.#run(this.#shown[0]?.command);
  }

  #search() {
    const list = found(this.entries, this.#input.value, this.recent);
    this.#shown = list.map(({ command, enabled }, i) => ({
      command,
      option: this.#option(command, enabled, i),
    }));
    const nothing = make("p", { class: "palette-nothing" }, t("No command is called that."));
    this.#list.replaceChildren(
      ...(list.length > 0 ? this.#shown.map(({ option }) => option) : [nothing]),
    );
    this.#activate(0);
  }

  /** @param {Command} command @param {boolean} enabled @param {number} place */
  #option(command, enabled, place) {
    const [first] = this.commands.shortcutsOf(command);
    const option = make(
      "div",
      { id: `palette-${place}`, role: "option", "aria-disabled": enabled ? null : "true" },
      command.icon ? icon(command.icon) : make("span", { class: "icon" }),
      make("span", { class: "palette-name" }, command.label()),
      make("span", { class: "palette-group" }, groupName(command.group)),
      first && make("kbd", { "aria-hidden": "true" }, shortcutLabel(first, MAC)),
    );
    option.addEventListener("click", () => this.#run(command));
    option.addEventListener("pointermove", () => this.#activate(place));
    return option;
  }

  /** @param {number} place */
  #activate(place) {
    this.#active = place;
    this.#shown.forEach(({ option }, i) => {
      option.setAttribute("aria-selected", String(i === place));
    });
    const active = this.#shown[place]?.option;
    active?.scrollIntoView({ block: "nearest" });
    if (active) this.#input.setAttribute("aria-activedescendant", active.id);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (isComposing(event)) return;
    const count = this.#shown.length;
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way && count > 0) this.#activate((this.#active + way + count) % count);
    else if (event.key === "Enter") this.#run(this.#shown[this.#active]?.command);
    else return;
    event.preventDefault();
  }

  /** @param {Command | undefined} command */
  #run(command) {
    if (!command?.enabled()) return;
    this.#dialog.close();
    store(
      RECENT,
      [command.id, ...this.recent.filter((id) => id !== command.id)].slice(0, RECENT_KEPT),
    );
    command.run();
  }
}

/** @param {Commands} commands */
function entriesOf(commands) {
  return commands.all
    .filter(({ id, fixed }) => !fixed && id !== "board.palette")
    .map((command) => ({
      command,
      id: command.id,
      names: [command.label(), inEnglish(command.label)],
      enabled: command.enabled(),
    }));
}

function searchField() {
  return make("input", {
    type: "text",
    role: "combobox",
    class: "palette-input",
    placeholder: t("What would you like to do?"),
    "aria-label": t("What would you like to do?"),
    "aria-expanded": "true",
    "aria-controls": "palette-list",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "go",
  });
}

/** @returns {string[]} */
function recentIds() {
  const value = stored(RECENT);
  return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
}
