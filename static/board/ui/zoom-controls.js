// Zoom: out, the percentage (which goes back to 100%), in, and the whole board.

import { t } from "../core/translate.js";
import { commandButton } from "./command-button.js";
import { make } from "./dom.js";

/** @param {{bar: HTMLElement, commands: import("./commands.js").Commands, editor: import("../editor.js").Editor}} parts */
export function buildZoomControls({ bar, commands, editor }) {
  bar.setAttribute("aria-label", t("Zoom"));
  const percent = make("button", {
    type: "button",
    class: "text-button percent",
    "data-tooltip": t("Zoom to 100%"),
  });
  percent.addEventListener("click", () => commands.run("view.full-size"));
  /** @param {string} id */
  const button = (id) => commandButton(commands, commands.get(id)).button;
  bar.append(button("view.zoom-out"), percent, button("view.zoom-in"), button("view.fit"));
  const refresh = () => {
    const text = `${Math.round(editor.camera.zoom * 100)}%`;
    if (percent.textContent === text) return;
    percent.textContent = text;
    percent.setAttribute("aria-label", t("Zoom {percent}, go to 100%", { percent: text }));
  };
  editor.camera.subscribe(refresh);
  refresh();
}
