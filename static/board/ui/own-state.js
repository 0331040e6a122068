// What the others are told of oneself without one's doing: the tool in the hand, the view, being idle or away.

import { seenBy } from "../view/camera-flight.js";
import { Idleness } from "./idleness.js";

const DEEDS = ["pointermove", "pointerdown", "keydown", "wheel"];

/** @param {{editor: import("../editor.js").Editor, sender: import("../sync/company-sender.js").CompanySender}} parts */
export function tellOwnState({ editor, sender }) {
  let told = "";
  const idleness = new Idleness({ changed: () => tell() });
  const tell = () => {
    const { idle } = idleness;
    const state = { tool: editor.tool?.name ?? "hand", idle, away: document.hidden };
    const words = JSON.stringify(state);
    if (words !== told) sender.state(state);
    told = words;
  };
  for (const deed of DEEDS)
    window.addEventListener(deed, () => idleness.active(), { passive: true, capture: true });
  document.addEventListener("visibilitychange", tell);
  editor.subscribe(({ type }) => type === "tool" && tell());
  tell();
  const look = () => sender.look(seenBy(editor.camera));
  editor.camera.subscribe(look);
  look();
}
