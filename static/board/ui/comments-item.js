// One comment as it stands in its thread.

import { Pencil, Trash2 } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { piecesOf } from "./comments-mentions.js";
import { ago, exactly, nameOf, refusalWords, signOf } from "./comments-words.js";
import { icon, make } from "./dom.js";
import { inkAsCss } from "./inks.js";
import { say } from "./say.js";
import { copyText } from "./share.js";

/**
 * @typedef {import("../sync/comments-told.js").ShownComment} ShownComment
 * @typedef {import("../sync/comments-told.js").Somebody} Somebody
 */

/**
 * @typedef {object} Around
 * @property {string} language
 * @property {(id: number) => string | null} nameOf
 * @property {(comment: ShownComment) => boolean} mayEdit
 * @property {(comment: ShownComment) => boolean} mayRemove
 * @property {(comment: ShownComment) => void} edit
 * @property {(comment: ShownComment) => void} remove
 * @property {(comment: ShownComment) => void} sendAgain
 */

/** What it looks like depends on nothing else. @param {ShownComment} comment @param {Around} around */
export function looksOf(comment, { mayEdit, mayRemove }) {
  return JSON.stringify([comment, mayEdit(comment), mayRemove(comment)]);
}

/** @param {ShownComment} comment @param {Around} around */
export function commentItem(comment, around) {
  const { author, removed, state } = comment;
  const parts = removed
    ? [make("p", { class: "said-text muted" }, t("This comment was removed."))]
    : [textOf(comment, around), state !== "said" && stateOf(comment, around)];
  return make(
    "li",
    { "data-uid": comment.uid, "data-state": state },
    avatar(author),
    make(
      "div",
      { class: "said-body" },
      make(
        "div",
        { class: "said-head" },
        make("bdi", { class: "said-name", title: nameOf(author) }, nameOf(author)),
        time(comment, around.language),
        !removed && actionsOf(comment, around),
      ),
      ...parts,
    ),
  );
}

/** @param {Somebody | null} author */
export function avatar(author) {
  const circle = make("span", { class: "avatar", "aria-hidden": "true" }, signOf(author));
  if (author) circle.style.setProperty("--ink", inkAsCss(author.color));
  return circle;
}

/** @param {Pick<ShownComment, "at" | "edited">} comment @param {string} language */
export function time({ at, edited }, language) {
  const words = make("time", {
    class: "muted",
    datetime: new Date(at).toISOString(),
    title: exactly(at, language),
    "data-edited": edited !== null,
  });
  sayTime(words, language);
  return words;
}

/** As time goes by. @param {HTMLTimeElement} words @param {string} language */
export function sayTime(words, language) {
  const since = ago(Date.parse(words.dateTime), Date.now(), language);
  words.textContent = "edited" in words.dataset ? t("{when}, edited", { when: since }) : since;
}

/** @param {ShownComment} comment @param {Around} around */
function textOf({ text, mentions }, { nameOf: nameById }) {
  const names = mentions.flatMap((id) => nameById(id) ?? []);
  const pieces = piecesOf(text, names).map((piece) =>
    piece.isName ? make("span", { class: "mention" }, piece.text) : piece.text,
  );
  return make("p", { class: "said-text", dir: "auto" }, ...pieces);
}

/** @param {ShownComment} comment @param {Around} around */
function stateOf(comment, { remove, sendAgain }) {
  if (comment.state === "waiting")
    return make("p", { class: "said-state muted" }, t("Waiting to be sent"));
  const again = make("button", { type: "button", class: "text-button" }, t("Try again"));
  const discard = make("button", { type: "button", class: "text-button" }, t("Discard"));
  again.addEventListener("click", () => sendAgain(comment));
  discard.addEventListener("click", () => remove(comment));
  const copy = make("button", { type: "button", class: "text-button" }, t("Copy the text"));
  copy.addEventListener("click", async () => {
    const done = await copyText(comment.text);
    say(done ? t("The text is copied.") : t("Copy it by hand"));
  });
  const words = refusalWords(comment.code ?? "");
  const ways = make("span", { class: "said-ways" }, again, copy, discard);
  return make("p", { class: "said-state", "data-tone": "danger" }, words, ways);
}

/** @param {ShownComment} comment @param {Around} around */
function actionsOf(comment, { mayEdit, mayRemove, edit, remove }) {
  if (comment.state !== "said" || comment.id === null) return null;
  const actions = [
    mayEdit(comment) && action(t("Edit"), Pencil, () => edit(comment)),
    mayRemove(comment) && action(t("Remove"), Trash2, () => remove(comment)),
  ];
  return make("span", { class: "said-actions" }, ...actions);
}

/** @param {string} label @param {import("./dom.js").IconNode} shape @param {() => void} act */
function action(label, shape, act) {
  const button = make(
    "button",
    { type: "button", class: "icon-button small", "aria-label": label, title: label },
    icon(shape),
  );
  button.addEventListener("click", act);
  return button;
}
