// The menu of what is selected, or of the empty board: where the pointer is, or in the middle for the keyboard.

import { t } from "../core/translate.js";
import { takenWith } from "../editor/groups-entered.js";
import { clickedAt, lockedAt } from "../editor/selecting.js";
import { MAC } from "./command-button.js";
import { ariaShortcuts, shortcutLabel } from "./commands.js";
import { icon, make } from "./dom.js";
import { styles } from "./stylesheet.js";

/** @typedef {import("../editor.js").Editor} Editor */
/** @typedef {import("./commands.js").Command} Command */
/** @typedef {import("./commands.js").Commands} Commands */
/** @typedef {{px: number, py: number}} Place in the window */

/** Rows of commands with a line between them; those that there are and that are possible now are shown. */
const OF_SELECTION = [
  ["edit.cut", "edit.copy", "edit.paste", "edit.duplicate", "edit.copy-picture"],
  ["image.crop", "image.describe", "image.replace", "image.reset", "image.save"],
  ["style.copy", "style.paste"],
  ["arrange.front", "arrange.forward", "arrange.backward", "arrange.back"],
  ["arrange.group", "arrange.ungroup", "arrange.lock"],
  ["frame.around", "frame.unframe", "frame.select-content", "frame.fit", "frame.rename"],
  ["link.open", "link.edit", "link.copy"],
  ["comment.selection", "view.selection", "people.who-drew", "frame.delete", "edit.delete"],
];
const OF_BOARD = [
  ["edit.paste", "edit.select-all", "arrange.unlock-all"],
  ["edit.undo", "edit.redo"],
  ["view.fit", "view.content", "view.minimap", "view.snap-to-grid"],
  ["board.find", "board.palette", "board.settings", "board.help"],
];
const EDGE = 8;
/** As near as a mouse has to come to what it means. */
const CLICK_PIXELS = 6;

/** @param {{commands: Commands, editor: Editor, at: Place}} parts */
export async function openContextMenuOn({ commands, editor, at }) {
  takeWhatLiesAt(editor, at);
  await openContextMenu({ commands, editor, at });
}

/**
 * A right click or a long press means what lies there, locked or not, and takes it if it isn't selected.
 * @param {Editor} editor @param {Place} at
 */
function takeWhatLiesAt(editor, { px, py }) {
  const place = editor.camera.toBoard({ x: px, y: py });
  const reach = CLICK_PIXELS / editor.camera.zoom;
  const key = clickedAt(editor, place, reach) ?? lockedAt(editor, place, reach);
  if (key === null) editor.select([]);
  if (key === null || editor.selection.has(key)) return;
  editor.setTool("select");
  editor.select(takenWith(editor, key));
}

/** @param {{commands: Commands, editor: Editor, at: Place}} parts */
export async function openContextMenu({ commands, editor, at }) {
  await styles("panel-styles");
  document.getElementById("context-menu")?.remove();
  const rows = editor.selection.size > 0 ? OF_SELECTION : OF_BOARD;
  const groups = rows
    .map((ids) => commands.those(ids).filter((command) => command.enabled()))
    .filter((group) => group.length > 0);
  if (groups.length > 0) show(menuOf(commands, groups), at);
}

/** @param {Commands} commands @param {Command[][]} groups */
function menuOf(commands, groups) {
  const menu = make("div", {
    id: "context-menu",
    class: "popover context-menu",
    popover: "auto",
    role: "menu",
    "aria-label": t("Commands"),
  });
  groups.forEach((group, i) => {
    if (i > 0) menu.append(make("hr"));
    menu.append(...group.map((command) => itemOf(menu, commands, command)));
  });
  menu.addEventListener("keydown", (event) => moveIn(menu, event));
  menu.addEventListener("contextmenu", (event) => event.preventDefault());
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "closed") menu.remove();
  });
  return menu;
}

/** @param {HTMLElement} menu @param {Commands} commands @param {Command} command */
function itemOf(menu, commands, command) {
  const shortcuts = commands.shortcutsOf(command);
  const [first] = shortcuts;
  const item = make(
    "button",
    {
      type: "button",
      class: "menu-item",
      role: command.pressed ? "menuitemcheckbox" : "menuitem",
      "aria-checked": command.pressed ? String(command.pressed()) : null,
      "aria-keyshortcuts": first ? ariaShortcuts(shortcuts, MAC) : null,
      "data-command": command.id,
      tabindex: "-1",
    },
    command.icon ? icon(command.icon) : make("span", { class: "icon" }),
    make("span", {}, command.label()),
    first && make("kbd", { "aria-hidden": "true" }, shortcutLabel(first, MAC)),
  );
  item.addEventListener("click", () => {
    menu.hidePopover();
    command.run();
  });
  // A pointer that rests where the menu opens takes nothing from the keyboard.
  item.addEventListener("pointermove", ({ movementX, movementY }) => {
    if (movementX !== 0 || movementY !== 0) item.focus({ preventScroll: true });
  });
  return item;
}

/** @param {HTMLElement} menu @param {Place} at */
function show(menu, { px, py }) {
  // Inside a landmark, where those who go from one to the next find it.
  (document.querySelector("main") ?? document.body).append(menu);
  menu.showPopover();
  const { offsetWidth: width, offsetHeight: height } = menu;
  menu.style.setProperty("--x", `${within(px, innerWidth - width)}px`);
  menu.style.setProperty("--y", `${within(py, innerHeight - height)}px`);
  itemsIn(menu)[0]?.focus();
}

/** @param {number} place @param {number} last */
function within(place, last) {
  return Math.round(Math.max(EDGE, Math.min(place, last - EDGE)));
}

/** @param {HTMLElement} menu */
function itemsIn(menu) {
  return /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[role^=menuitem]")]);
}

/** @param {HTMLElement} menu @param {KeyboardEvent} event */
function moveIn(menu, event) {
  const items = itemsIn(menu);
  const now = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = nextItem(items, now, event.key);
  if (event.key === "Tab") menu.hidePopover();
  else if (next) next.focus();
  else return;
  event.preventDefault();
}

/** @param {HTMLElement[]} items @param {number} now @param {string} key */
function nextItem(items, now, key) {
  const count = items.length;
  if (key === "ArrowDown") return items[(now + 1) % count];
  if (key === "ArrowUp") return items[(now - 1 + count) % count];
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key.length !== 1 || key === " ") return undefined;
  const after = [...items.slice(now + 1), ...items.slice(0, now + 1)];
  const begins = (/** @type {HTMLElement} */ item) =>
    item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase());
  return after.find(begins);
}
