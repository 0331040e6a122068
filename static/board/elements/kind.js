// What every kind of element can do; a new kind is a new file with this shape and a line in index.js.

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./ink.js").Theme} Theme
 * @typedef {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} Context
 */

/**
 * Where a canvas lies on the board: pixel = board * scale - (left, top). Left and top are whole pixels,
 * so that the same element has the same pixels on every canvas.
 * @typedef {object} PaintView
 * @property {Theme} theme
 * @property {number} scale pixels of the canvas per board unit
 * @property {number} left
 * @property {number} top
 * @property {string} [ink] paints everything in this one colour
 */

/**
 * @typedef {object} Kind
 * @property {(element: Element) => Bounds} bounds where there may be ink, in board units
 * @property {(element: Element, x: number, y: number, tolerance: number) => boolean} hit
 * @property {(element: Element, bounds: Bounds) => boolean} crosses whether it has ink in a box
 * @property {(ctx: Context, element: Element, view: PaintView) => void} draw sets the transform itself and leaves it changed
 * @property {(from: Element, to: Element) => void} [inherit] takes over what has been worked out for an
 *   element's earlier state
 */

/** What the protocol allows, taken from an element that may be of a newer kind. @param {Element} element @param {string} name @param {number} otherwise */
export function numberOf(element, name, otherwise) {
  const value = Object.hasOwn(element, name) ? element[name] : undefined;
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

/**
 * From here on the units are the board's, counted from (x, y): the small numbers that are left keep their
 * digits in the single precision of a canvas, however far from the middle of the board.
 * @param {Context} ctx @param {PaintView} view @param {number} x @param {number} y
 */
export function originAt(ctx, { scale, left, top }, x, y) {
  ctx.setTransform(scale, 0, 0, scale, x * scale - left, y * scale - top);
}
