// Text: a click writes where it is, or in what is there already; a drag says how wide the lines may be.

import "../elements/others.js";
import { elementKey } from "../core/ids.js";
import { topKey } from "../core/order.js";
import { propsOf } from "../editor/style.js";
import { kindOf } from "../elements/index.js";
import { hundredths, isSet } from "../elements/kind.js";
import { text } from "../elements/text.js";
import { LINE_HEIGHT } from "../elements/text-layout.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 */

/** A hand trembles: a press says a width only after so many pixels. */
const DRAG_PIXELS = { mouse: 8, pen: 10, touch: 16 };
/** Narrower lines, as parts of the font's size, hold hardly a word. */
const WIDTH_MIN = 2;

/** @implements {Tool} */
export class TextTool {
  name = "text";
  cursor = "text";
  changes = true;
  style = /** @type {const} */ ("text");
  schema = 2;
  /** @type {PointerInfo | null} */
  #from = null;
  #dragging = false;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    this.#from = at;
    this.#dragging = false;
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    const from = this.#from;
    if (!from) return;
    this.#dragging ||= Math.abs(at.px - from.px) >= DRAG_PIXELS[at.pointerType];
    if (!this.#dragging) return;
    const [minX, maxX] = from.x < at.x ? [from.x, at.x] : [at.x, from.x];
    const top = Math.min(from.y, at.y);
    const bottom = Math.max(from.y, at.y, top + this.#size * LINE_HEIGHT);
    this.editor.show({ box: { minX, minY: top, maxX, maxY: bottom } });
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    this.onPointerMove(at);
    const box = this.#dragging ? this.editor.preview.box : null;
    this.onCancel();
    const there = box ? null : writtenAt(this.editor, at);
    if (there) {
      openText(this.editor, there);
      return;
    }
    const width = box ? Math.max(WIDTH_MIN * this.#size, box.maxX - box.minX) : null;
    const x = box ? box.minX : at.x;
    const y = box ? box.minY : at.y - (this.#size * LINE_HEIGHT) / 2;
    this.#open(x, y, width);
  }

  onCancel() {
    this.#from = null;
    this.#dragging = false;
    this.editor.show({ box: null });
  }

  get #size() {
    return Number(this.editor.styles.text.size ?? 24);
  }

  /** @param {number} x @param {number} y @param {number | null} width */
  #open(x, y, width) {
    const { editor } = this;
    /** @type {Element} */
    const element = Object.freeze({
      kind: "text",
      x: hundredths(x),
      y: hundredths(y),
      z: topKey(editor.document),
      ...propsOf(editor.styles.text, text.styles),
      ...(width === null ? {} : { wrap: true, w: hundredths(width) }),
      text: "",
    });
    editor.setTool("select");
    editor.write({ key: elementKey(), element, isNew: true });
  }
}

/** The topmost element at a place that can be written in, be it on its ink or within its outline. @param {Editor} editor @param {PointerInfo} at */
export function writtenAt(editor, at) {
  const reach = editor.reach(at);
  const hit = editor.elementAt(at.x, at.y, reach);
  const spot = { minX: at.x, minY: at.y, maxX: at.x, maxY: at.y };
  const within = [...editor.spatial.search(spot)].filter((key) => {
    const element = editor.document.get(key);
    return element !== undefined && kindOf(element).inside?.(element, at.x, at.y);
  });
  const candidates = hit ? [hit, ...within] : within;
  return candidates.find((key) => mayWriteIn(editor, key)) ?? null;
}

/** @param {Editor} editor @param {string} key */
export function mayWriteIn(editor, key) {
  const element = editor.document.get(key);
  return (
    element !== undefined && !isSet(element, "locked") && editor.mayChange(key) && hasText(element)
  );
}

/** @param {Element} element */
function hasText(element) {
  return (kindOf(element).textFrame?.(element) ?? null) !== null;
}

/** @param {Editor} editor @param {string} key */
export function openText(editor, key) {
  const element = editor.document.get(key);
  if (!element || !mayWriteIn(editor, key)) return;
  editor.setTool("select");
  editor.write({ key, element, isNew: false });
}
