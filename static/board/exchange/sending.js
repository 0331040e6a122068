// Brings pictures of a file into the board's store, one after another.

import { t } from "../core/translate.js";
import { ReadError } from "./format.js";
import { asPixels } from "./pictures.js";
import { objectOf, textIn } from "./reading.js";

/** Where the server doesn't say when it takes more. */
const BUSY_MS = 2000;
const WAIT_MAX_MS = 60_000;
const TRIES = 8;

/** @param {{address: string, csrf: string, signal: AbortSignal}} where @returns {(blob: Blob) => Promise<string>} the asset that it became */
export function sender({ address, csrf, signal }) {
  return async (blob) => {
    const body = await asPixels(blob);
    for (let tries = 1; ; tries++) {
      const answer = await sent(address, { csrf, body, signal });
      const said = objectOf(await answer.json().catch(() => null));
      if (answer.ok && textIn(said.asset)) return textIn(said.asset);
      if (answer.status !== 429 || tries === TRIES) throw new ReadError(why(said, answer.status));
      await pause(Number(answer.headers.get("Retry-After")) * 1000 || BUSY_MS, signal);
    }
  };
}

/** @param {string} address @param {{csrf: string, body: Blob, signal: AbortSignal}} what */
async function sent(address, { csrf, body, signal }) {
  const headers = {
    "X-CSRFToken": csrf,
    "Content-Type": "application/octet-stream",
    Accept: "application/json",
  };
  try {
    return await fetch(address, { method: "POST", headers, body, signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof TypeError)) throw error;
    throw new ReadError(t("The server can't be reached, so the pictures couldn't be sent."));
  }
}

/** @param {import("./reading.js").Found} said @param {number} status */
function why(said, status) {
  if (textIn(said.detail)) return textIn(said.detail);
  if (status === 403 || status === 404) return t("You can't change this board.");
  return t("The server didn't take a picture of this file.");
}

/** @param {number} wanted in milliseconds @param {AbortSignal} signal @returns {Promise<void>} */
function pause(wanted, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.min(wanted, WAIT_MAX_MS));
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
