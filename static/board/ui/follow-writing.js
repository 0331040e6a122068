// Brings the text editor to the page when something is to be written; it is loaded when that becomes likely.

import { styles } from "./stylesheet.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 */

/** Whoever has one of these in the hand will write. */
const WRITING_TOOLS = ["text", "note"];

/** @param {{editor: Editor, canvas: HTMLElement, meaning: (shortcut: string) => Command | null}} parts */
export function followWriting(parts) {
  const { editor } = parts;
  /** @type {typeof import("./text-editor.js") | null} */
  let loaded = null;
  /** @type {import("./text-editor.js").TextEditor | null} */
  let open = null;

  const load = async () => {
    const [editing] = await Promise.all([import("./text-editor.js"), styles("text-styles")]);
    loaded ??= editing;
    return loaded;
  };
  const refresh = () => {
    open?.close();
    open = null;
    // At once where it can be: phones show their keyboard only for what is focused within the touch.
    if (editor.writing && loaded) open = new loaded.TextEditor(parts, editor.writing);
    else if (editor.writing) load().then(refresh);
  };
  // Somebody may have been quicker than this.
  if (editor.writing) refresh();
  editor.subscribe(({ type }) => {
    if (type === "writing") refresh();
    const likely = type === "tool" && WRITING_TOOLS.includes(editor.tool?.name ?? "");
    if (likely || (type === "selection" && editor.selection.size === 1)) load();
  });
}
