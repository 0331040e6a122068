// Cards with a small picture each: templates, and what is in a person's library.

import { paintSmall } from "../view/small-picture.js";
import { make } from "./dom.js";
import { shownTheme } from "./theme.js";

/** @typedef {import("../core/fold.js").Element} Element */
/** @typedef {readonly [string, Element]} Entry */

/** In CSS pixels; the card scales it. */
const SIZE = { w: 224, h: 140 };
const DENSITY_MAX = 2;

/** @param {{name: string, entries: readonly Entry[], pick: () => void, beside?: HTMLElement[]}} parts beside: further buttons */
export function card({ name, entries, pick, beside = [] }) {
  const density = Math.min(devicePixelRatio, DENSITY_MAX);
  const canvas = make("canvas", {
    width: String(Math.round(SIZE.w * density)),
    height: String(Math.round(SIZE.h * density)),
    "aria-hidden": "true",
  });
  const button = make(
    "button",
    { type: "button", class: "library-card" },
    canvas,
    make("span", { class: "library-name" }, name),
  );
  button.addEventListener("click", pick);
  const item = make("li", { class: "library-item" }, button, ...beside);
  whenSeen(canvas, () => void paintSmall(canvas, entries, shownTheme()));
  return item;
}

/** Painting all of a long library at once would hold up the page. @param {HTMLElement} element @param {() => void} then */
function whenSeen(element, then) {
  const seeing = new IntersectionObserver((found) => {
    if (!found.some(({ isIntersecting }) => isIntersecting)) return;
    seeing.disconnect();
    then();
  });
  seeing.observe(element);
}
