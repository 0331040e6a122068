// Closed shapes: an outline in a box, which may be filled, and written in. A shape is its outline, and where in it
// there is room for text.

import {
  containsPoint,
  distanceToPolyline,
  expand,
  intersects,
  polylineCrosses,
} from "../core/geometry.js";
import {
  boundsOfFrame,
  enterFlip,
  enterFrame,
  flipOf,
  frameOf,
  outOfFrame,
  transformBox,
} from "./box.js";
import { grownForText, isOnText, roomIn, textBeyond, textFrame } from "./closed-text.js";
import { flattened, polygon, roundedPolygon } from "./contour.js";
import { numberOf } from "./kind.js";
import {
  fillContour,
  inheritLook,
  isFilled,
  isRound,
  lineWidth,
  lookMargin,
  strokeContours,
} from "./look.js";
import { paintThrough } from "./look-layer.js";
import { drawTextIn } from "./writing.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("./contour.js").Contour} Contour
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Frame} Frame
 * @typedef {import("./kind.js").Kind} Kind
 * @typedef {import("./kind.js").PaintView} PaintView
 */

/** A box in a box. @typedef {{x: number, y: number, w: number, h: number}} Room */

/**
 * What makes one closed shape different from another, in the units of its box, which it must not leave.
 * @typedef {object} Outline
 * @property {(w: number, h: number, element: Element) => Contour} contour
 * @property {(w: number, h: number) => Room} room for text
 */

/** What a person may choose for any of them. */
export const CLOSED_STYLES = /** @type {const} */ ([
  "color",
  "width",
  "fill",
  "pattern",
  "dash",
  "opacity",
  "look",
  "font",
  "size",
  "align",
  "valign",
  "bold",
  "italic",
  "code",
  "list",
]);
/** Of less than this many pixels no more than its box can be made out. */
const BOX_PIXELS = 4;
/** A line that is thinner isn't seen to lie over its own filling. */
const OVERLAP_PIXELS = 1;
/** How far from a corner its rounding begins, as a part of the shorter side; of large ones less. */
const ROUNDING = 0.25;
const LARGE = 96;

/** @param {Outline} outline @returns {Kind} */
export function closedShape(outline) {
  return {
    bounds: (element) => boundsOf(outline, element),
    hit: (element, x, y, tolerance) => isHit(outline, element, x, y, tolerance),
    crosses: (element, box) => crosses(outline, element, box),
    inside: (element, x, y) => isWithin(outline, element, x, y),
    outline: (element) => lineOf(outline, element),
    draw: (ctx, element, view) => draw(outline, ctx, element, view),
    frame: frameOf,
    transform: transformBox,
    textFrame: (element) => textFrame(outline, element),
    grownForText: (element) => grownForText(outline, element),
    styles: CLOSED_STYLES,
    style: "shape",
    inherit: inheritLook,
  };
}

/**
 * A shape of straight sides, the corners of which can be rounded.
 * @param {{corners: (w: number, h: number) => Place[], room: Outline["room"], rounding?: number}} shape `rounding`: as a
 *   part of a rectangle's
 * @returns {Kind}
 */
export function cornered({ corners, room, rounding = 1 }) {
  const kind = closedShape({
    contour: (w, h, element) =>
      isRound(element)
        ? roundedPolygon(corners(w, h), rounding * roundingOf(w, h))
        : polygon(corners(w, h)),
    room,
  });
  return { ...kind, styles: [...kind.styles, "round"] };
}

/** @param {number} w @param {number} h */
export function roundingOf(w, h) {
  const side = Math.min(w, h);
  return ROUNDING * (side <= LARGE ? side : Math.sqrt(side * LARGE));
}

// -- where it is -----------------------------------------------------------------------------------

/** @param {Outline} outline @param {Element} element @returns {Bounds} */
function boundsOf(outline, element) {
  const beyond = Math.max(lookMargin(element), textBeyond(outline, element));
  return expand(boundsOfFrame(frameOf(element)), beyond);
}

