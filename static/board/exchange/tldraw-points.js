// Points of tldraw's drawings: a list in older files, bytes as text in newer ones. Pure.

import { fromBase64 } from "../core/bytes.js";
import { numberIn, objectsOf, textIn } from "./reading.js";

/**
 * @typedef {import("../core/points.js").InkPoint} InkPoint
 * @typedef {import("./reading.js").Found} Found
 */

const MIDDLING = 0.5;

/** Within the shape. @param {Found} segment @returns {InkPoint[]} */
export function pointsOfSegment({ points, path, dim }) {
  if (typeof path === "string") return pointsInPath(bytesOf(path), dim === 2 ? 2 : 3);
  if (typeof points === "string") return pointsInHalves(bytesOf(points));
  return objectsOf(points).map(({ x, y, z }) => ({
    x: numberIn(x),
    y: numberIn(y),
    pressure: numberIn(z, MIDDLING),
  }));
}

/** @param {string} text */
function bytesOf(text) {
  const bytes = fromBase64(textIn(text).replace(/=+$/, ""));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The first point in whole floats, then differences in half ones. @param {DataView} view @param {2 | 3} numbers of each point */
function pointsInPath(view, numbers) {
  /** @type {InkPoint[]} */
  const points = [];
  const here = [0, 0, MIDDLING];
  if (view.byteLength < 4 * numbers) return points;
  for (let i = 0; i < numbers; i++) here[i] = view.getFloat32(4 * i, true);
  points.push(pointOf(here));
  for (let at = 4 * numbers; at + 2 * numbers <= view.byteLength; at += 2 * numbers) {
    for (let i = 0; i < numbers; i++) here[i] = Number(here[i]) + half(view, at + 2 * i);
    points.push(pointOf(here));
  }
  return points;
}

/** Three half floats for each point. @param {DataView} view */
function pointsInHalves(view) {
  /** @type {InkPoint[]} */
  const points = [];
  for (let at = 0; at + 6 <= view.byteLength; at += 6)
    points.push(pointOf([half(view, at), half(view, at + 2), half(view, at + 4)]));
  return points;
}

/** @param {readonly number[]} numbers @returns {InkPoint} */
function pointOf([x = 0, y = 0, pressure = MIDDLING]) {
  return { x, y, pressure };
}

/** A float of 16 bits (IEEE 754): a sign, five bits of exponent, ten of fraction. @param {DataView} view @param {number} at */
function half(view, at) {
  const bits = view.getUint16(at, true);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return Number.NaN;
  if (exponent === 0) return (sign * fraction) / 2 ** 24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
