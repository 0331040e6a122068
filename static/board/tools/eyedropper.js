// The eyedropper: a click takes the style of what is under it, for what is drawn next and for what is selected.

import { takeStyle } from "../editor/clipboard-style.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 */

/** @implements {Tool} */
export class Eyedropper {
  name = "eyedropper";
  cursor = "crosshair";
  // A reader has no use for a style.
  changes = true;
  /** What was in the hand before. */
  #before = "select";

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** Takes it into the hand for one click, and what is selected stays so. */
  begin() {
    const { editor } = this;
    if (editor.tool === this || !editor.tool) return;
    this.#before = editor.tool.name;
    const { selection } = editor;
    editor.setTool(this.name);
    editor.select(selection);
  }

  end() {
    const { editor } = this;
    if (editor.tool !== this) return;
    const { selection } = editor;
    editor.setTool(this.#before);
    editor.select(selection);
  }

  onPointerDown() {}

  onPointerMove() {}

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    const key = this.editor.elementAt(at.x, at.y, this.editor.reach(at));
    const element = key && this.editor.document.get(key);
    // Beside everything: one has thought better of it, or will aim again.
    if (!element) return;
    takeStyle(this.editor, element);
    this.end();
  }

  onCancel() {}
}
