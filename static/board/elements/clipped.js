// Kinds as they are within a frame: seen and hit only inside what `clip` says. Handles and changes are the whole one's.

import { contains, containsPoint, intersects } from "../core/geometry.js";
import { textOf } from "./kind.js";

/**
 * @typedef {import("./kind.js").Bounds} Bounds
 * @typedef {import("./kind.js").Element} Element
 * @typedef {import("./kind.js").Kind} Kind
 */

/** @type {WeakMap<Element, Bounds | null>} */
const clips = new WeakMap();

/** What of the board an element is seen in; null: all of it. @param {Element} element @returns {Bounds | null} */
export function clipOf(element) {
  let clip = clips.get(element);
  if (clip === undefined) {
    clip = readClip(textOf(element, "clip"));
    clips.set(element, clip);
  }
  return clip;
}

/** @param {string} text @returns {Bounds | null} */
function readClip(text) {
  const [x = Number.NaN, y = Number.NaN, w = Number.NaN, h = Number.NaN] = text
    .split(",", 4)
    .map(Number);
  if (![x, y, w, h].every(Number.isFinite)) return null;
  return { minX: x, minY: y, maxX: x + Math.max(0, w), maxY: y + Math.max(0, h) };
}

/** What two boxes share; of those that share nothing a point at the second one's edge. @param {Bounds} box @param {Bounds} clip @returns {Bounds} */
export function cutBounds(box, clip) {
  const across = (/** @type {number} */ x) => Math.min(clip.maxX, Math.max(clip.minX, x));
  const down = (/** @type {number} */ y) => Math.min(clip.maxY, Math.max(clip.minY, y));
  return {
    minX: across(box.minX),
    minY: down(box.minY),
    maxX: across(box.maxX),
    maxY: down(box.maxY),
  };
}

/** @type {Map<Kind, Kind>} */
const made = new Map();

/** The kind of elements that have a `clip`. @param {Kind} kind @returns {Kind} */
export function clippedKind(kind) {
  let clipped = made.get(kind);
  if (!clipped) {
    clipped = clippedOf(kind);
    made.set(kind, clipped);
  }
  return clipped;
}

/** @param {Kind} kind @returns {Kind} */
function clippedOf(kind) {
  const { inside } = kind;
  return {
    ...kind,
    bounds(element) {
      const clip = clipOf(element);
      const whole = kind.bounds(element);
      return clip ? cutBounds(whole, clip) : whole;
    },
    hit(element, x, y, tolerance) {
      return isSeenAt(element, x, y) && kind.hit(element, x, y, tolerance);
    },
    crosses(element, bounds) {
      const clip = clipOf(element);
      if (!clip) return kind.crosses(element, bounds);
      return intersects(clip, bounds) && kind.crosses(element, cutBounds(bounds, clip));
    },
    ...(inside && {
      inside: (/** @type {Element} */ element, /** @type {number} */ x, /** @type {number} */ y) =>
        isSeenAt(element, x, y) && inside(element, x, y),
    }),
    draw: (ctx, element, view) => drawCut(kind, ctx, element, view),
  };
}

/** @param {Element} element @param {number} x @param {number} y */
function isSeenAt(element, x, y) {
  const clip = clipOf(element);
  return clip === null || containsPoint(clip, { x, y });
}

/** @param {Kind} kind @param {import("./kind.js").Context} ctx @param {Element} element @param {import("./kind.js").PaintView} view */
function drawCut(kind, ctx, element, view) {
  const clip = clipOf(element);
  const whole = kind.bounds(element);
  // Most of what is in a frame doesn't reach out of it, and clipping is dear.
  if (!clip || contains(clip, whole)) {
    kind.draw(ctx, element, view);
    return;
  }
  if (!intersects(clip, whole)) return;
  const { scale, left, top } = view;
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.beginPath();
  ctx.rect(
    clip.minX * scale - left,
    clip.minY * scale - top,
    (clip.maxX - clip.minX) * scale,
    (clip.maxY - clip.minY) * scale,
  );
  ctx.clip();
  kind.draw(ctx, element, view);
  ctx.restore();
}

/** The same elements, whole. @type {WeakMap<Element, Element>} */
const wholes = new WeakMap();

/** An element as it is without its frame; always the same one for the same. @param {Element} element @returns {Element} */
export function unclipped(element) {
  if (!Object.hasOwn(element, "clip")) return element;
  let whole = wholes.get(element);
  if (!whole) {
    const { clip: _, ...rest } = element;
    whole = /** @type {Element} */ (Object.freeze(rest));
    wholes.set(element, whole);
  }
  return whole;
}
