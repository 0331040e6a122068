// The hand: drags the board under the view.

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 */

/** @implements {Tool} */
export class Hand {
  name = "hand";
  cursor = "grab";
  changes = false;
  /** @type {{px: number, py: number} | null} */
  #last = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    this.#last = at;
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    if (!this.#last) return;
    this.editor.camera.panBy(at.px - this.#last.px, at.py - this.#last.py);
    this.#last = at;
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    this.onPointerMove(at);
    this.#last = null;
  }

  onCancel() {
    this.#last = null;
  }
}
