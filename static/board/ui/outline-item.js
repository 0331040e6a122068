// A line of the outline: what it says, and whether it is selected.

import { t } from "../core/translate.js";
import {
  bodyWords,
  coordinates,
  groupWords,
  kindWords,
  placeWords,
  stateWords,
} from "../elements/spoken.js";
import { make } from "./dom.js";

/**
 * @typedef {import("../editor/outline.js").Entry} Entry
 * @typedef {import("../core/fold.js").Element} Element
 */

/**
 * What an outline is shown by.
 * @typedef {object} Looks
 * @property {ReadonlySet<string>} selection
 * @property {import("../core/geometry.js").Bounds} view
 * @property {(element: Element) => string} authorOf empty: nobody known
 * @property {string} focused of the one line that Tab leads to
 */

/** Lines of the pages are named apart from those of elements. @param {string} page */
export function pageRow(page) {
  return `page ${page}`;
}

/** @param {string} id @param {string} [className] */
export function rowButton(id, className = "") {
  return make(
    "button",
    { type: "button", class: `outline-row ${className}`.trim(), "data-row": id },
    make("span", { class: "outline-kind" }),
    // Words are words also where each has a line of its own.
    " ",
    make("bdi", { class: "outline-words" }),
    " ",
    make("span", { class: "outline-place" }),
  );
}

/** @param {HTMLButtonElement} button @param {Entry} entry @param {Looks} looks @param {boolean} here whether its page is in sight */
export function tellRow(button, entry, looks, here) {
  const isGroup = entry.type === "group";
  const [kind, words] = isGroup
    ? [groupWords(entry.keys.length), ""]
    : [kindWords(entry.element), bodyWords(entry.element)];
  const author = isGroup ? "" : looks.authorOf(entry.element);
  const rest = [
    isGroup ? "" : stateWords(entry.element),
    here ? placeWords(entry.bounds, looks.view) : "",
    author && t("by {name}", { name: author }),
  ];
  const parts = [kind, words, rest.filter(Boolean).join(", ")];
  say(button, parts);
  set(button, "aria-label", parts.filter(Boolean).join(", "));
  set(button, "aria-description", coordinates(entry.bounds));
  set(button, "aria-current", String(entry.keys.some((key) => looks.selection.has(key))));
  set(button, "tabindex", entry.id === looks.focused ? "0" : "-1");
}

/** Only what is different: whoever reads it isn't disturbed. @param {HTMLElement} button @param {readonly string[]} parts */
export function say(button, parts) {
  for (const [i, words] of parts.entries()) {
    const part = button.children[i];
    if (part && part.textContent !== words) part.textContent = words;
  }
}

/** @param {Element_} element @param {string} name @param {string} value */
export function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** @typedef {globalThis.Element} Element_ */

/** Makes these its children, and moves none that needn't be: what is moved loses the focus. @param {HTMLElement} parent @param {readonly HTMLElement[]} wanted */
export function settle(parent, wanted) {
  const kept = new Set(/** @type {Iterable<Node>} */ (wanted));
  for (const child of [...parent.childNodes]) if (!kept.has(child)) child.remove();
  let at = parent.firstChild;
  for (const child of wanted) {
    if (child === at) at = at.nextSibling;
    else parent.insertBefore(child, at);
  }
}
