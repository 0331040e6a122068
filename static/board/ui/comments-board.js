// The comments on this page: joins what is known of them to pins, card and list.

import { PinPlaces } from "../editor/comment-places.js";
import { Comments } from "../sync/comments.js";
import { asking } from "../sync/comments-asking.js";
import { unreadOf } from "../sync/comments-told.js";
import { ThreadCard } from "./comments-card.js";
import { keepComments } from "./comments-kept.js";
import { CommentsList } from "./comments-list.js";
import { CommentPins } from "./comments-pins.js";
import { refusalWords } from "./comments-words.js";
import { pageWords } from "./pages-words.js";
import { say } from "./say.js";
import { styles } from "./stylesheet.js";

/**
 * @typedef {import("../editor/comment-places.js").Pin} Pin
 * @typedef {import("../sync/comments-told.js").Named} Named
 * @typedef {import("../sync/comments-told.js").ShownThread} ShownThread
 */

/** A list over the whole width has to go before one sees where it leads. */
const PHONE = "(max-width: 640px)";
/** Farther away than this nobody sees what a pin is on. */
const ZOOM_LEAST = 0.25;
/** What bars and list cover. */
const VIEW_EDGE = 96;

export class CommentsOnBoard {
  /** @type {ThreadCard | null} */
  #card = null;
  /** @type {Map<string, string>} */
  #drafts = new Map();
  /** Whether some of what is written is on this page alone. */
  #onlyHere = () => this.comments.unsaid.length > 0;

  /** @param {import("./comments.js").Parts & {may: () => boolean, onUnread: (count: number) => void}} parts */
  constructor(parts) {
    const { editor, session, config, canvas } = parts;
    this.parts = parts;
    this.places = new PinPlaces(editor);
    const { person } = config;
    this.comments = new Comments({
      session,
      me: () => (session.you ? { ...person, name: session.you.name } : person),
      ask: asking(config.comments, config.csrf),
    });
    this.pins = new CommentPins({
      editor,
      canvas: document.getElementById("overlay") ?? canvas,
      threads: () => this.comments.threads,
      places: this.places,
      onPress: (key) => this.open(key),
      onFrame: () => this.#placeCard(),
    });
    this.list = new CommentsList({
      ...this.#shared,
      goTo: (key) => this.goTo(key),
      begin: () => this.#begin(),
      shows: (filter) => this.#showResolved(filter === "resolved"),
    });
    this.#listen();
    void this.#keep();
    void styles("comment-styles");
    this.#refresh();
  }

  #listen() {
    const { session } = this.parts;
    this.comments.subscribe((event) => {
      if (event.type === "refused") say(refusalWords(event.code));
      else this.#refresh();
    });
    session.subscribe(({ type }) => type === "board" && this.#refresh());
    this.parts.editor.pages?.subscribe(() => this.#turned());
    visualViewport?.addEventListener("resize", () => this.pins.soon());
    document.addEventListener("visibilitychange", () => this.#seeOpen());
    window.addEventListener("beforeunload", (event) => {
      if (this.#onlyHere()) event.preventDefault();
    });
  }

  async #keep() {
    const { session, config } = this.parts;
    const { comments } = this;
    const changed = () => this.list.refresh();
    const waiting = await keepComments({ comments, session, config, changed }).catch(() => null);
    if (waiting) this.#onlyHere = () => waiting.onlyHere > 0;
  }

  #turned() {
    const thread = this.#card?.thread;
    if (thread && !this.places.isHere(thread)) this.#card?.close();
    this.#refresh();
  }

  get #shared() {
    return {
      comments: this.comments,
      language: this.parts.config.language,
      may: this.parts.may,
      pageWords: (/** @type {ShownThread} */ thread) => this.#pageWords(thread),
      isLost: (/** @type {ShownThread} */ thread) => this.places.of(thread)?.lost ?? true,
      onlyHere: () => this.#onlyHere(),
    };
  }

