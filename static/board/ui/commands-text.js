// Commands for what is written: opening it, how it looks, and finding it.

import {
  Bold,
  Italic,
  List,
  ListOrdered,
  Search,
  TextAlignCenter,
  TextAlignEnd,
  TextAlignStart,
} from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { kindOf } from "../elements/index.js";
import { mayWriteIn, openText } from "../tools/text.js";
import { holdKeys, takeKeys } from "./held-keys.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 */

/** Each step is a quarter larger, or as much smaller. */
const SIZE_STEP = 1.25;
const SIZE = { min: 1, max: 2000, usual: 20 };

/** @param {Editor} editor @returns {Command[]} */
export function textCommands(editor) {
  return [...writing(editor), ...looks(editor), ...sizes(editor), ...finding(editor)];
}

/** @param {Editor} editor @returns {Command[]} */
function writing(editor) {
  const chosen = () => {
    const [key, ...others] = editor.selection;
    return key && others.length === 0 && !editor.readOnly && mayWriteIn(editor, key) ? key : null;
  };
  return [
    {
      id: "text.write",
      group: "edit",
      label: () => t("Write in it"),
      shortcuts: ["Enter"],
      aliases: ["F2"],
      run: () => {
        const key = chosen();
        if (key) openText(editor, key);
      },
      enabled: () => chosen() !== null,
    },
  ];
}

/** @param {Editor} editor @returns {Command[]} */
function looks(editor) {
  /** @param {string} id @param {import("./dom.js").IconNode} icon @param {() => string} label @param {string[]} shortcuts @param {string} name @param {string | true} value @returns {Command} */
  const look = (id, icon, label, shortcuts, name, value) => ({
    id: `text.${id}`,
    group: "style",
    label,
    icon,
    shortcuts,
    run: () => editor.setStyle({ [name]: isAll(editor, name, value) ? null : value }),
    enabled: () => mayStyle(editor, name),
    pressed: () => isAll(editor, name, value),
  });
  return [
    look("bold", Bold, () => t("Bold text"), ["Mod+B"], "bold", true),
    look("italic", Italic, () => t("Italic text"), ["Mod+I"], "italic", true),
    look("align-start", TextAlignStart, () => t("Text at the start"), [], "align", "start"),
    look("align-center", TextAlignCenter, () => t("Text in the middle"), [], "align", "center"),
    look("align-end", TextAlignEnd, () => t("Text at the end"), [], "align", "end"),
    look("bullets", List, () => t("List with bullets"), ["Mod+Shift+8"], "list", "bullet"),
    look("numbers", ListOrdered, () => t("List with numbers"), ["Mod+Shift+7"], "list", "number"),
  ];
}

/** @param {Editor} editor @returns {Command[]} */
function sizes(editor) {
  /** @param {string} id @param {() => string} label @param {string} shortcut @param {number} by @returns {Command} */
  const size = (id, label, shortcut, by) => ({
    id: `text.${id}`,
    group: "style",
    label,
    shortcuts: [shortcut],
    run: () => resize(editor, by),
    enabled: () => mayStyle(editor, "size"),
  });
  // Shift is in the signs: it takes it to type them.
  return [
    size("bigger", () => t("Bigger text"), "Mod+>", SIZE_STEP),
    size("smaller", () => t("Smaller text"), "Mod+<", 1 / SIZE_STEP),
  ];
}

/** @param {Editor} editor @returns {Command[]} */
function finding(editor) {
  return [
    {
      id: "board.find",
      group: "board",
      label: () => t("Find text"),
      icon: Search,
      shortcuts: ["Mod+F"],
      run: async () => {
        // An Escape before was meant for something else.
        takeKeys();
        holdKeys();
        (await import("./find.js")).openFind(editor);
      },
      enabled: () => editor.document.size > 0,
    },
  ];
}

/** What is selected and has this property. @param {Editor} editor @param {string} name @returns {[string, Element][]} */
function styled(editor, name) {
  return [...editor.selection].flatMap((key) => {
    const element = editor.document.get(key);
    const has = element && kindOf(element).styles.includes(name);
    return has ? [/** @type {[string, Element]} */ ([key, element])] : [];
  });
}

/** Of a selection, or of a new text that is being written. @param {Editor} editor @param {string} name */
function mayStyle(editor, name) {
  return !editor.readOnly && (styled(editor, name).length > 0 || editor.writing !== null);
}

/** @param {Editor} editor @param {string} name @param {string | true} value */
function isAll(editor, name, value) {
  const elements = styled(editor, name);
  if (elements.length === 0) return editor.style[name] === value;
  return elements.every(([, element]) => element[name] === value);
}

/** Each by the same part, so that headings stay larger than what is below them. @param {Editor} editor @param {number} by */
function resize(editor, by) {
  const next = (/** @type {unknown} */ size) => {
    const now = typeof size === "number" ? size : SIZE.usual;
    return Math.min(SIZE.max, Math.max(SIZE.min, Math.round(now * by)));
  };
  const elements = styled(editor, "size");
  const found = new Set(elements.map(([, element]) => element.size));
  if (found.size > 1) {
    const keys = elements.map(([key]) => key);
    editor.setOf(keys, "style", (element) => ({ size: next(element.size) }));
    return;
  }
  const [size = editor.style.size] = found;
  editor.setStyle({ size: next(size) });
}
