// An echo link by single requests, so that each can be timed; the transports themselves are measured in race.js.

import { EventStream } from "../../board/sync/transports/event-stream.js";

const PROTOCOL = "whiteboard.echo";
/** An answer that takes longer than it was to be held isn't coming. */
const PATIENCE_MS = 6000;

export class EchoLink {
  #id = "";
  #base;
  #url;
  #sent = 0;

  /** @param {string} url of the opening */
  constructor(url) {
    this.#url = url;
    this.#base = url.slice(0, url.lastIndexOf("/live/") + "/live/".length);
  }

  /** @returns {Promise<number>} the status; 0 where there was no answer */
  async open() {
    const body = JSON.stringify({ protocols: [PROTOCOL] });
    try {
      const answer = await fetch(this.#url, { ...posted(body), signal: after(PATIENCE_MS) });
      if (answer.ok) this.#id = (await answer.json()).link;
      return answer.status;
    } catch {
      return 0;
    }
  }

  /** @param {string[]} frames as JSON @returns {Promise<number>} the status */
  async send(frames) {
    const first = this.#sent + 1;
    this.#sent += frames.length;
    const body = `{"first":${first},"frames":[${frames.join(",")}]}`;
    try {
      const signal = after(PATIENCE_MS);
      const init = posted(body, { "X-Whiteboard-Link": this.#id });
      return (await fetch(`${this.#base}send`, { ...init, signal })).status;
    } catch {
      return 0;
    }
  }

  /** @param {number} number the last that has come @param {number} wait in s @returns {Promise<{status: number, frames: unknown[]}>} */
  async poll(number, wait) {
    try {
      const answer = await fetch(`${this.#base}poll?after=${number}&wait=${wait}`, {
        headers: { "X-Whiteboard-Link": this.#id },
        cache: "no-store",
        signal: after(wait * 1000 + PATIENCE_MS),
      });
      const frames = answer.ok ? (await answer.json()).frames : [];
      return { status: answer.status, frames };
    } catch {
      return { status: 0, frames: [] };
    }
  }

  /** Reads the stream until it ends. @param {(number: number) => void} come @param {AbortSignal} signal @param {(status: number) => void} began */
  async stream(come, signal, began) {
    const headers = { "X-Whiteboard-Link": this.#id, Accept: "text/event-stream" };
    const answer = await fetch(`${this.#base}events`, { headers, signal, cache: "no-store" });
    began(answer.status);
    if (!answer.ok || !answer.body) return;
    const reader = answer.body.getReader();
    const stream = new EventStream();
    for (let part = await reader.read(); !part.done; part = await reader.read())
      for (const { event, id } of stream.push(part.value))
        if (event === "message") come(Number(id));
  }

  async close() {
    if (!this.#id) return;
    const headers = { "X-Whiteboard-Link": this.#id };
    await fetch(`${this.#base}close`, { method: "POST", headers }).catch(() => {});
  }
}

/** @param {string} body @param {Record<string, string>} [headers] @returns {RequestInit} */
function posted(body, headers = {}) {
  return { method: "POST", body, headers: { "Content-Type": "application/json", ...headers } };
}

/** @param {number} ms */
function after(ms) {
  return AbortSignal.timeout(ms);
}
