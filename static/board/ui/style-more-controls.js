// Further controls of the style: the slider of opacity, and what is on or off.

import { t } from "../core/translate.js";
import { icon, make } from "./dom.js";

/** @typedef {import("./style-controls.js").Choose} Choose */
/** @typedef {import("./style-controls.js").Control} Control */

/** Less could hardly be found again. */
const LEAST = 10;

/** One step of the history for one pull: it is chosen when it is let go. @param {Choose} choose @returns {Control} */
export function opacitySlider(choose) {
  const input = make("input", {
    type: "range",
    class: "slider",
    min: String(LEAST),
    max: "100",
    step: "5",
    "aria-label": t("Opacity"),
  });
  const percent = make("output", { class: "slider-value" });
  const say = () => {
    percent.textContent = `${input.value}%`;
    input.style.setProperty("--part", `${((Number(input.value) - LEAST) / (100 - LEAST)) * 100}%`);
  };
  input.addEventListener("input", say);
  // Else they would move what is selected.
  input.addEventListener("keydown", (event) => {
    if (/^(Arrow|Page|Home|End)/.test(event.key)) event.stopPropagation();
  });
  input.addEventListener("change", () => {
    const value = Number(input.value) / 100;
    choose({ opacity: value === 1 ? null : value });
  });
  return {
    name: "opacity",
    element: make("div", { class: "slider-row" }, input, percent),
    show(value) {
      input.value = String(Math.round(Number(value ?? 1) * 100));
      say();
      if (value === undefined) percent.textContent = "–";
    },
  };
}

/** @param {string} name @param {string} label @param {import("./dom.js").IconNode} shapes @param {Choose} choose @returns {Control} */
export function toggle(name, label, shapes, choose) {
  const button = make(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, "data-tooltip": label },
    icon(shapes),
  );
  button.addEventListener("click", () =>
    choose({ [name]: button.getAttribute("aria-pressed") === "true" ? null : true }),
  );
  return {
    name,
    element: button,
    show: (value) => button.setAttribute("aria-pressed", String(value === true)),
  };
}
