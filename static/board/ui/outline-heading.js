// A page in the outline: its heading, which opens and closes what is on it, and the way there.

import { ArrowRight } from "../../npm/lucide.js";
import { t, tn } from "../core/translate.js";
import { ownWords } from "../elements/spoken.js";
import { icon, make } from "./dom.js";
import { pageRow, rowButton, say, set } from "./outline-item.js";

/** @param {import("../core/fold.js").Element} element @param {number} number */
export function pageName(element, number) {
  return ownWords(element) || t("Page {number}", { number });
}

export class OutlineHeading {
  #button;
  #go;

  /** @param {string} page */
  constructor(page) {
    this.id = pageRow(page);
    this.#button = rowButton(this.id, "outline-title");
    this.#go = make(
      "button",
      { type: "button", class: "icon-button", "data-go": page },
      icon(ArrowRight),
    );
    this.root = make("div", { class: "outline-heading" }, make("h2", {}, this.#button), this.#go);
  }

  /** @param {{page: import("../editor/outline.js").OutlinedPage, number: number, current: string, looks: import("./outline-item.js").Looks}} shown */
  show({ page, number, current, looks }) {
    const name = pageName(page.element, number);
    const inSight = page.id === current;
    const count = tn("{count} element", "{count} elements", page.size);
    say(this.#button, [name, "", count]);
    set(this.#button, "aria-label", `${name}, ${count}`);
    set(this.#button, "aria-expanded", String(page.entries !== null));
    set(this.#button, "aria-current", inSight ? "page" : "false");
    set(this.#button, "tabindex", this.id === looks.focused ? "0" : "-1");
    set(this.#go, "aria-label", t("Go to {page}", { page: name }));
    this.#go.hidden = inSight;
  }
}
