// Pictures that are written into files as text. Pure.

import { fromBase64 } from "../core/bytes.js";

/** Null where it is no data in base64; other addresses are never asked for. @param {unknown} url */
export function blobIn(url) {
  if (typeof url !== "string") return null;
  const [, media] =
    /^data:([\w.+/-]{1,100})(?:;[\w.=-]{1,100})*;base64,/.exec(url.slice(0, 400)) ?? [];
  if (!media) return null;
  const bytes = fromBase64(url.slice(url.indexOf(",") + 1).replace(/=+$/, ""));
  return bytes.length > 0 ? new Blob([new Uint8Array(bytes)], { type: media }) : null;
}
