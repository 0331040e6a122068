// What the toolbar shows of the style: colour and width, and on a phone the way to the row of styles.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { dotSize, inkAsCss, inkLabel } from "./inks.js";

/** @typedef {import("../editor.js").Editor} Editor */

/** A phone has no room for the style row beside the board. */
export const NARROW = "(max-width: 640px)";

/** What the toolbar shows of the style; it opens and closes what is above. @param {Editor} editor @param {HTMLElement} root that knows whether it is closed */
export function styleButton(editor, root) {
  const dot = make("span", { class: "style-dot" });
  const button = make(
    "button",
    {
      type: "button",
      class: "icon-button style-button",
      "aria-controls": "style",
      "data-tooltip": t("Colour and width"),
    },
    dot,
  );
  let open = !matchMedia(NARROW).matches;
  const refresh = () => {
    const color = String(editor.style.color ?? editor.style.fill);
    button.setAttribute("aria-label", t("Colour and width: {color}", { color: inkLabel(color) }));
    button.setAttribute("aria-expanded", String(open));
    root.toggleAttribute("data-style-closed", !open);
    dot.style.setProperty("--swatch", inkAsCss(color));
    dot.style.setProperty("--size", `${dotSize(Number(editor.style.width ?? 4))}px`);
  };
  button.addEventListener("click", async () => {
    open = !open;
    refresh();
    if (!open) return;
    const { shownStyle } = await import("./shown-style.js");
    if (!shownStyle(editor)) editor.setTool("pen");
  });
  editor.subscribe(({ type }) => {
    if (type === "busy" && editor.busy && matchMedia(NARROW).matches) open = false;
    if (type === "style" || type === "busy" || type === "tool") refresh();
  });
  refresh();
  return button;
}
