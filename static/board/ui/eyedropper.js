// Beside the eyedropper: a swatch of the style that a click would take. Loaded when it is taken into the hand.

import { textOf } from "../elements/kind.js";
import { make } from "./dom.js";
import { inkAsCss, inkLabel } from "./inks.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../elements/kind.js").Element} Element
 * @typedef {import("../tools/eyedropper.js").Eyedropper} Eyedropper
 */

const REACH = 6;

/** Until the tool is put down. @param {Editor} editor @param {Eyedropper} tool */
export function showWhatIsPicked(editor, tool) {
  const canvas = document.getElementById("picture");
  if (!canvas || editor.tool !== tool) return;
  const swatch = make("div", { class: "picked", "aria-hidden": "true", hidden: true });
  document.body.append(swatch);
  const until = new AbortController();
  const { signal } = until;
  canvas.addEventListener("pointermove", (event) => follow(editor, swatch, event), { signal });
  canvas.addEventListener("pointerleave", () => swatch.toggleAttribute("hidden", true), { signal });
  // Before the board's own Escape, which would let go of the selection.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      tool.end();
    },
    { signal, capture: true },
  );
  const stop = editor.subscribe(({ type }) => {
    if (type !== "tool" || editor.tool === tool) return;
    until.abort();
    swatch.remove();
    stop();
  });
}

/** @param {Editor} editor @param {HTMLElement} swatch @param {PointerEvent} event */
function follow(editor, swatch, { clientX, clientY }) {
  const { x, y } = editor.camera.toBoard({ x: clientX, y: clientY });
  const key = editor.elementAt(x, y, REACH / editor.camera.zoom);
  const element = key ? editor.document.get(key) : null;
  swatch.hidden = !element;
  if (!element) return;
  swatch.style.setProperty("--x", `${clientX}px`);
  swatch.style.setProperty("--y", `${clientY}px`);
  paint(swatch, element);
}

/** @param {HTMLElement} swatch @param {Element} element */
function paint(swatch, element) {
  const color = textOf(element, "color");
  const fill = textOf(element, "fill");
  const dot = make("span", { class: "picked-dot" });
  dot.style.setProperty("--ring", color ? inkAsCss(color) : "transparent");
  dot.style.setProperty("--fill", fill ? inkAsCss(fill) : "transparent");
  swatch.replaceChildren(dot, inkLabel(color || fill));
}
