// The menu of what may be done about somebody, in their row of the list of people.

import { t } from "../core/translate.js";
import { icon, make } from "./dom.js";

/** @param {HTMLElement} button @param {readonly import("./people-bar.js").PersonAction[]} actions */
export function openPersonMenu(button, actions) {
  document.getElementById("person-menu")?.remove();
  const menu = make(
    "div",
    { id: "person-menu", class: "person-menu", role: "group", "aria-label": t("Actions") },
    ...actions.map((action) => item(action)),
  );
  button.closest("li")?.after(make("li", { class: "person-actions" }, menu));
  const first = menu.querySelector("button");
  first?.focus();
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    event.preventDefault();
    menu.closest("li")?.remove();
    button.focus();
  });
}

/** @param {import("./people-bar.js").PersonAction} action */
function item({ id, label, icon: shapes, danger = false, run }) {
  const made = make(
    "button",
    {
      type: "button",
      class: danger ? "menu-item danger" : "menu-item",
      "data-action": id,
    },
    shapes ? icon(shapes) : make("span", { class: "icon" }),
    make("span", {}, label),
  );
  made.addEventListener("click", () => {
    const list = document.getElementById("people-list");
    list?.hidePopover();
    document.getElementById("person-menu")?.closest("li")?.remove();
    run();
  });
  return made;
}
