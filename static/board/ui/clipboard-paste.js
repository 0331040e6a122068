// Puts on the board what the clipboard brings, or says why it can't. Loaded when something is pasted.

import "../elements/others.js";
import { topKey } from "../core/order.js";
import { schemaOf } from "../core/schema.js";
import { t, tn } from "../core/translate.js";
import { cleanText, copiesOf, textElement } from "../editor/clipboard-copies.js";
import { jsonIn, unpacked } from "../editor/clipboard-reading.js";
import { say } from "./say.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor/clipboard.js").Entry} Entry
 * @typedef {import("../editor/clipboard-reading.js").Unpacked} Unpacked
 */

/** What the clipboard has; `files`: pictures too; `pictures`: nothing else. @typedef {{html: string, text: string, files: boolean, pictures?: File[]}} Found */

const TEXT_LENGTH = 10_000;
/** Board units from one copy of the same to the next. */
const STEP = 20;
/** How far into a text to look for who has written it. */
const HEAD = 200;

/** What was pasted last, where, and how often at this place. */
let last = { source: "", x: 0, y: 0, times: 0 };

/** @param {Editor} editor @param {Found} found @param {{x: number, y: number}} middle on the board */
export async function paste(editor, found, middle) {
  if (editor.readOnly) {
    say(t("You can't change this board, so nothing was pasted."));
    return;
  }
  if (isOfOthers(found)) return bringOthers(found, middle);
  if (found.text.trim() === "" && found.html !== "" && !found.files && jsonIn(found.html) === null)
    return pasteWords(editor, found, middle);
  const content = contentOf(editor, found);
  if (content === null) return;
  if (typeof content === "string") {
    say(content);
    return;
  }
  const elements = content.elements.filter(([, e]) => schemaOf(e) <= editor.session.schema);
  const lost = content.lost + content.elements.length - elements.length;
  if (content.board && hasPictures(elements)) {
    putWithPictures(editor, content.board, elements, placeFor(found, middle));
    return;
  }
  if (elements.length > 0) put(editor, elements, placeFor(found, middle));
  const sentence = whatIsMissing(elements.length, lost, content.stripped);
  if (sentence) say(sentence);
}

/** @param {readonly Entry[]} elements */
function hasPictures(elements) {
  return elements.some(([, { asset }]) => asset !== undefined);
}

/** What this board hasn't got yet it takes from the other first. @param {Editor} editor @param {string} board @param {Entry[]} elements @param {{x: number, y: number}} middle */
async function putWithPictures(editor, board, elements, middle) {
  const { withPictures } = await import("./images-copying.js");
  const taken = await withPictures(board, elements);
  if (taken.length > 0 && !editor.readOnly) put(editor, taken, middle);
  const sentence = whatIsMissing(taken.length, elements.length - taken.length, 0);
  if (sentence) say(sentence);
}

/** @param {Editor} editor @param {Entry[]} elements @param {{x: number, y: number}} middle */
function put(editor, elements, middle) {
  const copies = copiesOf(elements, { top: topKey(editor.document), middle });
  editor.pointerCancel();
  editor.commit(
    copies.map(([key, element]) => ({ op: "put", key, element })),
    "paste",
  );
  editor.setTool("select");
  editor.select(copies.map(([key]) => key));
}

/** A sentence where it can't be pasted; null where there is nothing. @param {Editor} editor @param {Found} found @returns {Unpacked | string | null} */
function contentOf(editor, { html, text, files }) {
  const json = jsonIn(html) ?? (text.startsWith('{"whiteboard":') ? text : null);
  if (json !== null) {
    const content = unpacked(json);
    return "problem" in content ? problem(content.problem) : content;
  }
  if (text.trim() === "") return files ? t("Pictures and files can't be pasted here yet.") : null;
  if (text.length > 2 * TEXT_LENGTH) return tooLong();
  return contentOfText(editor, cleanText(text));
}

