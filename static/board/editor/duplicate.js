// Copies of elements, on the board they come from or on another: new keys, groups of their own, on top.

import { elementKey } from "../core/ids.js";
import { compareElements, topKeys } from "../core/order.js";
import { transformed, withProps } from "../elements/index.js";
import { hungOnCopies, originalsOf } from "./copied-connectors.js";
import { groupsAnew } from "./groups.js";
import { enteredGroup } from "./groups-entered.js";
import { remapped } from "./remapped.js";

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
  const keys = new Map(inOrder.map(([key]) => [key, elementKey()]));
  return inOrder.map(([key, original], i) => {
    const place = remapped(hungOnCopies(transformed(original, matrix), keys), keys);
    const { author: _, ...element } = withProps(place, { ...regrouped(place), z: z[i] ?? "" });
    return { op: "put", key: keys.get(key) ?? elementKey(), element };
  });
}

/** One step of the history; the copies are selected afterwards. @param {Editor} editor @param {Iterable<string>} keys @param {Matrix} matrix */
export function duplicate(editor, keys, matrix) {
  const { document } = editor;
  const all = new Set(keys);
  const originals = originalsOf(document, editor.framing?.withContent(all) ?? all);
  const inOrder = originals.toSorted(compareElements);
  const puts = putsOfCopies(document, inOrder, matrix, enteredGroup(editor));
  editor.commit(puts, "duplicate");
  // What came along with a frame isn't selected, as it wasn't before.
  const chosen = puts.filter((_, i) => all.has(inOrder[i]?.[0] ?? ""));
  editor.select(chosen.map(({ key }) => key).filter((key) => document.has(key)));
}
