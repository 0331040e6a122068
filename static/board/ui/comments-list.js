// All threads of the board in a panel: open, unread or resolved; each leads to its pin.

import { Plus, X } from "../../npm/lucide.js";
import { t, tn } from "../core/translate.js";
import { isGone, unreadOf } from "../sync/comments-told.js";
import { avatar, time } from "./comments-item.js";
import { countOf, describe, excerpt, firstOf, lastOf, nameOf } from "./comments-words.js";
import { icon, make } from "./dom.js";

/** @typedef {import("../sync/comments-told.js").ShownThread} ShownThread */
/** @typedef {"open" | "unread" | "resolved"} Filter */

/** @type {Record<Filter, {label: () => string, empty: () => string}>} */
const FILTERS = {
  open: {
    label: () => t("Unresolved"),
    empty: () => t("No comments yet. Press C, then click where yours belongs."),
  },
  unread: { label: () => t("Unread"), empty: () => t("You have read everything.") },
  resolved: { label: () => t("Resolved"), empty: () => t("Nothing has been resolved yet.") },
};

/** Rows at once: nobody reads more of them at a time. */
const ROWS = 100;

/**
 * @typedef {object} Host
 * @property {import("../sync/comments.js").Comments} comments
 * @property {string} language
 * @property {() => boolean} may
 * @property {(key: string) => void} goTo
 * @property {() => void} begin a new comment
 * @property {(thread: ShownThread) => boolean} isLost
 * @property {() => boolean} onlyHere whether leaving the page would lose what waits
 * @property {(thread: ShownThread) => string | null} pageWords of one on another page
 * @property {(filter: Filter | null) => void} shows null: it is closed
 */

export class CommentsList {
  /** @type {Filter} */
  #filter = "open";
  #rows = ROWS;
  #more = make("button", { type: "button", class: "text-button more-threads" }, t("Show more"));
  #items = make("ul");
  #note = make("p", { class: "muted list-note", role: "status" });
  #buttons;
  #begin = make("button", { type: "button", class: "primary begin" }, icon(Plus), t("New comment"));

  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    const close = make(
      "button",
      { type: "button", class: "icon-button", "aria-label": t("Close"), title: t("Close") },
      icon(X),
    );
    this.#buttons = /** @type {Filter[]} */ (Object.keys(FILTERS)).map((filter) => {
      const button = make("button", { type: "button" }, FILTERS[filter].label());
      button.addEventListener("click", () => this.#choose(filter));
      return { filter, button };
    });
    this.root = make(
      "section",
      {
        id: "comments",
        class: "beside comments-panel chrome",
        "aria-labelledby": "comments-title",
      },
      make("header", {}, make("h2", { id: "comments-title" }, t("Comments")), close),
      make(
        "div",
        { class: "switch", role: "group", "aria-label": t("Which comments") },
        ...this.#buttons.map(({ button }) => button),
      ),
      this.#note,
      make("div", { class: "threads" }, this.#items, this.#more),
      this.#begin,
    );
    close.addEventListener("click", () => this.close());
    this.#more.addEventListener("click", () => {
      this.#rows += ROWS;
      this.refresh();
    });
    this.#begin.addEventListener("click", host.begin);
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.stopPropagation();
      this.close();
    });
  }

  get isOpen() {
    return this.root.isConnected;
  }

  /** Where it begins, while it stands beside the board. */
  get left() {
    const { left, width } = this.root.getBoundingClientRect();
    return width > 0 && width < innerWidth / 2 ? left : null;
  }

  open() {
    document.querySelector("header.top")?.after(this.root);
    this.#choose(this.#filter);
    this.#buttons.find(({ filter }) => filter === this.#filter)?.button.focus();
  }

  close() {
    this.root.remove();
    this.host.shows(null);
    document.getElementById("comments-button")?.focus();
  }

  /** @param {Filter} filter */
  #choose(filter) {
    this.#filter = filter;
    this.#rows = ROWS;
    this.host.shows(filter);
    this.refresh();
  }

  refresh() {
    if (!this.isOpen) return;
    const { comments, may } = this.host;
    for (const { filter, button } of this.#buttons)
      button.setAttribute("aria-pressed", String(filter === this.#filter));
    const found = this.#threads();
    const focused = document.activeElement?.getAttribute("data-thread");
    this.#items.replaceChildren(...found.slice(0, this.#rows).map((thread) => this.#item(thread)));
    this.#more.hidden = found.length <= this.#rows;
    if (focused)
      /** @type {HTMLElement | null} */ (
        this.#items.querySelector(`[data-thread="${focused}"]`)
      )?.focus({ preventScroll: true });
    this.#note.textContent = this.#words(found.length, comments.waiting);
    this.#begin.hidden = !may();
  }

  /** @param {number} found @param {number} waiting */
  #words(found, waiting) {
    if (waiting > 0 && this.host.onlyHere())
      return tn(
        "{count} comment is waiting to be sent. Keep this page open.",
        "{count} comments are waiting to be sent. Keep this page open.",
        waiting,
      );
    if (waiting > 0)
      return tn(
        "{count} comment is kept here and will be sent.",
        "{count} comments are kept here and will be sent.",
        waiting,
      );
    return found === 0 ? FILTERS[this.#filter].empty() : "";
  }

  /** What was last spoken in first. */
  #threads() {
    const threads = this.host.comments.threads.filter((thread) => !isGone(thread));
    const wanted = {
      open: () => threads.filter(({ resolved }) => resolved === null),
      unread: () => unreadOf(threads),
      resolved: () => threads.filter(({ resolved }) => resolved !== null),
    }[this.#filter]();
    const at = (/** @type {ShownThread} */ thread) => lastOf(thread)?.at ?? 0;
    return wanted.sort((a, b) => at(b) - at(a));
  }

  /** @param {ShownThread} thread */
  #item(thread) {
    const first = firstOf(thread);
    const last = lastOf(thread);
    const button = make(
      "button",
      {
        type: "button",
        class: "thread-row",
        "data-thread": thread.key,
        "aria-description": describe(thread, this.host.isLost(thread)),
      },
      avatar(first?.author ?? null),
      make(
        "span",
        { class: "said-body" },
        make(
          "span",
          { class: "said-head" },
          make("bdi", { class: "said-name" }, nameOf(first?.author ?? null)),
          last && time(last, this.host.language),
          thread.unread && make("span", { class: "unread-dot" }),
        ),
        make("span", { class: "thread-text", dir: "auto" }, excerpt(first?.text ?? "")),
        rest(thread, this.host.pageWords(thread)),
      ),
    );
    button.addEventListener("click", () => this.host.goTo(thread.key));
    return make("li", {}, button);
  }
}

/** @param {ShownThread} thread @param {string | null} page */
function rest(thread, page) {
  const more = countOf(thread) - 1;
  const words = [
    page,
    more > 0 && tn("{count} reply", "{count} replies", more),
    thread.comments.some(({ state }) => state === "waiting") && t("Waiting to be sent"),
  ].filter(Boolean);
  return words.length > 0 && make("span", { class: "muted" }, words.join(" · "));
}
