// The further shapes behind one button of the toolbar, which shows the one used last.

import { t } from "../core/translate.js";
import { icon, make } from "./dom.js";

/** @param {{editor: import("../editor.js").Editor, commands: import("./commands.js").Commands, shapes: HTMLElement[]}} parts */
export function shapesFlyout({ editor, commands, shapes }) {
  const [first] = shapes;
  if (!first) return null;
  let last = String(first.dataset.command);
  const panel = make(
    "div",
    { id: "more-shapes", class: "bar flyout", role: "group", "aria-label": t("More shapes") },
    ...shapes,
  );
  const button = make("button", {
    type: "button",
    class: "icon-button flyout-button",
    "aria-label": t("More shapes"),
    "data-tooltip": t("More shapes"),
    "aria-controls": panel.id,
  });
  const open = (/** @type {boolean} */ wanted) => {
    panel.toggleAttribute("data-open", wanted);
    button.setAttribute("aria-expanded", String(wanted));
  };
  const refresh = () => {
    const current = `tool.${editor.tool?.name}`;
    const isShape = shapes.some((each) => each.dataset.command === current);
    if (isShape) last = current;
    else open(false);
    button.toggleAttribute("data-current", isShape);
    button.replaceChildren(icon(commands.get(last).icon ?? []));
    button.setAttribute("aria-disabled", String(!commands.get(last).enabled()));
  };
  button.addEventListener("click", () => {
    const wanted = !panel.hasAttribute("data-open");
    if (wanted) commands.run(last);
    open(wanted);
  });
  for (const shape of shapes) shape.addEventListener("click", () => open(false));
  const place = make("span", { class: "flyout-place" }, button, panel);
  closeElsewhere(place, button, () => open(false));
  open(false);
  return { place, refresh };
}

/** @param {HTMLElement} place @param {HTMLElement} button @param {() => void} close */
function closeElsewhere(place, button, close) {
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !place.contains(target)) close();
  });
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
    event.preventDefault();
    close();
    button.focus();
  });
}
