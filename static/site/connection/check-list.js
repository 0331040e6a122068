// The checks in their order, with what each is and why it matters.

import { t } from "../../board/core/translate.js";

/** @typedef {"http" | "handshake" | "accept" | "subprotocol" | "origin" | "echo" | "pings" | "close" | "abort" | "stream" | "poll" | "body" | "idle" | "held"} CheckId */

/** @returns {{id: CheckId, title: string, why: string}[]} */
export function checkList() {
  return [
    {
      id: "http",
      title: t("An ordinary request"),
      why: t(
        "The page asks, the server answers, done. What stands between often signs its name into the headers.",
      ),
    },
    {
      id: "handshake",
      title: t("The handshake"),
      why: t(
        "A WebSocket begins as an ordinary request that asks to become something else. Pages may not see its headers, so the server reports what it received of this very one.",
      ),
    },
    {
      id: "accept",
      title: t("The accept value"),
      why: t(
        "The server adds a fixed text to the browser’s random key, takes SHA-1 of it and answers with that. It proves that somebody has understood the question, not that they are honest.",
      ),
    },
    {
      id: "subprotocol",
      title: t("The choice of a language"),
      why: t("The browser offers what it speaks, and the server chooses one of it, or none."),
    },
    {
      id: "origin",
      title: t("Pages of others are refused"),
      why: t(
        "Any page may open a socket to any server, and the browser sends your cookies along. Only the Origin header says which page it was, so the server must look at it.",
      ),
    },
    {
      id: "echo",
      title: t("Text and bytes come back"),
      why: t(
        "Two kinds of messages: text, which must be UTF-8, and bytes. Both must arrive unchanged.",
      ),
    },
    {
      id: "pings",
      title: t("There and back"),
      why: t("How long a message takes to the server and back decides how live a board feels."),
    },
    {
      id: "close",
      title: t("A clean goodbye"),
      why: t(
        "Who closes says so with a code and a reason, and waits until the other has said it too.",
      ),
    },
    {
      id: "abort",
      title: t("An end without a word"),
      why: t(
        "When the line breaks nobody says anything. Code 1006 is never sent: the browser makes it up.",
      ),
    },
    {
      id: "stream",
      title: t("A stream of events"),
      why: t(
        "One answer that never ends, written piece by piece. Each piece is sent to the server by a request of its own, and should come by the stream at once.",
      ),
    },
    {
      id: "poll",
      title: t("A held request"),
      why: t(
        "The page asks before there is anything to tell. The server keeps the question and answers when something happens.",
      ),
    },
    {
      id: "body",
      title: t("A large request"),
      why: t(
        "Without WebSockets, drawings travel in requests. Proxies have limits of their own for their size.",
      ),
    },
    {
      id: "idle",
      title: t("A silent socket"),
      why: t("Proxies cut what is silent for long. The server pings each socket so that none is."),
    },
    {
      id: "held",
      title: t("A question left open"),
      why: t(
        "Nothing happens, and the request is held as long as it may be. Most proxies cut after 30 or 60 s.",
      ),
    },
  ];
}
