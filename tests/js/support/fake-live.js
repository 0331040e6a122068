// The addresses below /live/ in this process, over a network that loses requests and answers and cuts streams.

/**
 * @typedef {"well" | "lost" | "unanswered" | 503} Fate what becomes of a request
 * @typedef {{frames: unknown[], received: unknown[], end: number | null, stream: ReadableStreamDefaultController | null, held: (() => void) | null, closed: boolean}} Link
 */

export class FakeLive {
  /** @type {Map<string, Link>} */
  links = new Map();
  /** @type {{path: string, headers: Headers, body: any}[]} */
  requests = [];
  /** @type {(path: string) => Fate} */
  fate = () => "well";
  /** Cuts what is streamed into pieces. @type {(bytes: Uint8Array) => Uint8Array[]} */
  pieces = (bytes) => [bytes];
  opening = 200;
  /** Long held requests are cut, as by a proxy. @type {number} */
  longestWait = 25;

  /** The newest. @returns {Link} */
  get link() {
    return /** @type {Link} */ ([...this.links.values()].at(-1));
  }

  /** @type {typeof globalThis.fetch} */
  fetch = async (input, init = {}) => {
    const path = String(input).replace(/^.*\/live\//, "");
    const headers = new Headers(init.headers);
    const body = init.body ? JSON.parse(String(init.body)) : null;
    this.requests.push({ path, headers, body });
    await new Promise((resolve) => setImmediate(resolve));
    const fate = this.fate(path);
    if (fate === "lost") throw new TypeError("Failed to fetch");
    if (fate === 503) return new Response("{}", { status: 503 });
    const response = await this.#answer(path, headers, body, init.signal ?? null);
    if (fate === "unanswered") {
      await response.body?.cancel();
      throw new TypeError("Failed to fetch");
    }
    return response;
  };

  /** @param {string} path @param {Headers} headers @param {any} body @param {AbortSignal | null} signal */
  async #answer(path, headers, body, signal) {
    if (path.startsWith("boards/") || path === "echo/") return this.#open(body);
    const link = this.links.get(headers.get("X-Whiteboard-Link") ?? "");
    if (!link || link.closed) return json({ error: "gone" }, 410);
    if (path === "send") return this.#take(link, body);
    if (path === "events") return this.#stream(link, Number(headers.get("Last-Event-ID")), signal);
    if (path.startsWith("poll")) return this.#poll(link, new URLSearchParams(path.slice(5)));
    link.closed = true;
    return new Response(null, { status: 204 });
  }

  /** @param {{protocols: string[]}} body */
  #open({ protocols }) {
    if (this.opening !== 200) return json({}, this.opening);
    const id = `link${this.links.size}`;
    const link = { frames: [], received: [], end: null, stream: null, held: null, closed: false };
    this.links.set(id, link);
    return json({ link: id, protocol: protocols[0] });
  }

  /** @param {Link} link @param {{first: number, frames: unknown[]}} body */
  #take(link, { first, frames }) {
    const { received } = link;
    if (first > received.length + 1) return json({ received: received.length }, 409);
    received.push(...frames.slice(received.length + 1 - first));
    return json({ received: received.length });
  }

  /** @param {Link} link @param {number} after @param {AbortSignal | null} signal */
  #stream(link, after, signal) {
    const body = new ReadableStream({
      start: (controller) => {
        link.stream = controller;
        signal?.addEventListener("abort", () => this.cut(link));
        this.#write(link, `: ${" ".repeat(2048)}\n\n`);
        for (const [i] of link.frames.entries()) if (i >= after) this.#event(link, i);
        if (link.end !== null) this.#finish(link);
      },
      cancel: () => {
        link.stream = null;
      },
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream; charset=utf-8" } });
  }

  /** @param {Link} link @param {URLSearchParams} query */
  async #poll(link, query) {
    const after = Number(query.get("after"));
    const wait = Number(query.get("wait"));
    const held = link.frames.length <= after && link.end === null && wait > 0;
    if (held && wait > this.longestWait) return json({}, 504);
    if (held) await new Promise((resolve) => (link.held = () => resolve(0)));
    const end = link.end === null ? {} : { end: link.end };
    return json({ first: after + 1, frames: link.frames.slice(after), ...end });
  }

  // -- what the test does ------------------------------------------------------------------------------

  /** @param {unknown} frame a message, or bytes in base64 */
  says(frame, link = this.link) {
    link.frames.push(frame);
    this.#event(link, link.frames.length - 1);
    this.lets(link);
  }

  /** @param {number} code */
  ends(code, link = this.link) {
    link.end = code;
    this.#finish(link);
    this.lets(link);
  }

  /** The stream ends without a word. */
  cut(link = this.link) {
    const { stream } = link;
    link.stream = null;
    try {
      stream?.error(new TypeError("network error"));
    } catch {
      // It has been given up already.
    }
  }

  /** A held request is answered. */
  lets(link = this.link) {
    link.held?.();
    link.held = null;
  }

  /** @param {Link} link @param {number} i */
  #event(link, i) {
    this.#write(link, `id: ${i + 1}\ndata: ${JSON.stringify(link.frames[i])}\n\n`);
  }

  /** @param {Link} link */
  #finish(link) {
    this.#write(link, `event: end\ndata: {"code": ${link.end}}\n\n`);
  }

  /** @param {Link} link @param {string} text */
  #write(link, text) {
    for (const piece of this.pieces(new TextEncoder().encode(text))) link.stream?.enqueue(piece);
  }
}

/** @param {unknown} value @param {number} [status] */
function json(value, status = 200) {
  return new Response(JSON.stringify(value), { status });
}
