// Counts what requests cost: a `fetch` that keeps account of heads and bodies both ways.

import { answerHead, chunkFraming, headersLength } from "./framing.js";

const MOST_REQUESTS = 2000;

export class Ledger {
  requests = 0;
  #up = 0;
  #down = 0;
  #head;
  /** @type {string[]} */
  #urls = [];
  #from = performance.now();

  /** @param {number} head bytes of a GET's head without its path, as the server has received one from this browser */
  constructor(head) {
    this.#head = head;
    // Browsers keep 250 of them, less than one lap may need.
    performance.setResourceTimingBufferSize(MOST_REQUESTS);
    performance.clearResourceTimings();
  }

  total() {
    return { up: this.#up, down: this.#down };
  }

  /** Bytes received as the browser counts them: bodies, and for each head a round number. */
  seen() {
    const urls = new Set(this.#urls);
    let bytes = 0;
    for (const entry of performance.getEntriesByType("resource")) {
      const ours = entry instanceof PerformanceResourceTiming && urls.has(entry.name);
      if (ours && entry.startTime >= this.#from) bytes += entry.transferSize;
    }
    return bytes || null;
  }

  /** @type {typeof fetch} */
  fetch = async (input, init = {}) => {
    const url = new URL(String(input), location.href);
    this.requests += 1;
    this.#urls.push(url.href);
    this.#up += this.#head + url.pathname.length + url.search.length + ownPart(init);
    const response = await fetch(input, init);
    this.#down += answerHead(response.status, [...response.headers]);
    return this.#counted(response);
  };

  /** @param {Response} response */
  #counted(response) {
    if (!response.body) return response;
    const chunked = !response.headers.has("Content-Length");
    const count = new TransformStream({
      transform: (/** @type {Uint8Array} */ part, controller) => {
        this.#down += part.length + (chunked ? chunkFraming(part.length) : 0);
        controller.enqueue(part);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(count), { status, statusText, headers });
  }
}

/** What a request has beside what each has. @param {RequestInit} init */
function ownPart(init) {
  const own = Object.entries(/** @type {Record<string, string>} */ (init.headers ?? {}));
  const body = typeof init.body === "string" ? new TextEncoder().encode(init.body).length : 0;
  if (init.method !== "POST") return headersLength(own);
  const added = /** @type {[string, string][]} */ ([
    ["Origin", location.origin],
    ["Content-Length", String(body)],
  ]);
  return headersLength([...own, ...added]) + body + 1;
}
