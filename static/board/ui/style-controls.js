// The controls of the style: inks as swatches, and choices as a row of buttons. They show, and say what was chosen.

import { Ban, Pipette } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { icon, make } from "./dom.js";
import { dotSize, INKS, inkAsCss, sizesFor, widthsFor } from "./inks.js";

/** @typedef {import("./shown-style.js").Value} Value */
/** @typedef {(patch: Record<string, Value>) => void} Choose */
/** @typedef {{value: Value, label: string, picture: Node | string}} Option */

/**
 * @typedef {object} Control
 * @property {string} name of the property
 * @property {HTMLElement} element
 * @property {(value: Value | undefined) => void} show undefined: what is selected differs in it
 */

/** What is chosen becomes the style; what is the same as without it, is left out. @param {import("../editor.js").Editor} editor @returns {Choose} */
export function chooser(editor) {
  return (patch) =>
    editor.setStyle(
      Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, value || null])),
    );
}

/** @param {{name: string, label: string, none?: boolean, choose: Choose}} parts @returns {Control} */
export function inks({ name, label, none = false, choose }) {
  const custom = customInk((color) => choose({ [name]: color }));
  const buttons = INKS.map((ink) => swatch(ink.name, ink.label()));
  if (none) buttons.unshift(noInk());
  for (const button of buttons)
    button.addEventListener("click", () => choose({ [name]: button.dataset.ink || null }));
  return {
    name,
    element: make(
      "div",
      { class: "inks", role: "group", "aria-label": label },
      ...buttons,
      custom.label,
    ),
    show(value) {
      for (const button of buttons)
        button.setAttribute(
          "aria-pressed",
          String(button.dataset.ink === (value ?? "") && value !== undefined),
        );
      custom.show(value);
    },
  };
}

/** @param {string} name @param {string} label */
function swatch(name, label) {
  const button = make("button", {
    type: "button",
    class: "swatch",
    "aria-label": label,
    "data-tooltip": label,
    "data-ink": name,
  });
  button.style.setProperty("--swatch", inkAsCss(name));
  return button;
}

function noInk() {
  const label = t("No fill");
  return make(
    "button",
    {
      type: "button",
      class: "swatch none",
      "aria-label": label,
      "data-tooltip": label,
      "data-ink": "",
    },
    icon(Ban),
  );
}

/** @param {(color: string) => void} choose */
function customInk(choose) {
  const input = make("input", { type: "color", "aria-label": t("Another colour") });
  const label = make(
    "label",
    { class: "swatch custom", "data-tooltip": t("Another colour") },
    input,
    icon(Pipette),
  );
  input.addEventListener("change", () => choose(input.value.toLowerCase()));
  /** @param {Value | undefined} color */
  const show = (color) => {
    const own = typeof color === "string" && color.startsWith("#");
    label.toggleAttribute("data-chosen", own);
    if (own) {
      input.value = color;
      label.style.setProperty("--swatch", color);
    } else {
      label.style.removeProperty("--swatch");
    }
  };
  return { label, show };
}

/** @param {{name: string, label: string, options: readonly Option[], choose: Choose}} parts @returns {Control} */
export function choice({ name, label, options, choose }) {
  const buttons = options.map(({ value, label, picture }) => {
    const button = make(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": label,
        "data-tooltip": label,
        [`data-${name}`]: String(value),
      },
      picture,
    );
    button.addEventListener("click", () => choose({ [name]: value }));
    return { button, value };
  });
  return {
    name,
    element: make(
      "div",
      { class: `choice ${name}s`, role: "group", "aria-label": label },
      ...buttons.map(({ button }) => button),
    ),
    show(value) {
      for (const each of buttons)
        each.button.setAttribute("aria-pressed", String(each.value === value));
    },
  };
}

/** @param {import("../elements/kind.js").StyleName} styleName @param {Choose} choose */
export function widthChoice(styleName, choose) {
  const options = widthsFor(styleName).map(({ width, mark, label }) => {
    const line = make("span", { class: "width-line" });
    line.style.setProperty("--size", `${dotSize(mark)}px`);
    return { value: width, label, picture: line };
  });
  return choice({ name: "width", label: t("Width"), options, choose });
}

/** @param {import("../elements/kind.js").StyleName} styleName @param {Choose} choose */
export function sizeChoice(styleName, choose) {
  const options = sizesFor(styleName).map(({ size, sign, label }) => ({
    value: size,
    label,
    picture: make("span", { class: "sign", "data-sign": sign }),
  }));
  return choice({ name: "size", label: t("Size"), options, choose });
}
