// Parts that the sheets of sharing and order are made of.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { inkAsCss } from "./inks.js";
import { initials } from "./people-bar.js";

/** @typedef {import("./dom.js").Child} Child */
/** @typedef {{value: string, label: string}} Choice */

const MINUTE = 60_000;

/** @param {string} title @param {...Child} children */
export function section(title, ...children) {
  return make("section", { class: "share-part" }, make("h3", {}, title), ...children);
}

/** @param {{label: string, shown?: boolean, value: string, choices: readonly Choice[], mark?: string}} parts shown: whether the label is seen @param {(value: string) => void} [choose] */
export function choice({ label, value, choices, mark }, choose) {
  const select = make(
    "select",
    { class: "share-select", "aria-label": label, "data-mark": mark ?? null },
    ...choices.map((one) => make("option", { value: one.value }, one.label)),
  );
  select.value = value;
  select.addEventListener("change", () => choose?.(select.value));
  return select;
}

/** @param {string} label @param {HTMLElement} control */
export function labelled(label, control) {
  return make(
    "label",
    { class: "share-labelled" },
    make("span", { class: "muted" }, label),
    control,
  );
}

/** @param {string} label @param {() => void} run @param {{danger?: boolean, mark?: string, name?: string, primary?: boolean}} [look] name: with what it is about, for those who don't see the row */
export function button(label, run, { danger = false, mark, name, primary = false } = {}) {
  const made = make(
    "button",
    {
      type: "button",
      class: primary ? "primary" : danger ? "text-button danger" : "text-button",
      "aria-label": name ?? null,
      "data-mark": mark ?? null,
    },
    label,
  );
  made.addEventListener("click", run);
  return made;
}

/** @param {{name: string, color: string}} someone */
export function face({ name, color }) {
  const circle = make("span", { class: "avatar", "aria-hidden": "true" }, initials(name));
  circle.style.setProperty("--ink", inkAsCss(color));
  return circle;
}

/** @param {string} name */
export function nameOf(name) {
  return make("bdi", { class: "share-name", title: name }, name);
}

/** A moment to come, or what there is instead of one. @param {number | null} at in ms @param {string} never */
export function untilWords(at, never) {
  if (at === null) return never;
  const soon = at - Date.now() < 24 * 60 * MINUTE;
  /** @type {Intl.DateTimeFormatOptions} */
  const shape = soon
    ? { hour: "numeric", minute: "2-digit" }
    : { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" };
  const when = new Intl.DateTimeFormat(document.documentElement.lang, shape).format(at);
  return t("Until {when}", { when });
}

/** Replaces the contents and gives the focus back to what has the same mark. @param {HTMLElement} place @param {Node[]} children */
export function replaceKeepingFocus(place, children) {
  const focused = document.activeElement;
  const mark = focused instanceof HTMLElement && place.contains(focused) && focused.dataset.mark;
  place.replaceChildren(...children);
  if (!mark) return;
  const again = place.querySelector(`[data-mark="${CSS.escape(mark)}"]`);
  if (again instanceof HTMLElement) again.focus();
}
