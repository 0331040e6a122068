// The few live records that the load needs, written from docs/protocol.md alone.

/** First byte of a binary frame. */
export const LIVE_FRAME = 1;
export const STROKE_START = 16;
export const STROKE_POINTS = 17;

/** One step is a quarter of a board unit, as the pen writes at 100 %. */
export const STEP_EXPONENT = 2;
const STEPS_PER_UNIT = 2 ** STEP_EXPONENT;
const WITH_PRESSURE = 1;

/** @typedef {{x: number, y: number, pressure: number}} InkPoint relative to the stroke's origin, pressure 0 to 1 */

/** @param {number[]} bytes @param {number} value */
export function writeVarint(bytes, value) {
  let rest = value >>> 0;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
}

/** @param {number[]} bytes @param {number} value */
function writeZigZag(bytes, value) {
  writeVarint(bytes, (value << 1) ^ (value >> 31));
}

/** @param {number[]} bytes @param {string} text */
function writeText(bytes, text) {
  bytes.push(text.length, ...Buffer.from(text, "ascii"));
}

/** @param {{stroke: number, key: string, x: number, y: number, width: number, color: string}} start */
export function startRecord({ stroke, key, x, y, width, color }) {
  /** @type {number[]} */
  const payload = [];
  writeVarint(payload, stroke);
  writeText(payload, key);
  writeZigZag(payload, STEP_EXPONENT);
  payload.push(WITH_PRESSURE);
  writeZigZag(payload, Math.round(x * STEPS_PER_UNIT));
  writeZigZag(payload, Math.round(y * STEPS_PER_UNIT));
  writeVarint(payload, Math.round(width * 100));
  writeText(payload, color);
  return record(STROKE_START, payload);
}

/** @param {number} stroke @param {number} index of the first of these points @param {readonly InkPoint[]} points */
export function pointsRecord(stroke, index, points) {
  /** @type {number[]} */
  const payload = [];
  writeVarint(payload, stroke);
  writeVarint(payload, index);
  let [fromX, fromY] = [0, 0];
  for (const point of points) {
    const [x, y] = [Math.round(point.x * STEPS_PER_UNIT), Math.round(point.y * STEPS_PER_UNIT)];
    writeZigZag(payload, x - fromX);
    writeZigZag(payload, y - fromY);
    payload.push(Math.round(point.pressure * 255));
    [fromX, fromY] = [x, y];
  }
  return record(STROKE_POINTS, payload);
}

/** @param {number} kind @param {number[]} payload */
function record(kind, payload) {
  /** @type {number[]} */
  const bytes = [kind];
  writeVarint(bytes, payload.length);
  bytes.push(...payload);
  return bytes;
}

/**
 * A whole frame. The relay stamps nothing, so for it the sender writes its own slot into each record.
 * @param {number[][]} records @param {number | null} slot
 */
export function liveFrame(records, slot) {
  const bytes = [LIVE_FRAME];
  for (const each of records) {
    if (slot !== null) writeVarint(bytes, slot);
    bytes.push(...each);
  }
  return Buffer.from(bytes);
}

/**
 * Calls `each(slot, stroke, index)` for every record of stroke points in a server's frame.
 * @param {Buffer} frame @param {(slot: number, stroke: number, index: number) => void} each
 */
export function readPoints(frame, each) {
  if (frame[0] !== LIVE_FRAME)
    throw new Error(`live frame begins with ${frame[0]}, not ${LIVE_FRAME}`);
  let at = 1;
  const varint = () => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = /** @type {number} */ (frame[at++]);
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
      shift += 7;
    }
  };
  while (at < frame.length) {
    const slot = varint();
    const kind = frame[at++];
    const end = varint() + at;
    if (kind === STROKE_POINTS) {
      const stroke = varint();
      each(slot, stroke, varint());
    }
    at = end;
  }
}
