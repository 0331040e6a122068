// The file that changes are saved as which the server did not take. Pure.

/**
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

/** @param {{board: string, title: string, unsaved: readonly Unsaved[]}} what */
export function fileOf({ board, title, unsaved }) {
  const transactions = unsaved.map(({ code, row: { id, at, changes } }) => ({
    id,
    made: new Date(at).toISOString(),
    reason: code,
    changes,
  }));
  return JSON.stringify(
    { format: "whiteboard-changes", version: 1, board, title, transactions },
    null,
    1,
  );
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
