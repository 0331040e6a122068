// What the ends of a line that is being drawn stick to.

import { aimAt } from "../editor/connecting-aim.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor/connecting-aim.js").Aim} Aim
 */

export class LineEnds {
  /** @type {Aim | null} */
  #from;
  /** Where the pointer is. @type {Aim | null} */
  #to = null;
  /** Where it was pressed last. @type {Aim | null} */
  #fixed = null;

  /** @param {Editor} editor @param {PointerInfo} at where the line begins */
  constructor(editor, at) {
    this.editor = editor;
    this.#from = aimAt(editor, at);
    editor.show({ aim: this.#from });
  }

  /** @param {PointerInfo} at where the line ends for now */
  lead(at) {
    this.#to = aimAt(this.editor, at);
    // Within one element a line is a line in it.
    const isWithin = this.#to?.key === this.#from?.key && !this.#to?.place;
    this.editor.show({ aim: isWithin ? null : this.#to });
  }

  /** The place that has been led to stays, as that of a click. */
  fix() {
    this.#fixed = this.#to;
  }

  end() {
    this.editor.show({ aim: null });
  }

  /** @param {boolean} atLastClick whether the line ends there, not where the pointer is @returns {Record<string, string>} */
  props(atLastClick = false) {
    const from = this.#from;
    const to = atLastClick ? this.#fixed : this.#to;
    if (from && to && from.key === to.key) return {};
    return { ...(from && { from: from.written }), ...(to && { to: to.written }) };
  }
}
