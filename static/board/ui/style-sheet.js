// All that can be chosen of the looks of a selection or of a tool, at the edge of the board; on a phone in a sheet.

import { t } from "../core/translate.js";
import { commandButton } from "./command-button.js";
import { make } from "./dom.js";
import { controlOf, hasControl, SECTIONS } from "./style-sections.js";
import { sideFor } from "./style-side.js";
import { styles } from "./stylesheet.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Commands} Commands
 * @typedef {import("./shown-style.js").ShownStyle} ShownStyle
 * @typedef {import("./style-controls.js").Control} Control
 * @typedef {{heading: HTMLElement, mixed: HTMLElement, controls: Control[]}} Shown
 */

/** The row of a tool has these already. */
const IN_ROW = new Set(["color", "width"]);

/** @param {{place: HTMLElement, editor: Editor, commands: Commands}} parts */
export async function buildStyleSheet({ place, editor, commands }) {
  await styles("panel-styles");
  const actions = actionButtons(commands);
  const text = make("details", {}, make("summary", {}, t("Text")));
  let built = "";
  /** @type {Shown[]} */
  let sections = [];
  return {
    /** @param {ShownStyle} style */
    show(style) {
      const names = namesIn(style);
      const what = `${style.of} ${style.styleName} ${names}`;
      if (what !== built) {
        built = what;
        sections = build(editor, style, names, place, text);
        text.open = style.hasText;
        if (style.of === "selection") place.append(actions.element);
      }
      for (const section of sections) showValues(section, style);
      actions.refresh();
      keepOff(place, editor, style);
    },
  };
}

/** What is selected is not to be hidden by its own panel. @param {HTMLElement} place @param {Editor} editor @param {ShownStyle} style */
function keepOff(place, editor, style) {
  const bounds = style.of === "selection" ? editor.boundsOf(editor.selection) : null;
  if (!bounds) {
    place.dataset.side = "right";
    return;
  }
  const { camera } = editor;
  const from = camera.toScreen({ x: bounds.minX, y: bounds.minY });
  const to = camera.toScreen({ x: bounds.maxX, y: bounds.maxY });
  const selected = { minX: from.x, minY: from.y, maxX: to.x, maxY: to.y };
  const panel = { width: place.offsetWidth };
  place.dataset.side = sideFor(
    selected,
    panel,
    camera,
    place.dataset.side === "left" ? "left" : "right",
  );
}

/** @param {ShownStyle} style */
function namesIn({ of, styleName, values }) {
  const inRow = (/** @type {string} */ name) =>
    of === "tool" &&
    (IN_ROW.has(name) ||
      (name === "fill" && styleName === "note") ||
      (name === "size" && styleName === "text"));
  // What isn't filled has no pattern.
  const idle = values.get("fill") === null ? "pattern" : "";
  return [...values.keys()].filter((name) => hasControl(name) && !inRow(name) && name !== idle);
}

/** @param {Editor} editor @param {ShownStyle} style @param {string[]} names @param {HTMLElement} place @param {HTMLElement} text @returns {Shown[]} */
function build(editor, style, names, place, text) {
  /** @type {Shown[]} */
  const shown = [];
  const summary = /** @type {HTMLElement} */ (text.firstElementChild);
  text.replaceChildren(summary);
  place.replaceChildren();
  for (const { label, names: own, text: isText } of SECTIONS) {
    const controls = own
      .filter((name) => names.includes(name))
      .map((name) => controlOf(editor, name, style));
    if (controls.length === 0) continue;
    const mixed = make("span", { class: "mixed", hidden: true }, t("Mixed"));
    const heading = make("h3", {}, label(), " ", mixed);
    const row = make("div", { class: "style-controls" }, ...controls.map(({ element }) => element));
    (isText ? text : place).append(make("section", {}, heading, row));
    shown.push({ heading, mixed, controls });
  }
  if (text.childElementCount > 1) place.append(text);
  return shown;
}

/** @param {Shown} section @param {ShownStyle} style */
function showValues({ controls, mixed }, { values }) {
  for (const control of controls) control.show(values.get(control.name));
  mixed.hidden = controls.every(({ name }) => values.get(name) !== undefined);
}

/** What can be done to a selection, as far as it has a picture. @param {Commands} commands */
function actionButtons(commands) {
  const buttons = [
    ...commands.those(["edit.duplicate"]),
    ...commands.inGroup("arrange"),
    commands.get("edit.delete"),
  ]
    .filter((command, i, all) => command.icon && all.indexOf(command) === i)
    .map((command) => commandButton(commands, command));
  const heading = make("h3", {}, t("Arrange"));
  return {
    element: make(
      "section",
      { class: "style-actions" },
      heading,
      make("div", { class: "style-controls" }, ...buttons.map(({ button }) => button)),
    ),
    refresh: () => {
      for (const { refresh } of buttons) refresh();
    },
  };
}
