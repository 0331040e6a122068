// The toolbar: tools in groups, the current style one touch away, undo and redo, and on a phone the rest behind "More".

import { Ellipsis } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { commandButton } from "./command-button.js";
import { TOOL_GROUPS, TOOLS_AT_HAND } from "./commands-tools.js";
import { icon, make } from "./dom.js";
import { shapesFlyout } from "./flyout.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Commands} Commands
 * @typedef {{button: HTMLButtonElement, refresh: () => void}} Button
 */

/** Of the tools that a phone has no room for, this one to begin with. */
const FIRST_RECENT = "tool.rectangle";

/** @param {{bar: HTMLElement, commands: Commands, editor: Editor, styleButton: HTMLElement}} parts */
export function buildToolbar({ bar, commands, editor, styleButton }) {
  /** @type {Button[]} */
  const buttons = [];
  const button = (/** @type {import("./commands.js").Command} */ command) => {
    buttons.push(commandButton(commands, command));
    return /** @type {Button} */ (buttons.at(-1)).button;
  };
  const groups = TOOL_GROUPS.map((ids) => commands.those(ids).map(button));
  const flyout = shapesFlyout({ editor, commands, shapes: groups.pop() ?? [] });
  const [undo, redo, palette] = commands
    .those(["edit.undo", "edit.redo", "board.palette"])
    .map(button);
  palette?.classList.add("only-narrow");
  const more = moreButton(bar);
  bar.setAttribute("aria-label", t("Tools"));
  bar.append(
    ...groups.filter((group) => group.length > 0).flatMap((group) => [...group, divider()]),
    ...(flyout ? [flyout.place, divider()] : []),
    ...[styleButton, divider(), undo, redo, palette, more].filter((each) => each !== undefined),
  );
  const place = placeButtons(bar, [styleButton, undo, more]);
  const refresh = () => {
    for (const each of buttons) each.refresh();
    flyout?.refresh();
    place(editor.tool ? `tool.${editor.tool.name}` : null);
  };
  editor.subscribe(({ type }) => {
    if (type === "tool") bar.removeAttribute("data-more");
    if (type === "tool" || type === "history" || type === "rights") refresh();
  });
  refresh();
  return { refresh };
}

function divider() {
  return make("span", { class: "divider" });
}

/** Where each stands on a phone: at hand, in the one place for what was used last, at the end, or behind "More". @param {HTMLElement} bar @param {(HTMLElement | undefined)[]} atEnd */
function placeButtons(bar, atEnd) {
  const others = [...bar.querySelectorAll("[data-command]")].filter(
    (each) =>
      !TOOLS_AT_HAND.includes(idOf(each)) && !atEnd.includes(/** @type {HTMLElement} */ (each)),
  );
  for (const each of atEnd) each?.setAttribute("data-place", "end");
  let recent = others.some((each) => idOf(each) === FIRST_RECENT) ? FIRST_RECENT : "";
  return (/** @type {string | null} */ current) => {
    if (others.some((each) => idOf(each) === current)) recent = String(current);
    for (const each of others)
      each.setAttribute("data-place", idOf(each) === recent ? "recent" : "rest");
  };
}

/** @param {Element} button */
function idOf(button) {
  return button instanceof HTMLElement ? (button.dataset.command ?? "") : "";
}

/** @param {HTMLElement} bar */
function moreButton(bar) {
  const button = make(
    "button",
    {
      type: "button",
      class: "icon-button only-narrow",
      "aria-label": t("More"),
      "aria-expanded": "false",
      "aria-controls": bar.id,
    },
    icon(Ellipsis),
  );
  button.addEventListener("click", () => bar.toggleAttribute("data-more"));
  new MutationObserver(() =>
    button.setAttribute("aria-expanded", String(bar.hasAttribute("data-more"))),
  ).observe(bar, { attributeFilter: ["data-more"] });
  return button;
}
