// The eraser: takes away whole elements that its way touches, or cuts out of them what it touches; a sweep is one
// step of the history. What is locked stays.

import "../elements/others.js";
import { expand } from "../core/geometry.js";
import { kindOf } from "../elements/index.js";
import { isSet } from "../elements/kind.js";
import { Cuts } from "./eraser-cuts.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").PointerSample} PointerSample
 * @typedef {import("../editor.js").Tool} Tool
 */

/** What the cutting eraser's point covers, in pixels. */
const CUTTING_PIXELS = 10;
const RING_CORNERS = 28;
const NOTHING = /** @type {ReadonlySet<string>} */ (new Set());

/** @implements {Tool} */
export class Eraser {
  name = "eraser";
  cursor = "cell";
  changes = true;
  /** @type {Set<string>} */
  #touched = new Set();
  /** Of the sweep that cuts. @type {Cuts | null} */
  #cuts = null;
  /** @type {PointerSample | null} */
  #last = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    this.#touched = new Set();
    this.#cuts = this.editor.settings.eraser === "partial" ? new Cuts(this.editor) : null;
    this.#last = at;
    // What can't be cut goes whole, but only when it is meant: where the sweep begins.
    this.#touch(at, at, at, (element) => !this.#cuts || !kindOf(element).cut);
    this.#sweep([at]);
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    if (!this.#last) return;
    const samples = at.coalesced.length > 0 ? at.coalesced : [at];
    if (this.#cuts) {
      this.#sweep(samples);
      return;
    }
    for (const sample of samples) {
      this.#touch(this.#last, sample, at, () => true);
      this.#last = sample;
    }
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    this.onPointerMove(at);
    const { document } = this.editor;
    const removed = [...this.#touched].filter((key) => document.has(key));
    this.editor.commit(
      [
        ...removed.map((key) => /** @type {const} */ ({ op: "remove", key })),
        ...(this.#cuts?.changes() ?? []),
      ],
      "remove",
    );
    this.onCancel();
  }

  onCancel() {
    this.#last = null;
    this.#touched = new Set();
    this.editor.show({ erased: NOTHING });
    if (this.#cuts) this.editor.show({ hidden: NOTHING, drafts: [], trail: null });
    this.#cuts = null;
  }

  /** Cuts along the way from the last place over these. @param {readonly PointerSample[]} samples */
  #sweep(samples) {
    const cuts = this.#cuts;
    const at = samples.at(-1);
    if (!cuts || !at || !this.#last) return;
    const way = [this.#last, ...samples];
    this.#last = at;
    const radius = CUTTING_PIXELS / this.editor.camera.zoom;
    cuts.sweep({ xs: way.map(({ x }) => x), ys: way.map(({ y }) => y), radius });
    this.editor.show({ hidden: cuts.hidden, drafts: cuts.drafts, trail: ring(at, radius) });
  }

  /** Takes whole what lies between two places. @param {Place} from @param {Place} to @param {PointerInfo} at @param {(element: Element) => boolean} takes */
  #touch(from, to, at, takes) {
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
      if (!element || isSet(element, "locked") || !takes(element)) continue;
      // Its line is too easily met on the way to what is in it.
      if (element.kind === "frame" || !this.editor.mayChange(key)) continue;
      const { hit } = kindOf(element);
      if (alongWay(from, to, reach, (x, y) => hit(element, x, y, reach))) this.#touched.add(key);
    }
    if (this.#touched.size > before) this.editor.show({ erased: new Set(this.#touched) });
  }
}

/** Shows how far the eraser reaches. @param {Place} middle @param {number} radius @returns {Place[]} */
function ring({ x, y }, radius) {
  return Array.from({ length: RING_CORNERS + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / RING_CORNERS;
    return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
  });
}

/**
 * Whether any place on the way is a hit; places are as far apart as the reach, so none is jumped over.
 * @param {Place} from
 * @param {Place} to
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
