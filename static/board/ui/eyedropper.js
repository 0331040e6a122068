// Beside the eyedropper: a swatch of the style that a click would take. Loaded when it is taken into the hand.

import { textOf } from "../elements/kind.js";
import { pointerPlace } from "./clipboard-pointer.js";
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
  const refresh = () => follow(editor, swatch);
  for (const type of ["pointermove", "pointerleave"])
    canvas.addEventListener(type, refresh, { signal });
  refresh();
  const stop = editor.subscribe(({ type }) => {
    if (type !== "tool" || editor.tool === tool) return;
    until.abort();
    swatch.remove();
    stop();
  });
}

/** @param {Editor} editor @param {HTMLElement} swatch */
function follow(editor, swatch) {
  const place = pointerPlace();
  const element = place && elementUnder(editor, place);
  swatch.hidden = !element;
  if (!element) return;
  swatch.style.setProperty("--x", `${place.x}px`);
  swatch.style.setProperty("--y", `${place.y}px`);
  paint(swatch, element);
}

/** @param {Editor} editor @param {{x: number, y: number}} place in the window */
function elementUnder(editor, place) {
  const { camera, document: board } = editor;
  const { x, y } = camera.toBoard(place);
  return board.get(editor.elementAt(x, y, REACH / camera.zoom) ?? "");
}

/** @param {HTMLElement} swatch @param {Element} element */
function paint(swatch, element) {
  const color = textOf(element, "color");
  const fill = textOf(element, "fill");
  const dot = make("span", { class: "picked-dot" });
  dot.style.setProperty("--ring", color ? inkAsCss(color) : "transparent");
  dot.style.setProperty("--fill", fill ? inkAsCss(fill) : "transparent");
  const names = [color, fill].filter((ink) => ink !== "").map(inkLabel);
  swatch.replaceChildren(dot, names.join(" · "));
}
