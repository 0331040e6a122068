// What this device has kept, read with care: another version, another page or a curious hand may have written it. Pure.

import { INK_NAMES } from "../elements/ink.js";
import { isRecord } from "./storage.js";

/**
 * @typedef {import("../editor/settings.js").Settings} Settings
 * @typedef {import("../editor/style.js").Style} Style
 * @typedef {import("../elements/kind.js").StyleName} StyleName
 * @typedef {{board: string, person: number}} Whose
 * @typedef {Whose & {x: number, y: number, zoom: number, tool: string, page?: string}} View the middle of the view
 */

/** Boards whose place is kept, the last seen at the end. */
const VIEWS_KEPT = 60;
const SHORTCUTS_KEPT = 200;
const EDGE = 1_000_000;

/** @param {unknown} device @param {Readonly<Settings>} first @returns {Partial<Settings>} those that can be believed */
export function readSettings(device, first) {
  const given = isRecord(device) && isRecord(device.settings) ? device.settings : {};
  const kept = Object.entries(first).filter(
    ([name, value]) =>
      name !== "shortcuts" && Object.hasOwn(given, name) && isLike(name, given[name], value),
  );
  return {
    ...Object.fromEntries(kept.map(([name]) => [name, given[name]])),
    ...(isRecord(given.shortcuts) && { shortcuts: readShortcuts(given.shortcuts) }),
  };
}

/** @param {string} name @param {unknown} value @param {unknown} first */
function isLike(name, value, first) {
  if (typeof value !== typeof first) return false;
  if (name === "penMode") return ["auto", "on", "off"].includes(String(value));
  if (name === "announce") return ["off", "nearby", "all"].includes(String(value));
  return typeof value === "string" ? /^[a-z-]{1,24}$/.test(value) : typeof value === "boolean";
}

/** @param {Record<string, unknown>} given @returns {Record<string, string[]>} */
function readShortcuts(given) {
  const entries = Object.entries(given).slice(0, SHORTCUTS_KEPT);
  return Object.fromEntries(
    entries.flatMap(([id, keys]) =>
      Array.isArray(keys) && keys.length <= 8 && keys.every(isShortcut) ? [[id, keys]] : [],
    ),
  );
}

/** @param {unknown} keys */
function isShortcut(keys) {
  return typeof keys === "string" && keys.length > 0 && keys.length <= 40;
}

/** @param {unknown} device @param {Readonly<Record<StyleName, Style>>} first @returns {Record<StyleName, Style>} */
export function readStyles(device, first) {
  const given = isRecord(device) && isRecord(device.styles) ? device.styles : {};
  const entries = Object.entries(first).map(([name, style]) => [
    name,
    { ...style, ...readStyle(given[name], style) },
  ]);
  return /** @type {Record<StyleName, Style>} */ (Object.fromEntries(entries));
}

/** @param {unknown} given @param {Style} first @returns {Style} */
function readStyle(given, first) {
  if (!isRecord(given)) return {};
  const kept = Object.keys(first).filter((name) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    // Without a colour, a width or a size nothing can be drawn.
    if (value === null) return !NEEDED.has(name);
    return value !== undefined && (LOOKS[name]?.(value) ?? value === true);
  });
  return Object.fromEntries(kept.map((name) => [name, /** @type {string} */ (given[name])]));
}

const NEEDED = new Set(["color", "width", "size"]);

/** As the server judges them (docs/protocol.md), or it would refuse what is drawn. @type {Record<string, (value: unknown) => boolean>} */
const LOOKS = {
  color: isInk,
  fill: isInk,
  width: within(0.01, 1000),
  size: within(1, 2000),
  opacity: within(0.05, 1),
  pattern: oneOf("solid", "hachure", "cross", "zigzag", "dots"),
  dash: oneOf("dashed", "dotted"),
  look: oneOf("drawn"),
  head: oneOf("none", "arrow", "triangle", "dot", "diamond", "bar"),
  tail: oneOf("none", "arrow", "triangle", "dot", "diamond", "bar"),
  font: oneOf("sans", "serif", "mono", "hand"),
  align: oneOf("start", "center", "end"),
  valign: oneOf("top", "middle", "bottom"),
  list: oneOf("bullet", "number"),
};

const INKS = new Set(/** @type {readonly string[]} */ (INK_NAMES));

/** @param {unknown} value */
function isInk(value) {
  return typeof value === "string" && (INKS.has(value) || /^#[0-9a-f]{6}$/.test(value));
}

/** @param {number} least @param {number} most */
function within(least, most) {
  return (/** @type {unknown} */ value) =>
    typeof value === "number" && value >= least && value <= most;
}

/** @param {...unknown} values */
function oneOf(...values) {
  return (/** @type {unknown} */ value) => values.includes(value);
}

/** @param {unknown} views @param {Whose} whose @returns {View | null} */
export function readView(views, { board, person }) {
  const mine = (/** @type {View} */ view) => view.board === board && view.person === person;
  return readViews(views).findLast(mine) ?? null;
}

/** @param {unknown} views @param {View} view @returns {View[]} */
export function viewsWith(views, view) {
  const others = readViews(views).filter(
    ({ board, person }) => board !== view.board || person !== view.person,
  );
  return [...others, view].slice(-VIEWS_KEPT);
}

/** @param {unknown} views @returns {View[]} */
function readViews(views) {
  return Array.isArray(views) ? views.slice(-VIEWS_KEPT).filter(isView) : [];
}

const isPlace = within(-EDGE, EDGE);

/** @param {unknown} value */
function isView(value) {
  return (
    isRecord(value) &&
    typeof value.board === "string" &&
    typeof value.person === "number" &&
    typeof value.tool === "string" &&
    ["string", "undefined"].includes(typeof value.page) &&
    isPlace(value.x) &&
    isPlace(value.y) &&
    within(0.001, 1000)(value.zoom)
  );
}
