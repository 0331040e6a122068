// The eraser: takes away every element that its way touches; a sweep is one step of the history.

import { expand } from "../core/geometry.js";
import { kindOf } from "../elements/index.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").PointerSample} PointerSample
 * @typedef {import("../editor.js").Tool} Tool
 */

/** @implements {Tool} */
export class Eraser {
  name = "eraser";
  cursor = "cell";
  changes = true;
  /** @type {Set<string>} */
  #touched = new Set();
  /** @type {PointerSample | null} */
  #last = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    this.#touched = new Set();
    this.#last = at;
    this.#sweep(at, at);
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    for (const sample of at.coalesced.length > 0 ? at.coalesced : [at]) this.#sweep(sample, at);
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    this.#sweep(at, at);
    this.editor.remove(this.#touched);
    this.onCancel();
  }

  onCancel() {
    this.#last = null;
    this.#touched = new Set();
    this.editor.show({ erased: this.#touched });
  }

  /** Touches what lies between the last place and this one. @param {PointerSample} to @param {PointerInfo} at */
  #sweep(to, at) {
    const from = this.#last;
    if (!from) return;
    this.#last = to;
    const { document, spatial } = this.editor;
    const reach = this.editor.reach(at);
    const way = expand(
      {
        minX: Math.min(from.x, to.x),
        minY: Math.min(from.y, to.y),
        maxX: Math.max(from.x, to.x),
        maxY: Math.max(from.y, to.y),
      },
      reach,
    );
    const before = this.#touched.size;
    for (const key of spatial.search(way)) {
      const element = this.#touched.has(key) ? undefined : document.get(key);
      if (
        element &&
        alongWay(from, to, reach, (x, y) => kindOf(element).hit(element, x, y, reach))
      ) {
        this.#touched.add(key);
      }
    }
    if (this.#touched.size > before) this.editor.show({ erased: new Set(this.#touched) });
  }
}

/**
 * Whether any place on the way is a hit; places are as far apart as the reach, so none is jumped over.
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 * @param {number} reach
 * @param {(x: number, y: number) => boolean} hits
 */
function alongWay(from, to, reach, hits) {
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / reach));
  for (let i = 0; i <= steps; i++) {
    const part = i / steps;
    if (hits(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part)) return true;
  }
  return false;
}
