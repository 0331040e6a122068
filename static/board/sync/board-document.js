// Reads a board's document from the server.

/**
 * @typedef {object} BoardDocument
 * @property {string} epoch
 * @property {number} clock
 * @property {Record<string, import("../core/fold.js").Element>} elements
 */

/** A slow line is no reason to give up, a silent one is. */
const SILENCE_MS = 15_000;

/** The server's answer is no, and asking again won't change it. */
export class DocumentDenied extends Error {
  /** @param {401 | 403 | 404} status */
  constructor(status) {
    super(`the document was refused with ${status}`);
    /** The close code that means the same. */
    this.code = { 401: 4401, 403: 4403, 404: 4404 }[status];
  }
}

/**
 * @param {string} url
 * @param {{fetch?: typeof globalThis.fetch, headers?: Record<string, string>}} [options] for clients that are no page
 * @returns {Promise<BoardDocument>}
 */
export async function fetchDocument(url, { fetch = globalThis.fetch, headers = {} } = {}) {
  const abort = new AbortController();
  let silence = setTimeout(() => abort.abort(), SILENCE_MS);
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => abort.abort(), SILENCE_MS);
  };
  try {
    const response = await fetch(url, {
      signal: abort.signal,
      credentials: "same-origin",
      headers,
    });
    const { status } = response;
    if (status === 401 || status === 403 || status === 404) throw new DocumentDenied(status);
    if (!response.ok) throw new Error(`the document was answered with ${status}`);
    heard();
    const { pages = {}, ...board } = JSON.parse(await textOf(response, heard));
    // They change as elements do, so here they are among them.
    if (Object.keys(pages).length > 0) Object.assign(board.elements, pages);
    return board;
  } finally {
    clearTimeout(silence);
  }
}

/** @param {Response} response @param {() => void} heard */
async function textOf(response, heard) {
  if (!response.body) return response.text();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    heard();
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}
