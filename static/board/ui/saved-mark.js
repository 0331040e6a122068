// The saved mark says in words, at every moment, what is safe; closing the page asks where something isn't.

import { savedWords } from "./saved-words.js";

/** @typedef {import("../sync/session.js").Session} Session */

/** @param {{mark: HTMLElement, session: Session, root: HTMLElement}} parts */
export function buildSavedMark({ mark, session, root }) {
  const refresh = () => {
    const { state, transport } = session;
    root.dataset.connection = state === "live" && transport !== "websocket" ? "fallback" : state;
    root.dataset.transport = transport;
    root.dataset.saved = session.saved;
    const words = savedWords(session.saved, session.unsent);
    if (mark.textContent !== words) mark.textContent = words;
  };
  session.subscribe(refresh);
  refresh();
}

/** Closing the page would lose what only this page has. @param {Session} session */
export function warnBeforeLeaving(session) {
  window.addEventListener("beforeunload", (event) => {
    // What is kept on this device is sent on the next visit.
    if (session.device.onlyHere() === 0) return;
    event.preventDefault();
    // Older browsers ask only if this is set.
    event.returnValue = true;
  });
}
