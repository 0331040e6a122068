// The frame: a box with a name above its corner, around what is in it (framed.js). Its inside lets the pointer through.

import { containsPoint, expand, intersects } from "../core/geometry.js";
import { moved } from "../core/matrix.js";
import { frameOf } from "./box.js";
import { inkColor, mutedColor } from "./ink.js";
import { hundredths, originAt, textOf } from "./kind.js";

/**
 * @typedef {import("./kind.js").Bounds} Bounds
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Kind} Kind
 * @typedef {import("./kind.js").PaintView} PaintView
 */

/** In pixels of the screen, as is what stands around it. */
const NAME_PIXELS = 13;
const LINE_PIXELS = 1.25;
const GAP = 0.45;
const FONT = '"Pretendard Variable", system-ui, "Segoe UI", "Noto Sans KR", sans-serif';
/** In board units: from far away it gets smaller after all, or names would lie over other frames. */
const NAME_MIN = 3;
const NAME_MAX = 56;
/** Of the frame's height: no name is larger than what it names. */
const NAME_PART = 0.5;
/** The name that can be seen, in letters. */
const NAME_LENGTH = 200;
/** A letter is about so wide as a part of its size, one of East Asia's twice that. */
const LETTER = 0.55;
const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uff00-\uffef]/;
/** A pointer's tolerance is a fixed number of pixels: the name is about so much larger. */
const NAME_OF_REACH = 2.2;
const SIDE_MIN = 1;

/** @param {Element} element @returns {Bounds} */
export function boxOf(element) {
  const { x, y, w, h } = frameOf(element);
  return { minX: x, minY: y, maxX: x + Math.max(SIDE_MIN, w), maxY: y + Math.max(SIDE_MIN, h) };
}

/** How large the name is at some zoom, in board units. @param {Element} element @param {number} wanted */
function nameSize(element, wanted) {
  const most = Math.min(NAME_MAX, Math.max(NAME_MIN, frameOf(element).h * NAME_PART));
  return Math.min(most, Math.max(NAME_MIN, wanted));
}

/** @param {Element} element */
export function nameOf(element) {
  return textOf(element, "name").slice(0, NAME_LENGTH);
}

/** @param {Element} element @param {number} size @returns {Bounds | null} */
function nameBox(element, size) {
  const name = nameOf(element);
  if (name === "") return null;
  const { minX, minY, maxX } = boxOf(element);
  let width = 0;
  for (const letter of name) width += (WIDE.test(letter) ? 2 : 1) * LETTER * size;
  return {
    minX,
    minY: minY - size * (1 + 2 * GAP),
    maxX: Math.min(maxX, minX + width),
    maxY: minY,
  };
}

/** Whether only its line is meant: inside it there is board. @param {Bounds} box @param {number} x @param {number} y @param {number} reach */
function isOnLine(box, x, y, reach) {
  return (
    containsPoint(expand(box, reach), { x, y }) &&
    !(x > box.minX + reach && x < box.maxX - reach && y > box.minY + reach && y < box.maxY - reach)
  );
}

/** @type {Kind} */
export const frame = {
  bounds(element) {
    const size = nameSize(element, Infinity);
    const box = expand(boxOf(element), LINE_PIXELS / 2);
    if (nameOf(element) === "") return box;
    return { ...box, minY: box.minY - size * (1 + 2 * GAP) };
  },

  hit(element, x, y, tolerance) {
    const name = nameBox(element, nameSize(element, tolerance * NAME_OF_REACH));
    if (name && containsPoint(expand(name, tolerance / 2), { x, y })) return true;
    return isOnLine(boxOf(element), x, y, tolerance);
  },

  crosses(element, bounds) {
    const box = boxOf(element);
    const isWithin =
      bounds.minX > box.minX &&
      bounds.maxX < box.maxX &&
      bounds.minY > box.minY &&
      bounds.maxY < box.maxY;
    return intersects(box, bounds) && !isWithin;
  },

  draw(ctx, element, view) {
    const { minX, minY, maxX, maxY } = boxOf(element);
    const [width, height] = [maxX - minX, maxY - minY];
    originAt(ctx, view, minX, minY);
    const pixel = (view.ratio ?? 1) / view.scale;
    if (Object.hasOwn(element, "fill") && !view.ink) {
      ctx.fillStyle = inkColor(element.fill, view.theme);
      ctx.fillRect(0, 0, width, height);
    }
    ctx.strokeStyle = ctx.fillStyle = view.ink ?? mutedColor(view.theme);
    // Never wider than its bounds leave room for.
    ctx.lineWidth = Math.min(LINE_PIXELS, LINE_PIXELS * pixel);
    ctx.strokeRect(0, 0, width, height);
    drawName(ctx, element, width, nameSize(element, NAME_PIXELS * pixel));
  },

  frame: (element) => ({ ...frameOf(element), angle: 0 }),

  transform(element, matrix) {
    const { minX, minY, maxX, maxY } = boxOf(element);
    const [a, b, c, d] = matrix;
    // Turned by a quarter or so its sides change places; in between it stays upright.
    const lies = Math.abs(b) + Math.abs(c) > Math.abs(a) + Math.abs(d);
    const across = Math.hypot(lies ? c : a, lies ? d : b);
    const down = Math.hypot(lies ? a : c, lies ? b : d);
    const middle = moved(matrix, (minX + maxX) / 2, (minY + maxY) / 2);
    const isTurned = !lies && (Math.abs(b) > 1e-9 || Math.abs(c) > 1e-9);
    const w = Math.max(SIDE_MIN, (maxX - minX) * (isTurned || lies ? 1 : across));
    const h = Math.max(SIDE_MIN, (maxY - minY) * (isTurned || lies ? 1 : down));
    return {
      x: hundredths(middle.x - w / 2),
      y: hundredths(middle.y - h / 2),
      w: hundredths(w),
      h: hundredths(h),
    };
  },

  styles: ["fill"],
  style: "shape",
};

/** @param {import("./kind.js").Context} ctx @param {Element} element @param {number} width @param {number} size */
function drawName(ctx, element, width, size) {
  const name = nameOf(element);
  if (name === "" || width <= size) return;
  ctx.font = `500 ${size}px ${FONT}`;
  ctx.textBaseline = "alphabetic";
  ctx.textAlign = "left";
  ctx.fillText(fitting(ctx, name, width), 0, -size * (GAP + 0.15));
}

/** As much of a name as there is room for. @param {import("./kind.js").Context} ctx @param {string} name @param {number} width */
function fitting(ctx, name, width) {
  if (ctx.measureText(name).width <= width) return name;
  const letters = [...name];
  let [least, most] = [0, letters.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (ctx.measureText(`${letters.slice(0, middle).join("")}…`).width <= width) least = middle;
    else most = middle - 1;
  }
  return `${letters.slice(0, least).join("").trimEnd()}…`;
}
