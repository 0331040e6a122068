// A thread, opened beside its pin or, on a phone, from below: what was said, and where to answer.

import { CircleCheck, X } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { takesAnswers } from "../sync/comments-told.js";
import { composer } from "./comments-composer.js";
import { commentItem, looksOf, sayTime } from "./comments-item.js";
import { nameOf } from "./comments-words.js";
import { icon, make } from "./dom.js";

/**
 * @typedef {import("../sync/comments-told.js").Named} Named
 * @typedef {import("../sync/comments-told.js").ShownComment} ShownComment
 * @typedef {import("../sync/comments-told.js").ShownThread} ShownThread
 */

/**
 * What a card asks of the comments around it.
 * @typedef {object} Host
 * @property {import("../sync/comments.js").Comments} comments
 * @property {string} language
 * @property {() => boolean} may comment
 * @property {() => boolean} mayOrder
 * @property {() => number | null} me
 * @property {() => readonly Named[]} people
 * @property {Map<string, string>} drafts what was begun and not sent, by thread
 * @property {(thread: ShownThread) => boolean} isLost
 * @property {() => number} room how far to the right nothing else lies over the board, in pixels
 * @property {() => void} closed
 */

/** What is written for a thread that isn't there yet. */
const NEW = "";
const MINUTE_MS = 60_000;
/** The card keeps so far from its pin, and from the edges and bars. */
const GAP = 12;
const EDGE = { top: 64, side: 12, bottom: 12 };
const PIN_PIXELS = 32;

export class ThreadCard {
  #list = make("ol", { class: "said-list", "aria-live": "polite" });
  #notes = make("div", { class: "said-notes" });
  #title = make("h2", { id: "thread-title" });
  #resolve = iconButton(t("Resolve"), CircleCheck);
  #timer = 0;
  /** By uid: what is shown, and how it looked. @type {Map<string, {item: HTMLElement, looks: string}>} */
  #items = new Map();
  /** The comment whose text is being changed. */
  #editing = "";
  /** @type {ReturnType<typeof composer> | null} */
  #answer = null;
  #foot = make("div", { class: "said-foot" });

  /** @param {Host} host @param {{key: string} | {open: (text: string, mentions: number[]) => string}} what a thread, or what makes a new one */
  constructor(host, what) {
    this.host = host;
    /** @type {string | null} */
    this.key = "key" in what ? what.key : null;
    this.open = "open" in what ? what.open : null;
    const close = iconButton(t("Close"), X);
    this.root = make(
      "div",
      {
        id: "thread",
        class: "popover thread",
        popover: "auto",
        role: "dialog",
        "aria-labelledby": "thread-title",
      },
      make("header", {}, this.#title, this.#resolve, close),
      this.#notes,
      this.#list,
      this.#foot,
    );
    close.addEventListener("click", () => this.close());
    this.#resolve.addEventListener("click", () => this.#toggleResolved());
    this.root.addEventListener("toggle", (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === "closed") this.#gone();
    });
  }

  get thread() {
    return this.key === null ? null : this.host.comments.get(this.key);
  }

  /** @param {{x: number, y: number}} pin in the window */
  show(pin) {
    (document.querySelector("main") ?? document.body).append(this.root);
    this.refresh();
    this.root.showPopover();
    this.place(pin);
    this.#list.scrollTop = this.#list.scrollHeight;
    // On a phone the keyboard would cover what one wants to read.
    const toRead = this.key !== null && matchMedia("(pointer: coarse)").matches;
    const first = toRead ? this.root.querySelector("button") : this.#answer?.field;
    (first ?? this.root.querySelector("button"))?.focus({ preventScroll: true });
    this.#timer = window.setInterval(() => this.#sayTimes(), MINUTE_MS);
  }

  close() {
    this.root.hidePopover();
  }

  #gone() {
    clearInterval(this.#timer);
    this.root.remove();
    this.host.closed();
  }

  /** Beside its pin, wherever there is more room. @param {{x: number, y: number}} pin in the window */
  place({ x, y }) {
    const { offsetWidth: width, offsetHeight: height } = this.root;
    const right = x + PIN_PIXELS + GAP;
    const { side, top, bottom } = EDGE;
    const last = this.host.room() - width - side;
    const px = Math.max(side, Math.min(right <= last ? right : x - GAP - width, last));
    const py = Math.max(top, Math.min(y - PIN_PIXELS, innerHeight - height - bottom));
    this.root.style.setProperty("--x", `${Math.round(px)}px`);
    this.root.style.setProperty("--y", `${Math.round(py)}px`);
    const view = visualViewport;
    const covered = view ? innerHeight - view.height - view.offsetTop : 0;
    this.root.style.setProperty("--keyboard", `${Math.max(0, Math.round(covered))}px`);
  }

  // -- what it shows -------------------------------------------------------------------------------

  refresh() {
    const { thread } = this;
    if (this.key !== null && !thread) {
      // It was taken back, or the board is another one now.
      this.close();
      return;
    }
    this.#title.textContent = thread ? t("Comment") : t("New comment");
    this.#refreshResolve(thread);
    this.#refreshNotes(thread);
    this.#refreshItems(thread?.comments ?? []);
    this.#refreshFoot(thread);
  }

