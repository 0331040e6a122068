// The style panel: colours and widths for the pen and for what is selected; out of the way otherwise.

import { Pipette } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { icon, make } from "./dom.js";
import { INKS, inkAsCss, inkLabel, WIDTHS } from "./inks.js";

/** @typedef {import("../editor.js").Editor} Editor */

/** @param {{panel: HTMLElement, editor: Editor, remove: {button: HTMLElement, refresh: () => void}}} parts */
export function buildStylePanel({ panel, editor, remove }) {
  panel.setAttribute("aria-label", t("Style"));
  const inks = INKS.map(({ name, label }) => inkButton(editor, name, label()));
  const custom = customInk(editor);
  const widths = WIDTHS.map(({ width, label }) => widthButton(editor, width, label()));
  panel.append(
    make("div", { class: "inks", role: "group", "aria-label": t("Colour") }, ...inks, custom.label),
    make("div", { class: "widths", role: "group", "aria-label": t("Width") }, ...widths),
    remove.button,
  );
  const refresh = () => {
    const { color, width } = currentStyle(editor);
    for (const button of inks)
      button.setAttribute("aria-pressed", String(button.dataset.ink === color));
    for (const button of widths)
      button.setAttribute("aria-pressed", String(button.dataset.width === String(width)));
    custom.show(color);
    panel.style.setProperty("--current-ink", inkAsCss(color ?? "black"));
    const selecting = editor.selection.size > 0;
    panel.dataset.for = selecting ? "selection" : "pen";
    remove.button.hidden = !selecting;
    remove.refresh();
    panel.hidden = editor.readOnly || !(selecting || editor.tool?.name === "pen");
  };
  editor.subscribe(({ type }) => {
    if (type !== "preview" && type !== "busy" && type !== "history") refresh();
  });
  refresh();
}

/** What the toolbar shows of the style; on a phone it opens and closes the panel. @param {Editor} editor @param {HTMLElement} panel */
export function styleButton(editor, panel) {
  const dot = make("span", { class: "style-dot" });
  const button = make(
    "button",
    { type: "button", class: "icon-button style-button", "aria-controls": panel.id },
    dot,
  );
  // A phone has no room for it beside the board; elsewhere it stays and this only says so.
  let open = matchMedia("(min-width: 641px)").matches;
  const refresh = () => {
    const color = String(editor.style.color ?? editor.style.fill);
    const width = Number(editor.style.width ?? 4);
    button.setAttribute("aria-label", t("Colour and width: {color}", { color: inkLabel(color) }));
    button.dataset.tooltip = t("Colour and width");
    button.setAttribute("aria-expanded", String(open));
    panel.toggleAttribute("data-closed", !open);
    dot.style.setProperty("--swatch", inkAsCss(color));
    dot.style.setProperty("--size", `${dotSize(width)}px`);
  };
  button.addEventListener("click", () => {
    open = !open;
    if (editor.selection.size === 0) editor.setTool("pen");
    refresh();
  });
  editor.subscribe(({ type }) => {
    if (type === "busy" && editor.busy && matchMedia("(max-width: 640px)").matches) open = false;
    if (type === "style" || type === "busy") refresh();
  });
  refresh();
  return button;
}

/** The style that everything selected shares, or the one to draw with. @param {Editor} editor @returns {{color: string | null, width: number | null}} */
export function currentStyle(editor) {
  if (editor.selection.size === 0) {
    const { color, width } = editor.style;
    return { color: typeof color === "string" ? color : null, width: Number(width ?? 0) || null };
  }
  const elements = [...editor.selection].map((key) => editor.document.get(key));
  const colors = new Set(elements.map((element) => element?.color));
  const widths = new Set(elements.map((element) => element?.width));
  const [color] = colors;
  const [width] = widths;
  return {
    color: colors.size === 1 && typeof color === "string" ? color : null,
    width: widths.size === 1 && typeof width === "number" ? width : null,
  };
}

/** @param {Editor} editor @param {string} name @param {string} label */
function inkButton(editor, name, label) {
  const button = make("button", {
    type: "button",
    class: "swatch",
    "aria-label": label,
    "data-tooltip": label,
    "data-ink": name,
  });
  button.style.setProperty("--swatch", inkAsCss(name));
  button.addEventListener("click", () => editor.setStyle({ color: name }));
  return button;
}

/** @param {Editor} editor */
function customInk(editor) {
  const input = make("input", { type: "color", "aria-label": t("Another colour") });
  const label = make(
    "label",
    { class: "swatch custom", "data-tooltip": t("Another colour") },
    input,
    icon(Pipette),
  );
  input.addEventListener("change", () => editor.setStyle({ color: input.value.toLowerCase() }));
  /** @param {string | null} color */
  const show = (color) => {
    const own = color?.startsWith("#") ?? false;
    label.toggleAttribute("data-chosen", own);
    if (own && color) {
      input.value = color;
      label.style.setProperty("--swatch", color);
    } else {
      label.style.removeProperty("--swatch");
    }
  };
  return { label, show };
}

/** @param {Editor} editor @param {number} width @param {string} label */
function widthButton(editor, width, label) {
  const line = make("span", { class: "width-line" });
  line.style.setProperty("--size", `${dotSize(width)}px`);
  const button = make(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": label,
      "data-tooltip": label,
      "data-width": String(width),
    },
    line,
  );
  button.addEventListener("click", () => editor.setStyle({ width }));
  return button;
}

/** A pen's point in a small button: told apart by the eye, not to scale. @param {number} width */
function dotSize(width) {
  return Math.round(Math.min(14, 1 + width ** 0.9));
}
