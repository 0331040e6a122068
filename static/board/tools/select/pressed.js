// The pointer is down and hasn't moved: a click so far, which may still become one of the drags.

import { takenWith } from "../../editor/groups-entered.js";
import { belowAt, clickedAt, topmostAt } from "../../editor/selecting.js";
import { handleAt, handlesOf, hasLocked, selectionFrame } from "../../editor/selecting-frame.js";
import { Bending } from "./bending.js";
import { Boxing, Lassoing } from "./enclosing.js";
import { Moving } from "./moving.js";
import { Resizing } from "./resizing.js";
import { Turning } from "./turning.js";

/**
 * @typedef {import("../../editor.js").Editor} Editor
 * @typedef {import("../../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../../editor/selecting-frame.js").Handle} Handle
 * @typedef {import("./state.js").State} State
 */

/** A hand trembles: a press becomes a drag only after so many pixels. */
const DRAG_PIXELS = { mouse: 3, pen: 5, touch: 8 };

/** Whether the pointer has gone far enough to mean a drag. @param {PointerInfo} from @param {PointerInfo} at */
function isDrag(from, at) {
  return Math.hypot(at.px - from.px, at.py - from.py) >= DRAG_PIXELS[at.pointerType];
}

/** The handle under the pointer, of what is selected. @param {Editor} editor @param {PointerInfo} at */
export function handleUnder(editor, at) {
  const { document, selection, camera, readOnly } = editor;
  if (readOnly || selection.size === 0) return null;
  const frame = selectionFrame(document, selection);
  return frame && handleAt(handlesOf(document, selection, camera.zoom), frame, at, camera.zoom);
}

/** On a handle. @implements {State} */
export class PressedHandle {
  /** @param {Editor} editor @param {PointerInfo} from @param {Handle} handle @param {string} cursor */
  constructor(editor, from, handle, cursor) {
    this.editor = editor;
    this.from = from;
    this.handle = handle;
    this.cursor = cursor;
  }

  /** @param {PointerInfo} at @returns {State} */
  move(at) {
    const { editor, from, handle } = this;
    if (!isDrag(from, at)) return this;
    const [key] = editor.selection;
    // Another may have removed what was taken hold of.
    if (key === undefined) return this;
    if (handle.name === "size") return new Resizing(editor, from, handle).move(at);
    if (handle.name === "turn") return new Turning(editor, from).move(at);
    return new Bending(editor, key, from, handle).move(at);
  }

  /** Not dragged, it is as if there were none: what has ink there is clicked. @param {PointerInfo} at */
  up(at) {
    const { editor, from } = this;
    if (topmostAt(editor, from, editor.reach(from))) new Pressed(editor, from, true).up(at);
  }

  cancel() {}
}

/** On an element, or on empty board. @implements {State} */
export class Pressed {
  cursor = "default";

  /** @param {Editor} editor @param {PointerInfo} from @param {boolean} onSelection */
  constructor(editor, from, onSelection) {
    this.editor = editor;
    this.from = from;
    this.key = topmostAt(editor, from, editor.reach(from));
    const selected = this.key !== null && editor.selection.has(this.key);
    this.onSelection = selected || (this.key === null && onSelection);
    if (this.key && !selected && !from.shift && !from.alt)
      editor.select(takenWith(editor, this.key));
  }

  /** @param {PointerInfo} at @returns {State} */
  move(at) {
    const { editor, from, key } = this;
    if (!isDrag(from, at)) return this;
    if (key === null && !this.onSelection)
      return from.ctrl ? new Lassoing(editor, from).move(at) : new Boxing(editor, from).move(at);
    if (editor.readOnly) return this;
    if (key && !editor.selection.has(key)) this.#take(key);
    // What was removed by another, or is locked, doesn't move.
    if (editor.selection.size === 0 || hasLocked(editor.document, editor.selection)) return this;
    if (![...editor.selection].every((one) => editor.mayChange(one))) return this;
    return new Moving(editor, from).move(at);
  }

  /** @param {PointerInfo} at */
  up(at) {
    const { editor } = this;
    const reach = editor.reach(at);
    if (at.alt) {
      const below = belowAt(editor, at, reach);
      editor.select(below ? takenWith(editor, below) : []);
      return;
    }
    const key = this.key && editor.document.has(this.key) ? this.key : clickedAt(editor, at, reach);
    if (at.shift) this.#toggle(key);
    else editor.select(key ? takenWith(editor, key) : []);
  }

  cancel() {}

  /** With Shift it joins what is selected. @param {string} key */
  #take(key) {
    const { editor, from } = this;
    const taken = takenWith(editor, key);
    editor.select(from.shift ? [...editor.selection, ...taken] : taken);
  }

  /** @param {string | null} key */
  #toggle(key) {
    const { editor } = this;
    if (!key) return;
    const taken = takenWith(editor, key);
    if (editor.selection.has(key))
      editor.select([...editor.selection].filter((each) => !taken.has(each)));
    else editor.select([...editor.selection, ...taken]);
  }
}
