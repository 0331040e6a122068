// One sentence about what has just happened, which goes away by itself or with whatever is done next.

import { make } from "./dom.js";

/** Time to find it, and to read it. */
const LEAST_MS = 3000;
const PER_CHARACTER_MS = 60;

/** @type {HTMLElement | null} */
let line = null;
let timer = 0;

/** @param {string} sentence */
export function say(sentence) {
  line ??= madeLine();
  line.textContent = "";
  line.hidden = false;
  // A screen reader tells what comes into a line that is there already, and the same sentence again as well.
  requestAnimationFrame(() => {
    if (line) line.textContent = sentence;
  });
  clearTimeout(timer);
  timer = window.setTimeout(hush, LEAST_MS + sentence.length * PER_CHARACTER_MS);
}

function hush() {
  clearTimeout(timer);
  if (line) line.hidden = true;
}

function madeLine() {
  const made = make("p", { class: "status said", role: "status", "aria-live": "polite" });
  document.querySelector(".top")?.append(made);
  window.addEventListener("pointerdown", hush, true);
  window.addEventListener("keydown", hush, true);
  return made;
}
