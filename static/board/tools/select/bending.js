// Moving one point of a line, or drawing a new one out of the middle between two.

import { snapPlace } from "../../editor/snapping.js";
import { kindOf, withProps } from "../../elements/index.js";

/**
 * @typedef {import("../../core/fold.js").Element} Element
 * @typedef {import("../../core/geometry.js").Place} Place
 * @typedef {import("../../editor.js").Editor} Editor
 * @typedef {import("../../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../../editor/selecting-frame.js").Handle} Handle
 * @typedef {import("../../protocol").Patch} Patch
 * @typedef {import("./state.js").State} State
 */

/** With Shift the line to the point before goes by steps of 15 degrees. */
const STEP = Math.PI / 12;

/** @implements {State} */
export class Bending {
  cursor = "move";
  /** Only a point that has really been moved changes the line. */
  #moved = false;
  /** @type {Place} */
  #to;

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
    const element = this.editor.document.get(this.key);
    if (!element) return this;
    const { guides, ...to } = this.#target(at, element);
    this.#to = to;
    this.#moved = true;
    const bent = withProps(element, this.#patch(element));
    this.editor.show({ drafts: [[this.key, bent]], hidden: new Set([this.key]), guides });
    this.editor.live.draft(this.key, bent);
    return this;
  }

  /** @param {PointerInfo} at */
  up(at) {
    if (this.#moved) {
      this.move(at);
      this.editor.setOf([this.key], "bend", (element) => this.#patch(element));
    }
    this.cancel();
  }

  cancel() {
    this.editor.show({ drafts: [], hidden: new Set(), guides: [] });
    this.editor.live.draft(this.key, null);
  }

  /** Of the line as it is now: others may have changed it since. @param {Element} element @returns {Patch} */
  #patch(element) {
    const kind = kindOf(element);
    const { index, name } = this.handle;
    if (name === "between") return kind.withPointAdded?.(element, index, this.#to) ?? {};
    const points = kind.handles?.(element) ?? [];
    if (!points[index]) return {};
    return kind.withHandles?.(element, points.with(index, this.#to)) ?? {};
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
