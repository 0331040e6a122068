// What others say, point at and feel, over everything else on the board: lasers, reactions, words beside pointers.

import { inkColor, textColorOn } from "../elements/ink.js";
import { ME } from "../sync/company.js";
import { paintChat } from "./chat-bubble.js";
import { paintComing } from "./coming-pictures.js";
import { REACTION_ICONS, TOOL_ICONS } from "./company-icons.js";
import { edgeOn } from "./cursors.js";
import { iconPath, strokeIcon } from "./icon-path.js";
import { paintLaser } from "./laser-trail.js";
import { paintReaction } from "./reaction.js";

/**
 * @typedef {import("../sync/company.js").Company} Company
 * @typedef {import("./live-layer.js").LiveLayer} LiveLayer
 * @typedef {import("./renderer.js").OverlayFrame} OverlayFrame
 * @typedef {{name: string, color: string}} Someone
 */

/** Beside the pointer's arrow, above its name. */
const BADGE = { x: 22, y: 5, radius: 9, icon: 12 };

export class CompanyLayer {
  /** @type {Map<import("../../npm/lucide.js").IconNode, Path2D>} */
  #paths = new Map();
  #layer;
  #company;
  #someone;

  /** @param {{layer: LiveLayer, company: Company, someone: (slot: number) => Someone | undefined}} parts `someone`: oneself too, as `ME` */
  constructor({ layer, company, someone }) {
    this.#layer = layer;
    this.#company = company;
    this.#someone = someone;
    layer.renderer.paintOverlay.push((frame) => this.#paint(frame));
    company.subscribe(({ type }) => {
      if (type === "paint" || type === "change") layer.renderer.requestFrame();
    });
  }

  /** @param {OverlayFrame} frame */
  #paint(frame) {
    const { lasers, reactions } = this.#company;
    const now = this.#company.now();
    this.#paintComing(frame);
    for (const [slot, trail] of lasers)
      if (this.#isHere(slot)) paintLaser(frame, trail, this.#inkOf(slot, frame), now);
    this.#paintPointers(frame);
    for (const one of reactions) {
      if (!this.#isHere(one.slot)) continue;
      const path = this.#path(REACTION_ICONS[one.index] ?? []);
      const still = this.#layer.still();
      paintReaction(frame, one, { path, ink: this.#inkOf(one.slot, frame), now, still });
    }
    return lasers.size > 0 || reactions.length > 0;
  }

  /** Pictures that are there need no box any more, whichever comes first. @param {OverlayFrame} frame */
  #paintComing(frame) {
    const { document } = this.#layer.renderer;
    for (const [slot, { pictures }] of this.#company.coming) {
      if (!this.#isHere(slot)) continue;
      const bringer = { name: this.#someone(slot)?.name ?? "", ink: this.#inkOf(slot, frame) };
      for (const one of pictures) if (!document.has(one.key)) paintComing(frame, one, bringer);
    }
  }

  /** On the page in sight. @param {number} slot */
  #isHere(slot) {
    return slot === ME || this.#layer.people?.isHere(slot) === true;
  }

  /** @param {OverlayFrame} frame */
  #paintPointers(frame) {
    const { states, chats } = this.#company;
    for (const [slot, { x, y }] of this.#layer.marks?.cursors.places ?? []) {
      const someone = this.#someone(slot);
      if (!someone) continue;
      const { ctx, view, ratio } = frame;
      const [left, top] = [x * view.scale - view.left, y * view.scale - view.top];
      ctx.setTransform(ratio, 0, 0, ratio, Math.round(left), Math.round(top));
      const ink = inkColor(someone.color, view.theme);
      const icon = TOOL_ICONS[states.get(slot)?.tool ?? ""];
      if (icon) this.#paintBadge(frame, icon, ink);
      const chat = chats.get(slot);
      if (chat) paintChat(ctx, chat.text, ink, edgeOn(ink, view.theme));
    }
  }

  /** @param {OverlayFrame} frame @param {import("../../npm/lucide.js").IconNode} icon @param {string} ink */
  #paintBadge({ ctx, view }, icon, ink) {
    ctx.save();
    ctx.translate(BADGE.x, BADGE.y);
    ctx.beginPath();
    ctx.arc(0, 0, BADGE.radius, 0, 2 * Math.PI);
    ctx.strokeStyle = edgeOn(ink, view.theme);
    ctx.lineWidth = 2;
    ctx.stroke();
    ctx.fillStyle = ink;
    ctx.fill();
    strokeIcon(ctx, this.#path(icon), BADGE.icon, textColorOn(ink));
    ctx.restore();
  }

  /** @param {number} slot @param {OverlayFrame} frame */
  #inkOf(slot, { view }) {
    return inkColor(this.#someone(slot)?.color ?? "grey", view.theme);
  }

  /** @param {import("../../npm/lucide.js").IconNode} icon */
  #path(icon) {
    const known = this.#paths.get(icon) ?? iconPath(icon);
    this.#paths.set(icon, known);
    return known;
  }
}
