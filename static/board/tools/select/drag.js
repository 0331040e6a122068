// A selection in the hand: shown where it would come to lie, here and to the others, and changed once it is let go.

import { IDENTITY, multiply } from "../../core/matrix.js";
import { duplicate } from "../../editor/duplicate.js";
import { placeOfAll } from "../../editor/selecting-frame.js";
import { fitsTheBoard, shiftSince } from "../../editor/selecting-transform.js";

/**
 * @typedef {import("../../core/fold.js").Element} Element
 * @typedef {import("../../core/geometry.js").Bounds} Bounds
 * @typedef {import("../../core/matrix.js").Matrix} Matrix
 * @typedef {import("../../core/snap.js").Guide} Guide
 * @typedef {import("../../editor.js").Editor} Editor
 */

export class Drag {
  /** As they were when it began. @type {ReadonlyMap<string, Element>} */
  #before;
  #matrix = IDENTITY;
  #copy = false;
  /** What others have shifted the selection by since. */
  #shift = IDENTITY;
  #stop;

  /** @param {Editor} editor @param {ReadonlySet<string>} [shown] what is seen to be on its way */
  constructor(editor, shown = editor.selection) {
    this.editor = editor;
    this.shown = shown;
    /** @type {Map<string, Element>} */
    const before = new Map();
    for (const key of editor.selection) {
      const element = editor.document.get(key);
      if (element) before.set(key, element);
    }
    this.#before = before;
    /** Where it was when it began. @type {Bounds} */
    this.place = placeOfAll(editor.document, before.keys()) ?? NOWHERE;
    this.#stop = editor.subscribe(({ type }) => type === "document" && this.#boardChanged());
  }

  /** @param {Matrix} matrix from where it was when it began @param {{copy?: boolean, guides?: readonly Guide[]}} [how] */
  show(matrix, { copy = false, guides = [] } = {}) {
    if (fitsTheBoard(matrix, this.place)) this.#matrix = matrix;
    this.#copy = copy;
    this.#tell(guides);
  }

  /** @param {string} label of the step in the history */
  drop(label) {
    const { editor } = this;
    const matrix = this.#inHand();
    const now = placeOfAll(editor.document, editor.selection);
    // Others may have moved or enlarged it meanwhile, and both together could leave the board.
    if (now && matrix !== IDENTITY && fitsTheBoard(matrix, now)) {
      if (this.#copy) duplicate(editor, editor.selection, matrix);
      else editor.transformSelection(matrix, label);
    }
    this.end();
  }

  end() {
    this.#stop();
    this.editor.show({ moved: null, guides: [] });
    this.editor.live.transform(null);
  }

  #boardChanged() {
    this.#shift = shiftSince(this.#before, (key) => this.editor.document.get(key));
    if (this.editor.preview.moved) this.#tell(this.editor.preview.guides);
  }

  /** From where it is now. @returns {Matrix} */
  #inHand() {
    return this.#shift === IDENTITY ? this.#matrix : multiply(this.#matrix, this.#shift);
  }

  /** @param {readonly Guide[]} guides */
  #tell(guides) {
    const matrix = this.#inHand();
    const copy = this.#copy;
    // Others may have removed some of it.
    const keys = new Set([...this.shown].filter((key) => this.editor.document.has(key)));
    this.editor.show({ moved: { keys, matrix, copy }, guides });
    this.editor.live.transform({ matrix, copy });
  }
}

/** @type {Bounds} */
const NOWHERE = { minX: 0, minY: 0, maxX: 0, maxY: 0 };
