// The list of people: what one can do oneself, and each of them with what they are at and what can be done with them.

import { Ellipsis, Hand } from "../../npm/lucide.js";
import { t, tn } from "../core/translate.js";
import { icon, make } from "./dom.js";
import { inkLabel } from "./inks.js";
import { actionsOf, avatar, presenceOf } from "./people-bar.js";

/**
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("./commands.js").Commands} Commands
 * @typedef {import("./people-bar.js").Person} Person
 * @typedef {import("./people-bar.js").PersonAction} PersonAction
 */

/** What this person can do for or with all. */
const OWN = ["people.hand", "people.react", "people.chat", "people.bring", "people.present"];
/** With fewer, looking is quicker than typing. */
const SEARCHED_FROM = 10;
/** What clicking somebody does; it needs no place in their menu. */
const FOLLOW = "follow";

export class PeopleList {
  #list;
  #people;
  #commands;
  #title = make("h2", { id: "people-title" });
  #own = make("div", { class: "people-own", role: "group" });
  #search = searchField();
  #rows = make("ul");
  /** Whose menu is open. @type {number | null} */
  #opened = null;

  /** @param {{list: HTMLElement, people: () => Person[], commands: Commands}} parts */
  constructor({ list, people, commands }) {
    this.#list = list;
    this.#people = people;
    this.#commands = commands;
    this.#own.setAttribute("aria-label", t("What you can do"));
    list.setAttribute("role", "dialog");
    list.setAttribute("aria-labelledby", this.#title.id);
    list.replaceChildren(this.#title, this.#own, this.#search, this.#rows);
    this.#search.addEventListener("input", () => this.#fill());
    list.addEventListener("beforetoggle", (event) => {
      this.#opened = null;
      this.#search.value = "";
      if (/** @type {ToggleEvent} */ (event).newState === "open") this.#fill();
    });
  }

  refresh() {
    if (this.#list.matches(":popover-open")) this.#fill();
  }

  #fill() {
    const people = this.#people();
    this.#title.textContent = tn("{count} person here", "{count} people here", people.length);
    this.#search.hidden = people.length < SEARCHED_FROM;
    const wanted = this.#search.hidden ? "" : this.#search.value.trim().toLocaleLowerCase();
    const found = people.filter(({ someone }) => someone.name.toLocaleLowerCase().includes(wanted));
    const hands = people.filter(({ hand }) => hand !== undefined);
    keepingFocus(this.#list, () => {
      this.#own.replaceChildren(...this.#ownButtons());
      this.#rows.replaceChildren(
        ...found.map((person) => this.#row(person, hands.indexOf(person) + 1)),
        ...(found.length === 0
          ? [make("li", { class: "muted" }, t("Nobody of that name is here"))]
          : []),
      );
    });
  }

  #ownButtons() {
    return this.#commands
      .those(OWN)
      .filter((command) => command.enabled() || command.pressed?.())
      .map((command) => this.#ownButton(command));
  }

  /** @param {Command} command */
  #ownButton(command) {
    const button = make(
      "button",
      {
        type: "button",
        class: "chip",
        "data-focus": command.id,
        "aria-pressed": command.pressed ? String(command.pressed()) : null,
      },
      command.icon && icon(command.icon),
      make("span", {}, command.label()),
    );
    button.addEventListener("click", () => {
      // A hand goes up while one looks who else is here; the others need the board.
      if (!command.pressed) this.#list.hidePopover();
      if (command.enabled()) command.run();
      this.refresh();
    });
    return button;
  }

  /** @param {Person} person @param {number} order of raised hands, 0: not raised */
  #row(person, order) {
    const { someone, isMe } = person;
    const actions = actionsOf(someone, isMe);
    const follow = actions.find(({ id }) => id === FOLLOW);
    const others = actions.filter((action) => action !== follow);
    const open = this.#opened === someone.person;
    return make(
      "li",
      { "data-person": String(someone.person) },
      make(
        "div",
        { class: "person-row" },
        this.#face(person, follow),
        order > 0 && raised(order),
        others.length > 0 && this.#more(someone, open),
      ),
      open && this.#menu(others, someone.person),
    );
  }

  /** @param {Person} person @param {PersonAction | undefined} follow */
  #face({ someone, isMe, state, place }, follow) {
    const parts = [
      avatar(someone, { state }),
      make(
        "span",
        { class: "who" },
        make("span", { class: "name", title: someone.name }, make("bdi", {}, someone.name)),
        make("span", { class: "muted" }, this.#words(someone, isMe, state, place)),
      ),
    ];
    if (!follow) return make("span", { class: "person" }, ...parts);
    const button = make(
      "button",
      {
        type: "button",
        class: "person",
        title: follow.label,
        "data-focus": `of ${someone.person}`,
      },
      ...parts,
    );
    button.addEventListener("click", () => {
      this.#list.hidePopover();
      follow.run();
    });
    return button;
  }

  /** @param {import("../protocol").Someone} someone @param {boolean} isMe @param {import("../sync/live-more.js").State | undefined} state @param {string | null} place */
  #words({ color }, isMe, state, place) {
    const presence = presenceOf(state);
    const [tool] = this.#commands.those([`tool.${state?.tool}`]);
    const doing = presence === "away" ? t("away") : presence === "idle" ? t("idle") : tool?.label();
    return [isMe ? t("you") : inkLabel(color), isMe ? null : doing, place]
      .filter(Boolean)
      .join(" · ");
  }

  /** @param {import("../protocol").Someone} someone @param {boolean} open */
  #more({ name, person }, open) {
    const button = make(
      "button",
      {
        type: "button",
        class: "icon-button small",
        "aria-label": t("More for {name}", { name }),
        "aria-expanded": String(open),
        "data-focus": `more ${person}`,
      },
      icon(Ellipsis),
    );
    button.addEventListener("click", () => {
      this.#opened = open ? null : person;
      this.#fill();
    });
    return button;
  }

  /** @param {readonly PersonAction[]} actions @param {number} person */
  #menu(actions, person) {
    const items = actions.map(({ id, label, icon: picture, run, danger }) => {
      const item = make(
        "button",
        {
          type: "button",
          class: danger ? "menu-item danger" : "menu-item",
          "data-focus": `${id} ${person}`,
        },
        picture ? icon(picture) : make("span", { class: "icon" }),
        make("span", {}, label),
      );
      item.addEventListener("click", () => {
        this.#opened = null;
        run();
        this.#fill();
        focusOn(this.#list, `more ${person}`);
      });
      return item;
    });
    return make("div", { class: "person-menu", role: "group" }, ...items);
  }
}

function searchField() {
  const name = t("Find a person");
  return make("input", {
    type: "search",
    class: "people-search",
    "aria-label": name,
    placeholder: name,
    autocomplete: "off",
  });
}

/** @param {number} order */
function raised(order) {
  const words = t("Hand raised, number {number}", { number: order });
  const mark = make("span", { class: "raised", title: words }, icon(Hand), String(order));
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", words);
  return mark;
}

/** What is made anew has no focus; one's place in the list isn't new. @param {HTMLElement} list @param {() => void} change */
function keepingFocus(list, change) {
  const { activeElement } = document;
  const place =
    activeElement instanceof HTMLElement && list.contains(activeElement)
      ? activeElement.dataset.focus
      : null;
  change();
  if (place) focusOn(list, place);
}

/** @param {HTMLElement} list @param {string} place */
function focusOn(list, place) {
  const found = list.querySelector(`[data-focus="${CSS.escape(place)}"]`);
  if (found instanceof HTMLElement) found.focus();
}
