// What a sweep of the cutting eraser leaves: shown while it goes on, and at its end one change for each element
// that was cut (R16).

import { boundsOfPoints, expand, intersects } from "../core/geometry.js";
import { elementKey } from "../core/ids.js";
import { CHANGES_BYTES, utf8Length } from "../core/limits.js";
import { PIECES_MAX } from "../elements/cut-pieces.js";
import { kindOf, withProps } from "../elements/index.js";
import { isSet } from "../elements/kind.js";

/**
 * @typedef {import("../core/fold.js").Change} Change
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../elements/kind.js").Sweep} Sweep
 * @typedef {import("../protocol").Piece} Piece
 */

/** @typedef {{key: string, element: Element}} Part */

export class Cuts {
  /** What is left of each element that has been cut. @type {Map<string, {source: Element, parts: Part[]}>} */
  #left = new Map();

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {Sweep} sweep the next part of it */
  sweep(sweep) {
    const { document, spatial } = this.editor;
    const box = boundsOfPoints(sweep.xs, sweep.ys);
    if (!box) return;
    const way = expand(box, sweep.radius);
    for (const key of spatial.search(way)) {
      const source = document.get(key);
      if (!source || isSet(source, "locked") || !this.editor.mayChange(key) || !kindOf(source).cut)
        continue;
      const before = this.#left.get(key)?.parts ?? [{ key, element: source }];
      const parts = before.flatMap((part) => cutPart(part, sweep, way));
      const isCut = parts.length !== before.length || parts.some((part, i) => part !== before[i]);
      if (isCut) this.#left.set(key, { source, parts });
    }
  }

  /** Those in whose place parts are shown. @returns {ReadonlySet<string>} */
  get hidden() {
    return new Set(this.#left.keys());
  }

  /** @returns {[key: string, element: Element][]} */
  get drafts() {
    return [...this.#left.values()].flatMap(({ parts }) =>
      parts.map(({ key, element }) => /** @type {[string, Element]} */ ([key, element])),
    );
  }

  /** @returns {Change[]} */
  changes() {
    const { document } = this.editor;
    return [...this.#left]
      .filter(([key]) => document.has(key))
      .map(([key, { source, parts }]) => changeTo(key, source, parts));
  }
}

/** Itself where it isn't touched. @param {Part} part @param {Sweep} sweep @param {Bounds} way @returns {Part[]} */
function cutPart(part, sweep, way) {
  const kind = kindOf(part.element);
  if (!intersects(kind.bounds(part.element), way)) return [part];
  const pieces = kind.cut?.(part.element, sweep);
  if (!pieces) return [part];
  return pieces.map((props) => ({ key: elementKey(), element: withProps(part.element, props) }));
}

/** @param {string} key @param {Element} source @param {readonly Part[]} parts @returns {Change} */
function changeTo(key, source, parts) {
  if (parts.length === 0) return { op: "remove", key };
  const into = parts.map((part) => ({
    key: part.key,
    props: /** @type {Piece["props"]} */ (
      Object.fromEntries(
        Object.entries(part.element).filter(([name, value]) => value !== source[name]),
      )
    ),
  }));
  return { op: "split", key, into: within(into) };
}

/** The shortest go where there are more pieces than one change can have. @param {Piece[]} into */
function within(into) {
  const sizes = new Map(into.map((piece) => [piece, utf8Length(JSON.stringify(piece)) + 1]));
  const sizeOf = (/** @type {Piece} */ piece) => sizes.get(piece) ?? 0;
  const kept = new Set(into.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, PIECES_MAX));
  let bytes = [...kept].reduce((sum, piece) => sum + sizeOf(piece), 0);
  for (const piece of [...kept].reverse()) {
    if (bytes <= CHANGES_BYTES - ROOM) break;
    kept.delete(piece);
    bytes -= sizeOf(piece);
  }
  return into.filter((piece) => kept.has(piece));
}

/** For what stands around the pieces. */
const ROOM = 256;
