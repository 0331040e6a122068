// The commands for what is selected: copies, groups, order, and going from one to the next.

import {
  BringToFront,
  CopyPlus,
  Group,
  Lock,
  LockOpen,
  SendToBack,
  TrianglesCenterlineDashedHorizontal,
  TrianglesCenterlineDashedVertical,
  Ungroup,
} from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import {
  groupSelection,
  hasGroups,
  lockOrUnlock,
  mayGroupSelection,
  ungroupSelection,
  unlockAll,
} from "../editor/groups-selection.js";
import { selectNext } from "../editor/selecting-next.js";
import { alignCommands, arranging } from "./commands-align.js";
import { leadsOn } from "./keyboard-tab.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 */

/** Servers before it take neither groups nor locks. */
const SCHEMA_OF_GROUPS = 2;

/** @param {Editor} editor @returns {Command[]} */
export function arrangeCommands(editor) {
  return [
    ...copies(editor),
    ...together(editor),
    ...ordered(editor),
    ...alignCommands(editor),
    ...inReadingOrder(editor),
  ];
}

/** @param {Editor} editor */
function hasSelection(editor) {
  return () => !editor.readOnly && editor.selection.size > 0;
}

/** @param {Editor} editor @returns {Command[]} */
function copies(editor) {
  const some = hasSelection(editor);
  return [
    {
      id: "edit.duplicate",
      group: "edit",
      label: () => t("Duplicate"),
      icon: CopyPlus,
      shortcuts: ["Mod+D"],
      run: async () => (await arranging()).duplicateBeside(editor),
      enabled: some,
    },
    {
      id: "edit.flip-across",
      group: "arrange",
      label: () => t("Flip horizontally"),
      icon: TrianglesCenterlineDashedVertical,
      shortcuts: ["Shift+H"],
      run: async () => (await arranging()).flip(editor, "across"),
      enabled: some,
    },
    {
      id: "edit.flip-down",
      group: "arrange",
      label: () => t("Flip vertically"),
      icon: TrianglesCenterlineDashedHorizontal,
      shortcuts: ["Shift+V"],
      run: async () => (await arranging()).flip(editor, "down"),
      enabled: some,
    },
  ];
}

/** @param {Editor} editor @returns {Command[]} */
function together(editor) {
  const takesGroups = () => !editor.readOnly && editor.session.schema >= SCHEMA_OF_GROUPS;
  const some = () => takesGroups() && editor.selection.size > 0;
  return [
    {
      id: "arrange.group",
      group: "arrange",
      label: () => t("Group"),
      icon: Group,
      shortcuts: ["Mod+G"],
      run: () => groupSelection(editor),
      enabled: () => some() && mayGroupSelection(editor),
    },
    {
      id: "arrange.ungroup",
      group: "arrange",
      label: () => t("Ungroup"),
      icon: Ungroup,
      shortcuts: ["Mod+Shift+G"],
      run: () => ungroupSelection(editor),
      enabled: () => some() && hasGroups(editor),
    },
    {
      id: "arrange.lock",
      group: "arrange",
      label: () => t("Lock or unlock"),
      icon: Lock,
      shortcuts: ["Mod+Shift+L"],
      run: () => lockOrUnlock(editor),
      enabled: () => some() && [...editor.selection].some((key) => editor.mayChange(key)),
    },
    {
      id: "arrange.unlock-all",
      group: "arrange",
      label: () => t("Unlock all"),
      icon: LockOpen,
      shortcuts: [],
      run: () => unlockAll(editor),
      enabled: takesGroups,
    },
  ];
}

/** @param {Editor} editor @returns {Command[]} */
function ordered(editor) {
  const enabled = hasSelection(editor);
  /** @type {(id: "front" | "forward" | "backward" | "back", label: () => string, keys: string[]) => Command} */
  const order = (id, label, [shortcut = "", ...aliases]) => ({
    id: `arrange.${id}`,
    group: "arrange",
    label,
    shortcuts: [shortcut],
    aliases,
    run: async () => (await arranging()).reorder(editor, id),
    enabled,
  });
  // With Shift, the keys of most layouts type braces.
  return [
    { ...order("front", () => t("Bring to front"), ["Mod+Shift+]", "Mod+}"]), icon: BringToFront },
    order("forward", () => t("Bring forward"), ["Mod+]"]),
    order("backward", () => t("Send backward"), ["Mod+["]),
    { ...order("back", () => t("Send to back"), ["Mod+Shift+[", "Mod+{"]), icon: SendToBack },
  ];
}

/** Without a pointer: from one thing to the next. @param {Editor} editor @returns {Command[]} */
function inReadingOrder(editor) {
  return [
    {
      id: "select.next",
      group: "keyboard",
      label: () => t("Select the next element"),
      shortcuts: ["Tab"],
      run: () => selectNext(editor, 1),
      enabled: (key) => leadsOn(editor, 1, key),
    },
    {
      id: "select.previous",
      group: "keyboard",
      label: () => t("Select the previous element"),
      shortcuts: ["Shift+Tab"],
      run: () => selectNext(editor, -1),
      enabled: (key) => leadsOn(editor, -1, key),
    },
  ];
}
