// What the page says about the board's state: one sentence for each, with what to do about it. Pure.

import { t, tn } from "../core/translate.js";
import {
  connecting,
  offline,
  unreached,
  whatIsOnlyHere,
  whatIsSafe,
} from "./sentences-unreached.js";

/**
 * @typedef {object} BoardState
 * @property {"connecting" | "live" | "offline" | "denied"} connection
 * @property {boolean} wasLive whether this page has been connected before
 * @property {boolean} online whether the machine believes to have a network
 * @property {number} waiting changes that are not stored yet
 * @property {{code: number} | null} denial
 * @property {number | null} closedWith the code of the last close, while there is no connection
 * @property {boolean} draws whether this person may draw now
 * @property {boolean} frozen
 * @property {boolean} muted
 * @property {boolean} pen whether this person holds the pen
 * @property {string | null} refused the code of the last refusal, until it is dismissed
 * @property {number} earlier changes of earlier visits that were refused, until they are dismissed
 * @property {boolean} fails whether this device keeps nothing of what waits
 */

/**
 * @typedef {object} Sentence
 * @property {string} text
 * @property {"quiet" | "warning" | "danger"} tone
 * @property {"reload" | "home" | "dismiss"} [action] what the button beside it does
 * @property {boolean} [save] whether changes can be saved as a file
 */

/** @param {BoardState} state @returns {Sentence | null} */
export function sentenceFor(state) {
  if (state.connection === "denied") return shutOut(state);
  if (state.refused)
    return { text: refusal(state.refused), tone: "warning", action: "dismiss", save: true };
  if (state.connection !== "live") return withoutConnection(state);
  if (state.earlier > 0)
    return { text: earlier(state.earlier), tone: "warning", action: "dismiss", save: true };
  if (!state.draws) return { text: whyNotDrawing(state), tone: "quiet" };
  return state.frozen ? { text: whyDrawing(state), tone: "quiet" } : null;
}

/** On a frozen board. @param {BoardState} state */
function whyDrawing({ pen }) {
  if (pen) return t("You have the pen. Others can't change this board for now.");
  return t("This board is frozen: only you and those with the pen can change it.");
}

/** @param {BoardState} state */
function whyNotDrawing({ frozen, muted }) {
  if (muted) return t("You can look on for now, but not draw or write here.");
  if (frozen)
    return t("This board is frozen. Everything on it is safe, and nobody can change it for now.");
  return t("You can look at this board, but not draw on it.");
}

/** @param {BoardState} state @returns {Sentence | null} */
function withoutConnection({ connection, wasLive, online, waiting, closedWith, fails }) {
  if (connection === "connecting" && !wasLive) return { text: connecting(), tone: "quiet" };
  const safe = fails && waiting > 0 ? whatIsOnlyHere(waiting) : whatIsSafe(waiting);
  return { text: `${whyCut(online, closedWith)} ${safe}`, tone: "warning" };
}

/** @param {number} count */
function earlier(count) {
  return tn(
    "{count} change that you made earlier was not accepted here.",
    "{count} changes that you made earlier were not accepted here.",
    count,
  );
}

/** @param {boolean} online @param {number | null} code */
function whyCut(online, code) {
  if (!online) return offline();
  switch (code) {
    case 4503:
      return t("The server is restarting and will be back in a moment.");
    case 4408:
      return t("The connection was too slow to keep up. Trying again.");
    case 4429:
      return t("That was too much at once. Going on more slowly.");
    case 4400:
    case 4413:
      return t("The server did not understand a change. Trying again one by one.");
    default:
      return unreached();
  }
}

/** @param {BoardState} state @returns {Sentence} */
function shutOut({ denial, waiting, fails }) {
  const sentence = denied(denial?.code ?? 0);
  if (waiting === 0) return sentence;
  return { ...sentence, text: `${sentence.text} ${notSent(waiting, fails)}`, save: !fails };
}

/** @param {number} waiting @param {boolean} fails */
function notSent(waiting, fails) {
  if (fails)
    return tn(
      "Your last change was not saved.",
      "Your last {count} changes were not saved.",
      waiting,
    );
  return tn(
    "Your last change was not sent; it is kept on this device.",
    "Your last {count} changes were not sent; they are kept on this device.",
    waiting,
  );
}

/** @param {number} code @returns {Sentence} */
function denied(code) {
  switch (code) {
    case 4401:
      return {
        text: t("You are signed out. Reload the page to go on."),
        tone: "danger",
        action: "reload",
      };
    case 4403:
      return {
        text: t("You no longer have access to this board."),
        tone: "danger",
        action: "home",
      };
    case 4404:
      return {
        text: t("This board is not there, or not open to you."),
        tone: "danger",
        action: "home",
      };
    case 4426:
      return {
        text: t("There is a newer version of the whiteboard. Reload the page to go on."),
        tone: "danger",
        action: "reload",
      };
    default:
      return {
        text: t("The server has ended this connection. Reload the page to go on."),
        tone: "danger",
        action: "reload",
      };
  }
}

/** @param {string} code */
function refusal(code) {
  switch (code) {
    case "board_full":
      return t(
        "This board is full, so your last change was taken back. Erase something or start a new board.",
      );
    case "frozen":
      return t("This board is frozen, so your last change was taken back.");
    case "locked":
      return t("Somebody has locked that, so your last change was taken back.");
    case "not_yours":
      return t("Here people change only what they drew, so your last change was taken back.");
    case "not_allowed":
      return t("You may not change this board, so your last change was taken back.");
    case "unknown_kind":
    case "unknown_property":
      return t(
        "The server does not know this kind of change yet, so it was taken back. Reload the page.",
      );
    default:
      return t("The server could not accept your last change, so it was taken back.");
  }
}
