// Closed shapes: an outline in a box, which may be filled, and written in. A shape is its outline and its name.

import { distanceToPolyline, expand, intersects, polylineCrosses } from "../core/geometry.js";
import {
  boundsOfFrame,
  enterFlip,
  enterFrame,
  flipOf,
  frameOf,
  outOfFrame,
  transformBox,
} from "./box.js";
import { inkColor } from "./ink.js";
import { numberOf } from "./kind.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Frame} Frame
 * @typedef {import("./kind.js").Kind} Kind
 * @typedef {import("./kind.js").PaintView} PaintView
 */

/**
 * What makes one closed shape different from another, in the units of its box.
 * @typedef {object} Outline
 * @property {(ctx: Context, w: number, h: number, element: Element) => void} trace adds it to the path, closed
 * @property {(w: number, h: number, element: Element) => Place[]} polygon the same as corners, curves in short pieces
 */

/** The properties that a closed shape may have beside its place. */
export const CLOSED_STYLES = ["color", "width", "fill", "opacity"];

/** @param {Outline} outline @returns {Kind} */
export function closedShape(outline) {
  /** On the board, the first corner again at the end. @param {Element} element */
  const polygonOf = (element) => {
    const frame = frameOf(element);
    const { across, down } = flipOf(element);
    const places = outline
      .polygon(frame.w, frame.h, element)
      .map(({ x, y }) => outOfFrame(frame, across ? frame.w - x : x, down ? frame.h - y : y));
    const closed = [...places, .../** @type {Place[]} */ (places.slice(0, 1))];
    return { xs: closed.map(({ x }) => x), ys: closed.map(({ y }) => y) };
  };
  /** @param {Element} element */
  const bounds = (element) => expand(boundsOfFrame(frameOf(element)), lineWidth(element) / 2);

  return {
    bounds,

    hit(element, x, y, tolerance) {
      if (!intersects(expand(bounds(element), tolerance), { minX: x, minY: y, maxX: x, maxY: y }))
        return false;
      const { xs, ys } = polygonOf(element);
      if (distanceToPolyline(x, y, xs, ys) <= lineWidth(element) / 2 + tolerance) return true;
      return isFilled(element) && isInside(x, y, xs, ys);
    },

    crosses(element, box) {
      if (!intersects(bounds(element), box)) return false;
      const { xs, ys } = polygonOf(element);
      if (polylineCrosses(xs, ys, expand(box, lineWidth(element) / 2))) return true;
      return isFilled(element) && isInside(box.minX, box.minY, xs, ys);
    },

    inside(element, x, y) {
      const { xs, ys } = polygonOf(element);
      return isInside(x, y, xs, ys);
    },

    draw(ctx, element, view) {
      const frame = frameOf(element);
      const alpha = ctx.globalAlpha;
      ctx.globalAlpha = alpha * numberOf(element, "opacity", 1);
      enterFrame(ctx, view, frame);
      enterFlip(ctx, element, frame);
      ctx.beginPath();
      outline.trace(ctx, frame.w, frame.h, element);
      if (isFilled(element)) {
        ctx.fillStyle = view.ink ?? inkColor(element.fill, view.theme);
        ctx.fill();
      }
      ctx.strokeStyle = view.ink ?? inkColor(element.color, view.theme);
      ctx.lineWidth = lineWidth(element);
      ctx.lineJoin = ctx.lineCap = "round";
      ctx.stroke();
      ctx.globalAlpha = alpha;
    },

    frame: frameOf,
    transform: transformBox,
    styles: CLOSED_STYLES,
    style: "shape",
  };
}

/** @param {Element} element */
function lineWidth(element) {
  return Math.max(0.01, numberOf(element, "width", 1));
}

/** @param {Element} element */
function isFilled(element) {
  return Object.hasOwn(element, "fill");
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
