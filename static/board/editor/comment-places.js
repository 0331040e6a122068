// Where comments are pinned: to a place of the board, or to an element, with which they move.

import { numberOf } from "../elements/kind.js";
import { FIRST_PAGE, pageOf, Sheet } from "../elements/sheet.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {{x: number, y: number, element: string | null, page?: string | null}} Pin x and y are relative to the element's own
 * @typedef {Pin & {key: string, was_at: Place | null}} Pinned
 */

/** @param {Editor} editor @param {Place} place @param {string | null} key of the element that lies there @returns {Pin} */
export function pinAt(editor, { x, y }, key) {
  const element = key === null ? undefined : editor.document.get(key);
  const { page = FIRST_PAGE } = editor.document;
  const elsewhere = page === FIRST_PAGE ? {} : { page };
  if (key === null || !element) return { x, y, element: null, ...elsewhere };
  return {
    ...elsewhere,
    x: x - numberOf(element, "x", 0),
    y: y - numberOf(element, "y", 0),
    element: key,
  };
}

/** On what is selected, at its top right corner; of several it is the first. @param {Editor} editor @returns {Pin | null} */
export function pinOnSelection(editor) {
  const [key] = editor.selection;
  const bounds = key === undefined ? null : editor.spatial.boundsOf(key);
  return key === undefined || !bounds
    ? null
    : pinAt(editor, { x: bounds.maxX, y: bounds.minY }, key);
}

export class PinPlaces {
  /** Where each has last been seen, for when its element is removed. @type {Map<string, Place>} */
  #last = new Map();

  /** @param {Pick<Editor, "document" | "spatial">} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** The page that it is on: its element's, if that is there. @param {Pinned} pinned */
  pageOf({ element, page }) {
    const there = element === null ? undefined : this.#written(element);
    const named = there ? pageOf(there) : (page ?? FIRST_PAGE);
    const { document } = this.editor;
    return document instanceof Sheet ? document.pageOf({ kind: "", page: named }) : named;
  }

  /** Whether that is the page in sight. @param {Pinned} pinned */
  isHere(pinned) {
    return this.pageOf(pinned) === (this.editor.document.page ?? FIRST_PAGE);
  }

  /** @param {string} key */
  #written(key) {
    const { document } = this.editor;
    return document instanceof Sheet ? document.written(key) : document.get(key);
  }

  /** On the board; `lost`: its element isn't there any more. Null: nobody knows where that was. @param {Pinned} pinned @returns {(Place & {lost: boolean}) | null} */
  of({ key, x, y, element: elementKey, was_at: wasAt }) {
    if (elementKey === null) return { x, y, lost: false };
    const element = this.#written(elementKey);
    if (!element) {
      const last = this.#last.get(key) ?? (wasAt && { x: wasAt.x + x, y: wasAt.y + y });
      return last ? { ...last, lost: true } : null;
    }
    const place = { x: numberOf(element, "x", 0) + x, y: numberOf(element, "y", 0) + y };
    const bounds = this.editor.spatial.boundsOf(elementKey);
    // An element that has become smaller still has its pin.
    const within = bounds && {
      x: Math.min(bounds.maxX, Math.max(bounds.minX, place.x)),
      y: Math.min(bounds.maxY, Math.max(bounds.minY, place.y)),
    };
    this.#last.set(key, within ?? place);
    return { ...(within ?? place), lost: false };
  }
}
