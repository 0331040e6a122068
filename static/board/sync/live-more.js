// The codec of the live records about people rather than elements: chat, view, state, laser, reaction. Pure. It comes
// once the board is there; until then live.js hands these records on unread.

import { ByteReader, ByteWriter } from "../core/bytes.js";
import { readPoints, STEP_MAX, STEP_MIN, stepWithin, writePoints } from "../core/points.js";
import { KINDS } from "./live.js";
import { readPictures } from "./live-pictures.js";

/** @typedef {import("../core/geometry.js").Place} Place */
/** @typedef {import("./live.js").MoreRecord} MoreRecord */

/** What somebody looks at: the middle, and how much of the board around it. @typedef {{x: number, y: number, width: number, height: number}} View */
/** @typedef {{tool: string, idle: boolean, away: boolean}} State */

/**
 * @typedef {{type: "chat", text: string} | {type: "view" | "summon", view: View} | {type: "present", view: View | null}
 *   | {type: "pictures", pictures: import("./live-pictures.js").Coming[]} | {type: "laser", points: Place[]} | {type: "reaction", index: number, x: number, y: number}
 *   | ({type: "state"} & State)} Note
 */

export const CHAT_SIGNS = 80;
export const CHAT_BYTES = 200;
export const REACTION_COUNT = 6;
const LASER_POINTS = 64;
const EDGE = 1_000_000;
/** Half a pixel is near enough. */
const STEPS_PER_PIXEL = 2;
/** The least and the most that cameras show at all: no window is wider than some thousand pixels. */
const VIEW_MIN = 0.5;
const VIEW_MAX = 2_000_000;
const IDLE = 1;
const AWAY = 2;
const TOOL = /^[a-z-]{1,24}$/;

/** @param {number} zoom */
export function stepFor(zoom) {
  return stepWithin(Math.ceil(Math.log2(zoom * STEPS_PER_PIXEL)));
}

/** As much of it as a record and a bubble hold; a letter is never cut in two. @param {string} text */
export function chatWithin(text) {
  const encoder = new TextEncoder();
  let kept = "";
  let bytes = 0;
  for (const sign of [...text].slice(0, CHAT_SIGNS)) {
    bytes += encoder.encode(sign).length;
    if (bytes > CHAT_BYTES) break;
    kept += sign;
  }
  return kept;
}

/** @param {string} text */
export function writeChat(text) {
  return new TextEncoder().encode(chatWithin(text));
}

/** @param {View} view @param {number} step */
export function writeView({ x, y, width, height }, step) {
  const scale = 2 ** step;
  const writer = new ByteWriter();
  writer.zigzag(step);
  writer.zigzag(Math.round(x * scale));
  writer.zigzag(Math.round(y * scale));
  writer.varint(Math.round(width * scale));
  writer.varint(Math.round(height * scale));
  return writer.take();
}

/** @param {State} state */
export function writeState({ tool, idle, away }) {
  const writer = new ByteWriter();
  writer.text(tool);
  writer.byte((idle ? IDLE : 0) | (away ? AWAY : 0));
  return writer.take();
}

/** @param {string} page its key */
export function writePage(page) {
  const writer = new ByteWriter();
  writer.text(page);
  return writer.take();
}

/** @param {readonly Place[]} points none: it is lifted @param {number} step */
export function writeLaser(points, step) {
  const writer = new ByteWriter();
  if (points.length > 0) {
    writer.zigzag(step);
    const some = points.slice(-LASER_POINTS).map((point) => ({ ...point, pressure: 0 }));
    writePoints(writer, some, step, false);
  }
  return writer.take();
}

/** @param {number} index @param {Place} place @param {number} step */
export function writeReaction(index, { x, y }, step) {
  const scale = 2 ** step;
  const writer = new ByteWriter();
  writer.byte(index);
  writer.zigzag(step);
  writer.zigzag(Math.round(x * scale));
  writer.zigzag(Math.round(y * scale));
  return writer.take();
}

/** What a record says; null where it can't be read. Never throws. @param {Pick<MoreRecord, "kind" | "body">} record @returns {Note | null} */
export function readMore({ kind, body }) {
  const payload = new ByteReader(body);
  const note = readNote(kind, payload, body);
  return payload.ok ? note : null;
}

/** @param {number} kind @param {ByteReader} payload @param {Uint8Array} body @returns {Note | null} */
function readNote(kind, payload, body) {
  switch (kind) {
    case KINDS.CHAT:
      return { type: "chat", text: readChat(body) };
    case KINDS.VIEW:
    case KINDS.SUMMON: {
      const view = readView(payload);
      return view && { type: kind === KINDS.VIEW ? "view" : "summon", view };
    }
    case KINDS.PRESENT: {
      if (payload.left === 0) return { type: "present", view: null };
      const view = readView(payload);
      return view && { type: "present", view };
    }
    case KINDS.PICTURES: {
      const pictures = readPictures(payload);
      return pictures && { type: "pictures", pictures };
    }
    case KINDS.STATE:
      return readState(payload);
    case KINDS.LASER:
      return { type: "laser", points: payload.left > 0 ? readLaser(payload) : [] };
    case KINDS.REACTION:
      return readReaction(payload);
    default:
      return null;
  }
}

/** @param {Uint8Array} body */
function readChat(body) {
  const text = new TextDecoder().decode(body.subarray(0, CHAT_BYTES));
  return [...text].slice(0, CHAT_SIGNS).join("");
}

/** @param {ByteReader} payload @returns {View | null} */
function readView(payload) {
  const unit = readUnit(payload);
  const x = payload.zigzag() * unit;
  const y = payload.zigzag() * unit;
  const width = payload.varint() * unit;
  const height = payload.varint() * unit;
  const fits = [width, height].every((size) => size >= VIEW_MIN && size <= VIEW_MAX);
  return fits && isOnBoard({ x, y }) ? { x, y, width, height } : null;
}

/** @param {ByteReader} payload @returns {Note | null} */
function readState(payload) {
  const tool = payload.text();
  const flags = payload.byte();
  if (!TOOL.test(tool)) return null;
  return { type: "state", tool, idle: (flags & IDLE) !== 0, away: (flags & AWAY) !== 0 };
}

/** @param {ByteReader} payload @returns {Place[]} */
function readLaser(payload) {
  const step = payload.zigzag();
  if (!isStep(step)) payload.ok = false;
  const { xs, ys, count } = readPoints(payload, step, false);
  /** @type {Place[]} */
  const points = [];
  for (let i = 0; i < Math.min(count, LASER_POINTS); i++)
    points.push({ x: Number(xs[i]), y: Number(ys[i]) });
  return points.filter(isOnBoard);
}

/** @param {ByteReader} payload @returns {Note | null} */
function readReaction(payload) {
  const index = payload.byte();
  const unit = readUnit(payload);
  const place = { x: payload.zigzag() * unit, y: payload.zigzag() * unit };
  if (index >= REACTION_COUNT || !isOnBoard(place)) return null;
  return { type: "reaction", index, ...place };
}

/** @param {ByteReader} payload */
function readUnit(payload) {
  const step = payload.zigzag();
  if (!isStep(step)) payload.ok = false;
  return 2 ** -step;
}

/** @param {number} step */
function isStep(step) {
  return step >= STEP_MIN && step <= STEP_MAX;
}

/** @param {Place} place */
function isOnBoard({ x, y }) {
  return Math.abs(x) <= EDGE && Math.abs(y) <= EDGE;
}
