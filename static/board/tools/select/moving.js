// Moving what is selected. Shift keeps it on a straight way, Alt leaves it where it is and moves a copy.

import { boundsMoved, translation } from "../../core/matrix.js";
import { withConnectors } from "../../editor/connecting.js";
import { movingMatrix } from "../../editor/selecting-transform.js";
import { Snapping } from "../../editor/snapping.js";
import { Drag } from "./drag.js";

/**
 * @typedef {import("../../editor.js").Editor} Editor
 * @typedef {import("../../editor.js").PointerInfo} PointerInfo
 * @typedef {import("./state.js").State} State
 */

/** @implements {State} */
export class Moving {
  cursor = "move";

  /** @param {Editor} editor @param {PointerInfo} from where the pointer took hold */
  constructor(editor, from) {
    this.from = from;
    this.drag = new Drag(editor, editor.framing?.withContent(editor.selection));
    this.snapping = new Snapping(editor, withConnectors(editor, editor.selection));
  }

  /** @param {PointerInfo} at @returns {State} */
  move(at) {
    const { dx, dy, guides } = this.#way(at);
    this.drag.show(movingMatrix(this.drag.place, dx, dy), { copy: at.alt, guides });
    return this;
  }

  /** @param {PointerInfo} at */
  up(at) {
    this.move(at);
    this.drag.drop("move");
  }

  cancel() {
    this.drag.end();
  }

  /** @param {PointerInfo} at */
  #way(at) {
    const way = { x: at.x - this.from.x, y: at.y - this.from.y };
    if (at.shift && Math.abs(way.x) < Math.abs(way.y)) way.x = 0;
    else if (at.shift) way.y = 0;
    if (at.ctrl) return { dx: way.x, dy: way.y, guides: [] };
    const there = boundsMoved(translation(way.x, way.y), this.drag.place);
    const { dx, dy, guides } = this.snapping.box(there);
    // On a straight way there is no snapping off it.
    if (at.shift) return { dx: way.x && way.x + dx, dy: way.y && way.y + dy, guides: [] };
    return { dx: way.x + dx, dy: way.y + dy, guides };
  }
}
