// The file that changes are saved as which the server did not take. Pure.

/**
 * @typedef {import("../comments-told.js").Sending} Sending
 * @typedef {import("./database.js").WaitingRow} WaitingRow
 * @typedef {import("./database.js").RefusedRow} RefusedRow
 */

/** What could not be saved, and why. @typedef {{code: string, row: WaitingRow}} Unsaved */

/** How many for each reason, the most frequent first. @param {readonly Unsaved[]} unsaved @returns {[code: string, count: number][]} */
export function reasonsOf(unsaved) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { code } of unsaved) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}

/** @param {{board: string, title: string, unsaved: readonly Unsaved[], comments?: readonly Sending[]}} what */
export function fileOf({ board, title, unsaved, comments = [] }) {
  const transactions = unsaved.map(({ code, row: { id, at, changes } }) => ({
    id,
    made: new Date(at).toISOString(),
    reason: code,
    changes,
  }));
  return JSON.stringify(
    {
      ...{ format: "whiteboard-changes", version: 1, board, title, transactions },
      ...(comments.length > 0 && { comments: comments.map(inFile) }),
    },
    null,
    1,
  );
}

/** @param {Sending} comment */
function inFile({ deed, refused }) {
  return {
    ...("at" in deed && { written: new Date(deed.at).toISOString() }),
    reason: refused,
    deed,
  };
}

/** Letters of any script and digits; nothing that a file system or a shell trips over. @param {string} title */
export function changesFileName(title) {
  const safe = title
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80)
    .replace(/[\ud800-\udbff]$/, "");
  return `${safe || "board"}-changes.json`;
}
