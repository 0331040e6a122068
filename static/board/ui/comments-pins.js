// Pins over the board: buttons that stay with their places and elements, whoever moves those or the view.

import { Check } from "../../npm/lucide.js";
import { isGone } from "../sync/comments-told.js";
import { countOf, describe, firstOf, signOf } from "./comments-words.js";
import { icon, make } from "./dom.js";
import { inkAsCss } from "./inks.js";

/**
 * @typedef {import("../sync/comments-told.js").ShownThread} ShownThread
 * @typedef {import("../core/geometry.js").Place} Place
 */

/** In view at once: more hide the board, and are found in the list. */
const SHOWN_AT_MOST = 300;
/** So far beside the window a pin isn't seen any more. */
const MARGIN = 48;

export class CommentPins {
  /** By thread; `thread` is what the button shows. @type {Map<string, {button: HTMLButtonElement, thread: ShownThread, looks: string}>} */
  #pins = new Map();
  #frame = 0;
  /** Resolved ones too. */
  withResolved = false;
  /** The one whose thread is open. @type {string | null} */
  open = null;
  /** Where a new one is being written. @type {import("../editor/comment-places.js").Pin | null} */
  draft = null;
  #draftMark = make("span", { class: "pin pin-draft", "aria-hidden": "true", hidden: true });

  /**
   * @param {{editor: import("../editor.js").Editor, threads: () => readonly ShownThread[],
   *   places: import("../editor/comment-places.js").PinPlaces, onPress: (key: string) => void, onFrame: () => void,
   *   canvas: HTMLElement}} parts
   */
  constructor({ editor, threads, places, onPress, onFrame, canvas }) {
    this.editor = editor;
    this.threads = threads;
    this.places = places;
    this.onPress = onPress;
    this.onFrame = onFrame;
    this.root = make("div", { class: "pins chrome" }, this.#draftMark);
    canvas.after(this.root);
    editor.camera.subscribe(() => this.soon());
    editor.document.subscribe(() => this.soon());
    // What lies under a pin can be moved and zoomed as beside it.
    this.root.addEventListener("wheel", (event) => {
      event.preventDefault();
      canvas.dispatchEvent(new WheelEvent(event.type, event));
    });
  }

  /** With the next picture. */
  soon() {
    if (this.#frame === 0)
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#place();
        this.onFrame();
      });
  }

  /** In the window. @param {ShownThread | null} thread @returns {Place | null} */
  where(thread) {
    const pinned = thread ?? (this.draft && { key: "", was_at: null, ...this.draft });
    const place = pinned && this.places.of(pinned);
    return place ? this.editor.camera.toScreen(place) : null;
  }

  #place() {
    const left = new Set(this.#pins.keys());
    let count = 0;
    for (const thread of this.threads().toReversed()) {
      if (!this.#isShown(thread)) continue;
      const place = this.places.of(thread);
      const at = place && this.editor.camera.toScreen(place);
      if (!place || !at || !this.#isSeen(at)) continue;
      if (++count > SHOWN_AT_MOST && thread.key !== this.open) continue;
      put(this.#pin(thread, place.lost), at);
      left.delete(thread.key);
    }
    for (const key of left) this.#drop(key);
    const draft = this.draft && this.where(null);
    this.#draftMark.hidden = !draft;
    if (draft) put(this.#draftMark, draft);
  }

  /** @param {ShownThread} thread */
  #isShown(thread) {
    if (!this.places.isHere(thread)) return false;
    if (thread.key === this.open) return true;
    return !isGone(thread) && (thread.resolved === null || this.withResolved);
  }

  /** @param {Place} at */
  #isSeen({ x, y }) {
    const { width, height } = this.editor.camera;
    return x > -MARGIN && y > -MARGIN && x < width + MARGIN && y < height + MARGIN;
  }

  /** @param {ShownThread} thread @param {boolean} lost */
  #pin(thread, lost) {
    const known = this.#pins.get(thread.key);
    const isOpen = thread.key === this.open;
    const looks = `${lost} ${isOpen}`;
    // The same object is the same thread, for as long as nothing in it changes.
    if (known?.thread === thread && known.looks === looks) return known.button;
    const { author = null, state = "said" } = firstOf(thread) ?? {};
    const button = known?.button ?? this.#newButton(thread.key);
    this.#pins.set(thread.key, { button, thread, looks });
    const words = describe(thread, lost);
    button.setAttribute("aria-label", words);
    button.setAttribute("aria-expanded", String(isOpen));
    button.style.setProperty("--ink", author ? inkAsCss(author.color) : "var(--outline)");
    button.toggleAttribute("data-lost", lost);
    button.toggleAttribute("data-waiting", state !== "said");
    button.toggleAttribute("data-resolved", thread.resolved !== null);
    button.replaceChildren(...facesOf(thread, signOf(author)));
    return button;
  }

  /** @param {string} key */
  #newButton(key) {
    const button = make("button", { type: "button", class: "pin", "aria-haspopup": "dialog" });
    let wasOpen = false;
    // The press itself has closed it by then.
    button.addEventListener("pointerdown", () => (wasOpen = this.open === key));
    button.addEventListener("click", () => {
      if (!wasOpen) this.onPress(key);
      wasOpen = false;
    });
    this.root.append(button);
    return button;
  }

  /** @param {string} key */
  #drop(key) {
    this.#pins.get(key)?.button.remove();
    this.#pins.delete(key);
  }
}

/** Signs are drawn, not said: the button's name says it in words. @param {ShownThread} thread @param {string} sign */
function facesOf(thread, sign) {
  const isResolved = thread.resolved !== null;
  const count = countOf(thread);
  const faces = [
    make(
      "span",
      { class: "pin-face", "data-sign": isResolved ? "" : sign },
      isResolved && icon(Check),
    ),
  ];
  if (count > 1) faces.push(make("span", { class: "pin-count", "data-sign": String(count) }));
  if (thread.unread)
    faces.push(make("span", { class: "pin-unread", "data-sign": thread.mentions_me ? "@" : "" }));
  return faces;
}

/** @param {HTMLElement} pin @param {Place} at */
function put(pin, { x, y }) {
  pin.style.setProperty("translate", `${Math.round(x)}px ${Math.round(y)}px`);
}
