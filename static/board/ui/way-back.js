// Finding one's way back: the button that appears when nothing of the board is in view.

import { intersects } from "../core/geometry.js";
import { make } from "./dom.js";

/** Looking around takes time; a button that flickers while the view moves helps nobody. */
const PAUSE_MS = 300;

/** @param {{commands: import("./commands.js").Commands, editor: import("../editor.js").Editor}} parts */
export function wayBackButton({ commands, editor }) {
  const command = commands.get("view.content");
  const button = make(
    "button",
    { type: "button", class: "bar chrome way-back", hidden: true },
    command.label(),
  );
  button.addEventListener("click", () => command.run());
  const seen = lookout(editor);
  let timer = 0;
  const look = () => {
    timer = 0;
    button.hidden = editor.spatial.size === 0 || seen();
  };
  const soon = () => {
    if (timer === 0) timer = window.setTimeout(look, PAUSE_MS);
  };
  editor.camera.subscribe(soon);
  editor.document.subscribe(soon);
  soon();
  return button;
}

/** Tells whether there is something in view; mostly it is what was there the last time. @param {import("../editor.js").Editor} editor */
function lookout({ spatial, camera }) {
  let last = "";
  return () => {
    const view = camera.viewBounds();
    const bounds = spatial.boundsOf(last);
    if (bounds && intersects(bounds, view)) return true;
    last = spatial.search(view)[0] ?? "";
    return last !== "";
  };
}
