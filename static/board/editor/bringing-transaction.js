// The transaction by which a picture comes to the board, found again among those that wait. Pure.

/**
 * @typedef {import("../core/document.js").Transaction} Transaction
 * @typedef {import("../core/fold.js").Element} Element
 */

/** @param {readonly Transaction[]} pending @param {string} key @returns {{id: string, element: Element} | null} */
export function transactionWith(pending, key) {
  for (const { id, changes } of pending.toReversed())
    for (const change of changes)
      if (change.op === "put" && change.key === key) return { id, element: change.element };
  return null;
}
