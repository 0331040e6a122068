// The scene that Excalidraw puts into its pictures: in a chunk of a PNG, in a comment of an SVG.

import { fromBase64 } from "../core/bytes.js";
import { inflated } from "./inflating.js";
import { damaged, FILE_MAX, objectOf, parsed, textIn } from "./reading.js";

export const SCENE_MEDIA = "application/vnd.excalidraw+json";
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Of a chunk: length and name before its data, a checksum after it. */
const BEFORE = 8;
const AFTER = 4;

/** @param {Uint8Array} bytes */
export function isPng(bytes) {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** The JSON of the scene in a PNG; null where there is none. @param {Uint8Array} bytes @returns {Promise<string | null>} */
export async function sceneInPng(bytes) {
  const written = textInPng(bytes);
  return written === null ? null : unpacked(written);
}

/** What stands in the chunk, a character for each byte. @param {Uint8Array} bytes */
function textInPng(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE.length; at + BEFORE + AFTER <= bytes.length; ) {
    const length = view.getUint32(at);
    const data = bytes.subarray(at + BEFORE, Math.min(bytes.length, at + BEFORE + length));
    const found = latin(bytes.subarray(at + 4, at + BEFORE)) === "tEXt" && textAfterKeyword(data);
    if (found) return found;
    at += BEFORE + length + AFTER;
  }
  return null;
}

/** @param {Uint8Array} data */
function textAfterKeyword(data) {
  const end = data.indexOf(0);
  if (end !== SCENE_MEDIA.length || latin(data.subarray(0, end)) !== SCENE_MEDIA) return null;
  return latin(data.subarray(end + 1));
}

/** @param {Uint8Array} bytes */
function latin(bytes) {
  // As ISO 8859-1: the decoder of that name means another one.
  const parts = [];
  for (let i = 0; i < bytes.length; i += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)));
  return parts.join("");
}

/** The JSON of the scene in an SVG; null where there is none. @param {string} svg @returns {Promise<string | null>} */
export async function sceneInSvg(svg) {
  const from = svg.indexOf(`payload-type:${SCENE_MEDIA}`);
  if (from < 0) return null;
  const start = /payload-start\s*-->/.exec(svg.slice(from, from + 1000));
  if (!start) return null;
  const begin = from + start.index + start[0].length;
  const end = svg.indexOf("<", begin);
  const bytes = fromBase64(
    svg
      .slice(begin, end < 0 ? undefined : end)
      .trim()
      .replace(/=+$/, ""),
  );
  // The second version is a character for each byte, the first one UTF-8.
  const older = !/payload-version:\s*2/.test(svg.slice(from, begin));
  return unpacked(older ? new TextDecoder().decode(bytes) : latin(bytes));
}

/** @param {string} written @returns {Promise<string>} */
async function unpacked(written) {
  const found = objectOf(parsed(written));
  // Before there were packed ones it was the scene itself.
  if (found.type === "excalidraw") return written;
  const encoded = textIn(found.encoded);
  if (found.encoding !== "bstring" || encoded === "") throw damaged();
  const bytes = Uint8Array.from(encoded, (sign) => sign.charCodeAt(0));
  const plain = found.compressed === true ? await inflated(bytes, FILE_MAX) : bytes;
  return new TextDecoder().decode(plain);
}
