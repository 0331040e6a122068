// One asking for frames that comes to an end, as long polling and polling do.

import { frameOf } from "./frames.js";

/** @typedef {import("./http-link.js").HttpLink} HttpLink */

/** What the answer may take beside the time that the server holds it. */
const PATIENCE_MS = 10_000;

/** @param {HttpLink} link @param {number} wait seconds that the server may hold it */
export async function poll(link, wait) {
  const path = `poll?after=${link.received}&wait=${wait}`;
  await link.get(path, {}, wait * 1000 + PATIENCE_MS, async (response) => {
    const { first, frames, end } = await response.json();
    for (const [i, frame] of frames.entries()) link.take(first + i, frameOf(frame));
    if (typeof end === "number") link.finish(end);
  });
}
