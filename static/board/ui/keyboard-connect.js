// Connecting without a pointer: two that are selected, or one and what is chosen from a list.

import { t } from "../core/translate.js";
import { connectionBetween } from "../editor/connecting.js";
import { thingsInOrder } from "../editor/selecting-next.js";
import { spoken } from "../elements/spoken.js";
import { make } from "./dom.js";
import { openSheet } from "./sheet.js";

/** @typedef {import("../editor.js").Editor} Editor */

/** Servers before it keep no connections. */
const SCHEMA_OF_CONNECTIONS = 4;
/** The nearest; nobody reads more. */
const OFFERED = 100;
const LINES = new Set(["line", "arrow", "stroke", "highlight"]);

/** @param {Editor} editor */
export function mayConnect(editor) {
  const { readOnly, session, selection } = editor;
  const ends = selection.size === 1 || selection.size === 2;
  return (
    !readOnly && session.schema >= SCHEMA_OF_CONNECTIONS && ends && [...selection].every(isEnd)
  );
  /** @param {string} key */
  function isEnd(key) {
    return canBeEnd(editor, key);
  }
}

/** @param {Editor} editor @param {string} key */
function canBeEnd({ document }, key) {
  const element = document.get(key);
  return element !== undefined && !LINES.has(String(element.kind));
}

/** @param {Editor} editor */
export async function openConnectTo(editor) {
  const [from, to] = editor.selection;
  if (from === undefined) return;
  if (to !== undefined) {
    connect(editor, from, to);
    return;
  }
  const list = make("ul", { class: "connect-list", role: "list" });
  const dialog = await openSheet({ name: "connect-to", title: t("Connect to…"), content: list });
  for (const key of [...nearestTo(editor, from), from]) {
    const element = editor.document.get(key);
    if (!element) continue;
    const button = make("button", { type: "button", class: "menu-item" });
    button.append(make("bdi", {}, key === from ? t("To itself") : spoken(element)));
    button.addEventListener("click", () => {
      dialog?.close();
      connect(editor, from, key);
    });
    list.append(make("li", {}, button));
  }
  list.querySelector("button")?.focus();
}

/** @param {Editor} editor @param {string} from @returns {string[]} */
function nearestTo(editor, from) {
  const start = middleOf(editor, [from]);
  return thingsInOrder(editor)
    .flatMap(({ keys }) => keys)
    .filter((key) => key !== from && canBeEnd(editor, key))
    .map((key) => ({ key, far: distance(start, middleOf(editor, [key])) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, OFFERED)
    .map(({ key }) => key);
}

/** @param {Editor} editor @param {string[]} keys @returns {[number, number]} */
function middleOf(editor, keys) {
  const bounds = editor.boundsOf(keys);
  return bounds ? [(bounds.minX + bounds.maxX) / 2, (bounds.minY + bounds.maxY) / 2] : [0, 0];
}

/** @param {[number, number]} a @param {[number, number]} b */
function distance([ax, ay], [bx, by]) {
  return Math.hypot(bx - ax, by - ay);
}

/** @param {Editor} editor @param {string} from @param {string} to */
function connect(editor, from, to) {
  const change = connectionBetween(from, to, editor);
  editor.commit([change], "connect");
  editor.select([change.key]);
}
