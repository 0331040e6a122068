// Reads the board's document into ours: at the start, and whenever the server says that ours leads nowhere.

import { fetchDocument } from "./board-document.js";

/**
 * @typedef {import("../core/document.js").Document} Document
 * @typedef {import("./board-document.js").BoardDocument} BoardDocument
 */

export class DocumentReader {
  /** Whether the document has to be read before the next hello. */
  needed = true;
  /** The reading under way; never fails. @type {Promise<void> | null} */
  busy = null;
  #document;
  #url;
  #fetch;
  #preloaded;
  #handlers;

  /**
   * @param {object} options
   * @param {Document} options.document
   * @param {string} options.documentUrl
   * @param {(url: string) => Promise<BoardDocument>} [options.fetchDocument]
   * @param {Promise<BoardDocument> | null} [options.preloaded] a first reading that has been begun already
   * @param {{read: () => void, failed: (error: unknown) => void}} handlers
   */
  constructor(options, handlers) {
    this.#document = options.document;
    this.#url = options.documentUrl;
    this.#fetch = options.fetchDocument ?? fetchDocument;
    this.#preloaded = options.preloaded ?? null;
    this.#handlers = handlers;
  }

  read() {
    this.needed = true;
    if (this.busy) return;
    const reading = this.#preloaded ?? this.#fetch(this.#url);
    this.#preloaded = null;
    this.busy = reading.then(
      (board) => this.#loaded(board),
      (error) => {
        this.busy = null;
        this.#handlers.failed(error);
      },
    );
  }

  /** @param {BoardDocument} board */
  #loaded(board) {
    this.busy = null;
    this.needed = false;
    // Asked for on a connection that is over: what has come meanwhile isn't given up again.
    const { epoch, clock } = this.#document;
    if (board.epoch !== epoch || board.clock >= clock) this.#document.load(board);
    this.#handlers.read();
  }
}
