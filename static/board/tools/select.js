// Select: a click takes the ink under it, a drag on it moves, a drag beside it draws a box.

import { containsPoint } from "../core/geometry.js";
import { translation } from "../core/matrix.js";
import { kindOf } from "../elements/index.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 */

/**
 * @typedef {{name: "resting"}
 *   | {name: "pressed", at: PointerInfo, key: string | null, inSelection: boolean}
 *   | {name: "moving", at: PointerInfo}
 *   | {name: "boxing", at: PointerInfo, before: ReadonlySet<string>}} State
 */

/** A hand trembles: a press becomes a drag only after so many pixels. */
const DRAG_PIXELS = { mouse: 3, pen: 5, touch: 8 };
/** @type {State} */
const RESTING = { name: "resting" };

/** @implements {Tool} */
export class Select {
  name = "select";
  cursor = "default";
  changes = false;
  /** @type {State} */
  #state = RESTING;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    const key = this.editor.elementAt(at.x, at.y, this.editor.reach(at));
    const inSelection = key
      ? this.editor.selection.has(key)
      : !at.shift && this.#withinSelection(at);
    this.#state = { name: "pressed", at, key, inSelection };
    if (key && !inSelection && !at.shift) this.editor.select([key]);
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    if (this.#state.name === "pressed") this.#becomeDrag(this.#state, at);
    if (this.#state.name === "moving") {
      const { selection } = this.editor;
      const from = this.#state.at;
      const matrix = translation(at.x - from.x, at.y - from.y);
      this.editor.show({ moved: { keys: selection, matrix, copy: false } });
      this.editor.live.transform({ matrix, copy: false });
    }
    if (this.#state.name === "boxing") {
      const box = between(this.#state.at, at);
      this.editor.show({ box });
      this.editor.select([...this.#state.before, ...this.#inBox(box)]);
    }
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    const state = this.#state;
    this.#state = RESTING;
    if (state.name === "pressed") this.#click(state, at);
    if (state.name === "moving") this.editor.moveSelectionBy(at.x - state.at.x, at.y - state.at.y);
    this.#showNothing();
  }

  onCancel() {
    const state = this.#state;
    this.#state = RESTING;
    if (state.name === "boxing") this.editor.select(state.before);
    this.#showNothing();
  }

  #showNothing() {
    this.editor.show({ box: null, moved: null });
    this.editor.live.transform(null);
  }

  /** @param {State & {name: "pressed"}} state @param {PointerInfo} at */
  #becomeDrag(state, at) {
    const { editor } = this;
    if (Math.hypot(at.px - state.at.px, at.py - state.at.py) < DRAG_PIXELS[at.pointerType]) return;
    if (!state.key && !state.inSelection) {
      this.#state = {
        name: "boxing",
        at: state.at,
        before: at.shift ? editor.selection : new Set(),
      };
      return;
    }
    if (editor.readOnly) return;
    if (state.key && !editor.selection.has(state.key))
      editor.select([...editor.selection, state.key]);
    this.#state = { name: "moving", at: state.at };
  }

  /** @param {State & {name: "pressed"}} state @param {PointerInfo} at */
  #click({ key }, at) {
    const { editor } = this;
    if (key === null) {
      if (!at.shift) editor.select([]);
      return;
    }
    if (!at.shift) editor.select([key]);
    else if (editor.selection.has(key))
      editor.select([...editor.selection].filter((k) => k !== key));
    else editor.select([...editor.selection, key]);
  }

  /** @param {PointerInfo} at */
  #withinSelection(at) {
    const bounds = this.editor.boundsOf(this.editor.selection);
    return bounds !== null && containsPoint(bounds, at);
  }

  /** @param {Bounds} box @returns {string[]} */
  #inBox(box) {
    const { document, spatial } = this.editor;
    return [...spatial.search(box)].filter((key) => {
      const element = document.get(key);
      return element !== undefined && kindOf(element).crosses(element, box);
    });
  }
}

/** @param {{x: number, y: number}} a @param {{x: number, y: number}} b @returns {Bounds} */
function between(a, b) {
  return {
    minX: Math.min(a.x, b.x),
    minY: Math.min(a.y, b.y),
    maxX: Math.max(a.x, b.x),
    maxY: Math.max(a.y, b.y),
  };
}
