// The other people's pointers with their names, moving smoothly from place to place.

import { canvasColor, contrast, inkColor, mutedColor, textColorOn } from "../elements/ink.js";

/**
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 * @typedef {import("./renderer.js").OverlayFrame} OverlayFrame
 * @typedef {{slot: number, name: string, color: string, x: number, y: number}} PersonsCursor
 */

/** A pointer has gone nearly two thirds of its way after so long: 30 places a second look like one movement. */
const INERTIA_MS = 45;
/** Nearer than this is there, in pixels. */
const THERE = 0.3;
/** Longer names are cut; the people bar has the whole. */
const NAME_LENGTH = 24;
const FONT =
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

/** A name fit to stand beside a pointer (S34). @param {string} name */
export function labelOf(name) {
  const letters = [...name.replace(UNSEEN, "").trim()];
  const cut =
    letters.length > NAME_LENGTH
      ? `${letters.slice(0, NAME_LENGTH - 1).join("")}…`
      : letters.join("");
  return cut && ISOLATE.join(cut);
}

/** In the colour of the board, so that it is seen on any ink; white on white needs another. @param {string} ink @param {PaintView["theme"]} theme */
function edgeOn(ink, theme) {
  const board = canvasColor(theme);
  return contrast(ink, board) < SEEN ? mutedColor(theme) : board;
}

export class Cursors {
  /** Where each is shown. @type {Map<number, {x: number, y: number}>} */
  #shown = new Map();
  /** @type {Map<string, {label: string, width: number}>} */
  #labels = new Map();
  #last = 0;

  /** @param {{still: () => boolean}} parts whether the person prefers reduced motion */
  constructor({ still }) {
    this.still = still;
  }

  /** @param {OverlayFrame} frame @param {Iterable<PersonsCursor>} cursors @returns {boolean} whether any is still on its way */
  paint(frame, cursors) {
    const { ctx, view, ratio } = frame;
    const share = this.still() ? 1 : 1 - Math.exp(-(frame.now - this.#last) / INERTIA_MS);
    this.#last = frame.now;
    const here = new Set();
    let moving = false;
    for (const cursor of cursors) {
      here.add(cursor.slot);
      const place = this.#step(cursor, share, view.scale);
      moving ||= place.x !== cursor.x || place.y !== cursor.y;
      const x = place.x * view.scale - view.left;
      const y = place.y * view.scale - view.top;
      if (x < -REACH * ratio || y < -REACH * ratio || x > frame.width || y > frame.height) continue;
      ctx.setTransform(ratio, 0, 0, ratio, Math.round(x), Math.round(y));
      this.#paintOne(ctx, cursor, view.theme);
    }
    for (const slot of this.#shown.keys()) if (!here.has(slot)) this.#shown.delete(slot);
    return moving;
  }

  /** @param {PersonsCursor} cursor @param {number} share @param {number} scale */
  #step({ slot, x, y }, share, scale) {
    const from = this.#shown.get(slot) ?? { x, y };
    const near = THERE / scale;
    const next = { x: from.x + (x - from.x) * share, y: from.y + (y - from.y) * share };
    if (Math.abs(x - next.x) < near && Math.abs(y - next.y) < near) Object.assign(next, { x, y });
    this.#shown.set(slot, next);
    return next;
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
