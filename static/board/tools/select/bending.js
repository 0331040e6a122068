// Moving one point of a line, or drawing a new one out of the middle between two. An end sticks to what it comes to.

import { pieceLaid } from "../../editor/bending.js";
import { shownConnected } from "../../editor/connecting.js";
import { aimAt } from "../../editor/connecting-aim.js";
import { snapPlace } from "../../editor/snapping.js";
import { anchorOf } from "../../elements/anchor.js";
import { bendable, bentWay, withPieceMoved } from "../../elements/connected.js";
import { kindOf, withProps } from "../../elements/index.js";

/**
 * @typedef {import("../../core/fold.js").Element} Element
 * @typedef {import("../../core/geometry.js").Place} Place
 * @typedef {import("../../editor.js").Editor} Editor
 * @typedef {import("../../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../../editor/connecting-aim.js").Aim} Aim
 * @typedef {import("../../editor/selecting-frame.js").Handle} Handle
 * @typedef {import("../../protocol").Patch} Patch
 * @typedef {import("./state.js").State} State
 */

/** With Shift the line to the point before goes by steps of 15 degrees. */
const STEP = Math.PI / 12;
const [FROM = "", TO = ""] = "from to".split(" ");

/** @implements {State} */
export class Bending {
  cursor = "move";
  /** Only a point that has really been moved changes the line. */
  #moved = false;
  /** @type {Place} */
  #to;
  /** What an end would stick to. @type {Aim | null} */
  #aim = null;

  /** @param {Editor} editor @param {string} key @param {PointerInfo} from @param {Handle & {name: "point" | "between"}} handle */
  constructor(editor, key, from, handle) {
    this.editor = editor;
    this.key = key;
    this.handle = handle;
    this.beside = { x: handle.x - from.x, y: handle.y - from.y };
    this.#to = handle;
  }

  /** @param {PointerInfo} at @returns {State} */
  move(at) {
    const element = this.#element();
    if (!element) return this;
    const end = this.#endOf(element);
    this.#aim = end && this.#aimOf(at, end);
    const { guides, ...to } = this.#aim ? this.#atAim(at) : this.#target(at, element);
    this.#to = to;
    this.#moved = true;
    const bent = shownConnected(this.editor, withProps(element, this.#patch(element)));
    const hidden = new Set([this.key]);
    this.editor.show({ drafts: [[this.key, bent]], hidden, guides, aim: this.#aim });
    this.editor.live.draft(this.key, bent);
    return this;
  }

  /** @param {PointerInfo} at */
  up(at) {
    if (this.#moved) {
      this.move(at);
      const element = this.#element();
      if (element) this.editor.setOf([this.key], "bend", () => this.#final(element));
    }
    this.cancel();
  }

  cancel() {
    this.editor.show({ drafts: [], hidden: new Set(), guides: [], aim: null });
    this.editor.live.draft(this.key, null);
  }

  /** As it is now, others may have changed it since: with the points that there are handles of. */
  #element() {
    const shown = this.#shown();
    return shown && bendable(shown, this.editor.document.written?.(this.key) ?? shown);
  }

  #shown() {
    return this.editor.document.get(this.key);
  }

  /** Where a piece can't be laid, the way is found as before. @param {Element} element @returns {Patch} */
  #final(element) {
    const shown = this.#shown();
    if (!shown || !this.#isPiece(element)) return this.#patch(element);
    return pieceLaid(this.editor, shown, this.handle.index, this.#to);
  }

  /** @param {Element} element */
  #isPiece(element) {
    return this.handle.name === "between" && element.route === "elbow";
  }

  /** To the element that its other end is at it comes at one of its points, and back to it. @param {PointerInfo} at @param {{other: string | undefined}} end */
  #aimOf(at, { other }) {
    const aim = aimAt(this.editor, at, new Set([this.key]));
    if (!aim || aim.key !== other || aim.place) return aim;
    return aimAt(this.editor, at, new Set([this.key, other]));
  }

  /** Which end of an open line is moved. @param {Element} element @returns {{name: string, other: string | undefined} | null} */
  #endOf(element) {
    const { index, name } = this.handle;
    const last = (kindOf(element).handles?.(element) ?? []).length - 1;
    if (name !== "point" || (index > 0 && index < last)) return null;
    const isStart = index === 0;
    const other = anchorOf(isStart ? element.to : element.from);
    return { name: isStart ? FROM : TO, other: other?.key };
  }

  /** @param {Element} element @returns {Patch} */
  #patch(element) {
    const kind = kindOf(element);
    const { index, name } = this.handle;
    if (this.#isPiece(element)) return withPieceMoved(this.#shown() ?? element, index, this.#to);
    if (name === "between") return kind.withPointAdded?.(element, index, this.#to) ?? {};
    const points = kind.handles?.(element) ?? [];
    if (!points[index]) return {};
    const patch = kind.withHandles?.(element, points.with(index, this.#to)) ?? {};
    const end = this.#endOf(element);
    if (!end) return patch;
    return { ...bentWay(element, patch, this.#shown()), [end.name]: this.#aim?.written ?? null };
  }

  /** @param {PointerInfo} at */
  #atAim({ x, y }) {
    return { ...(this.#aim?.place ?? { x, y }), guides: [] };
  }

  /** @param {PointerInfo} at @param {Element} element */
  #target(at, element) {
    const to = { x: at.x + this.beside.x, y: at.y + this.beside.y };
    const points = kindOf(element).handles?.(element) ?? [];
    const { index } = this.handle;
    const anchor = points[index > 0 ? index - 1 : 1];
    if (at.shift && anchor) return { ...inSteps(anchor, to), guides: [] };
    return at.ctrl ? { ...to, guides: [] } : snapPlace(this.editor, to, new Set([this.key]));
  }
}

/** @param {Place} from @param {Place} to @returns {Place} */
function inSteps(from, to) {
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / STEP) * STEP;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
}
