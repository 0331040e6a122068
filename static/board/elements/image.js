// A picture in a box: all of it or what its crop leaves. Until its pixels have come there is a paper where it will be.

import { expand } from "../core/geometry.js";
import { boundsOfFrame, enterFlip, enterFrame, frameOf, transformBox } from "./box.js";
import { drawPlaceholder } from "./image-placeholder.js";
import { isSet, numberOf, textOf } from "./kind.js";
import { pictures } from "./pictures.js";
import { frameCrosses, frameHas } from "./text.js";

/**
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Frame} Frame
 * @typedef {import("./kind.js").Kind} Kind
 * @typedef {import("./pictures.js").Bitmap} Bitmap
 */

/** The part of a picture that is shown, as parts of its sides. @typedef {{l: number, t: number, w: number, h: number}} Crop */

/** @type {Readonly<Crop>} */
export const UNCROPPED = Object.freeze({ l: 0, t: 0, w: 1, h: 1 });
/** What is less of a picture than this can't be made out. */
const PART_MIN = 0.001;
/** How far from a corner its rounding begins, as a part of the shorter side; of large ones less. */
const ROUNDING = 0.08;
const ROUNDING_MAX = 24;
const ROUND_PIXELS = 0.5;

/** @param {Element} element @returns {Crop} */
export function cropOf(element) {
  const parts = textOf(element, "crop").split(",").map(Number);
  const [l = 0, t = 0, w = 1, h = 1] = parts;
  if (parts.length !== 4 || !parts.every((part) => part >= 0 && part <= 1)) return UNCROPPED;
  if (w < PART_MIN || h < PART_MIN) return UNCROPPED;
  return { l: Math.min(l, 1 - PART_MIN), t: Math.min(t, 1 - PART_MIN), w, h };
}

/** @param {Element} element @param {Frame} [frame] how long the longer side of the whole picture is, in board units */
export function wholeSide(element, frame = frameOf(element)) {
  const { w, h } = cropOf(element);
  return Math.max(frame.w / w, frame.h / h);
}

/** @type {Kind} */
export const image = {
  bounds: (element) => expand(boundsOfFrame(frameOf(element)), 1),

  hit: (element, x, y, tolerance) => frameHas(frameOf(element), x, y, tolerance),

  crosses: (element, box) => frameCrosses(frameOf(element), box),

  inside: (element, x, y) => frameHas(frameOf(element), x, y, 0),

  draw(ctx, element, view) {
    const frame = frameOf(element);
    const alpha = ctx.globalAlpha;
    ctx.globalAlpha = alpha * numberOf(element, "opacity", 1);
    enterFrame(ctx, view, frame);
    const radius = isSet(element, "round") ? radiusOf(frame) : 0;
    const isRound = radius * view.scale >= ROUND_PIXELS;
    if (isRound) enterRound(ctx, frame, radius);
    if (view.ink) fillAll(ctx, frame, view.ink);
    else {
      const found = (view.pictures ?? pictures).at(
        textOf(element, "asset"),
        Math.ceil(wholeSide(element, frame) * view.scale),
      );
      if (typeof found === "string")
        drawPlaceholder(ctx, frame, view, {
          failed: found === "failed",
          alt: textOf(element, "alt"),
        });
      else drawPixels(ctx, element, frame, found);
    }
    if (isRound) ctx.restore();
    ctx.globalAlpha = alpha;
  },

  frame: frameOf,

  transform: transformBox,

  styles: ["opacity", "round"],
  style: "shape",
};

/** @param {Frame} frame */
function radiusOf({ w, h }) {
  return Math.min(ROUNDING_MAX, ROUNDING * Math.min(w, h));
}

/** @param {Context} ctx @param {Frame} frame @param {number} radius */
function enterRound(ctx, { w, h }, radius) {
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(0, 0, w, h, radius);
  ctx.clip();
}

/** @param {Context} ctx @param {Frame} frame @param {string} color */
function fillAll(ctx, { w, h }, color) {
  ctx.fillStyle = color;
  ctx.fillRect(0, 0, w, h);
}

/** @param {Context} ctx @param {Element} element @param {Frame} frame @param {Bitmap} bitmap */
function drawPixels(ctx, element, frame, bitmap) {
  const { l, t, w, h } = cropOf(element);
  const { width, height } = bitmap;
  const quality = ctx.imageSmoothingQuality;
  ctx.imageSmoothingQuality = "high";
  enterFlip(ctx, element, frame);
  ctx.drawImage(
    bitmap,
    l * width,
    t * height,
    Math.min(w, 1 - l) * width,
    Math.min(h, 1 - t) * height,
    0,
    0,
    frame.w,
    frame.h,
  );
  ctx.imageSmoothingQuality = quality;
}