/** The outline on the board, closed. @param {Outline} outline @param {Element} element */
function lineOf(outline, element) {
  const frame = frameOf(element);
  const { across, down } = flipOf(element);
  const { xs, ys } = flattened(outline.contour(frame.w, frame.h, element));
  const places = xs.map((x, i) => {
    const y = Number(ys[i]);
    return outOfFrame(frame, across ? frame.w - x : x, down ? frame.h - y : y);
  });
  return { xs: places.map(({ x }) => x), ys: places.map(({ y }) => y) };
}

/** @param {Outline} outline @param {Element} element @param {number} x @param {number} y @param {number} tolerance */
function isHit(outline, element, x, y, tolerance) {
  if (!containsPoint(expand(boundsOf(outline, element), tolerance), { x, y })) return false;
  const { xs, ys } = lineOf(outline, element);
  if (distanceToPolyline(x, y, xs, ys) <= lineWidth(element) / 2 + tolerance) return true;
  if (isOnText(outline, element, x, y)) return true;
  return isFilled(element) && isInside(x, y, xs, ys);
}

/** @param {Outline} outline @param {Element} element @param {Bounds} box */
function crosses(outline, element, box) {
  if (!intersects(boundsOf(outline, element), box)) return false;
  const { xs, ys } = lineOf(outline, element);
  if (polylineCrosses(xs, ys, expand(box, lineWidth(element) / 2))) return true;
  return isFilled(element) && isInside(box.minX, box.minY, xs, ys);
}

/** @param {Outline} outline @param {Element} element @param {number} x @param {number} y */
function isWithin(outline, element, x, y) {
  if (!containsPoint(boundsOf(outline, element), { x, y })) return false;
  const { xs, ys } = lineOf(outline, element);
  return isInside(x, y, xs, ys);
}

/** Whether a place is within a closed line: a ray from it meets the line an odd number of times. @param {number} x @param {number} y @param {readonly number[]} xs @param {readonly number[]} ys */
function isInside(x, y, xs, ys) {
  let inside = false;
  for (let i = 1; i < xs.length; i++) {
    const [ax, ay] = [Number(xs[i - 1]), Number(ys[i - 1])];
    const [bx, by] = [Number(xs[i]), Number(ys[i])];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

// -- how it looks ----------------------------------------------------------------------------------

/** @param {Outline} outline @param {Context} ctx @param {Element} element @param {PaintView} view */
function draw(outline, ctx, element, view) {
  const opacity = numberOf(element, "opacity", 1);
  const overlaps = isFilled(element) && lineWidth(element) * view.scale > OVERLAP_PIXELS;
  if (overlaps && opacity < 1 && !view.ink) {
    paintThrough(ctx, opacity, boundsOf(outline, element), view, (layer, within) =>
      paint(outline, layer, element, within),
    );
    return;
  }
  const alpha = ctx.globalAlpha;
  ctx.globalAlpha = alpha * opacity;
  paint(outline, ctx, element, view);
  ctx.globalAlpha = alpha;
}

/** @param {Outline} outline @param {Context} ctx @param {Element} element @param {PaintView} view */
function paint(outline, ctx, element, view) {
  const frame = frameOf(element);
  enterFrame(ctx, view, frame);
  enterFlip(ctx, element, frame);
  const { w, h } = frame;
  const isSmall = Math.max(w, h) * view.scale < BOX_PIXELS;
  const line = isSmall ? boxContour(w, h) : outline.contour(w, h, element);
  fillContour(ctx, element, line, view);
  strokeContours(ctx, element, [line], view);
  enterFrame(ctx, view, frame);
  drawTextIn(ctx, element, roomIn(outline, element, frame), view);
}

/** @param {number} w @param {number} h @returns {Contour} */
function boxContour(w, h) {
  return polygon([
    { x: 0, y: 0 },
    { x: w, y: 0 },
    { x: w, y: h },
    { x: 0, y: h },
  ]);
}
