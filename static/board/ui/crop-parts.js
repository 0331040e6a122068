// What cropping is done with: the dimmed picture, the part of it that stays, eight handles and three buttons.

import { t } from "../core/translate.js";
import { make } from "./dom.js";

/** @typedef {import("../tools/crop-rectangle.js").Edge} Edge */

/** In the order of tabbing. @type {readonly {edge: Edge, label: () => string}[]} */
export const EDGES = [
  { edge: { across: -1, down: -1 }, label: () => t("Top left corner") },
  { edge: { across: 0, down: -1 }, label: () => t("Top edge") },
  { edge: { across: 1, down: -1 }, label: () => t("Top right corner") },
  { edge: { across: 1, down: 0 }, label: () => t("Right edge") },
  { edge: { across: 1, down: 1 }, label: () => t("Bottom right corner") },
  { edge: { across: 0, down: 1 }, label: () => t("Bottom edge") },
  { edge: { across: -1, down: 1 }, label: () => t("Bottom left corner") },
  { edge: { across: -1, down: 0 }, label: () => t("Left edge") },
];

export function cropParts() {
  const picture = make("canvas", { class: "crop-picture", "aria-hidden": "true" });
  const handles = EDGES.map(({ edge, label }) =>
    make("button", {
      type: "button",
      class: "crop-handle",
      "aria-label": label(),
      "data-across": String(edge.across),
      "data-down": String(edge.down),
    }),
  );
  const part = make("div", {
    class: "crop-part",
    role: "group",
    tabindex: "0",
    "aria-label": t("Part of the picture that stays. Move it with the arrow keys."),
  });
  part.append(...handles);
  const root = make("div", { class: "crop" }, picture, part);
  const live = make("span", { class: "crop-live", "aria-live": "polite" });
  const [done, cancel, reset] = [
    button("primary", t("Crop")),
    button("text-button", t("Cancel")),
    button("text-button", t("Whole picture")),
  ];
  const bar = make(
    "div",
    { class: "bar crop-bar", role: "group", "aria-label": t("Crop") },
    reset,
    cancel,
    done,
    live,
  );
  return { root, picture, part, handles, bar, live, done, cancel, reset };
}

/** @param {string} look @param {string} label */
function button(look, label) {
  return make("button", { type: "button", class: look }, label);
}
