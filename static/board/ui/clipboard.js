// Copy, cut and paste as the browser tells of them. Its events need no permission, and work on plain http too.

import { compareElements } from "../core/order.js";
import { t, tn } from "../core/translate.js";
import { asHtml, packed, wordsOf } from "../editor/clipboard.js";
import { originalsOf } from "../editor/copied-connectors.js";
import { followPointer, pointerPlace } from "./clipboard-pointer.js";
import { MAC } from "./command-button.js";
import { shortcutLabel } from "./commands.js";
import { boardHere, bringFiles } from "./images.js";
import { say } from "./say.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./clipboard-paste.js").Found} Found
 */

/** What was copied here last, for pages that may not ask for the clipboard. @type {Found | null} */
let own = null;

/** @param {Editor} editor @param {HTMLElement} canvas */
export function listenToClipboard(editor, canvas) {
  followPointer(canvas);
  /** @param {ClipboardEvent} event @param {boolean} cut */
  const copy = (event, cut) => {
    if (isOfThePage(event)) copySelection(editor, event, cut);
  };
  document.addEventListener("copy", (event) => copy(event, false));
  document.addEventListener("cut", (event) => copy(event, true));
  document.addEventListener("paste", (event) => {
    if (!event.clipboardData || takesText(event.target) || hasOpenDialog()) return;
    event.preventDefault();
    // With words beside it, as from a text program, the words are meant.
    const words = event.clipboardData.getData("text/plain").trim() !== "";
    if (event.clipboardData.files.length > 0 && !words) {
      bringFiles([...event.clipboardData.files], placeOnBoard(editor));
      return;
    }
    pasteInto(editor, foundIn(event.clipboardData), pointerPlace());
  });
}

/** From a menu, where no event of the browser's tells of it. @param {Editor} editor @param {boolean} cut */
export function copyByCommand(editor, cut) {
  /** @param {ClipboardEvent} event */
  const write = (event) => {
    event.stopImmediatePropagation();
    copySelection(editor, event, cut);
  };
  window.addEventListener("copy", write, true);
  const done = document.execCommand("copy");
  window.removeEventListener("copy", write, true);
  if (!done) say(t("This browser copies only by its keys."));
}

/** @param {Editor} editor */
export async function pasteByCommand(editor) {
  const { foundByAsking } = await import("./clipboard-paste.js");
  const found = (await foundByAsking()) ?? own;
  if (found?.pictures?.length) await bringFiles(found.pictures, null);
  else if (found) await pasteInto(editor, found, null);
  else say(t("Press {keys} to paste.", { keys: shortcutLabel("Mod+V", MAC) }));
}

/** @param {Editor} editor */
function placeOnBoard({ camera }) {
  const place = pointerPlace();
  return place && camera.toBoard(place);
}

/** @param {Editor} editor @param {Found} found @param {{x: number, y: number} | null} place in the window; null: the middle of the view */
async function pasteInto(editor, found, place) {
  const { paste } = await import("./clipboard-paste.js");
  const { camera } = editor;
  await paste(
    editor,
    found,
    camera.toBoard(place ?? { x: camera.width / 2, y: camera.height / 2 }),
  );
}

/** @param {Editor} editor @param {ClipboardEvent} event @param {boolean} cut */
function copySelection(editor, event, cut) {
  const keys = editor.framing?.withContent(editor.selection) ?? editor.selection;
  const entries = originalsOf(editor.document, keys);
  if (entries.length === 0 || !event.clipboardData) return;
  event.preventDefault();
  const json = packed(entries.sort(compareElements), boardHere());
  if (json === null) {
    say(t("That is too much to copy at once. Up to 5,000 elements can be copied."));
    return;
  }
  const words = wordsOf(entries) || tn("{count} element", "{count} elements", entries.length);
  own = { html: asHtml(json, words), text: words, files: false };
  event.clipboardData.setData("text/plain", own.text);
  event.clipboardData.setData("text/html", own.html);
  if (cut) editor.remove(keys);
}

/** What an event brings can be read only while it lasts. @param {DataTransfer} transfer @returns {Found} */
function foundIn(transfer) {
  return {
    html: transfer.getData("text/html"),
    text: transfer.getData("text/plain"),
    files: transfer.files.length > 0,
  };
}

/** Words of the page that somebody has marked are copied as everywhere. @param {ClipboardEvent} event */
function isOfThePage(event) {
  const marked = document.getSelection()?.isCollapsed === false;
  return !takesText(event.target) && !marked && !hasOpenDialog();
}

/** @param {EventTarget | null} target */
function takesText(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select");
}

function hasOpenDialog() {
  return document.querySelector("dialog[open]") !== null;
}
