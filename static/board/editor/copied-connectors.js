// What is copied of connectors: between copies they hang on the copies, elsewhere they hang on nothing. Pure.

import { anchorOf, writtenAnchor } from "../elements/anchor.js";
import { findsItsWay, isConnector, targetsOfConnector } from "../elements/connected.js";
import { withProps } from "../elements/index.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../protocol").Patch} Patch
 */

/** Elements as they would be written if they were made now: with their way, without what only shows. @param {Document} document @param {Iterable<string>} keys @returns {[string, Element][]} */
export function originalsOf(document, keys) {
  const all = new Set(keys);
  return [...all].flatMap((key) => {
    const shown = document.get(key);
    const written = document.written?.(key) ?? shown;
    return shown && written
      ? [/** @type {[string, Element]} */ ([key, asIs(written, shown, all)])]
      : [];
  });
}

/** @param {Element} written @param {Element} shown @param {ReadonlySet<string>} keys of all that is copied */
function asIs(written, shown, keys) {
  if (written === shown || !isConnector(written)) return written;
  const stays = targetsOfConnector(written).some((key) => keys.has(key));
  // A curve that goes on finding its way is written by its ends.
  if (stays && findsItsWay(written)) return written;
  const { x, y, points } = shown;
  return withProps(written, /** @type {Patch} */ ({ x, y, points }));
}

/** @param {Element} copy @param {ReadonlyMap<string, string>} keys of the copies, by those of the originals @returns {Element} */
export function hungOnCopies(copy, keys) {
  if (!isConnector(copy)) return copy;
  const { from, to } = copy;
  return withProps(copy, {
    ...(from !== undefined && { from: hung(from, keys) }),
    ...(to !== undefined && { to: hung(to, keys) }),
  });
}

/** @param {unknown} written @param {ReadonlyMap<string, string>} keys */
function hung(written, keys) {
  const anchor = anchorOf(written);
  const key = anchor && keys.get(anchor.key);
  return anchor && key ? writtenAnchor({ ...anchor, key }) : null;
}
