// The status line comes when there may be something to say: a connection that is there at once needs no word.

/** @typedef {import("../sync/session.js").Session} Session */

/** A connection that takes, or is away for, less than this is not worth a word: servers are replaced in between. */
export const PATIENCE_MS = 1000;

/** @param {{line: HTMLElement, session: Session, home: string, words: () => Promise<void>}} parts */
export function statusLineSoon({ line, session, home, words }) {
  const away = performance.now();
  let coming = false;
  /** @type {string | null} */
  let refused = null;
  const come = async () => {
    if (coming) return;
    coming = true;
    try {
      const [{ buildStatusLine }] = await Promise.all([import("./status-line.js"), soon(words())]);
      stop();
      const refresh = buildStatusLine({ line, session, home, away, refused });
      words().then(refresh);
    } catch {
      // Without a connection; the next change asks again.
      coming = false;
    }
  };
  const stop = session.subscribe((event) => {
    if (event.type === "refused" && !session.device.elsewhere(event.id)) refused = event.code;
    if (session.state !== "connecting") come();
  });
  setTimeout(come, PATIENCE_MS);
}

/** What has to be said of a connection isn't kept back for words that don't come over it. @param {Promise<void>} words */
function soon(words) {
  return Promise.race([words, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}
