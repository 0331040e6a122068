// The menu: nickname, the board's commands, and the ways out. Its markup is in the template.

import { House, Trash2 } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { MAC } from "./command-button.js";
import { shortcutLabel } from "./commands.js";
import { byId, icon, make } from "./dom.js";
import { post } from "./forms.js";

/** @typedef {import("./commands.js").Commands} Commands */
/** @typedef {import("./config.js").Config} Config */

/** On a phone the bars have no room for these, so the menu has them everywhere. */
const IN_MENU = [
  "edit.redo",
  "view.fit",
  "view.full-size",
  "view.zoom-in",
  "view.zoom-out",
  "board.download",
  "board.help",
];

/** @param {Commands} commands @param {Config} config */
export function buildMenu(commands, config) {
  const menu = byId("menu", HTMLElement);
  menu.setAttribute("role", "dialog");
  menu.setAttribute("aria-label", t("Menu"));
  const items = IN_MENU.map((id) => menuItem(commands.get(id), menu));
  byId("menu-commands", HTMLElement).replaceChildren(...items.map(({ button }) => button));
  menu.addEventListener("beforetoggle", () => {
    for (const { refresh } of items) refresh();
  });
  byId("home", HTMLElement).prepend(icon(House));
  document.getElementById("trash")?.prepend(icon(Trash2));
  buildNickname(config);
  buildTrash(config);
}

/** @param {import("./commands.js").Command} command @param {HTMLElement} menu */
function menuItem(command, menu) {
  const [first] = command.shortcuts;
  const button = make(
    "button",
    { type: "button", class: "menu-item", "data-command": command.id },
    command.icon ? icon(command.icon) : make("span", { class: "icon" }),
    make("span", {}, command.label()),
    first && make("kbd", { "aria-hidden": "true" }, shortcutLabel(first, MAC)),
  );
  button.addEventListener("click", () => {
    menu.hidePopover();
    if (command.enabled()) command.run();
  });
  return {
    button,
    refresh: () => button.setAttribute("aria-disabled", String(!command.enabled())),
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
