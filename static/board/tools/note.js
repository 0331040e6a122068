// Note: a press puts a paper under the pointer, letting go leaves it there to be written on.

import "../elements/others.js";
import { elementKey } from "../core/ids.js";
import { topKey } from "../core/order.js";
import { propsOf } from "../editor/style.js";
import { hundredths } from "../elements/kind.js";
import { note } from "../elements/note.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 */

const SIDE = 200;

/** @implements {Tool} */
export class NoteTool {
  name = "note";
  cursor = "copy";
  changes = true;
  style = /** @type {const} */ ("note");
  schema = 2;
  /** @type {{key: string, element: Element} | null} */
  #held = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    this.#hold(elementKey(), topKey(this.editor.document), at);
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    if (this.#held) this.#hold(this.#held.key, String(this.#held.element.z), at);
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    this.onPointerMove(at);
    const held = this.#held;
    this.#held = null;
    this.editor.show({ drafts: [] });
    if (!held) return;
    this.editor.setTool("select");
    this.editor.write({ ...held, isNew: true });
  }

  onCancel() {
    if (this.#held) this.editor.live.draft(this.#held.key, null);
    this.#held = null;
    this.editor.show({ drafts: [] });
  }

  /** @param {string} key @param {string} z @param {PointerInfo} at */
  #hold(key, z, at) {
    /** @type {Element} */
    const element = Object.freeze({
      kind: "note",
      x: hundredths(at.x - SIDE / 2),
      y: hundredths(at.y - SIDE / 2),
      z,
      w: SIDE,
      h: SIDE,
      ...propsOf(this.editor.styles.note, note.styles),
      text: "",
    });
    this.#held = { key, element };
    this.editor.live.draft(key, element);
    this.editor.show({ drafts: [[key, element]] });
  }
}
