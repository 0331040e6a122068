// Elements from another board: the pictures among them become this board's as well, before anything is put on it.

import { assetsHere, boardHere } from "./images.js";

/** @typedef {import("../editor/clipboard.js").Entry} Entry */

/** What the server takes in one go. */
const AT_ONCE = 500;

/** Those that can be on this board. @param {string} board the other one @param {readonly Entry[]} elements @returns {Promise<Entry[]>} */
export async function withPictures(board, elements) {
  if (board === boardHere()) return [...elements];
  const wanted = new Set(elements.flatMap(([, element]) => assetsOf(element)));
  const taken = new Set(await takenFrom(board, [...wanted].slice(0, AT_ONCE)));
  return elements.filter(([, element]) => assetsOf(element).every((asset) => taken.has(asset)));
}

/** @param {import("../core/fold.js").Element} element */
function assetsOf({ asset, source }) {
  const named = typeof source === "string" ? [source.replace(/#.*$/, "")] : [];
  return typeof asset === "string" ? [asset, ...named] : named;
}

/** @param {string} board @param {readonly string[]} assets @returns {Promise<readonly string[]>} */
async function takenFrom(board, assets) {
  const here = assetsHere();
  if (!here) return [];
  try {
    const answer = await fetch(`${here.address}/from`, {
      method: "POST",
      headers: {
        "X-CSRFToken": here.csrf,
        "Content-Type": "application/json",
        Accept: "application/json",
      },
      body: JSON.stringify({ board, assets }),
    });
    return answer.ok ? [...(await answer.json()).taken].map(String) : [];
  } catch {
    return [];
  }
}