  /** Of one on another page. @param {ShownThread} thread */
  #pageWords(thread) {
    const key = this.places.pageOf(thread);
    const { pages } = this.parts.editor;
    const page = pages?.pages.find((one) => one.key === key);
    return page && key !== pages?.sheet.page ? pageWords(page) : null;
  }

  // -- opening -------------------------------------------------------------------------------------

  /** @param {string} key */
  open(key) {
    this.#openCard({ key });
    this.pins.draft = null;
    this.pins.open = key;
    this.#refresh();
  }

  /** A new thread at this place. @param {Pin} pin */
  compose(pin) {
    if (!this.parts.may()) return;
    this.pins.open = null;
    this.pins.draft = pin;
    this.#openCard({
      open: (text, mentions) => {
        const key = this.comments.open({ ...pin, text, mentions });
        this.pins.draft = null;
        this.pins.open = key;
        this.pins.soon();
        return key;
      },
    });
    this.pins.soon();
  }

  /** @param {ConstructorParameters<typeof ThreadCard>[1]} what */
  #openCard(what) {
    this.#card?.close();
    const card = new ThreadCard(
      {
        ...this.#shared,
        me: () => this.parts.session.you?.person ?? this.parts.config.person.id,
        mayOrder: () => this.#may("order"),
        people: () => this.#people(),
        drafts: this.#drafts,
        room: () => this.list.left ?? innerWidth,
        closed: () => this.#closed(card),
      },
      what,
    );
    this.#card = card;
    card.show(this.pins.where(card.thread) ?? { x: innerWidth / 2, y: innerHeight / 2 });
    if (this.parts.may()) void this.comments.findPeople();
  }

  /** @param {ThreadCard} card */
  #closed(card) {
    if (this.#card !== card) return;
    this.#card = null;
    this.pins.open = null;
    this.pins.draft = null;
    this.pins.soon();
  }

  async toggleList() {
    if (this.list.isOpen) {
      this.list.close();
      return;
    }
    await styles("panel-styles");
    this.list.open();
  }

  /** Brings a thread's pin into view and opens it. @param {string} key */
  goTo(key) {
    const thread = this.comments.get(key);
    if (!thread) return;
    if (matchMedia(PHONE).matches) this.list.close();
    this.parts.editor.pages?.turnTo(this.places.pageOf(thread));
    const place = this.places.of(thread);
    const { camera } = this.parts.editor;
    const isPhone = matchMedia(PHONE).matches;
    if (place && (isPhone || !isWellInView(camera, place, this.list.left ?? camera.width))) {
      const zoom = Math.max(ZOOM_LEAST, camera.zoom);
      // The card comes from below there.
      const down = isPhone ? camera.height / 4 / zoom : 0;
      camera.lookAt({ x: place.x, y: place.y + down }, zoom);
    }
    this.open(key);
  }

  #begin() {
    if (matchMedia(PHONE).matches) this.list.close();
    this.parts.commands.get("tool.comment").run("C");
  }

  // -- showing -------------------------------------------------------------------------------------

  #refresh() {
    this.pins.soon();
    this.#card?.refresh();
    this.list.refresh();
    this.#seeOpen();
    this.parts.onUnread(unreadOf(this.comments.threads).length);
  }

  /** What lies open before somebody's eyes has been read. */
  #seeOpen() {
    const thread = this.#card?.thread;
    if (thread?.unread && document.visibilityState === "visible") this.comments.see(thread.key);
  }

  #placeCard() {
    const place = this.#card && this.pins.where(this.#card.thread);
    if (place) this.#card?.place(place);
  }

  /** @param {boolean} withResolved */
  #showResolved(withResolved) {
    this.pins.withResolved = withResolved;
    this.pins.soon();
  }

  /** @param {import("../protocol").Action} action */
  #may(action) {
    const { session, config } = this.parts;
    return (session.may ?? new Set(config.may)).has(action);
  }

  /** Whom one may mention: those who are here first. @returns {Named[]} */
  #people() {
    const here = [...this.parts.session.people.values()].map(({ person, name }) => ({
      id: person,
      name,
    }));
    const all = [...here, ...(this.comments.people ?? [])];
    return [...new Map(all.map((one) => [one.id, one])).values()];
  }
}

/** @param {import("../core/camera.js").Camera} camera @param {import("../core/geometry.js").Place} place @param {number} right where it is covered */
function isWellInView(camera, place, right) {
  const { x, y } = camera.toScreen(place);
  const isSeen = x > VIEW_EDGE && y > VIEW_EDGE;
  return (
    isSeen && x < right - VIEW_EDGE && y < camera.height - VIEW_EDGE && camera.zoom >= ZOOM_LEAST
  );
}
