// The palette of reactions at the pointer: a click or a digit, and it floats up for everybody.

import { t } from "../core/translate.js";
import { REACTION_ICONS } from "../view/company-icons.js";
import { icon, make } from "./dom.js";
import { styles } from "./stylesheet.js";

/** @typedef {import("./company.js").CompanyParts} CompanyParts */

/** In the order of the protocol. */
const NAMES = [
  () => t("Thumbs up"),
  () => t("Heart"),
  () => t("Laugh"),
  () => t("Surprise"),
  () => t("Celebrate"),
  () => t("Question"),
];
const ID = "reactions";
const EDGE = 8;

/** @param {CompanyParts} parts */
export async function openReactions(parts) {
  await styles("people-styles");
  document.getElementById(ID)?.remove();
  const { px, py } = parts.pointer.place();
  const at = parts.editor.camera.toBoard({ x: px, y: py });
  const send = (/** @type {number} */ index) => parts.sender.react(index, at);
  const buttons = NAMES.map((name, index) => reactionButton(name(), index, () => send(index)));
  const label = { "aria-label": t("React") };
  const palette = make(
    "div",
    { id: ID, class: "popover reactions", popover: "auto", role: "dialog", ...label },
    make("div", { role: "toolbar", ...label }, ...buttons),
  );
  palette.addEventListener("keydown", (event) => moveIn(palette, event));
  palette.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "closed") palette.remove();
  });
  document.body.append(palette);
  palette.showPopover();
  place(palette, px, py);
  buttonsIn(palette)[0]?.focus();
}

/** @param {string} name @param {number} index @param {() => void} send */
function reactionButton(name, index, send) {
  const key = String(index + 1);
  const button = make(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": name,
      title: `${name}  ${key}`,
      "aria-keyshortcuts": key,
      tabindex: index === 0 ? "0" : "-1",
    },
    icon(REACTION_ICONS[index] ?? []),
  );
  button.addEventListener("click", send);
  return button;
}

/** @param {HTMLElement} palette @param {KeyboardEvent} event */
function moveIn(palette, event) {
  const buttons = buttonsIn(palette);
  const digit = buttons[Number(event.key) - 1];
  if (digit) {
    digit.click();
    palette.hidePopover();
    event.preventDefault();
    return;
  }
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const now = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const next = buttons.at((now + step) % buttons.length);
  for (const each of buttons) each.tabIndex = each === next ? 0 : -1;
  next?.focus();
}

/** @param {HTMLElement} palette @returns {HTMLButtonElement[]} */
function buttonsIn(palette) {
  return [...palette.querySelectorAll("button")];
}

/** Above the pointer, so that what floats up starts beside it. @param {HTMLElement} palette @param {number} px @param {number} py */
function place(palette, px, py) {
  const { width, height } = palette.getBoundingClientRect();
  const x = Math.max(EDGE, Math.min(px - width / 2, innerWidth - width - EDGE));
  const y = Math.max(EDGE, Math.min(py + 16, innerHeight - height - EDGE));
  palette.style.setProperty("--x", `${x}px`);
  palette.style.setProperty("--y", `${y}px`);
}
