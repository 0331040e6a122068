// Commands of the clipboard and of styles that are taken from one element and given to others.

import { ClipboardPaste, Copy, Pipette, Scissors } from "../../npm/lucide.js";
import { compareElements } from "../core/order.js";
import { t } from "../core/translate.js";
import { styleFor, styleOf } from "../editor/clipboard-style.js";
import { Eyedropper } from "../tools/eyedropper.js";
import { copyByCommand, pasteByCommand } from "./clipboard.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor/style.js").Style} Style
 * @typedef {import("./commands.js").Command} Command
 */

/** @param {Editor} editor @param {string} assets address below which the board's pictures are @returns {Command[]} */
export function clipboardCommands(editor, assets) {
  return [...copying(editor, assets), ...styling(editor)];
}

/** @param {Editor} editor @param {string} assets @returns {Command[]} */
function copying(editor, assets) {
  const selected = () => editor.selection.size > 0;
  const writable = () => !editor.readOnly;
  return [
    {
      id: "edit.cut",
      group: "edit",
      label: () => t("Cut"),
      icon: Scissors,
      shortcuts: ["Mod+X"],
      native: true,
      run: () => copyByCommand(editor, true),
      enabled: () => writable() && selected(),
    },
    {
      id: "edit.copy",
      group: "edit",
      label: () => t("Copy"),
      icon: Copy,
      shortcuts: ["Mod+C"],
      native: true,
      run: () => copyByCommand(editor, false),
      enabled: selected,
    },
    {
      id: "edit.paste",
      group: "edit",
      label: () => t("Paste"),
      icon: ClipboardPaste,
      shortcuts: ["Mod+V"],
      native: true,
      run: () => pasteByCommand(editor),
      enabled: writable,
    },
    {
      id: "edit.copy-picture",
      group: "edit",
      label: () => t("Copy as picture"),
      shortcuts: ["Alt+Shift+C"],
      run: async () => (await import("./clipboard-picture.js")).copyPicture(editor, assets),
      enabled: selected,
    },
    {
      id: "edit.copy-svg",
      group: "edit",
      label: () => t("Copy as SVG"),
      shortcuts: [],
      run: async () => (await import("./clipboard-picture.js")).copySvg(editor, assets),
      enabled: selected,
    },
  ];
}

/** @param {Editor} editor @returns {Command[]} */
function styling(editor) {
  /** @type {Style | null} */
  let copied = null;
  const selected = () => !editor.readOnly && editor.selection.size > 0;
  return [
    {
      id: "style.copy",
      group: "style",
      label: () => t("Copy style"),
      shortcuts: ["Mod+Alt+C"],
      run: () => {
        copied = styleOfTopmost(editor);
      },
      enabled: selected,
    },
    {
      id: "style.paste",
      group: "style",
      label: () => t("Paste style"),
      shortcuts: ["Mod+Alt+V"],
      run: () => {
        const style = copied;
        if (style) editor.setOf(editor.selection, "style", (element) => styleFor(style, element));
      },
      enabled: () => selected() && copied !== null,
    },
    {
      id: "style.pick",
      group: "style",
      label: () => t("Pick a style from the board"),
      icon: Pipette,
      shortcuts: ["I"],
      run: () => pick(editor),
      enabled: () => !editor.readOnly,
      pressed: () => editor.tool?.name === "eyedropper",
    },
  ];
}

/** Of several that are selected. @param {Editor} editor */
function styleOfTopmost(editor) {
  const [top] = [...editor.selection]
    .map((key) => /** @type {const} */ ([key, editor.document.get(key) ?? {}]))
    .sort(compareElements)
    .reverse();
  return top ? styleOf(top[1]) : null;
}

/** @param {Editor} editor */
async function pick(editor) {
  const tool = editor.tools.find((each) => each instanceof Eyedropper);
  if (!tool) return;
  if (editor.tool === tool) {
    tool.end();
    return;
  }
  tool.begin();
  endOnEscape(editor, tool);
  const { showWhatIsPicked } = await import("./eyedropper.js");
  showWhatIsPicked(editor, tool);
}

/** Before the board's own Escape, which would let go of the selection. @param {Editor} editor @param {Eyedropper} tool */
function endOnEscape(editor, tool) {
  const until = new AbortController();
  /** @param {KeyboardEvent} event */
  const listener = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    tool.end();
  };
  window.addEventListener("keydown", listener, { capture: true, signal: until.signal });
  const stop = editor.subscribe(() => {
    if (editor.tool === tool) return;
    until.abort();
    stop();
  });
}
