// Who is here: overlapping initials in the colours of their cursors, and a list of all of them.

import { Ellipsis } from "../../npm/lucide.js";
import { t, tn } from "../core/translate.js";
import { icon, make } from "./dom.js";
import { inkAsCss, inkLabel } from "./inks.js";

/** @typedef {{slot: number, person: number, name: string, color: string}} Someone */

const SHOWN = 4;
const SHOWN_ON_A_PHONE = 2;

/** @param {{button: HTMLButtonElement, list: HTMLElement, session: import("../sync/session.js").Session}} parts */
export function buildPeopleBar({ button, list, session }) {
  const refresh = () => {
    const me = session.you?.person ?? null;
    const people = oncePerPerson(session.people.values(), me);
    button.hidden = people.length === 0;
    button.setAttribute(
      "aria-label",
      tn("{count} person here", "{count} people here", people.length),
    );
    button.replaceChildren(
      ...people.slice(0, SHOWN).map((someone) => penned(avatar(someone), someone, session)),
      rest(people.length - SHOWN_ON_A_PHONE, "rest rest-phone"),
      rest(people.length - SHOWN, "rest rest-wide"),
    );
    list.replaceChildren(
      make("h2", {}, tn("{count} person here", "{count} people here", people.length)),
      make(
        "ul",
        {},
        ...people.map((someone) => withActions(row(someone, someone.person === me), someone, me)),
      ),
    );
  };
  session.subscribe(({ type }) => {
    if (type === "people" || type === "state" || type === "board") refresh();
  });
  refresh();
}

/** Somebody with two tabs is one person; oneself comes first. @param {Iterable<Someone>} people @param {number | null} me @returns {Someone[]} */
export function oncePerPerson(people, me) {
  /** @type {Map<number, Someone>} */
  const found = new Map();
  for (const someone of people) if (!found.has(someone.person)) found.set(someone.person, someone);
  return [...found.values()].sort((a, b) => Number(b.person === me) - Number(a.person === me));
}

/** One letter of one word, two of two; what is written without spaces gives its first sign. @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.slice(0, 2).map((word) => Array.from(word)[0] ?? "");
  const wide = !/^[\p{Script=Latin}\p{N}]/u.test(letters[0] ?? "");
  return (wide ? letters.slice(0, 1) : letters).join("").toUpperCase() || "?";
}

/** @param {Someone} someone */
function avatar({ name, color }) {
  const circle = make("span", { class: "avatar" }, initials(name));
  circle.style.setProperty("--ink", inkAsCss(color));
  return circle;
}

/** @param {number} count @param {string} className */
function rest(count, className) {
  return count > 0 ? make("span", { class: `avatar ${className}` }, `+${count}`) : "";
}

/** @param {Someone} someone @param {boolean} isMe */
function row(someone, isMe) {
  return make(
    "li",
    {},
    avatar(someone),
    make("span", { class: "name", title: someone.name }, make("bdi", {}, someone.name)),
    make("span", { class: "muted" }, isMe ? t("you") : inkLabel(someone.color)),
  );
}

/** Marks whoever holds the pen. @param {HTMLElement} circle @param {Someone} someone @param {import("../sync/session.js").Session} session */
function penned(circle, { person }, session) {
  if (!session.board?.pens.includes(person)) return circle;
  circle.dataset.pen = "";
  circle.title = t("Has the pen");
  return circle;
}

/**
 * @typedef {{id: string, label: string, icon?: import("./dom.js").IconNode, danger?: boolean, run: () => void}} PersonAction
 * @typedef {(someone: Someone, isMe: boolean) => PersonAction[]} PersonActions
 */

/** @type {Set<PersonActions>} */
const providers = new Set();

/** What may be done about somebody, for the menu in their row. @param {PersonActions} provider */
export function addPersonActions(provider) {
  providers.add(provider);
}

/** @param {HTMLElement} item @param {Someone} someone @param {number | null} me */
function withActions(item, someone, me) {
  if ([...providers].every((provider) => provider(someone, someone.person === me).length === 0))
    return item;
  const button = make(
    "button",
    { type: "button", class: "icon-button", "aria-label": t("More about {name}", someone) },
    icon(Ellipsis),
  );
  button.addEventListener("click", async () => {
    const actions = [...providers].flatMap((provider) => provider(someone, someone.person === me));
    (await import("./person-menu.js")).openPersonMenu(button, actions);
  });
  item.append(button);
  return item;
}