/** @param {Editor} editor @param {string} text */
function contentOfText(editor, text) {
  if ([...text].length > TEXT_LENGTH) return tooLong();
  if (text === "") return null;
  /** @type {Entry} */
  const entry = ["text", textElement(text, editor.styles.text)];
  return { elements: [entry], lost: 0, stripped: 0 };
}

/** What other whiteboards copy, and drawings, would be pages of signs. @param {Found} found */
function isOfOthers({ html, text }) {
  return (
    /^\s*\{\s*"type"\s*:\s*"excalidraw/.test(text.slice(0, HEAD)) ||
    /^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>]/.test(text.slice(0, HEAD)) ||
    /<div data-tldraw|<tldraw[ >]/.test(html.slice(0, HEAD)) ||
    /^\s*<(?:div data-)?tldraw[ >]/.test(text.slice(0, HEAD))
  );
}

/** @param {Found} found @param {{x: number, y: number}} middle */
async function bringOthers(found, middle) {
  const { pasteOthers } = await import("./import-paste.js");
  await pasteOthers(found, middle);
}

/** Some programs copy nothing but HTML. @param {Editor} editor @param {Found} found @param {{x: number, y: number}} middle */
async function pasteWords(editor, { html }, middle) {
  const { wordsInHtml } = await import("./import-paste.js");
  const text = wordsInHtml(html);
  if (text !== "") await paste(editor, { html: "", text, files: false }, middle);
}

function tooLong() {
  return t("This text is too long for a board. Up to 10,000 characters can be pasted at once.");
}

/** @param {import("../editor/clipboard-reading.js").Problem} problem */
function problem(problem) {
  switch (problem) {
    case "large":
      return t("That is too much to paste at once. Up to 5,000 elements can be pasted.");
    case "newer":
      return t("This comes from a newer version of the whiteboard. Reload the page and try again.");
    default:
      return t("What was copied is damaged and can't be pasted.");
  }
}

/** @param {number} pasted @param {number} lost @param {number} stripped */
function whatIsMissing(pasted, lost, stripped) {
  if (lost > 0 && pasted === 0) return t("Nothing of this can be on this board.");
  if (lost > 0)
    return tn(
      "{count} element can't be on this board and was left out.",
      "{count} elements can't be on this board and were left out.",
      lost,
    );
  if (stripped > 0) return t("Some of it comes from a newer version and may look different here.");
  return null;
}

/** Beside the copy that was pasted here before. @param {Found} found @param {{x: number, y: number}} middle */
function placeFor({ html, text }, { x, y }) {
  const source = html || text;
  const again = source === last.source && x === last.x && y === last.y;
  last = { source, x, y, times: again ? last.times + 1 : 0 };
  return { x: x + STEP * last.times, y: y + STEP * last.times };
}

/** By the browser's leave; null where it says no. @returns {Promise<Found | null>} */
export async function foundByAsking() {
  try {
    const clipboard = /** @type {{read: (options: object) => Promise<ClipboardItem[]>}} */ (
      navigator.clipboard
    );
    // Without this, Chromium gives a cleaned copy without our own attribute.
    const items = await clipboard.read({ unsanitized: ["text/html"] });
    /** @param {string} type */
    const textOf = async (type) => {
      const item = items.find(({ types }) => types.includes(type));
      return item ? (await item.getType(type)).text() : "";
    };
    const files = items.some(({ types }) => types.some((type) => type.startsWith("image/")));
    const [html, text] = [await textOf("text/html"), await textOf("text/plain")];
    return { html, text, files, pictures: text.trim() === "" ? await picturesIn(items) : [] };
  } catch {
    return null;
  }
}

/** @param {readonly ClipboardItem[]} items */
async function picturesIn(items) {
  const found = items.flatMap((item) => {
    const type = item.types.find((each) => each.startsWith("image/"));
    return type ? [{ item, type }] : [];
  });
  return Promise.all(
    found.map(async ({ item, type }) => new File([await item.getType(type)], "", { type })),
  );
}
