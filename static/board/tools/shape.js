// Closed shapes: a drag draws one from corner to corner, a click puts one of a usual size.

import "../elements/others.js";
import { elementKey } from "../core/ids.js";
import { topKey } from "../core/order.js";
import { propsOf } from "../editor/style.js";
import { kindOf } from "../elements/index.js";
import { hundredths } from "../elements/kind.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 * @typedef {import("../protocol").Properties} Properties
 */

/** Each has a tool of the same name. */
export const SHAPES = /** @type {const} */ ([
  "rectangle",
  "ellipse",
  "diamond",
  "triangle",
  "hexagon",
  "star",
  "cloud",
  "bubble",
]);

/** @typedef {{key: string, z: string, seed: number, from: Place, px: number, py: number, dragged: boolean}} Drawing */
/** @typedef {{x: number, y: number, w: number, h: number}} Box */

/** A hand trembles: a press becomes a drag only after so many pixels. */
const DRAG_PIXELS = { mouse: 3, pen: 5, touch: 8 };
/** What a click brings, in pixels of the screen. */
const USUAL = { w: 160, h: 100 };
const USUAL_SQUARE = 120;
const SQUARE = ["star"];
const GRID = 20;
/** What the protocol allows: of a place either way, of a side in all. */
const EDGE = 1_000_000;
/** The thinnest that can still be seen and taken hold of. */
const THIN_PIXELS = 2;
const SEEDS = 2 ** 31;

/** @implements {Tool} */
export class ShapeTool {
  cursor = "crosshair";
  changes = true;
  style = /** @type {const} */ ("shape");
  schema = 2;
  /** @type {Drawing | null} */
  #drawing = null;

  /** @param {Editor} editor @param {typeof SHAPES[number]} kind */
  constructor(editor, kind) {
    this.editor = editor;
    this.kind = kind;
    this.name = kind;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    this.#drawing = {
      key: elementKey(),
      z: topKey(this.editor.document),
      // Also of a clean one, so that it is drawn by hand as by the first time, whenever that is chosen.
      seed: Math.floor(Math.random() * SEEDS),
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
    const element = this.#element(drawing, this.#drawnBox(drawing, at));
    this.editor.show({ drafts: [[drawing.key, element]] });
    this.editor.live.draft(drawing.key, element);
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    const drawing = this.#drawing;
    this.#drawing = null;
    if (!drawing) return;
    const box = drawing.dragged ? this.#drawnBox(drawing, at) : this.#usualBox(drawing.from);
    const element = this.#element(drawing, box);
    this.editor.commit([{ op: "put", key: drawing.key, element }], "draw");
    // Only now, in the same turn: the next frame shows the finished shape instead of the draft.
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

  /** Shift: as high as wide; Alt: around where the press was. @param {Drawing} drawing @param {PointerInfo} at @returns {Box} */
  #drawnBox({ from }, at) {
    const to = this.#placeOf(at);
    const thin = THIN_PIXELS / this.editor.camera.zoom;
    let across = Math.max(thin, Math.abs(to.x - from.x));
    let down = Math.max(thin, Math.abs(to.y - from.y));
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
    const isSquare = SQUARE.includes(this.kind);
    const [w, h] = [isSquare ? USUAL_SQUARE : USUAL.w, isSquare ? USUAL_SQUARE : USUAL.h].map(
      (side) => Math.max(THIN_PIXELS, this.#onGrid(side / this.editor.camera.zoom)),
    );
    const box = { w: Number(w), h: Number(h) };
    return { x: this.#onGrid(x - box.w / 2), y: this.#onGrid(y - box.h / 2), ...box };
  }

  /** @param {Drawing} drawing @param {Box} box @returns {Properties} */
  #element({ z, seed }, { x, y, w, h }) {
    const { kind } = this;
    return {
      kind,
      x: hundredths(inside(x)),
      y: hundredths(inside(y)),
      w: hundredths(inside(w)),
      h: hundredths(inside(h)),
      z,
      ...propsOf(this.editor.styles.shape, kindOf({ kind }).styles),
      seed,
    };
  }
}

/** @param {number} value */
function inside(value) {
  return Math.min(EDGE, Math.max(-EDGE, value));
}
