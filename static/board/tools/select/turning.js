// Turning what is selected about its middle; with Shift in steps of 15 degrees.

import { selectionFrame, uprightFrame } from "../../editor/selecting-frame.js";
import { turningMatrix } from "../../editor/selecting-transform.js";
import { Drag } from "./drag.js";

/**
 * @typedef {import("../../editor.js").Editor} Editor
 * @typedef {import("../../editor.js").PointerInfo} PointerInfo
 * @typedef {import("./state.js").State} State
 */

/** @implements {State} */
export class Turning {
  cursor = "grabbing";

  /** @param {Editor} editor @param {PointerInfo} from */
  constructor(editor, from) {
    this.from = from;
    this.drag = new Drag(editor);
    this.frame = selectionFrame(editor.document, editor.selection) ?? uprightFrame(this.drag.place);
  }

  /** @param {PointerInfo} at @returns {State} */
  move(at) {
    this.drag.show(turningMatrix(this.frame, this.from, at, at.shift));
    return this;
  }

  /** @param {PointerInfo} at */
  up(at) {
    this.move(at);
    this.drag.drop("rotate");
  }

  cancel() {
    this.drag.end();
  }
}
