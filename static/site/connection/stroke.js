// The stroke that goes over every transport: 300 points in the frames that a board's page would send. Pure.

import { LiveWriter } from "../../board/sync/live.js";

export const POINTS = 300;
/** As pens report them. */
export const POINT_GAP_MS = 1000 / 120;
const POINTS_PER_FRAME = 4;
const STEP = 2;
const LIVE_FRAME = 1;
const KEY = "connection-stroke";

/** @typedef {{at: number, points: number[], bytes: Uint8Array<ArrayBuffer>}} StrokeFrame `points` are the times at which each was drawn */

/** Frames at 30 a second, with when each is due. @returns {StrokeFrame[]} */
export function strokeFrames() {
  const writer = new LiveWriter();
  /** @type {StrokeFrame[]} */
  const frames = [];
  const start = {
    stroke: 1,
    key: KEY,
    step: STEP,
    pressure: true,
    x: 0,
    y: 0,
    width: 4,
    color: "blue",
  };
  writer.strokeStart(start);
  for (let first = 0; first < POINTS; first += POINTS_PER_FRAME) {
    const numbers = Array.from({ length: POINTS_PER_FRAME }, (_, i) => first + i);
    writer.strokePoints(1, first, numbers.map(point), STEP, true);
    const points = numbers.map((number) => number * POINT_GAP_MS);
    const records = writer.take();
    const bytes = new Uint8Array(records.length + 1);
    bytes[0] = LIVE_FRAME;
    bytes.set(records, 1);
    frames.push({ at: Number(points.at(-1)), points, bytes });
  }
  return frames;
}

/** A rose that a hand could draw. @param {number} number */
export function point(number) {
  const turn = (number / (POINTS - 1)) * 2 * Math.PI;
  const radius = 180 * Math.cos(2 * turn);
  return {
    x: radius * Math.cos(turn),
    y: radius * Math.sin(turn),
    pressure: 0.5 + 0.3 * Math.sin(3 * turn),
  };
}
