// The menu: nickname, the board's commands, and the ways out. Its markup is in the page, inert until it is taken here.

import { House, Trash2 } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { commandButton, MAC } from "./command-button.js";
import { shortcutLabel } from "./commands.js";
import { PAPERS } from "./commands-paper.js";
import { byId, icon, make } from "./dom.js";
import { post } from "./forms.js";

/** @typedef {import("./commands.js").Commands} Commands */
/** @typedef {import("./config.js").Config} Config */

/** On a phone the bars have no room for some of these, so the menu has them everywhere. */
const IN_MENU = [
  "board.palette",
  "board.find",
  "board.comments",
  "page.panel",
  "page.add",
  "board.outline",
  "board.templates",
  "board.library",
  "view.fit",
  "view.full-size",
  "view.zoom-in",
  "view.zoom-out",
  "view.snap-to-grid",
  "view.minimap",
  "board.open-file",
  "board.export",
  "board.print",
  "order.freeze",
  "order.take-pens",
  "order.own-only",
  "board.settings",
  "board.help",
];

/** @param {Commands} commands @param {Config} config */
export function buildMenu(commands, config) {
  const menu = byId("menu", HTMLElement);
  menu.replaceChildren(...[...menu.querySelectorAll("template")].map(({ content }) => content));
  menu.setAttribute("role", "dialog");
  menu.setAttribute("aria-label", t("Menu"));
  const items = commands.those(IN_MENU).map((command) => menuItem(commands, command, menu));
  const papers = papersIn(commands);
  byId("menu-commands", HTMLElement).replaceChildren(
    ...(papers.length > 0 ? [paperRow(papers.map(({ button }) => button))] : []),
    ...items.map(({ button }) => button),
  );
  menu.addEventListener("beforetoggle", () => {
    for (const { refresh } of [...items, ...papers]) refresh();
  });
  commands.subscribe(() => {
    for (const { sayKeys } of items) sayKeys();
  });
  byId("home", HTMLElement).prepend(icon(House));
  document.getElementById("trash")?.prepend(icon(Trash2));
  buildNickname(config);
  buildTrash(config);
  byId("menu-button", HTMLElement).setAttribute("popovertarget", menu.id);
}

/** @param {Commands} commands */
function papersIn(commands) {
  const found = commands.those(PAPERS.map((paper) => `paper.${paper}`));
  const buttons = found.map((command) => commandButton(commands, command));
  for (const { button } of buttons)
    button.addEventListener("click", () => {
      for (const { refresh } of buttons) refresh();
    });
  return buttons;
}

/** @param {HTMLElement[]} buttons */
function paperRow(buttons) {
  return make(
    "div",
    { class: "menu-row" },
    make("span", { class: "legend" }, t("Paper")),
    make("div", { class: "papers", role: "group", "aria-label": t("Paper") }, ...buttons),
  );
}

/** @param {Commands} commands @param {import("./commands.js").Command} command @param {HTMLElement} menu */
function menuItem(commands, command, menu) {
  const keys = make("kbd", { "aria-hidden": "true" });
  const name = make("span", {}, command.label());
  const button = make(
    "button",
    { type: "button", class: "menu-item", "data-command": command.id },
    command.icon ? icon(command.icon) : make("span", { class: "icon" }),
    name,
    keys,
  );
  button.addEventListener("click", () => {
    menu.hidePopover();
    if (command.enabled()) command.run();
  });
  const sayKeys = () => {
    const [first] = commands.shortcutsOf(command);
    keys.textContent = first ? shortcutLabel(first, MAC) : "";
  };
  sayKeys();
  return {
    button,
    sayKeys,
    refresh: () => {
      name.textContent = command.label();
      button.hidden = command.group === "order" && !command.enabled();
      button.setAttribute("aria-disabled", String(!command.enabled()));
      if (command.pressed) button.setAttribute("aria-pressed", String(command.pressed()));
    },
  };
}

/** @param {Config} config */
function buildNickname({ nickname: url, csrf }) {
  const form = byId("nickname-form", HTMLFormElement);
  const input = byId("nickname", HTMLInputElement);
  const save = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = input.value.trim();
    if (!save || !name) return;
    const taken = await post(url, { name }, csrf);
    save.textContent = taken ? t("Saved") : t("Try again");
  });
  input.addEventListener("input", () => {
    if (save) save.textContent = t("Save");
  });
}

/** @param {Config} config */
function buildTrash({ trash, home, csrf }) {
  const button = document.getElementById("trash");
  button?.addEventListener("click", async () => {
    if (await post(trash, {}, csrf)) location.assign(home);
  });
}
