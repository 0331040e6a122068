// A picture on the board with another one in its place: as wide as before, around the same middle. Pure.

import { frameOf, middleOf } from "../elements/box.js";
import { hundredths } from "../elements/kind.js";

/** @typedef {import("../elements/kind.js").Element} Element */

const SIDE_MAX = 1_000_000;

/** @param {Element} element @param {string} asset @param {{width: number, height: number}} size in pixels */
export function replacedBy(element, asset, { width, height }) {
  const { w } = frameOf(element);
  return { asset, crop: null, alt: null, source: null, ...sized(element, w, (w * height) / width) };
}

/** Around the same middle. @param {Element} element @param {number} w @param {number} h */
export function sized(element, w, h) {
  const { x, y } = middleOf(frameOf(element));
  const [across, down] = [hundredths(Math.min(SIDE_MAX, w)), hundredths(Math.min(SIDE_MAX, h))];
  return { x: hundredths(x - across / 2), y: hundredths(y - down / 2), w: across, h: down };
}
