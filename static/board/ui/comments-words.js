// What is said about comments: who, when, what went wrong.

import { t, tn } from "../core/translate.js";
import { initials } from "./people-bar.js";

/**
 * @typedef {import("../sync/comments-told.js").Somebody} Somebody
 * @typedef {import("../sync/comments-told.js").ShownComment} ShownComment
 * @typedef {import("../sync/comments-told.js").ShownThread} ShownThread
 */

const EXCERPT = 140;
/** The largest unit that is reached, in seconds. @type {readonly [Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** @param {number} at @param {number} now in ms @param {string} language */
export function ago(at, now, language) {
  const seconds = (now - at) / 1000;
  const found = UNITS.find(([, length]) => seconds >= length);
  if (!found) return t("just now");
  const [unit, length] = found;
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return words.format(-Math.floor(seconds / length), unit);
}

/** To the minute, for whoever wants to know. @param {number} at @param {string} language */
export function exactly(at, language) {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(at);
}

/** @param {Somebody | null} author */
export function nameOf(author) {
  return author?.name ?? t("Somebody");
}

/** @param {Somebody | null} author */
export function signOf(author) {
  return author ? initials(author.name) : "?";
}

/** What was said last and is still there. @param {ShownThread} thread @returns {ShownComment | undefined} */
export function lastOf({ comments }) {
  return comments.findLast(({ removed }) => !removed);
}

/** What was said first and is still there. @param {ShownThread} thread @returns {ShownComment | undefined} */
export function firstOf({ comments }) {
  return comments.find(({ removed }) => !removed);
}

/** @param {ShownThread} thread */
export function countOf({ comments }) {
  return comments.filter(({ removed }) => !removed).length;
}

/** @param {string} text */
export function excerpt(text) {
  const line = text.replace(/\s+/g, " ");
  const signs = Array.from(line);
  return signs.length > EXCERPT ? `${signs.slice(0, EXCERPT).join("")}…` : line;
}

/** A thread in a few words, as its pin is called. @param {ShownThread} thread @param {boolean} lost */
export function describe(thread, lost) {
  const count = countOf(thread);
  return [
    t("Comment by {name}", { name: nameOf(firstOf(thread)?.author ?? null) }),
    count > 1 && tn("{count} comment", "{count} comments", count),
    thread.unread && t("unread"),
    thread.resolved !== null && t("resolved"),
    lost && t("what it was on has been removed"),
  ]
    .filter(Boolean)
    .join(", ");
}

/** Why the server didn't take it. @param {string} code */
export function refusalWords(code) {
  switch (code) {
    case "threads_full":
    case "board_full":
      return t("This board has as many comments as it can hold.");
    case "thread_full":
      return t("This thread is full. Please start another one.");
    case "gone":
      return t("What this belongs to isn’t there any more.");
    case "not_allowed":
    case "not_yours":
      return t("You may not do that on this board now.");
    default:
      return t("The server didn’t take this comment.");
  }
}
