// What carries the connection, said where it disturbs nobody: in the menu and by the saved mark.

import { t } from "../core/translate.js";
import { make } from "./dom.js";

/** @typedef {import("../sync/session.js").Session} Session */
/** @typedef {import("../sync/transports/index.js").TransportName} TransportName */

/** Before that it is a server that is being replaced. */
const AWAY_MS = 10_000;

/** @param {{menu: HTMLElement, mark: HTMLElement, line: HTMLElement, session: Session, connection: string | undefined}} parts `connection`: where connections are looked into */
export function followTransport({ menu, mark, line, session, connection }) {
  const words = make("span");
  const note = make("p", { class: "transport-note", hidden: true }, words);
  if (connection) note.append(" ", linkTo(connection, t("Find out why")));
  // First, or a long menu would hide it.
  menu.prepend(note);
  const refresh = () => {
    const text = session.state === "live" ? transportWords(session.transport) : "";
    words.textContent = text;
    note.hidden = text === "";
    mark.title = text;
  };
  session.subscribe(({ type }) => type === "state" && refresh());
  refresh();
  if (connection) offerCheck({ line, session, connection });
}

/** @param {TransportName} transport */
function transportWords(transport) {
  switch (transport) {
    case "websocket":
      return "";
    case "sse":
      return t("Connected by server-sent events: no WebSocket is open here.");
    case "longpoll":
      return t("Connected by long polling: no WebSocket is open here.");
    case "poll":
      return t("Connected by polling: you see a little later what others do.");
  }
}

/** Beside the sentence that says that there is no connection, where there is a network. @param {{line: HTMLElement, session: Session, connection: string}} parts */
function offerCheck({ line, session, connection }) {
  let timer = 0;
  const offer = () => {
    if (session.state !== "offline" || !navigator.onLine || line.hidden) return;
    if (!line.querySelector("a, button"))
      line.append(linkTo(connection, t("Check the connection")));
  };
  session.subscribe(({ type }) => {
    if (type !== "state") return;
    clearTimeout(timer);
    if (session.state === "offline") timer = window.setTimeout(offer, AWAY_MS);
  });
}

/** In a tab of its own: this one has work that may be waiting. @param {string} href @param {string} text */
function linkTo(href, text) {
  return make("a", { href, target: "_blank", rel: "noopener" }, text);
}
