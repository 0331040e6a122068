// The line that says whom one follows, with the way out, and the frame around the board in their colour.

import { t } from "../core/translate.js";
import { labelOf } from "../view/cursors.js";
import { make } from "./dom.js";
import { inkAsCss } from "./inks.js";

/** @typedef {{words: string, action: {label: string, run: () => void}, frame: string | null}} Shown `frame`: an ink */

export function followBar() {
  const words = make("span", { role: "status", "aria-live": "polite" });
  const button = make("button", { type: "button", class: "text-button" });
  const bar = make("div", { class: "follow-bar", hidden: true }, words);
  const frame = make("div", { class: "follow-frame", "aria-hidden": "true", hidden: true });
  document.querySelector(".top")?.append(bar);
  document.body.append(frame);
  /** Until there is somebody again, the name they had. */
  let lastName = t("Somebody");
  /** @type {() => void} */
  let run = () => {};
  button.addEventListener("click", () => run());
  return {
    /** @param {Shown} shown */
    show({ words: text, action, frame: ink }) {
      // Saying the same again would make a screen reader say it again.
      if (words.textContent !== text) words.textContent = text;
      if (button.textContent !== action.label) button.textContent = action.label;
      run = action.run;
      // A button without a label is nothing to come across.
      if (!button.isConnected) bar.append(button);
      bar.hidden = false;
      bar.toggleAttribute("data-quiet", text === "");
      frame.hidden = ink === null;
      if (ink) for (const each of [frame, bar]) each.style.setProperty("--ink", inkAsCss(ink));
      else bar.style.removeProperty("--ink");
    },
    hide() {
      bar.hidden = frame.hidden = true;
      words.textContent = "";
    },
    /** @param {string | undefined} name */
    nameOf(name) {
      if (name) lastName = labelOf(name);
      return lastName;
    },
  };
}
