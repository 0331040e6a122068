// A transport over server-sent events and POSTs.

import { EventStream } from "./event-stream.js";
import { frameOf } from "./frames.js";
import { HttpLink } from "./http-link.js";

/** @typedef {import("./event-stream.js").StreamEvent} StreamEvent */
/** @typedef {import("./websocket.js").OpenTransport} OpenTransport */

/** The server says something every 10 s. */
const SILENCE_MS = 25_000;

/** @type {OpenTransport} */
export function openEventStream(url, handlers, options = {}) {
  return new HttpLink(url, handlers, options, readStream);
}

/** @param {HttpLink} link */
async function readStream(link) {
  const headers = { Accept: "text/event-stream", "Last-Event-ID": String(link.received) };
  await link.get("events", headers, SILENCE_MS, async (response, heard) => {
    const type = response.headers.get("Content-Type") ?? "";
    if (!response.body || !type.startsWith("text/event-stream"))
      throw new Error(`events come as text/event-stream, not as ${type}`);
    const reader = response.body.getReader();
    const stream = new EventStream();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      heard();
      for (const event of stream.push(part.value)) take(link, event);
    }
  });
}

/** @param {HttpLink} link @param {StreamEvent} event */
function take(link, { id, event, data }) {
  if (event === "end") link.finish(JSON.parse(data).code);
  else if (event === "message") link.take(Number(id), frameOf(JSON.parse(data), data));
}
