// The binary codec of live records, both ways, as in "Live frames" of docs/protocol.md. Pure.

import { ByteReader, ByteWriter } from "../core/bytes.js";
import { readPoints, STEP_MAX, STEP_MIN, writePoints } from "../core/points.js";

/** @typedef {import("../core/fold.js").Element} Element */
/** @typedef {import("../core/matrix.js").Matrix} Matrix */
/** @typedef {import("../core/points.js").InkPoint} InkPoint */

/** Where somebody's selection is being moved to; a copy leaves the elements where they are. @typedef {{matrix: Matrix, copy: boolean}} Transform */

/**
 * @typedef {{type: "cursor", slot: number, x: number, y: number}} CursorRecord
 * @typedef {{type: "away", slot: number}} AwayRecord
 * @typedef {{type: "selection", slot: number, keys: string[]}} SelectionRecord
 * @typedef {{type: "start", slot: number, stroke: number, key: string, step: number, pressure: boolean,
 *   x: number, y: number, width: number, color: string}} StartRecord
 * @typedef {{type: "points", slot: number, stroke: number, first: number, body: Uint8Array}} PointsRecord
 *   `body` can be read with the start's step and pressure only
 * @typedef {{type: "end", slot: number, stroke: number}} EndRecord
 * @typedef {{type: "transform", slot: number, transform: Transform | null}} TransformRecord null: it is over
 * @typedef {{type: "draft", slot: number, draft: {key: string, element: Element} | null}} DraftRecord null: it is over
 * @typedef {{type: "page", slot: number, page: string}} PageRecord which page the sender is on
 * @typedef {{type: "more", slot: number, kind: number, body: Uint8Array}} MoreRecord
 *   what live-more.js reads, which comes later
 * @typedef {CursorRecord | AwayRecord | SelectionRecord | StartRecord | PointsRecord | EndRecord
 *   | TransformRecord | DraftRecord | PageRecord | MoreRecord} LiveRecord
 */

/** @type {import("../protocol").LiveKinds} */
export const KINDS = {
  CURSOR: 1,
  AWAY: 2,
  SELECTION: 3,
  TRANSFORM: 4,
  DRAFT: 5,
  CHAT: 6,
  VIEW: 7,
  STATE: 8,
  PRESENT: 9,
  PAGE: 10,
  PICTURES: 11,
  STROKE_START: 16,
  STROKE_POINTS: 17,
  STROKE_END: 18,
  LASER: 19,
  REACTION: 20,
  SUMMON: 21,
};
const LIVE_FRAME = 1;
/** Longest payload of one record. */
const RECORD_BYTES = 4096;
const HAS_PRESSURE = 1;
/** Widths are in hundredths of a board unit. */
const WIDTH_UNITS = 100;
const KEY = /^[A-Za-z0-9_-]{8,32}$/;
const IS_COPY = 1;
/** The four numbers of a matrix that have no unit. */
const MATRIX_UNITS = 2 ** 16;
const MATRIX_MAX = 2 ** 14;

export class LiveWriter {
  #records = new ByteWriter();
  #payload = new ByteWriter();

  get length() {
    return this.#records.length;
  }

  /** What has been written, for `Session.sendLive`; begins anew. */
  take() {
    return this.#records.take();
  }

  /** @param {number} x @param {number} y in board units @param {number} step */
  cursor(x, y, step) {
    const scale = 2 ** step;
    this.#payload.zigzag(step);
    this.#payload.zigzag(Math.round(x * scale));
    this.#payload.zigzag(Math.round(y * scale));
    this.#record(KINDS.CURSOR);
  }

  away() {
    this.#record(KINDS.AWAY);
  }

