// What the others are told of oneself without one's doing: the tool in the hand, the view, being idle or away.

import { seenBy } from "../view/camera-flight.js";

/** Nothing done for so long is idle. */
const IDLE_MS = 60_000;
const DEEDS = ["pointermove", "pointerdown", "keydown", "wheel"];

/** @param {{editor: import("../editor.js").Editor, sender: import("../sync/company-sender.js").CompanySender}} parts */
export function tellOwnState({ editor, sender }) {
  let last = performance.now();
  let idle = false;
  let told = "";
  const tell = () => {
    const state = { tool: editor.tool?.name ?? "hand", idle, away: document.hidden };
    const words = JSON.stringify(state);
    if (words !== told) sender.state(state);
    told = words;
  };
  const watch = () => {
    const left = last + IDLE_MS - performance.now();
    idle = left <= 0;
    if (!idle) setTimeout(watch, left);
    tell();
  };
  const active = () => {
    last = performance.now();
    if (idle) watch();
  };
  for (const deed of DEEDS) window.addEventListener(deed, active, { passive: true, capture: true });
  document.addEventListener("visibilitychange", tell);
  editor.subscribe(({ type }) => type === "tool" && tell());
  watch();
  const look = () => sender.look(seenBy(editor.camera));
  editor.camera.subscribe(look);
  look();
}
