// The style: a row for the tool in the hand, a panel at the edge for all that can be chosen; out of the way otherwise.

import { SlidersHorizontal } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { onArrival } from "../elements/later.js";
import { commandButton } from "./command-button.js";
import { icon, make } from "./dom.js";
import { shownStyle } from "./shown-style.js";
import { choice, chooser, inks, sizeChoice, widthChoice } from "./style-controls.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Commands} Commands
 * @typedef {import("./shown-style.js").ShownStyle} ShownStyle
 * @typedef {import("./style-controls.js").Control} Control
 */

/** What is done to a selection so often that a phone has it at hand. */
const AT_HAND = ["edit.duplicate", "edit.delete"];

/** @param {{row: HTMLElement, more: HTMLElement, editor: Editor, commands: Commands}} parts */
export function buildStylePanel({ row, more, editor, commands }) {
  row.setAttribute("aria-label", t("Style"));
  more.setAttribute("aria-label", t("More styles"));
  const moreButton = toggleButton();
  /** @type {{show: (style: ShownStyle) => void} | null} */
  let sheet = null;
  let wanted = false;
  let built = "";
  /** @type {ReturnType<typeof commandButton>[]} */
  let hand = [];
  /** @type {Control[]} */
  let controls = [];

  const refresh = () => {
    const style = shownStyle(editor);
    const eraser = !editor.readOnly && editor.tool?.name === "eraser" && hasEraserModes(editor);
    row.hidden = !style && !eraser;
    const what = style ? `${style.of} ${style.styleName} ${[...style.values.keys()]}` : "eraser";
    if (what !== built) {
      built = what;
      controls =
        style?.of === "tool" ? rowControls(editor, style) : eraser ? [eraserModes(editor)] : [];
      const selecting = style?.of === "selection";
      row.dataset.for = selecting ? "selection" : "tool";
      // Some of these commands come later than the panel.
      if (selecting && hand.length < AT_HAND.length)
        hand = commands.those(AT_HAND).map((command) => commandButton(commands, command));
      row.replaceChildren(
        ...controls.map(({ element }) => element),
        ...(selecting ? hand.map(({ button }) => button) : []),
        ...(style?.of === "tool" ? [moreButton] : []),
      );
    }
    for (const control of controls) control.show(valueFor(editor, style, control.name));
    for (const button of hand) button.refresh();
    moreButton.setAttribute("aria-expanded", String(wanted));
    showMore(style);
  };

  /** @param {ShownStyle | null} style */
  const showMore = (style) => {
    const open = style !== null && (style.of === "selection" || wanted);
    more.hidden = !open || !sheet;
    if (!open) more.dataset.side = "right";
    more.dataset.for = style?.of ?? "tool";
    if (open && sheet) sheet.show(style);
    else if (open) load();
  };
  const load = once(async () => {
    const { buildStyleSheet } = await import("./style-sheet.js");
    sheet = await buildStyleSheet({ place: more, editor, commands });
    refresh();
  });

  moreButton.addEventListener("click", () => {
    wanted = !wanted;
    refresh();
  });
  editor.subscribe(({ type }) => {
    if (type !== "preview" && type !== "busy" && type !== "history" && type !== "writing") soon();
  });
  const soon = nextFrame(refresh);
  onArrival(soon);
  refresh();
}

/** Colour, and width or size: what is chosen again and again. @param {Editor} editor @param {ShownStyle} style @returns {Control[]} */
function rowControls(editor, { styleName, values }) {
  const choose = chooser(editor);
  const color = values.has("color") ? "color" : "fill";
  const size = values.has("width") ? widthChoice(styleName, choose) : sizeChoice(styleName, choose);
  return [inks({ name: color, label: t("Colour"), choose }), size];
}

/** @param {Editor} editor */
function hasEraserModes({ settings }) {
  return Object.hasOwn(settings, "eraser");
}

/** @param {Editor} editor */
function eraserModes(editor) {
  const sign = (/** @type {string} */ text) => make("span", { class: "sign wide" }, text);
  const options = [
    { value: "object", label: t("Erase whole elements"), picture: sign(t("Whole")) },
    { value: "partial", label: t("Erase parts of strokes"), picture: sign(t("Parts")) },
  ];
  return choice({
    name: "eraser",
    label: t("What the eraser takes"),
    options,
    choose: (patch) => editor.set(patch),
  });
}

/** @param {Editor} editor @param {ShownStyle | null} style @param {string} name */
function valueFor({ settings }, style, name) {
  if (style) return style.values.get(name);
  return /** @type {Record<string, import("./shown-style.js").Value>} */ (
    /** @type {unknown} */ (settings)
  )[name];
}

function toggleButton() {
  const label = t("More styles");
  return make(
    "button",
    {
      type: "button",
      class: "icon-button more-styles",
      "aria-label": label,
      "data-tooltip": label,
      "aria-controls": "style-more",
    },
    icon(SlidersHorizontal),
  );
}

/** @param {() => Promise<void>} act */
function once(act) {
  let begun = false;
  return () => {
    if (!begun) void act();
    begun = true;
  };
}

/** However often something changes, it is shown once a frame. @param {() => void} act */
function nextFrame(act) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      act();
    });
  };
}
