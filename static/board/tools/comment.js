// The comment tool: a click says where a comment belongs, on an element or on the board.

import { pinAt } from "../editor/comment-places.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 * @typedef {import("../editor/comment-places.js").Pin} Pin
 */

/** @implements {Tool} */
export class CommentTool {
  name = "comment";
  cursor = "crosshair";
  // Whoever may only read the board may still comment on it.
  changes = false;
  /** What was in the hand before. */
  #before = "select";

  /** @param {Editor} editor @param {(pin: Pin) => void} onPlace */
  constructor(editor, onPlace) {
    this.editor = editor;
    this.onPlace = onPlace;
  }

  /** Takes it into the hand for one comment. */
  begin() {
    const { tool } = this.editor;
    if (!tool || tool === this) return;
    this.#before = tool.name;
    this.editor.setTool(this.name);
  }

  end() {
    const { editor } = this;
    if (editor.tool !== this) return;
    editor.setTool(this.#before);
    // The board may have become read-only meanwhile.
    if (editor.tool === this) editor.setTool("hand");
  }

  /** For whoever has no pointer. */
  placeInTheMiddle() {
    this.end();
    this.onPlace(pinAt(this.editor, this.editor.camera.middle, null));
  }

  onPointerDown() {}

  onPointerMove() {}

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    const { editor } = this;
    const key = editor.elementAt(at.x, at.y, editor.reach(at));
    this.end();
    this.onPlace(pinAt(editor, at, key));
  }

  onCancel() {}

  onEscape() {
    this.end();
    return true;
  }
}
