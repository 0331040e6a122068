// The commands that arrange what is selected: copies, groups, order, lines and gaps, and going from one to the next.

import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceBetween,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceBetween,
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
  countOfThings,
  groupSelection,
  hasGroups,
  lockOrUnlock,
  mayGroupSelection,
  ungroupSelection,
  unlockAll,
} from "../editor/groups-selection.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("./dom.js").IconNode} IconNode
 */

/** What few need in their first minute comes when it is used. */
const arranging = () => import("../editor/arrange-selection.js");

/** @param {Editor} editor @returns {Command[]} */
export function arrangeCommands(editor) {
  return [
    ...copies(editor),
    ...together(editor),
    ...ordered(editor),
    ...inLine(editor),
    ...gone(editor),
  ];
}

/** @param {Editor} editor */
function selecting(editor) {
  return {
    some: () => !editor.readOnly && editor.selection.size > 0,
    several: () => !editor.readOnly && editor.selection.size > 1 && countOfThings(editor) > 1,
    many: () => !editor.readOnly && editor.selection.size > 2 && countOfThings(editor) > 2,
  };
}

/** @param {Editor} editor @returns {Command[]} */
function copies(editor) {
  const { some } = selecting(editor);
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
  const { some } = selecting(editor);
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
      enabled: some,
    },
    {
      id: "arrange.unlock-all",
      group: "arrange",
      label: () => t("Unlock all"),
      icon: LockOpen,
      shortcuts: [],
      run: () => unlockAll(editor),
      enabled: () => !editor.readOnly,
    },
  ];
}

/** @param {Editor} editor @returns {Command[]} */
function ordered(editor) {
  const enabled = selecting(editor).some;
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
    {
      ...order("front", () => t("Bring to front"), ["Mod+Shift+]", "Mod+}"]),
      icon: BringToFront,
    },
    order("forward", () => t("Bring forward"), ["Mod+]"]),
    order("backward", () => t("Send backward"), ["Mod+["]),
    {
      ...order("back", () => t("Send to back"), ["Mod+Shift+[", "Mod+{"]),
      icon: SendToBack,
    },
  ];
}

/** @param {Editor} editor @returns {Command[]} */
function inLine(editor) {
  const { several, many } = selecting(editor);
  /** @type {(id: string, label: () => string, run: () => unknown, more?: {icon?: IconNode, key?: string, enabled?: () => boolean}) => Command} */
  const command = (id, label, run, { icon, key, enabled = several } = {}) => ({
    id: `arrange.${id}`,
    group: "arrange",
    label,
    shortcuts: key ? [`Mod+Shift+${key}`] : [],
    run,
    enabled,
    ...(icon ? { icon } : {}),
  });
  return [
    command(
      "left",
      () => t("Align left"),
      async () => (await arranging()).align(editor, "left"),
      {
        icon: AlignStartVertical,
        key: "ArrowLeft",
      },
    ),
    command(
      "center",
      () => t("Align centers horizontally"),
      async () => (await arranging()).align(editor, "center"),
      {
        icon: AlignCenterVertical,
      },
    ),
    command(
      "right",
      () => t("Align right"),
      async () => (await arranging()).align(editor, "right"),
      {
        icon: AlignEndVertical,
        key: "ArrowRight",
      },
    ),
    command(
      "top",
      () => t("Align top"),
      async () => (await arranging()).align(editor, "top"),
      {
        icon: AlignStartHorizontal,
        key: "ArrowUp",
      },
    ),
    command(
      "middle",
      () => t("Align centers vertically"),
      async () => (await arranging()).align(editor, "middle"),
      {
        icon: AlignCenterHorizontal,
      },
    ),
    command(
      "bottom",
      () => t("Align bottom"),
      async () => (await arranging()).align(editor, "bottom"),
      {
        icon: AlignEndHorizontal,
        key: "ArrowDown",
      },
    ),
    command(
      "distribute-across",
      () => t("Distribute horizontally"),
      async () => (await arranging()).distribute(editor, "across"),
      {
        icon: AlignHorizontalSpaceBetween,
        enabled: many,
      },
    ),
    command(
      "distribute-down",
      () => t("Distribute vertically"),
      async () => (await arranging()).distribute(editor, "down"),
      {
        icon: AlignVerticalSpaceBetween,
        enabled: many,
      },
    ),
    command(
      "stack-across",
      () => t("Stack in a row"),
      async () => (await arranging()).stack(editor, "across"),
    ),
    command(
      "stack-down",
      () => t("Stack in a column"),
      async () => (await arranging()).stack(editor, "down"),
    ),
    command(
      "same-width",
      () => t("Make the same width"),
      async () => (await arranging()).makeSameSize(editor, "across"),
    ),
    command(
      "same-height",
      () => t("Make the same height"),
      async () => (await arranging()).makeSameSize(editor, "down"),
    ),
  ];
}

/** Without a pointer: from one thing to the next. @param {Editor} editor @returns {Command[]} */
function gone(editor) {
  // With nothing selected, Tab leads from the board to the bars.
  const enabled = (/** @type {string | undefined} */ key) =>
    editor.tool?.name === "select" &&
    editor.document.size > 0 &&
    (key === undefined || editor.selection.size > 0);
  return [
    {
      id: "select.next",
      group: "edit",
      label: () => t("Select the next element"),
      shortcuts: ["Tab"],
      run: async () => (await arranging()).selectNext(editor, 1),
      enabled,
    },
    {
      id: "select.previous",
      group: "edit",
      label: () => t("Select the previous element"),
      shortcuts: ["Shift+Tab"],
      run: async () => (await arranging()).selectNext(editor, -1),
      enabled,
    },
  ];
}
