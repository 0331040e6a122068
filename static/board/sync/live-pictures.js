// The live record of pictures on their way: where each will be, and how much of it has gone. Pure.

import { ByteWriter } from "../core/bytes.js";
import { STEP_MAX, STEP_MIN } from "../core/points.js";

/** @typedef {import("../core/bytes.js").ByteReader} ByteReader */
/** In board units; `part` from 0 to 1. @typedef {{key: string, x: number, y: number, w: number, h: number, part: number}} Coming */

/** More at once nobody can tell apart, and a record must hold them. */
export const COMING_COUNT = 20;
const PERCENT = 100;
const EDGE = 1_000_000;
const KEY = /^[A-Za-z0-9_-]{8,32}$/;

/** @param {readonly Coming[]} pictures none: no more are on their way @param {number} step */
export function writePictures(pictures, step) {
  const writer = new ByteWriter();
  if (pictures.length === 0) return writer.take();
  const scale = 2 ** step;
  writer.zigzag(step);
  for (const { key, x, y, w, h, part } of pictures.slice(0, COMING_COUNT)) {
    writer.text(key);
    writer.zigzag(Math.round(x * scale));
    writer.zigzag(Math.round(y * scale));
    writer.varint(Math.round(w * scale));
    writer.varint(Math.round(h * scale));
    writer.byte(Math.round(Math.min(1, Math.max(0, part)) * PERCENT));
  }
  return writer.take();
}

/** Those that lie on the board; null where it can't be read. @param {ByteReader} payload @returns {Coming[] | null} */
export function readPictures(payload) {
  if (payload.left === 0) return [];
  const step = payload.zigzag();
  if (step < STEP_MIN || step > STEP_MAX) return null;
  /** @type {Coming[]} */
  const pictures = [];
  while (payload.left > 0 && pictures.length < COMING_COUNT) {
    const picture = readPicture(payload, 2 ** -step);
    if (!payload.ok || !isOnBoard(picture)) return null;
    pictures.push(picture);
  }
  return pictures;
}

/** @param {ByteReader} payload @param {number} unit @returns {Coming} */
function readPicture(payload, unit) {
  const key = payload.text();
  const x = payload.zigzag() * unit;
  const y = payload.zigzag() * unit;
  const w = payload.varint() * unit;
  const h = payload.varint() * unit;
  return { key, x, y, w, h, part: payload.byte() / PERCENT };
}

/** @param {Coming} picture */
function isOnBoard({ key, x, y, w, h, part }) {
  return KEY.test(key) && Math.max(Math.abs(x), Math.abs(y), w, h) <= EDGE && part <= 1;
}
