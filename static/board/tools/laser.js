// The laser: points at something, and leaves a trail that fades. Nothing of it is stored.

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 */

/** @implements {Tool} */
export class Laser {
  name = "laser";
  cursor = "crosshair";
  changes = false;
  #pressed = false;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    this.#pressed = true;
    this.#point([at]);
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    if (this.#pressed) this.#point(at.coalesced.length > 0 ? at.coalesced : [at]);
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    this.onPointerMove(at);
    this.onCancel();
  }

  onCancel() {
    if (!this.#pressed) return;
    this.#pressed = false;
    this.editor.live.more?.laser([]);
  }

  /** @param {readonly {x: number, y: number}[]} places */
  #point(places) {
    this.editor.live.more?.laser(places.map(({ x, y }) => ({ x, y })));
  }
}
