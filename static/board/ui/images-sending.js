// Sends a picture to the board's store. XMLHttpRequest, since nothing else tells how much has gone.

import { Unsent } from "../editor/bringing.js";

/** @typedef {import("../editor/bringing.js").Reason} Reason */

/** What the server may say, each of which has a sentence. */
const REASONS = /** @type {ReadonlySet<string>} */ (
  new Set(
    "too_big unknown_type broken too_many_pixels quota_board quota_person quota_site too_fast".split(
      " ",
    ),
  )
);
/** Where a server that is busy doesn't say when. */
const BUSY_MS = 5000;
const ASSET = /^[\w-]{22}$/;

/** @param {{address: string, csrf: string}} where @param {Blob} blob @param {(part: number) => void} told @param {AbortSignal} signal @returns {Promise<string>} the asset */
export function sendPicture({ address, csrf }, blob, told, signal) {
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", csrf);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = ({ loaded, total }) => told(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const found = answerOf(request.status, request.responseText, retryAfter(request));
      if (typeof found === "string") resolve(found);
      else reject(found);
    };
    request.onerror = request.ontimeout = () => reject(new Unsent("offline"));
    request.onabort = () => reject(new Unsent("failed"));
    signal.addEventListener("abort", () => request.abort());
    request.send(blob);
  });
}

/** @param {XMLHttpRequest} request */
function retryAfter(request) {
  const seconds = Number(request.getResponseHeader("Retry-After"));
  return seconds > 0 ? seconds * 1000 : BUSY_MS;
}

/** @param {number} status @param {string} text @param {number} after in milliseconds @returns {string | Unsent} */
export function answerOf(status, text, after) {
  const said = parsed(text);
  if (status >= 200 && status < 300 && ASSET.test(String(said.asset))) return String(said.asset);
  const code = String(said.error);
  if (status === 429 || status === 503) return new Unsent("too_fast", after);
  if (status === 502 || status === 504) return new Unsent("offline");
  if (REASONS.has(code)) return new Unsent(/** @type {Reason} */ (code));
  // A proxy in front has a limit of its own, and doesn't know our words.
  if (status === 413) return new Unsent("too_big");
  return new Unsent(status === 403 || status === 404 ? "not_allowed" : "failed");
}

/** @param {string} text @returns {{asset?: unknown, error?: unknown}} */
function parsed(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
