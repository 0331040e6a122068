// What fills a box: a drag draws it from corner to corner, a click puts one of a usual size.

import "../elements/others.js";
import { elementKey } from "../core/ids.js";
import { hundredths } from "../elements/kind.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 * @typedef {import("../protocol").Properties} Properties
 */

/** @typedef {{x: number, y: number, w: number, h: number}} Box */
/** @typedef {{key: string, props: () => Properties, from: Place, px: number, py: number, dragged: boolean}} Drawing */

/**
 * @typedef {object} Content
 * @property {() => () => Properties} begin what is decided with the press; then asked for whenever it is shown
 * @property {{w: number, h: number}} usual what a click brings, in pixels of the screen
 * @property {(zoom: number) => number} least the shortest side, in board units
 */

/** A hand trembles: a press becomes a drag only after so many pixels. */
const DRAG_PIXELS = { mouse: 3, pen: 5, touch: 8 };
const GRID = 20;
/** What the protocol allows: of a place either way, of a side in all. */
const EDGE = 1_000_000;

export class BoxTool {
  cursor = "crosshair";
  changes = true;
  #content;
  /** @type {Drawing | null} */
  #drawing = null;

  /** @param {Editor} editor @param {Content} content */
  constructor(editor, content) {
    this.editor = editor;
    this.#content = content;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    this.#drawing = {
      key: elementKey(),
      props: this.#content.begin(),
      from: this.#placeOf(at),
      px: at.px,
      py: at.py,
      dragged: false,
    };
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    const drawing = this.#drawing;
    if (!drawing) return;
    const way = Math.hypot(at.px - drawing.px, at.py - drawing.py);
    drawing.dragged ||= way >= DRAG_PIXELS[at.pointerType];
    if (!drawing.dragged) return;
    const element = Object.freeze(elementIn(this.#drawnBox(drawing, at), drawing));
    this.editor.show({ drafts: [[drawing.key, element]] });
    this.editor.live.draft(drawing.key, element);
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    const drawing = this.#drawing;
    this.#drawing = null;
    if (!drawing) return;
    const box = drawing.dragged ? this.#drawnBox(drawing, at) : this.#usualBox(drawing.from);
    const element = elementIn(box, drawing);
    this.editor.commit([{ op: "put", key: drawing.key, element }], "draw");
    // Only now, in the same turn: the next frame shows what is finished instead of the draft.
    this.editor.show({ drafts: [] });
    if (this.editor.settings.keepTool) return;
    this.editor.setTool("select");
    this.editor.select([drawing.key]);
  }

  onCancel() {
    const drawing = this.#drawing;
    this.#drawing = null;
    if (!drawing?.dragged) return;
    this.editor.live.draft(drawing.key, null);
    this.editor.show({ drafts: [] });
  }

  /** @param {PointerInfo} at @returns {Place} */
  #placeOf({ x, y }) {
    return { x: inside(this.#onGrid(x)), y: inside(this.#onGrid(y)) };
  }

  /** @param {number} value */
  #onGrid(value) {
    return this.editor.settings.snapToGrid ? Math.round(value / GRID) * GRID : value;
  }

  get #least() {
    return this.#content.least(this.editor.camera.zoom);
  }

  /** Shift: as high as wide; Alt: around where the press was. @param {Drawing} drawing @param {PointerInfo} at @returns {Box} */
  #drawnBox({ from }, at) {
    const to = this.#placeOf(at);
    let across = Math.max(this.#least, Math.abs(to.x - from.x));
    let down = Math.max(this.#least, Math.abs(to.y - from.y));
    if (at.shift) across = down = Math.max(across, down);
    const left = to.x < from.x || at.alt;
    const up = to.y < from.y || at.alt;
    const times = at.alt ? 2 : 1;
    return {
      x: left ? from.x - across : from.x,
      y: up ? from.y - down : from.y,
      w: across * times,
      h: down * times,
    };
  }

  /** Around a place, and as large on the screen at every zoom. @param {Place} place @returns {Box} */
  #usualBox({ x, y }) {
    const { usual } = this.#content;
    const side = (/** @type {number} */ pixels) =>
      Math.max(this.#least, this.#onGrid(pixels / this.editor.camera.zoom));
    const [w, h] = [side(usual.w), side(usual.h)];
    return { x: this.#onGrid(x - w / 2), y: this.#onGrid(y - h / 2), w, h };
  }
}

/** @param {Box} box @param {Drawing} drawing @returns {Properties} */
function elementIn({ x, y, w, h }, { props }) {
  return {
    x: hundredths(inside(x)),
    y: hundredths(inside(y)),
    w: hundredths(inside(w)),
    h: hundredths(inside(h)),
    ...props(),
  };
}

/** @param {number} value */
function inside(value) {
  return Math.min(EDGE, Math.max(-EDGE, value));
}
