// The mark at the corner of an element that has a link: there while the element is selected or under the pointer.

import { ExternalLink, Link } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { destinationOf } from "../editor/links.js";
import { textOf } from "../elements/kind.js";
import { icon, make } from "./dom.js";

/** On the way from the element to its mark the pointer is over neither. */
const STAYS_MS = 600;

export class LinkMark {
  #key = "";
  #hovered = "";
  #frame = 0;
  #timer = 0;
  #button = make("button", {
    type: "button",
    class: "link-mark chrome",
    hidden: true,
    "aria-label": t("Open link"),
  });

  /** @param {{editor: import("../editor.js").Editor, canvas: HTMLElement, open: (key: string) => void}} parts */
  constructor({ editor, canvas, open }) {
    this.editor = editor;
    document.getElementById("overlay")?.after(this.#button);
    this.#button.addEventListener("click", () => open(this.#key));
    this.#button.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    this.#button.addEventListener("pointerleave", () => this.#leave());
    canvas.addEventListener("pointermove", (event) => this.#hover(event), { passive: true });
    editor.camera.subscribe(() => this.#soon());
    editor.document.subscribe(() => this.#soon());
    editor.subscribe(({ type }) => (type === "selection" || type === "busy") && this.#soon());
  }

  /** @param {PointerEvent} event */
  #hover({ clientX, clientY, buttons, pointerType }) {
    const { editor } = this;
    if (buttons !== 0 || editor.busy || pointerType === "touch") return;
    const place = editor.camera.toBoard({ x: clientX, y: clientY });
    const key = editor.elementAt(place.x, place.y, 6 / editor.camera.zoom) ?? "";
    if (key !== "" && this.#linkOf(key)) {
      clearTimeout(this.#timer);
      this.#timer = 0;
      if (this.#hovered !== key) this.#soon();
      this.#hovered = key;
    } else if (this.#hovered && this.#timer === 0) this.#leave();
  }

  #leave() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#timer = 0;
      this.#hovered = "";
      this.#soon();
    }, STAYS_MS);
  }

  #soon() {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#place();
    });
  }

  /** @param {string} key */
  #linkOf(key) {
    return textOf(this.editor.document.get(key) ?? {}, "link");
  }

  #place() {
    const { editor } = this;
    const [selected = ""] = editor.selection.size === 1 ? editor.selection : [];
    const key = this.#linkOf(selected) ? selected : this.#hovered;
    const link = this.#linkOf(key);
    const bounds = link && !editor.busy ? editor.boundsOf([key]) : null;
    this.#button.hidden = bounds === null;
    if (!bounds) return;
    const { x, y } = editor.camera.toScreen({ x: bounds.maxX, y: bounds.minY });
    this.#button.style.setProperty("translate", `${Math.round(x)}px ${Math.round(y)}px`);
    if (this.#key === key && this.#button.title === link) return;
    this.#key = key;
    const destination = destinationOf(link);
    const isAway = destination?.type === "away";
    this.#button.title = link;
    this.#button.setAttribute(
      "aria-label",
      isAway ? t("Open link to {host}", { host: destination.host }) : t("Go where this leads"),
    );
    this.#button.replaceChildren(icon(isAway ? ExternalLink : Link));
  }
}
