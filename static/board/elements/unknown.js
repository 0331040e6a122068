// Kinds that this version doesn't know: a labelled box where they are, so that nobody draws over them unaware (R15).

import { containsPoint, expand, intersects } from "../core/geometry.js";
import { moved } from "../core/matrix.js";
import { frameAround } from "./along-points.js";
import { mutedColor } from "./ink.js";
import { hundredths, numberOf, originAt } from "./kind.js";

/**
 * @typedef {import("./kind.js").Bounds} Bounds
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Kind} Kind
 */

const WIDTH = 160;
const HEIGHT = 48;
const RADIUS = 8;
const FONT_SIZE = 14;
const PADDING = 12;
const LINE_WIDTH = 1.5;
/** No kind of ours has a longer name, and text is dear. */
const LABEL_LENGTH = 32;

/** @param {Element} element @returns {Bounds} */
function box(element) {
  const x = numberOf(element, "x", 0);
  const y = numberOf(element, "y", 0);
  const width = Math.max(1, numberOf(element, "w", WIDTH));
  const height = Math.max(1, numberOf(element, "h", HEIGHT));
  return { minX: x, minY: y, maxX: x + width, maxY: y + height };
}

/** @type {Kind} */
export const unknown = {
  bounds: (element) => expand(box(element), LINE_WIDTH),

  hit: (element, x, y, tolerance) => containsPoint(expand(box(element), tolerance), { x, y }),

  crosses: (element, bounds) => intersects(box(element), bounds),

  draw(ctx, element, view) {
    const { minX, minY, maxX, maxY } = box(element);
    const width = maxX - minX;
    const height = maxY - minY;
    originAt(ctx, view, minX, minY);
    ctx.strokeStyle = ctx.fillStyle = view.ink ?? mutedColor(view.theme);
    ctx.lineWidth = LINE_WIDTH;
    ctx.setLineDash([6, 4]);
    ctx.beginPath();
    ctx.roundRect(0, 0, width, height, Math.min(RADIUS, width / 2, height / 2));
    ctx.stroke();
    ctx.setLineDash([]);
    const size = Math.min(FONT_SIZE, height / 2);
    ctx.font = `${size}px system-ui, sans-serif`;
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    // The label shrinks into its box instead of leaving the bounds.
    if (width > 2 * PADDING)
      ctx.fillText(
        String(element.kind).slice(0, LABEL_LENGTH),
        PADDING,
        height / 2,
        width - 2 * PADDING,
      );
  },

  frame: (element) => frameAround(box(element)),

  // What else would have to change can't be known: it moves, and keeps its size.
  transform(element, matrix) {
    const { x, y } = moved(matrix, numberOf(element, "x", 0), numberOf(element, "y", 0));
    return { x: hundredths(x), y: hundredths(y) };
  },

  styles: [],
  style: "shape",
};
