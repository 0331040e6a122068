// Drawing a box or a line around what to select. What is touched is taken, with Alt only what is wholly inside.

import { lassoOf } from "../../core/lasso.js";
import { simplify } from "../../core/simplify.js";
import { inBox, inLasso } from "../../editor/selecting.js";

/**
 * @typedef {import("../../core/geometry.js").Bounds} Bounds
 * @typedef {import("../../core/geometry.js").Place} Place
 * @typedef {import("../../editor.js").Editor} Editor
 * @typedef {import("../../editor.js").PointerInfo} PointerInfo
 * @typedef {import("./state.js").State} State
 */

/** In pixels: a lasso with a corner for each tremble of the hand would be dear, and no rounder. */
const LASSO_SPACING = 4;
/** Each element in view is held against each of the line's corners. */
const LASSO_TOLERANCE = 1.5;

/** @implements {State} */
class Enclosing {
  cursor = "crosshair";

  /** @param {Editor} editor @param {PointerInfo} from */
  constructor(editor, from) {
    this.editor = editor;
    this.before = editor.selection;
    /** With Shift what was selected before stays so. */
    this.kept = from.shift ? editor.selection : new Set();
    if (!from.shift) editor.entered = null;
  }

  /** @param {PointerInfo} _at @returns {State} */
  move(_at) {
    return this;
  }

  /** @param {PointerInfo} at */
  up(at) {
    this.move(at);
    this.#showNothing();
  }

  cancel() {
    this.editor.select(this.before);
    this.#showNothing();
  }

  #showNothing() {
    this.editor.show({ box: null, lasso: null });
  }

  /** @param {Set<string>} keys */
  take(keys) {
    this.editor.select([...this.kept, ...keys]);
  }
}

export class Boxing extends Enclosing {
  /** @param {Editor} editor @param {PointerInfo} from */
  constructor(editor, from) {
    super(editor, from);
    this.from = from;
  }

  /** @override @param {PointerInfo} at @returns {State} */
  move(at) {
    const box = between(this.from, at);
    this.editor.show({ box });
    this.take(inBox(this.editor, box, at.alt));
    return this;
  }
}

export class Lassoing extends Enclosing {
  /** @type {(Place & {pressure: number})[]} */
  #places;

  /** @param {Editor} editor @param {PointerInfo} from */
  constructor(editor, from) {
    super(editor, from);
    this.#places = [{ x: from.x, y: from.y, pressure: 0 }];
  }

  /** @override @param {PointerInfo} at @returns {State} */
  move(at) {
    const samples = at.coalesced.length > 0 ? at.coalesced : [at];
    const before = this.#places.length;
    for (const { x, y } of samples) {
      const last = this.#places.at(-1);
      const way = last ? Math.hypot(x - last.x, y - last.y) : Infinity;
      if (way * this.editor.camera.zoom >= LASSO_SPACING) this.#places.push({ x, y, pressure: 0 });
    }
    if (this.#places.length === before) return this;
    this.editor.show({ lasso: [...this.#places] });
    const line = simplify(this.#places, LASSO_TOLERANCE / this.editor.camera.zoom);
    this.take(inLasso(this.editor, lassoOf(line), at.alt));
    return this;
  }
}

/** @param {Place} a @param {Place} b @returns {Bounds} */
function between(a, b) {
  return {
    minX: Math.min(a.x, b.x),
    minY: Math.min(a.y, b.y),
    maxX: Math.max(a.x, b.x),
    maxY: Math.max(a.y, b.y),
  };
}
