// Says once what was done to the board from outside: cleared, rolled back, what one person did undone.

import { t } from "../core/translate.js";
import { say } from "./say.js";

/** @typedef {import("../protocol").NoticeCode} NoticeCode */

/** What happened longer ago is no news to whoever comes in. */
const NEWS_MS = 60_000;

/** A page that has done it itself says so in its own words. */
const OWN_MS = 10_000;
let ownUntil = 0;

export function noticeIsOwn() {
  ownUntil = Date.now() + OWN_MS;
}

/** @param {NoticeCode} code */
export function noticeWords(code) {
  switch (code) {
    case "cleared":
      return t("This board was cleared by those who run the server.");
    case "rolled_back":
      return t("This board was set back to an earlier moment.");
    case "taken_back":
      return t("Everything that one person did on this board was undone.");
    default:
      // Of a newer server.
      return t("Something was done to this board.");
  }
}

/** @param {import("../sync/session.js").Session} session */
export function sayNotices(session) {
  let said = 0;
  const look = () => {
    const { notice = null, noticed = 0 } = session.board ?? {};
    if (notice === null || noticed <= said) return;
    const isNews = said > 0 || Date.now() - noticed < NEWS_MS;
    said = noticed;
    if (isNews && Date.now() > ownUntil) say(noticeWords(notice));
  };
  session.subscribe(({ type }) => {
    if (type === "board") look();
  });
  look();
}
