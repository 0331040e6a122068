// What whoever brings pictures sees of them meanwhile: each at its place, with how far it is and a way to stop it.

import { ImageOff } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { icon, make } from "./dom.js";
import { download } from "./download.js";
import { progressWords } from "./images-words.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor/bringing.js").Bringing} Bringing
 * @typedef {import("../editor/bringing.js").Guest} Guest
 */

/** One place: its parts, and what they show. @typedef {{root: HTMLElement, picture: HTMLCanvasElement, ring: HTMLElement, words: HTMLElement, again: HTMLButtonElement, save: HTMLButtonElement, remove: HTMLButtonElement, drawn: unknown}} Ghost */

export class ImageGhosts {
  /** @type {Map<Guest, Ghost>} */
  #ghosts = new Map();
  #frame = 0;

  /** @param {{bringing: Bringing, editor: Editor, canvas: HTMLElement}} parts */
  constructor({ bringing, editor, canvas }) {
    this.bringing = bringing;
    this.editor = editor;
    this.root = make("div", {
      class: "image-ghosts chrome",
      role: "group",
      "aria-label": t("Pictures on their way"),
      hidden: true,
    });
    canvas.after(this.root);
    bringing.subscribe(() => this.#soon());
    editor.camera.subscribe(() => this.#soon());
    editor.document.subscribe(({ source }) => source === "page" && this.#soon());
    // What lies under a card can be moved and zoomed as beside it.
    this.root.addEventListener("wheel", (event) => {
      event.preventDefault();
      canvas.dispatchEvent(new WheelEvent(event.type, event));
    });
    this.#soon();
  }

  #soon() {
    if (this.#frame === 0)
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#show();
      });
  }

  #show() {
    const { page } = this.editor.document;
    const guests = this.bringing.guests.filter((guest) => guest.page === page);
    for (const [guest, ghost] of this.#ghosts)
      if (!guests.includes(guest)) this.#drop(guest, ghost);
    for (const guest of guests) this.#update(guest, this.#ghosts.get(guest) ?? this.#make(guest));
    this.root.hidden = guests.length === 0;
  }

  /** The focus stays near: on the next picture's button. @param {Guest} guest @param {Ghost} ghost */
  #drop(guest, { root, picture }) {
    const hadFocus = root.contains(document.activeElement);
    // Browsers keep the pixels of a canvas until they tidy up, and a hundred are a lot.
    const isGone = !this.bringing.guests.includes(guest);
    for (const canvas of [picture, isGone ? guest.read?.preview : null])
      if (canvas instanceof HTMLCanvasElement) canvas.width = canvas.height = 0;
    root.remove();
    this.#ghosts.delete(guest);
    if (hadFocus) this.root.querySelector("button")?.focus();
  }

  /** @param {Guest} guest @returns {Ghost} */
  #make(guest) {
    const picture = make("canvas", { class: "ghost-picture", "aria-hidden": "true" });
    const ring = make("span", { class: "ghost-ring" });
    const words = make("span", { class: "ghost-words" });
    const again = button(t("Try again"), () => void this.bringing.again(guest));
    const save = button(t("Save…"), () => download(guest.file, fileNameOf(guest)));
    save.setAttribute("aria-label", t("Save as a file"));
    const remove = button(t("Cancel"), () => this.bringing.remove(guest));
    const card = make(
      "div",
      { class: "ghost-card" },
      ring,
      make("bdi", { class: "ghost-name", title: guest.name }, guest.name),
      words,
      make("div", { class: "ghost-actions" }, save, remove, again),
    );
    const root = make("section", { class: "ghost", "aria-label": guest.name }, picture, card);
    const ghost = { root, picture, ring, words, again, save, remove, drawn: null };
    this.#ghosts.set(guest, ghost);
    this.root.append(root);
    return ghost;
  }

  /** @param {Guest} guest @param {Ghost} ghost */
  #update(guest, ghost) {
    const { box, progress, read } = guest;
    const { camera } = this.editor;
    const { x, y } = camera.toScreen(box);
    const { style } = ghost.root;
    style.setProperty("translate", `${x}px ${y}px`);
    style.setProperty("width", `${box.w * camera.zoom}px`);
    style.setProperty("height", `${box.h * camera.zoom}px`);
    const preview = read?.preview;
    if (preview instanceof HTMLCanvasElement && preview.width > 0 && ghost.drawn !== preview) {
      drawPreview(ghost.picture, preview);
      ghost.drawn = preview;
    }
    const isStuck = progress.is === "stuck";
    ghost.root.dataset.is = progress.is;
    showRing(ghost.ring, progress);
    setText(ghost.words, progressWords(guest));
    ghost.again.hidden = ghost.save.hidden = !isStuck;
    setText(ghost.remove, isStuck ? t("Remove") : t("Cancel"));
  }
}

/** By the name that it came with; packed anew it may be of another type. @param {Guest} guest */
function fileNameOf({ name, file, read }) {
  const type = /^image\/(png|jpeg|webp|gif)$/.exec(file.type)?.[1];
  if (!read || !type || name.toLowerCase().endsWith(type === "jpeg" ? "jpg" : type)) return name;
  return `${name.replace(/\.\w{1,5}$/, "")}.${type === "jpeg" ? "jpg" : type}`;
}

/** @param {HTMLElement} ring @param {Guest["progress"]} progress */
function showRing(ring, progress) {
  const isStuck = progress.is === "stuck";
  if (isStuck !== ring.hasChildNodes()) ring.replaceChildren(...(isStuck ? [icon(ImageOff)] : []));
  const part = progress.is === "sending" ? progress.part : 0;
  ring.style.setProperty("--part", String(part));
  if (isStuck) {
    for (const name of ["role", "aria-label", "aria-valuenow"]) ring.removeAttribute(name);
    return;
  }
  ring.setAttribute("role", "progressbar");
  ring.setAttribute("aria-label", t("Sending"));
  ring.setAttribute("aria-valuenow", String(Math.round(part * 100)));
}

/** @param {HTMLCanvasElement} picture @param {HTMLCanvasElement} preview */
function drawPreview(picture, preview) {
  picture.width = preview.width;
  picture.height = preview.height;
  picture.getContext("2d")?.drawImage(preview, 0, 0);
}

/** Untouched where it is the same, so that nobody hears it again. @param {HTMLElement} place @param {string} text */
function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** @param {string} label @param {() => void} run */
function button(label, run) {
  const made = make("button", { type: "button", class: "text-button" }, label);
  made.addEventListener("click", run);
  return made;
}
