// The label of a line: text at the middle of its way, which the line leaves room for.

import { containsPoint, expand, intersects } from "../core/geometry.js";
import { inkColor } from "./ink.js";
import { isSet, originAt } from "./kind.js";
import { fineShape, originOf } from "./path-shape.js";
import { LINE_HEIGHT } from "./text-layout.js";
import { drawWritten, layoutOf, sizeOf, writtenText } from "./writing.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Frame} Frame
 * @typedef {import("./kind.js").PaintView} PaintView
 * @typedef {import("./path-shape.js").Polyline} Polyline
 */

/** In sizes of the font: where its lines break, the room around it, and how far letters reach out of their box. */
const WIDTH = 12;
const PADDING = { across: 0.35, down: 0.1 };
const OVERHANG = 0.3;

/** @param {Element} element */
export function hasLabel(element) {
  return writtenText(element) !== "";
}

/** Where it is written, as wide as its lines may be. @param {Element} element @returns {Frame} */
export function labelFrame(element) {
  const size = sizeOf(element);
  const height = hasLabel(element) ? layoutOf(element, WIDTH).height : LINE_HEIGHT;
  const [w, h] = [WIDTH * size, height * size];
  const { x, y } = originOf(element);
  const middle = middleOf(fineShape(element).line);
  return { x: x + middle.x - w / 2, y: y + middle.y - h / 2, w, h, angle: 0 };
}

/** The box of the words themselves, on the board; null without any. @param {Element} element @returns {Bounds | null} */
export function labelBox(element) {
  if (!hasLabel(element)) return null;
  const size = sizeOf(element);
  const { x, y, w, h } = labelFrame(element);
  const across = (layoutOf(element, WIDTH).width / 2 + PADDING.across) * size;
  const down = PADDING.down * size;
  return { minX: x + w / 2 - across, minY: y - down, maxX: x + w / 2 + across, maxY: y + h + down };
}

/** Where there may be ink of it. @param {Element} element @returns {Bounds | null} */
export function labelBounds(element) {
  const box = labelBox(element);
  return box && expand(box, OVERHANG * sizeOf(element));
}

/** @param {Element} element @param {Place} place @param {number} tolerance */
export function isOnLabel(element, place, tolerance) {
  const box = labelBox(element);
  return box !== null && containsPoint(expand(box, tolerance), place);
}

/** @param {Element} element @param {Bounds} bounds */
export function labelCrosses(element, bounds) {
  const box = labelBox(element);
  return box !== null && intersects(box, bounds);
}

/** The canvas has the line's own units. @param {Context} ctx @param {Element} element @param {Bounds} bounds of the element @param {() => void} draw the line */
export function aroundLabel(ctx, element, bounds, draw) {
  const box = labelBox(element);
  if (!box) {
    draw();
    return;
  }
  const { x, y } = originOf(element);
  ctx.save();
  ctx.beginPath();
  for (const { minX, minY, maxX, maxY } of [expand(bounds, sizeOf(element)), box])
    ctx.rect(minX - x, minY - y, maxX - minX, maxY - minY);
  ctx.clip("evenodd");
  draw();
  ctx.restore();
}

/** Not while it is being written: then a field lies there. @param {Context} ctx @param {Element} element @param {PaintView} view */
export function drawLabel(ctx, element, view) {
  if (!hasLabel(element) || isSet(element, "unlettered")) return;
  const { x, y, w, h } = labelFrame(element);
  originAt(ctx, view, x, y);
  drawWritten(ctx, element, { x: 0, y: 0, w, h }, view, {
    layout: layoutOf(element, WIDTH),
    size: sizeOf(element),
    color: inkColor(element.color, view.theme),
    align: "center",
    valign: "middle",
  });
}

/** Halfway along a line. @param {Polyline} line @returns {Place} */
export function middleOf({ xs, ys }) {
  const lengths = Array.from(xs, (x, i) =>
    i === 0 ? 0 : Math.hypot(Number(x) - Number(xs[i - 1]), Number(ys[i]) - Number(ys[i - 1])),
  );
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (let i = 1; i < xs.length; i++) {
    const length = Number(lengths[i]);
    if (length > 0 && left <= length) {
      const part = left / length;
      const [ax, ay] = [Number(xs[i - 1]), Number(ys[i - 1])];
      return { x: ax + (Number(xs[i]) - ax) * part, y: ay + (Number(ys[i]) - ay) * part };
    }
    left -= length;
  }
  return { x: Number(xs[0] ?? 0), y: Number(ys[0] ?? 0) };
}