  /** As many as a record holds; the others are still selected, only nobody else sees it. @param {readonly string[]} keys */
  selection(keys) {
    for (const key of keys) {
      if (this.#payload.length + key.length + 1 > RECORD_BYTES) break;
      this.#payload.text(key);
    }
    this.#record(KINDS.SELECTION);
  }

  /** Of the sender's selection; null: it is over. @param {Transform | null} transform @param {number} step */
  transform(transform, step) {
    if (transform) {
      const { matrix, copy } = transform;
      const scale = 2 ** step;
      this.#payload.byte(copy ? IS_COPY : 0);
      this.#payload.zigzag(step);
      for (const part of matrix.slice(0, 4))
        this.#payload.zigzag(
          Math.round(Math.max(-MATRIX_MAX, Math.min(MATRIX_MAX, part)) * MATRIX_UNITS),
        );
      for (const part of matrix.slice(4)) this.#payload.zigzag(Math.round(part * scale));
    }
    this.#record(KINDS.TRANSFORM);
  }

  /** An element that is being made; null: it is over. One that is too large isn't shown to others. @param {string} key @param {Element | null} element */
  draft(key, element) {
    if (element) {
      const json = new TextEncoder().encode(JSON.stringify(element));
      if (json.length + key.length + 1 <= RECORD_BYTES) {
        this.#payload.text(key);
        this.#payload.bytes(json);
      }
    }
    this.#record(KINDS.DRAFT);
  }

  /** @param {Omit<StartRecord, "type" | "slot">} start */
  strokeStart({ stroke, key, step, pressure, x, y, width, color }) {
    const scale = 2 ** step;
    this.#payload.varint(stroke);
    this.#payload.text(key);
    this.#payload.zigzag(step);
    this.#payload.byte(pressure ? HAS_PRESSURE : 0);
    this.#payload.zigzag(Math.round(x * scale));
    this.#payload.zigzag(Math.round(y * scale));
    this.#payload.varint(Math.round(width * WIDTH_UNITS));
    this.#payload.text(color);
    this.#record(KINDS.STROKE_START);
  }

