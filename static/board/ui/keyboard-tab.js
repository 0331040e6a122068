// Where Tab leads: through what is on the board while that has the focus, whatever tool is in the hand, and out of it
// at its end, or after Escape.

import { hasNext } from "../editor/selecting-next.js";

/** Whether the board has the focus, and whether it has been left by Escape. */
export const boardFocus = { here: false, released: false };

/** @param {import("../editor.js").Editor} editor @param {1 | -1} step @param {string} [key] absent: asked for by its name */
export function leadsOn(editor, step, key) {
  if (editor.document.size === 0) return false;
  if (key === undefined) return true;
  // With nothing selected, Tab leads from the page to the bars.
  if (editor.selection.size === 0 && (!boardFocus.here || boardFocus.released)) return false;
  return hasNext(editor, step);
}
