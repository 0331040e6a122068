// What is done with the frames that are selected: each of these is one step of the history.

import { expand } from "../core/geometry.js";
import { elementKey } from "../core/ids.js";
import { indexOf, keyBetween } from "../core/order.js";
import { hundredths } from "../elements/kind.js";
import { isFrame } from "./framing.js";
import { placeOfAll } from "./selecting-frame.js";

/**
 * @typedef {import("../core/fold.js").Change} Change
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../editor.js").Editor} Editor
 */

/** Between a frame and what it was put around. */
const PADDING = 24;

/** @param {Editor} editor */
export function selectedFrames({ document, selection }) {
  return [...selection].filter((key) => isFrame(document.get(key)));
}

/** @param {Editor} editor */
export function contentOfSelection(editor) {
  return selectedFrames(editor).flatMap((key) => editor.framing?.contentOf(key) ?? []);
}

/** @param {Editor} editor */
export function selectContent(editor) {
  const content = contentOfSelection(editor);
  if (content.length > 0) editor.select(content);
}

/** Whether something selected can be put into a frame. @param {Editor} editor */
export function mayFrame({ selection }) {
  return selection.size > 0;
}

/** A new frame around what is selected, below all of it. @param {Editor} editor @param {string} name */
export function frameSelection(editor, name) {
  const { document, selection } = editor;
  const bounds = placeOfAll(document, selection);
  if (!bounds || !mayFrame(editor)) return;
  const key = elementKey();
  /** @type {Change[]} */
  const changes = [
    {
      op: "put",
      key,
      element: { kind: "frame", ...boxAround(bounds), z: below(editor, selection), name },
    },
  ];
  // What is in a frame that is framed stays in that.
  for (const one of selection)
    if (
      editor.mayChange(one) &&
      !editor.framing?.framesAround(one).some((each) => selection.has(each))
    )
      changes.push({ op: "set", key: one, props: { frame: key } });
  editor.commit(changes, "frame");
  editor.select([key]);
}

/** Takes what is selected out of its frame, or all out of the frames that are selected, which go. @param {Editor} editor */
export function unframe(editor) {
  const { document, selection } = editor;
  const frames = selectedFrames(editor);
  const content = frames.length > 0 ? contentOfSelection(editor) : framedSelection(editor);
  /** @type {Change[]} */
  const changes = content
    .filter((key) => editor.mayChange(key) && !frames.includes(key))
    .map((key) => ({ op: "set", key, props: { frame: frameOutside(editor, key, frames) } }));
  for (const key of frames) if (editor.mayChange(key)) changes.push({ op: "remove", key });
  editor.commit(changes, "unframe");
  if (frames.length > 0)
    editor.select([...selection, ...content].filter((key) => document.has(key)));
}

/** The one around its own, or around those that go. @param {Editor} editor @param {string} key @param {readonly string[]} frames */
function frameOutside({ framing }, key, frames) {
  const around = framing?.framesAround(key) ?? [];
  const others =
    frames.length > 0 ? around.filter((one) => !frames.includes(one)) : around.slice(1);
  return others[0] ?? null;
}

/** @param {Editor} editor */
export function framedSelection({ document, selection }) {
  return [...selection].filter((key) => document.get(key)?.frame !== undefined);
}

/** Makes the frames as large as what is in them, and a little air. @param {Editor} editor */
export function fitToContent(editor) {
  const { document } = editor;
  /** @type {Map<string, ReturnType<typeof boxAround>>} */
  const boxes = new Map();
  for (const key of selectedFrames(editor)) {
    const bounds = placeOfAll(document, editor.framing?.contentOf(key) ?? []);
    if (bounds) boxes.set(key, boxAround(bounds));
  }
  editor.setOf(boxes.keys(), "fit", (_, key) => boxes.get(key) ?? {});
}

/** @param {Editor} editor */
export function deleteWithContent(editor) {
  editor.remove([...(editor.framing?.withContent(editor.selection) ?? editor.selection)]);
}

/** @param {Bounds} bounds */
function boxAround(bounds) {
  const { minX, minY, maxX, maxY } = expand(bounds, PADDING);
  return {
    x: hundredths(minX),
    y: hundredths(minY),
    w: hundredths(maxX - minX),
    h: hundredths(maxY - minY),
  };
}

/** @param {Editor} editor @param {Iterable<string>} keys */
function below({ document }, keys) {
  let lowest = null;
  for (const key of keys) {
    const element = document.get(key);
    const z = element ? indexOf(element) : null;
    if (z !== null && (lowest === null || z < lowest)) lowest = z;
  }
  let under = null;
  for (const [, element] of document.entries()) {
    const z = indexOf(element);
    if (lowest !== null && z < lowest && (under === null || z > under)) under = z;
  }
  return keyBetween(under, lowest);
}
