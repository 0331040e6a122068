// What every kind of element can do; a new kind is a new file with this shape, its name in index.js, and a line in others.js.

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("../protocol").Patch} Patch
 * @typedef {import("../protocol").Properties} Properties
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
 * @property {number} [ratio] pixels of the canvas per pixel of the screen's styles; absent: 1
 * @property {string} [ink] paints everything in this one colour
 * @property {CanvasImageSource} [below] the picture that lies below this canvas, pixel for pixel: for what blends with it
 * @property {{at: (asset: string, pixels: number) => import("./pictures.js").Found}} [pictures] whose pictures are
 *   drawn, where it isn't those that are shown
 * @property {string} [paper] what lies beneath the elements; absent: nothing
 */

/**
 * A box turned about its middle, in board units; x and y are its corner before it was turned, the angle is in
 * radians and clockwise.
 * @typedef {{x: number, y: number, w: number, h: number, angle: number}} Frame
 */

/** What a person chooses a style for, each apart. @typedef {"pen" | "highlighter" | "shape" | "text" | "note"} StyleName */

/** What an eraser's point has swept: a line with a radius, in board units. @typedef {{xs: ArrayLike<number>, ys: ArrayLike<number>, radius: number}} Sweep */

/**
 * @typedef {object} Kind
 * @property {(element: Element) => Bounds} bounds where there may be ink, in board units
 * @property {(element: Element, x: number, y: number, tolerance: number) => boolean} hit whether there is ink at a
 *   place, or so near
 * @property {(element: Element, bounds: Bounds) => boolean} crosses whether it has ink in a box
 * @property {(ctx: Context, element: Element, view: PaintView) => void} draw sets the transform itself and leaves it
 *   changed; every other state of the context is left as it was found, but for fill, stroke, line and font
 * @property {(element: Element) => Frame} frame what handles stand around when it is selected alone
 * @property {(element: Element, matrix: Matrix) => Patch} transform the properties that put it where the matrix says;
 *   what a matrix wants and the kind can't be (a slanted rectangle) becomes what comes nearest
 * @property {readonly string[]} styles the properties of its looks that a person may choose
 * @property {StyleName} style which of the person's styles it is drawn with
 * @property {(element: Element, x: number, y: number) => boolean} [inside] whether a place is within its outline,
 *   inked or not
 * @property {(element: Element) => {xs: readonly number[], ys: readonly number[]}} [outline] the closed line on the
 *   board at which connectors end; absent: its frame
 * @property {(element: Element) => Frame | null} [textFrame] where its text stands, for whoever writes there; null
 *   or absent: this one has no text
 * @property {(element: Element) => Patch} [grownForText] the properties that make it large enough for its text
 * @property {(element: Element) => Place[]} [handles] the points that can be moved one by one, on the board
 * @property {(element: Element, handles: readonly Place[]) => Patch} [withHandles] what makes these its points
 * @property {(element: Element) => Place[]} [betweens] where its line is halfway from each of these points to the next;
 *   absent: on the straight way
 * @property {(element: Element, index: number, place: Place) => Patch} [withPointAdded] one point more, which gets this
 *   index
 * @property {(element: Element, index: number) => Patch | null} [withPointRemoved] null: it can't do without
 * @property {(element: Element, sweep: Sweep) => Properties[] | null} [cut] the pieces that an eraser leaves of it (R16);
 *   null where it has cut nothing. Kinds without it are erased whole
 * @property {(from: Element, to: Element) => void} [inherit] takes over what has been worked out for an
 *   element's earlier state
 */

/** What the protocol allows, taken from an element that may be of a newer kind. @param {Element} element @param {string} name @param {number} otherwise */
export function numberOf(element, name, otherwise) {
  const value = Object.hasOwn(element, name) ? element[name] : undefined;
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

/** @param {Element} element @param {string} name @param {string} otherwise */
export function textOf(element, name, otherwise = "") {
  const value = Object.hasOwn(element, name) ? element[name] : undefined;
  return typeof value === "string" ? value : otherwise;
}

/** @param {Element} element @param {string} name */
export function isSet(element, name) {
  return Object.hasOwn(element, name) && element[name] === true;
}

/** Places need no more than a hundredth of a unit, and `-0` isn't a number of the protocol. @param {number} value */
export function hundredths(value) {
  return Math.round(value * 100) / 100 || 0;
}

/**
 * From here on the units are the board's, counted from (x, y): the small numbers that are left keep their
 * digits in the single precision of a canvas, however far from the middle of the board.
 * @param {Context} ctx @param {PaintView} view @param {number} x @param {number} y
 */
export function originAt(ctx, { scale, left, top }, x, y) {
  ctx.setTransform(scale, 0, 0, scale, x * scale - left, y * scale - top);
}
