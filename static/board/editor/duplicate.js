// Copies of elements, on the board they come from or on another: new keys, groups of their own, on top.

import { elementKey } from "../core/ids.js";
import { compareElements, topKeys } from "../core/order.js";
import { transformed, withProps } from "../elements/index.js";
import { groupsAnew } from "./groups.js";
import { enteredGroup } from "./groups-entered.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/fold.js").Change} Change
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("../editor.js").Editor} Editor
 */

/** What puts copies on top of a document, in the order of the originals. @param {import("../core/document.js").DocumentView} document @param {readonly (readonly [string, Element])[]} originals @param {Matrix} matrix where they go @param {string | null} [entered] the group that they stay in @returns {Extract<Change, {op: "put"}>[]} */
export function putsOfCopies(document, originals, matrix, entered = null) {
  const inOrder = originals.toSorted(compareElements);
  const z = topKeys(document, inOrder.length);
  const regrouped = groupsAnew(entered);
  return inOrder.map(([, original], i) => {
    const place = transformed(original, matrix);
    const { author: _, ...element } = withProps(place, { ...regrouped(place), z: z[i] ?? "" });
    return { op: "put", key: elementKey(), element };
  });
}

/** One step of the history; the copies are selected afterwards. @param {Editor} editor @param {Iterable<string>} keys @param {Matrix} matrix */
export function duplicate(editor, keys, matrix) {
  const { document } = editor;
  /** @type {[string, Element][]} */
  const originals = [];
  for (const key of keys) {
    const element = document.get(key);
    if (element) originals.push([key, element]);
  }
  const puts = putsOfCopies(document, originals, matrix, enteredGroup(editor));
  editor.commit(puts, "duplicate");
  editor.select(puts.map(({ key }) => key).filter((key) => document.has(key)));
}
