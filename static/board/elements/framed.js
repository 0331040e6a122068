// What is in a frame is cut off at its edge, and at those of the frames around that: children get `clip`, which is
// derived and never written.
//
// Each element names the frame that it is in, and two people may at once put each of two frames into the other. All
// have the same elements, so all break such a ring in the same place: of the frames in it the one with the smallest
// key is in none. And what has come to lie wholly beside its frame, as somebody drew it there while somebody else moved
// the frame away, isn't in it: nothing drawn is ever out of sight.

import { intersects } from "../core/geometry.js";
import { boxOf } from "./frame.js";
import { kindOf } from "./index.js";
import { textOf } from "./kind.js";
import { pageOf } from "./sheet.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./derived.js").Get} Get
 */

/** Whatever names a frame that is deeper than this is in none: nobody has put it there, and trees are gone through by recursion. */
const DEEPEST = 16;

/** Keys of the frames that an element is in, the innermost first. @param {Element} element @param {Get} get @returns {string[]} */
export function framesAround(element, get) {
  /** @type {string[]} */
  const around = [];
  const page = pageOf(element);
  let key = textOf(element, "frame");
  let inner = element;
  for (let frame = get(key); isFrameOn(frame, page) && liesIn(inner, frame); frame = get(key)) {
    if (around.includes(key)) return outOfRing(around, around.indexOf(key), element, get);
    if (around.length === DEEPEST) return [];
    around.push(key);
    inner = frame;
    key = textOf(frame, "frame");
  }
  return around;
}

/** @param {Element | undefined} frame @param {string} page @returns {frame is Element} */
function isFrameOn(frame, page) {
  return frame?.kind === "frame" && pageOf(frame) === page;
}

/** Whether some of it does. @param {Element} element @param {Element} frame */
function liesIn(element, frame) {
  const box = element.kind === "frame" ? boxOf(element) : kindOf(element).bounds(element);
  return intersects(box, boxOf(frame));
}

/** @param {readonly string[]} around @param {number} start of the ring @param {Element} element @param {Get} get */
function outOfRing(around, start, element, get) {
  const outermost = around.slice(start).reduce((least, key) => (key < least ? key : least));
  return get(outermost) === element ? [] : around.slice(0, around.indexOf(outermost) + 1);
}

/** What all of them leave to be seen. @param {readonly string[]} frames @param {Get} get @returns {Bounds} */
function sharedBox(frames, get) {
  const all = { minX: -Infinity, minY: -Infinity, maxX: Infinity, maxY: Infinity };
  for (const key of frames) {
    const { minX, minY, maxX, maxY } = boxOf(get(key) ?? { kind: "frame", z: "" });
    all.minX = Math.max(all.minX, minX);
    all.minY = Math.max(all.minY, minY);
    all.maxX = Math.max(all.minX, Math.min(all.maxX, maxX));
    all.maxY = Math.max(all.minY, Math.min(all.maxY, maxY));
  }
  return all;
}

/** @type {import("./derived.js").Derivation} */
export const framed = {
  names: ["frame"],
  targets: (element) => (typeof element.frame === "string" ? [element.frame] : []),
  derive(element, get) {
    const around = framesAround(element, get);
    if (around.length === 0) return {};
    const { minX, minY, maxX, maxY } = sharedBox(around, get);
    return { clip: [minX, minY, maxX - minX, maxY - minY].join(",") };
  },
};