  /** @param {ShownThread | null} thread */
  #refreshResolve(thread) {
    const isResolved = thread !== null && thread.resolved !== null;
    this.#resolve.hidden = !thread || thread.id === null || !this.host.may();
    this.#resolve.setAttribute("aria-pressed", String(isResolved));
    this.#resolve.title = isResolved ? t("Open it again") : t("Resolve");
  }

  /** @param {ShownThread | null} thread */
  #refreshNotes(thread) {
    const by = thread?.resolved_by ? nameOf({ color: "", ...thread.resolved_by }) : t("Somebody");
    const notes = thread && [
      thread.resolved !== null && t("Resolved by {name}", { name: by }),
      this.host.isLost(thread) && t("What this comment was on has been removed."),
    ];
    const said = (notes ?? []).flatMap((note) => (note ? make("p", { class: "muted" }, note) : []));
    this.#notes.replaceChildren(...said);
  }

  /** Those that look the same stay as they are, with the focus that may be in them. @param {readonly ShownComment[]} comments */
  #refreshItems(comments) {
    const atEnd =
      this.#list.scrollTop + this.#list.clientHeight >= this.#list.scrollHeight - PIN_PIXELS;
    const before = this.#items;
    this.#items = new Map();
    for (const comment of comments) {
      const looks = comment.uid === this.#editing ? "editing" : looksOf(comment, this.#around);
      const known = before.get(comment.uid);
      const item = known?.looks === looks ? known.item : this.#item(comment);
      if (known && known.item !== item) known.item.replaceWith(item);
      else if (!known) this.#list.append(item);
      this.#items.set(comment.uid, { item, looks });
      before.delete(comment.uid);
    }
    for (const { item } of before.values()) item.remove();
    if (atEnd) this.#list.scrollTop = this.#list.scrollHeight;
  }

  /** @param {ShownComment} comment */
  #item(comment) {
    const item = commentItem(comment, this.#around);
    if (comment.uid === this.#editing)
      item.querySelector(".said-text")?.replaceWith(this.#editor(comment));
    return item;
  }

  /** @param {ShownThread | null} thread */
  #refreshFoot(thread) {
    if (!takesAnswers(thread)) {
      const wasWriting = this.#foot.contains(document.activeElement);
      this.#answer = null;
      this.#foot.replaceChildren();
      if (wasWriting) this.#list.querySelector("button")?.focus();
    } else if (!this.host.may()) {
      this.#answer = null;
      const words = t("You can read the comments here, but not write any.");
      this.#foot.replaceChildren(make("p", { class: "muted" }, words));
    } else if (!this.#answer) {
      this.#answer = this.#composer();
      this.#foot.replaceChildren(this.#answer.root);
    }
  }

  #composer() {
    const { drafts, people, me } = this.host;
    const draft = this.key ?? NEW;
    return composer({
      label: this.key === null ? t("Comment") : t("Reply"),
      text: drafts.get(draft) ?? "",
      people,
      me,
      typed: (text) => drafts.set(this.key ?? NEW, text),
      send: (text, mentions) => this.#send(text, mentions),
    });
  }

  /** @param {string} text @param {number[]} mentions */
  #send(text, mentions) {
    this.host.drafts.delete(this.key ?? NEW);
    if (this.key !== null) {
      this.host.comments.reply(this.key, text, mentions);
      this.#list.scrollTop = this.#list.scrollHeight;
    } else if (this.open) {
      this.key = this.open(text, mentions);
      const { field } = /** @type {ReturnType<typeof composer>} */ (this.#answer);
      field.setAttribute("aria-label", t("Reply"));
      field.placeholder = t("Reply");
      this.refresh();
    }
  }

  #sayTimes() {
    for (const words of this.#list.querySelectorAll("time")) sayTime(words, this.host.language);
  }

  // -- what is done in it --------------------------------------------------------------------------

  #toggleResolved() {
    const { thread } = this;
    if (!thread) return;
    this.host.comments.resolve(thread.key, thread.resolved === null);
    if (thread.resolved === null) this.close();
  }

  /** @returns {import("./comments-item.js").Around} */
  get #around() {
    const { comments, language, people, me, may, mayOrder } = this.host;
    const isMine = (/** @type {ShownComment} */ { author }) => author?.id === me();
    return {
      language,
      nameOf: (id) => people().find((one) => one.id === id)?.name ?? null,
      mayEdit: (comment) => may() && isMine(comment),
      mayRemove: (comment) => may() && (isMine(comment) || mayOrder()),
      edit: (comment) => this.#edit(comment.uid),
      remove: ({ uid }) => this.key && comments.remove(this.key, uid),
      sendAgain: ({ uid }) => comments.sendAgain(uid),
    };
  }

  /** @param {string} uid none: the editing ends */
  #edit(uid) {
    this.#editing = uid;
    this.refresh();
    const { item } = this.#items.get(uid) ?? {};
    item?.querySelector("textarea")?.focus();
    if (uid === "") this.#answer?.field.focus();
  }

  /** @param {ShownComment} comment */
  #editor({ uid, text }) {
    return composer({
      label: t("Edit the comment"),
      text,
      action: t("Save"),
      people: this.host.people,
      me: this.host.me,
      send: (changed, mentions) => {
        if (this.key) this.host.comments.edit(this.key, uid, changed, mentions);
        this.#edit("");
      },
      cancel: () => this.#edit(""),
    }).root;
  }
}

/** @param {string} label @param {import("./dom.js").IconNode} shape */
function iconButton(label, shape) {
  return make(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label },
    icon(shape),
  );
}
