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
import { translation } from "../core/matrix.js";
import { t } from "../core/translate.js";
import {
  align,
  countOfThings,
  distribute,
  flip,
  groupSelection,
  hasGroups,
  lockOrUnlock,
  makeSameSize,
  mayGroupSelection,
  reorder,
  stack,
  ungroupSelection,
  unlockAll,
} from "../editor/arrange-selection.js";
import { duplicate } from "../editor/duplicate.js";
import { backward, forward, toBack, toFront } from "../editor/order.js";
import { nextInReadingOrder } from "../editor/selecting.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("./dom.js").IconNode} IconNode
 */

/** Board units by which a copy lies beside what it is a copy of. */
const BESIDE = 20;

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
      run: () => duplicate(editor, editor.selection, translation(BESIDE, BESIDE)),
      enabled: some,
    },
    {
      id: "edit.flip-across",
      group: "arrange",
      label: () => t("Flip horizontally"),
      icon: TrianglesCenterlineDashedVertical,
      shortcuts: ["Shift+H"],
      run: () => flip(editor, "across"),
      enabled: some,
    },
    {
      id: "edit.flip-down",
      group: "arrange",
      label: () => t("Flip vertically"),
      icon: TrianglesCenterlineDashedHorizontal,
      shortcuts: ["Shift+V"],
      run: () => flip(editor, "down"),
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
  /** @type {(id: string, label: () => string, keys: string[], indicesOf: typeof toFront) => Command} */
  const order = (id, label, [shortcut = "", ...aliases], indicesOf) => ({
    id: `arrange.${id}`,
    group: "arrange",
    label,
    shortcuts: [shortcut],
    aliases,
    run: () => reorder(editor, indicesOf),
    enabled,
  });
  // With Shift, the keys of most layouts type braces.
  return [
    {
      ...order("front", () => t("Bring to front"), ["Mod+Shift+]", "Mod+}"], toFront),
      icon: BringToFront,
    },
    order("forward", () => t("Bring forward"), ["Mod+]"], forward),
    order("backward", () => t("Send backward"), ["Mod+["], backward),
    {
      ...order("back", () => t("Send to back"), ["Mod+Shift+[", "Mod+{"], toBack),
      icon: SendToBack,
    },
  ];
}

/** @param {Editor} editor @returns {Command[]} */
function inLine(editor) {
  const { several, many } = selecting(editor);
  /** @type {(id: string, label: () => string, run: () => void, more?: {icon?: IconNode, key?: string, enabled?: () => boolean}) => Command} */
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
      () => align(editor, "left"),
      {
        icon: AlignStartVertical,
        key: "ArrowLeft",
      },
    ),
    command(
      "center",
      () => t("Align centers horizontally"),
      () => align(editor, "center"),
      {
        icon: AlignCenterVertical,
      },
    ),
    command(
      "right",
      () => t("Align right"),
      () => align(editor, "right"),
      {
        icon: AlignEndVertical,
        key: "ArrowRight",
      },
    ),
    command(
      "top",
      () => t("Align top"),
      () => align(editor, "top"),
      {
        icon: AlignStartHorizontal,
        key: "ArrowUp",
      },
    ),
    command(
      "middle",
      () => t("Align centers vertically"),
      () => align(editor, "middle"),
      {
        icon: AlignCenterHorizontal,
      },
    ),
    command(
      "bottom",
      () => t("Align bottom"),
      () => align(editor, "bottom"),
      {
        icon: AlignEndHorizontal,
        key: "ArrowDown",
      },
    ),
    command(
      "distribute-across",
      () => t("Distribute horizontally"),
      () => distribute(editor, "across"),
      {
        icon: AlignHorizontalSpaceBetween,
        enabled: many,
      },
    ),
    command(
      "distribute-down",
      () => t("Distribute vertically"),
      () => distribute(editor, "down"),
      {
        icon: AlignVerticalSpaceBetween,
        enabled: many,
      },
    ),
    command(
      "stack-across",
      () => t("Stack in a row"),
      () => stack(editor, "across"),
    ),
    command(
      "stack-down",
      () => t("Stack in a column"),
      () => stack(editor, "down"),
    ),
    command(
      "same-width",
      () => t("Make the same width"),
      () => makeSameSize(editor, "across"),
    ),
    command(
      "same-height",
      () => t("Make the same height"),
      () => makeSameSize(editor, "down"),
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
      run: () => goTo(editor, 1),
      enabled,
    },
    {
      id: "select.previous",
      group: "edit",
      label: () => t("Select the previous element"),
      shortcuts: ["Shift+Tab"],
      run: () => goTo(editor, -1),
      enabled,
    },
  ];
}

/** Selects it and brings it into view. @param {Editor} editor @param {1 | -1} step */
function goTo(editor, step) {
  editor.select(nextInReadingOrder(editor, step));
  const bounds = editor.boundsOf(editor.selection);
  if (bounds) editor.camera.reveal(bounds);
}
