// Where one was on each page of a board, kept on this device.

import { isRecord, store, stored } from "./storage.js";

const PLACE = "whiteboard.pages";
const BOARDS_KEPT = 30;
const PAGES_KEPT = 100;
const EDGE = 1_000_000;

/** @typedef {import("../editor/pages-turning.js").Look} Look */

/** @param {import("../editor/pages-turning.js").PageTurner} turner @param {{board: string, person: number}} whose */
export function keepPageLooks(turner, { board, person }) {
  const name = `${person} ${board}`;
  for (const [page, look] of looksIn(stored(PLACE), name))
    if (!turner.looks.has(page)) turner.looks.set(page, look);
  let kept = turner.sheet.page;
  turner.subscribe(() => {
    if (turner.sheet.page === kept) return;
    kept = turner.sheet.page;
    store(PLACE, withLooks(stored(PLACE), name, turner.looks));
  });
}

/** Read with care: anybody may have written it. @param {unknown} kept @param {string} name @returns {[string, Look][]} */
export function looksIn(kept, name) {
  const all = isRecord(kept) && Array.isArray(kept.boards) ? kept.boards : [];
  const found = all.findLast((/** @type {unknown} */ one) => isRecord(one) && one.name === name);
  const looks = isRecord(found) && isRecord(found.looks) ? Object.entries(found.looks) : [];
  return /** @type {[string, Look][]} */ (
    looks.slice(-PAGES_KEPT).filter(([, one]) => isLook(one))
  );
}

/** @param {unknown} kept @param {string} name @param {ReadonlyMap<string, Look>} looks */
export function withLooks(kept, name, looks) {
  const all = isRecord(kept) && Array.isArray(kept.boards) ? kept.boards : [];
  const others = all.filter((/** @type {unknown} */ one) => isRecord(one) && one.name !== name);
  const own = { name, looks: Object.fromEntries([...looks].slice(-PAGES_KEPT)) };
  return { boards: [...others, own].slice(-BOARDS_KEPT) };
}

/** @param {unknown} look */
function isLook(look) {
  if (!isRecord(look)) return false;
  const within = (/** @type {unknown} */ value, /** @type {number} */ least, most = EDGE) =>
    typeof value === "number" && value >= least && value <= most;
  return within(look.x, -EDGE) && within(look.y, -EDGE) && within(look.zoom, 0.001, 1000);
}