  /**
   * @param {number} stroke
   * @param {number} first the index of the first of these points
   * @param {readonly InkPoint[]} points relative to the stroke's origin
   * @param {number} step
   * @param {boolean} pressure
   */
  strokePoints(stroke, first, points, step, pressure) {
    this.#payload.varint(stroke);
    this.#payload.varint(first);
    writePoints(this.#payload, points, step, pressure);
    this.#record(KINDS.STROKE_POINTS);
  }

  /** @param {number} stroke */
  strokeEnd(stroke) {
    this.#payload.varint(stroke);
    this.#record(KINDS.STROKE_END);
  }

  /** @param {number} kind */
  #record(kind) {
    this.more(kind, this.#payload.take());
  }

  /** A record whose payload has been written elsewhere. @param {number} kind @param {Uint8Array} payload */
  more(kind, payload) {
    this.#records.byte(kind);
    this.#records.varint(payload.length);
    this.#records.bytes(payload);
  }
}

/** The records of a server's frame that can be read; never throws. @param {Uint8Array} frame @returns {LiveRecord[]} */
export function readLiveFrame(frame) {
  const reader = new ByteReader(frame);
  /** @type {LiveRecord[]} */
  const records = [];
  if (reader.byte() !== LIVE_FRAME) return records;
  while (reader.left > 0) {
    const slot = reader.varint();
    const kind = reader.byte();
    const payload = new ByteReader(reader.bytes(reader.varint()));
    // A frame that is cut off has no place where reading could go on.
    if (!reader.ok) break;
    const record = readRecord(slot, kind, payload);
    if (record && payload.ok) records.push(record);
  }
  return records;
}

/** @param {number} slot @param {number} kind @param {ByteReader} payload @returns {LiveRecord | null} */
function readRecord(slot, kind, payload) {
  switch (kind) {
    case KINDS.CURSOR: {
      const unit = readUnit(payload);
      const x = payload.zigzag() * unit;
      return placed({ type: "cursor", slot, x, y: payload.zigzag() * unit });
    }
    case KINDS.AWAY:
      return { type: "away", slot };
    case KINDS.SELECTION:
      return { type: "selection", slot, keys: readKeys(payload) };
    case KINDS.TRANSFORM:
      return {
        type: "transform",
        slot,
        transform: payload.left > 0 ? readTransform(payload) : null,
      };
    case KINDS.DRAFT:
      return { type: "draft", slot, draft: payload.left > 0 ? readDraft(payload) : null };
    case KINDS.PAGE: {
      const page = payload.text();
      return KEY.test(page) ? { type: "page", slot, page } : null;
    }
    case KINDS.STROKE_START:
      return readStart(slot, payload);
    case KINDS.STROKE_POINTS: {
      const stroke = payload.varint();
      const first = payload.varint();
      return { type: "points", slot, stroke, first, body: payload.bytes(payload.left) };
    }
    case KINDS.STROKE_END:
      return { type: "end", slot, stroke: payload.varint() };
    case KINDS.CHAT:
    case KINDS.VIEW:
    case KINDS.STATE:
    case KINDS.PRESENT:
    case KINDS.PICTURES:
    case KINDS.LASER:
    case KINDS.REACTION:
    case KINDS.SUMMON:
      return { type: "more", slot, kind, body: payload.bytes(payload.left) };
    default:
      return null;
  }
}

/** @param {number} slot @param {ByteReader} payload @returns {StartRecord | null} */
function readStart(slot, payload) {
  const stroke = payload.varint();
  const key = payload.text();
  const step = payload.zigzag();
  const pressure = (payload.byte() & HAS_PRESSURE) !== 0;
  const unit = 2 ** -step;
  const x = payload.zigzag() * unit;
  const y = payload.zigzag() * unit;
  const width = payload.varint() / WIDTH_UNITS;
  const color = payload.text();
  if (!KEY.test(key) || step < STEP_MIN || step > STEP_MAX) return null;
  return placed({ type: "start", slot, stroke, key, step, pressure, x, y, width, color });
}

/** @param {ByteReader} payload @returns {Transform} */
function readTransform(payload) {
  const copy = (payload.byte() & IS_COPY) !== 0;
  const unit = readUnit(payload);
  const part = () => payload.zigzag() / MATRIX_UNITS;
  const place = () => payload.zigzag() * unit;
  return { matrix: [part(), part(), part(), part(), place(), place()], copy };
}

/** Whatever is in it: kinds are careful with what they are given. @param {ByteReader} payload */
function readDraft(payload) {
  const key = payload.text();
  const json = new TextDecoder().decode(payload.bytes(payload.left));
  const element = KEY.test(key) ? parsed(json) : null;
  return element && { key, element: Object.freeze(element) };
}

/** Flat, as elements are; null where it isn't. @param {string} json @returns {Record<string, string | number | boolean> | null} */
function parsed(json) {
  try {
    const value = JSON.parse(json);
    const flat = Object.values(value).every((part) =>
      ["string", "number", "boolean"].includes(typeof part),
    );
    return flat && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** @param {ByteReader} payload */
function readUnit(payload) {
  const step = payload.zigzag();
  if (step < STEP_MIN || step > STEP_MAX) payload.ok = false;
  return 2 ** -step;
}

/** @param {ByteReader} payload */
function readKeys(payload) {
  const keys = [];
  while (payload.left > 0) keys.push(payload.text());
  return keys.filter((key) => KEY.test(key));
}

/** Beyond the board's edge nothing is anywhere. @template {CursorRecord | StartRecord} T @param {T} record @returns {T | null} */
function placed(record) {
  return Math.abs(record.x) <= 1_000_000 && Math.abs(record.y) <= 1_000_000 ? record : null;
}

/** The points of a record in board units. @param {PointsRecord} record @param {StartRecord} start @returns {InkPoint[]} */
export function pointsOf({ body }, { x, y, step, pressure }) {
  const { xs, ys, pressures, count } = readPoints(new ByteReader(body), step, pressure);
  /** @type {InkPoint[]} */
  const points = [];
  for (let i = 0; i < count; i++) {
    points.push({
      x: x + Number(xs[i]),
      y: y + Number(ys[i]),
      pressure: pressures ? Number(pressures[i]) : 0.5,
    });
  }
  return points;
}
