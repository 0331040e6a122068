// Dragging a side or a corner. Shift keeps the proportions, Alt the middle; past the other side it is mirrored.

import { IDENTITY } from "../../core/matrix.js";
import { withConnectors } from "../../editor/connecting.js";
import {
  cursorOf,
  isUpright,
  keepsProportions,
  selectionFrame,
  uprightFrame,
} from "../../editor/selecting-frame.js";
import { resizingMatrix } from "../../editor/selecting-transform.js";
import { Snapping } from "../../editor/snapping.js";
import { outOfFrame } from "../../elements/box.js";
import { Drag } from "./drag.js";

/**
 * @typedef {import("../../core/geometry.js").Place} Place
 * @typedef {import("../../editor.js").Editor} Editor
 * @typedef {import("../../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../../editor/selecting-frame.js").Handle} Handle
 * @typedef {import("./state.js").State} State
 */

/** @implements {State} */
export class Resizing {
  /** @param {Editor} editor @param {PointerInfo} from @param {Handle & {name: "size"}} handle */
  constructor(editor, from, handle) {
    this.handle = handle;
    this.drag = new Drag(editor);
    this.frame = selectionFrame(editor.document, editor.selection) ?? uprightFrame(this.drag.place);
    this.proportional = keepsProportions(editor.document, editor.selection);
    this.snapping = new Snapping(editor, withConnectors(editor, editor.selection));
    this.cursor = cursorOf(handle, this.frame);
    const { w, h } = this.frame;
    const corner = outOfFrame(
      this.frame,
      ((handle.across + 1) / 2) * w,
      ((handle.down + 1) / 2) * h,
    );
    /** The pointer takes hold a little beside the corner, and stays there. @type {Place} */
    this.beside = { x: corner.x - from.x, y: corner.y - from.y };
  }

  /** @param {PointerInfo} at @returns {State} */
  move(at) {
    const { across, down } = this.handle;
    const proportional = at.shift || this.proportional;
    const { guides, ...to } = this.#target(at, proportional);
    const matrix = resizingMatrix(this.frame, { across, down, to, proportional, centred: at.alt });
    this.drag.show(matrix.every(Number.isFinite) ? matrix : IDENTITY, { guides });
    return this;
  }

  /** @param {PointerInfo} at */
  up(at) {
    this.move(at);
    this.drag.drop("resize");
  }

  cancel() {
    this.drag.end();
  }

  /** Only what is parallel to others can be in line with them. @param {PointerInfo} at @param {boolean} proportional */
  #target(at, proportional) {
    const x = at.x + this.beside.x;
    const y = at.y + this.beside.y;
    if (at.ctrl || proportional || !isUpright(this.frame.angle)) return { x, y, guides: [] };
    const { across, down } = this.handle;
    const upside = Math.abs(Math.sin(this.frame.angle)) > 0.5;
    const [moves, sinks] = upside ? [down !== 0, across !== 0] : [across !== 0, down !== 0];
    const { dx, dy, guides } = this.snapping.edges(
      { x: moves ? x : null, y: sinks ? y : null },
      this.drag.place,
    );
    return { x: x + dx, y: y + dy, guides };
  }
}
