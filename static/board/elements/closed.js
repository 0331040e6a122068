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
/** How far from a corner its rounding begins, as a part of the shorter side; of large ones less. */
const ROUNDING = 0.25;
const LARGE = 96;

/** @param {Outline} outline @returns {Kind} */
export function closedShape({ contour, room }) {
  /** @param {Element} element @param {Frame} frame */
  const contourOf = (element, { w, h }) => contour(w, h, element);

  /** On the board, closed. @param {Element} element */
  const lineOf = (element) => {
    const frame = frameOf(element);
    const { across, down } = flipOf(element);
    const { xs, ys } = flattened(contourOf(element, frame));
    const places = xs.map((x, i) => {
      const y = Number(ys[i]);
      return outOfFrame(frame, across ? frame.w - x : x, down ? frame.h - y : y);
    });
    return { xs: places.map(({ x }) => x), ys: places.map(({ y }) => y) };
  };
  /** @param {Element} element */
  const bounds = (element) => expand(boundsOfFrame(frameOf(element)), lookMargin(element));

  /** @param {Context} ctx @param {Element} element @param {PaintView} view */
  const paint = (ctx, element, view) => {
    const frame = frameOf(element);
    enterFrame(ctx, view, frame);
    enterFlip(ctx, element, frame);
    const small = Math.max(frame.w, frame.h) * view.scale < BOX_PIXELS;
    const line = small ? boxContour(frame.w, frame.h) : contourOf(element, frame);
    fillContour(ctx, element, line, view);
    strokeContours(ctx, element, [line], view);
  };

  /** @param {Element} element @returns {Frame} */
  const textFrame = (element) => {
    const frame = frameOf(element);
    return roomOnBoard(element, frame, room(frame.w, frame.h));
  };

  return {
    bounds,

    hit(element, x, y, tolerance) {
      if (!containsPoint(expand(bounds(element), tolerance), { x, y })) return false;
      const { xs, ys } = lineOf(element);
      if (distanceToPolyline(x, y, xs, ys) <= lineWidth(element) / 2 + tolerance) return true;
      return isFilled(element) && isInside(x, y, xs, ys);
    },

    crosses(element, box) {
      if (!intersects(bounds(element), box)) return false;
      const { xs, ys } = lineOf(element);
      if (polylineCrosses(xs, ys, expand(box, lineWidth(element) / 2))) return true;
      return isFilled(element) && isInside(box.minX, box.minY, xs, ys);
    },

    inside(element, x, y) {
      if (!containsPoint(bounds(element), { x, y })) return false;
      const { xs, ys } = lineOf(element);
      return isInside(x, y, xs, ys);
    },

    draw(ctx, element, view) {
      const opacity = numberOf(element, "opacity", 1);
      // What has but an outline lies nowhere over itself.
      if (!isFilled(element) || opacity >= 1 || view.ink) {
        const alpha = ctx.globalAlpha;
        ctx.globalAlpha = alpha * opacity;
        paint(ctx, element, view);
        ctx.globalAlpha = alpha;
      } else {
        paintThrough(ctx, opacity, bounds(element), view, (layer, within) =>
          paint(layer, element, within),
        );
      }
    },

    frame: frameOf,
    transform: transformBox,
    textFrame,
    styles: CLOSED_STYLES,
    style: "shape",
    inherit: inheritLook,
  };
}

/** A shape of straight sides, the corners of which can be rounded. @param {{corners: (w: number, h: number) => Place[], room: Outline["room"]}} shape @returns {Kind} */
export function cornered({ corners, room }) {
  const kind = closedShape({
    contour: (w, h, element) =>
      isRound(element) ? roundedPolygon(corners(w, h), roundingOf(w, h)) : polygon(corners(w, h)),
    room,
  });
  return { ...kind, styles: [...kind.styles, "round"] };
}

/** @param {number} w @param {number} h */
export function roundingOf(w, h) {
  const side = Math.min(w, h);
  return ROUNDING * (side <= LARGE ? side : Math.sqrt(side * LARGE));
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

/** Text isn't mirrored, but the room for it is where the shape is. @param {Element} element @param {Frame} frame @param {Room} room @returns {Frame} */
function roomOnBoard(element, frame, { x, y, w, h }) {
  const { across, down } = flipOf(element);
  const left = across ? frame.w - x - w : x;
  const top = down ? frame.h - y - h : y;
  const middle = outOfFrame(frame, left + w / 2, top + h / 2);
  return { x: middle.x - w / 2, y: middle.y - h / 2, w, h, angle: frame.angle };
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
