// Select: a click takes the ink under it, a drag on it moves, a drag on a handle resizes, turns or bends, a drag
// beside it draws a box or a lasso. What the pointer is doing is one state at a time, in a file of its own.

import { unbend } from "../editor/bending.js";
import { enterGroup, leaveGroup } from "../editor/groups-entered.js";
import { clickedAt, topmostAt } from "../editor/selecting.js";
import { cursorOf, drawnFrame, isWithin, selectionFrame } from "../editor/selecting-frame.js";
import { findsItsWay } from "../elements/connected.js";
import { kindOf } from "../elements/index.js";
import { handleUnder, Pressed, PressedHandle } from "./select/pressed.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 * @typedef {import("./select/state.js").State} State
 */

/** Two clicks this soon and this close to each other are one double click. */
const DOUBLE_MS = 400;
const DOUBLE_PIXELS = { mouse: 5, pen: 8, touch: 20 };

/** @implements {Tool} */
export class Select {
  name = "select";
  changes = false;
  /** @type {State | null} */
  #state = null;
  /** The last press, if it was a click so far. @type {PointerInfo | null} */
  #last = null;
  #isDouble = false;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  get cursor() {
    return this.#state?.cursor ?? "default";
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    const { editor } = this;
    this.#isDouble = isDouble(this.#last, at);
    this.#last = at;
    const handle = handleUnder(editor, at);
    this.#state = handle
      ? new PressedHandle(editor, at, handle, this.cursorAt(at))
      : new Pressed(editor, at, !at.shift && this.#isOnSelection(at));
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    const next = this.#state?.move(at) ?? null;
    if (next === this.#state) return;
    this.#state = next;
    this.#last = null;
    this.#isDouble = false;
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    const state = this.#state;
    this.#state = null;
    if (this.#isDouble && !at.shift && !at.alt) this.#doubleClick(at);
    else state?.up(at);
  }

  onCancel() {
    this.#state?.cancel();
    this.#state = null;
    this.#last = null;
  }

  onEscape() {
    return leaveGroup(this.editor);
  }

  /** @param {PointerInfo} at */
  cursorAt(at) {
    const { document, selection } = this.editor;
    const handle = handleUnder(this.editor, at);
    const frame = handle && selectionFrame(document, selection);
    if (handle && frame) return cursorOf(handle, frame);
    const { readOnly } = this.editor;
    const key = readOnly ? null : topmostAt(this.editor, at, this.editor.reach(at));
    return key || (!readOnly && this.#isOnSelection(at)) ? "move" : "default";
  }

  /** Also between its elements. @param {PointerInfo} at */
  #isOnSelection(at) {
    const { document, selection, camera } = this.editor;
    const frame = selectionFrame(document, selection);
    return frame !== null && isWithin(drawnFrame(frame, camera.zoom), at);
  }

  /** Into a group, into a text, or a new text where there is nothing. @param {PointerInfo} at */
  #doubleClick(at) {
    const { editor } = this;
    this.#last = null;
    const handle = handleUnder(editor, at);
    if (handle?.name === "point" && this.#removePoint(handle.index)) return;
    if (handle?.name === "between" && unbend(editor)) return;
    const key = clickedAt(editor, at, editor.reach(at));
    const element = key ? editor.document.get(key) : undefined;
    if (!key || !element) {
      if (editor.selection.size === 0 || !this.#isOnSelection(at)) this.#newText(at);
      return;
    }
    if (enterGroup(editor, key)) return;
    editor.select([key]);
    if (element.kind === "frame" && !editor.readOnly) editor.framing?.rename?.(key);
    if (kindOf(element).textFrame?.(element)) editor.write({ key, element, isNew: false });
  }

  /** Whether the line can do without it. @param {number} index */
  #removePoint(index) {
    const { editor } = this;
    const [key = ""] = editor.selection;
    const element = editor.document.get(key);
    const written = editor.document.written?.(key) ?? element;
    if (written && findsItsWay(written)) return false;
    const patch = element && kindOf(element).withPointRemoved?.(element, index);
    if (patch) editor.setOf([key], "bend", () => patch);
    return Boolean(patch);
  }

  /** @param {PointerInfo} at */
  #newText(at) {
    const { editor } = this;
    const text = editor.tools.find(({ name }) => name === "text");
    if (!text || !editor.mayUse(text)) return;
    editor.setTool("text");
    editor.pointerDown(at);
    editor.pointerUp(at);
  }
}

/** @param {PointerInfo | null} last @param {PointerInfo} at */
function isDouble(last, at) {
  if (!last || at.time - last.time > DOUBLE_MS || at.pointerType !== last.pointerType) return false;
  return Math.hypot(at.px - last.px, at.py - last.py) <= DOUBLE_PIXELS[at.pointerType];
}
