// The other people's pointers with their names, moving smoothly from place to place.

import { canvasColor, contrast, inkColor, mutedColor, textColorOn } from "../elements/ink.js";
import { Glide } from "./glide.js";

/**
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 * @typedef {import("./renderer.js").OverlayFrame} OverlayFrame
 * @typedef {{slot: number, name: string, color: string, x: number, y: number}} PersonsCursor
 */

/** Longer names are cut; the people bar has the whole. */
const NAME_LENGTH = 24;
export const FONT =
  '500 12px system-ui, -apple-system, "Segoe UI", "Pretendard Variable", "Noto Sans KR", sans-serif';
const LABEL = { x: 12, y: 18, height: 20, padding: 7, radius: 6 };
/** The arrow from its tip, in CSS pixels. */
const ARROW = /** @type {const} */ ([
  [0, 0],
  [4.5, 15],
  [7.3, 8.6],
  [13.8, 6],
]);
/** Less contrast than this can't be seen at all. */
const SEEN = 1.5;
/** How far arrow and label reach; names are wide. */
const REACH = 320;
/** Characters that would turn the text around them, or can't be seen at all. */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const ISOLATE = ["\u2068", "\u2069"];

/** Without what would turn the text around it, or can't be seen (S34). @param {string} text */
export function plain(text) {
  return text.replace(UNSEEN, "").trim();
}

/** A name fit to stand beside a pointer (S34). @param {string} name */
export function labelOf(name) {
  const letters = [...plain(name)];
  const cut =
    letters.length > NAME_LENGTH
      ? `${letters.slice(0, NAME_LENGTH - 1).join("")}…`
      : letters.join("");
  return cut && ISOLATE.join(cut);
}

/** In the colour of the board, so that it is seen on any ink; white on white needs another. @param {string} ink @param {PaintView["theme"]} theme */
export function edgeOn(ink, theme) {
  const board = canvasColor(theme);
  return contrast(ink, board) < SEEN ? mutedColor(theme) : board;
}

export class Cursors {
  /** Where each is shown. @type {Map<number, {x: number, y: number}>} */
  places = new Map();
  /** @type {Map<number, Glide>} */
  #glides = new Map();
  /** @type {Map<string, {label: string, width: number}>} */
  #labels = new Map();

  /** @param {{still: () => boolean}} parts whether the person prefers reduced motion */
  constructor({ still }) {
    this.still = still;
  }

  /** @param {OverlayFrame} frame @param {Iterable<PersonsCursor>} cursors @returns {boolean} whether any is still on its way */
  paint(frame, cursors) {
    const { view, ratio } = frame;
    const here = new Set();
    let moving = false;
    for (const cursor of cursors) {
      here.add(cursor.slot);
      moving = this.#step(cursor, frame.now) || moving;
      const place = this.places.get(cursor.slot) ?? cursor;
      const x = place.x * view.scale - view.left;
      const y = place.y * view.scale - view.top;
      if (x < -REACH * ratio || y < -REACH * ratio || x > frame.width || y > frame.height) continue;
      const { ctx } = frame;
      ctx.setTransform(ratio, 0, 0, ratio, Math.round(x), Math.round(y));
      this.#paintOne(ctx, cursor, view.theme);
    }
    for (const map of [this.#glides, this.places])
      for (const slot of map.keys()) if (!here.has(slot)) map.delete(slot);
    return moving;
  }

  /** @param {PersonsCursor} cursor @param {number} now @returns {boolean} whether it goes on */
  #step({ slot, x, y }, now) {
    const glide = this.#glides.get(slot) ?? new Glide();
    this.#glides.set(slot, glide);
    glide.add({ x, y }, now);
    const { moving, ...shown } = glide.at(now);
    this.places.set(slot, this.still() ? { x, y } : shown);
    return moving && !this.still();
  }

  /** @param {CanvasRenderingContext2D} ctx @param {PersonsCursor} cursor @param {PaintView["theme"]} theme */
  #paintOne(ctx, { name, color }, theme) {
    const ink = inkColor(color, theme);
    ctx.beginPath();
    for (const [x, y] of ARROW) ctx.lineTo(x, y);
    ctx.closePath();
    ctx.strokeStyle = edgeOn(ink, theme);
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    ctx.stroke();
    ctx.fillStyle = ink;
    ctx.fill();
    ctx.font = FONT;
    const { label, width } = this.#labelOf(ctx, name);
    if (!label) return;
    ctx.beginPath();
    ctx.roundRect(LABEL.x, LABEL.y, width + 2 * LABEL.padding, LABEL.height, LABEL.radius);
    ctx.lineWidth = 2;
    ctx.stroke();
    ctx.fill();
    ctx.fillStyle = textColorOn(ink);
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.fillText(label, LABEL.x + LABEL.padding, LABEL.y + LABEL.height / 2 + 0.5);
  }

  /** Measuring text costs more than drawing it. @param {CanvasRenderingContext2D} ctx @param {string} name */
  #labelOf(ctx, name) {
    let known = this.#labels.get(name);
    if (!known) {
      const label = labelOf(name);
      known = { label, width: Math.ceil(ctx.measureText(label).width) };
      this.#labels.set(name, known);
    }
    return known;
  }
}
